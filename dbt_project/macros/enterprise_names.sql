{#-
    Names of enterprises in running text. The words that say form and trade are known and may be
    written in any case; a name of its own begins with a capital after them. Letters have no marks:
    readers err in tone marks first.
-#}

{#-
    Where an enterprise may be named: the form every name begins with. What begins with "liên minh",
    the union of cooperatives, is found and has no name. A look behind would cost ten times as much.
-#}
{% macro enterprise_opening() -%}
    \m(chi nhanh |lien minh )?(cong ty|doanh nghiep tu nhan|hop tac xa) [a-z0-9]
{%- endmacro %}

{#- Words of form and trade, which say what an enterprise is and not which one. -#}
{% macro enterprise_kinds() -%}
    {{ [
        'chi nhanh', 'cong ty', 'doanh nghiep tu nhan', 'hop tac xa', 'trach nhiem huu han', 'tnhh',
        'co phan', 'cp', 'hop danh', 'nha nuoc', 'mot thanh vien', '1 thanh vien', 'mtv', '1tv',
        '1 tv', 'hai thanh vien( tro len)?', '2 thanh vien( tro len)?', 'tap doan',
        'bao bi', 'bao hiem( nhan tho)?', 'bao ve', 'bat dong san', 'bieu dien', 'bu tru',
        'cang bien', 'cao su', 'cap nuoc', 'cau duong', 'cay xanh', 'chan nuoi', 'che bien',
        'che tao', 'chung khoan', 'co dien', 'co khi', 'cong nghe( thong tin| cao)?', 'cong nghiep',
        'cong trinh( do thi| giao thong)?', 'dai chung', 'dau gia( hop danh)?', 'dau khi', 'dau tu',
        'det may', 'dia chinh', 'dia oc', 'dich vu', 'dien luc', 'dien tu', 'do dac', 'do thi',
        'du lich', 'duoc pham', 'gia dung', 'giam sat', 'giao duc', 'giao thong', 'giong cay trong',
        'ha tang', 'hai san', 'hang hai', 'hang khong', 'hoa chat', 'in an', 'ke toan', 'khach san',
        'khai thac', 'khao sat', 'khoa hoc', 'khoang san', 'kiem dinh', 'kiem toan', 'kien truc',
        'kinh doanh( tong hop)?', 'ky thuat', 'lam nghiep', 'lam san', 'lap may', 'lien ket',
        'luong thuc', 'luu ky', 'may mac', 'moi gioi', 'moi truong( do thi)?', 'my pham',
        'nang luong', 'nha o', 'nhap khau', 'noi that', 'nong lam( nghiep)?', 'nong nghiep',
        'nong san', 'nuoc sach', 'o to', 'phan bon', 'phan mem', 'phan phoi',
        'phat trien( nha| do thi| ha tang)?', 'phong chay', 'quan ly( quy| nha| von| no)?',
        'quang cao', 'quoc te', 'san xuat', 'tai chinh( tieu dung)?', 'the thao', 'thep xay dung',
        'thiet bi( y te| giao duc)?', 'thiet ke', 'thoat nuoc', 'thong tin', 'thuc pham',
        'thuong mai', 'thuy loi', 'thuy san', 'tieu dung', 'tin hoc', 'tong hop', 'trong trot',
        'truyen thong', 'tu van', 'van hoa', 'van tai( bien| hanh khach)?', 'vat lieu( xay dung)?',
        'vat tu', 've sinh', 'vien thong', 'xang dau', 'xay dung', 'xay lap', 'xe khach', 'xi mang',
        'xu ly( chat thai| rac)?', 'xuat khau', 'xuat nhap khau', 'y te',
    ] | join('|') }}
{%- endmacro %}

{#- Of one syllable, and as good for a name: "công ty thép Việt Thử", but "Công ty Thép Việt". -#}
{% macro enterprise_trades_of_one_word() -%}
    dien|duoc|gach|giay|giong|go|in|luat|may|nhua|thep|vang|xay|son|sua|che|muoi|than
{%- endmacro %}

{#-
    The name that begins a text, or null: words of kind in braces, then phrases that a capital opens
    ("Trang trí nội thất"), then a run of two capitals, an abbreviation or a word that is too long
    for a syllable of Vietnamese. Beside a key one capital will do.
-#}
{% macro enterprise_name(text, fewest_capitals) -%}
    {%- set kind = '\{[^}]+\}' -%}
    {%- set written = '\{[A-Z][^}]*\}' -%}
    {%- set phrase = '[A-Z][a-z]*(?: (?!va\M)[a-z]+)(?: \+?[a-z]+){0,4}(?= [A-Z{+])' -%}
    {%- set more = '(?: (?:[&-] )?(?:[A-Z0-9][A-Za-z0-9]*|' ~ written ~ ')| \+[Vv][Aa] ' ~ written ~ ')' -%}
    {%- set run = more ~ ('+' if fewest_capitals == 2 else '*') -%}
    {%- set abbreviation = '(?<=[a-z]\}(?: \{(?:TNHH|MTV|CP)\})* )[A-Z]{2,}[0-9]*\M' -%}
    btrim(regexp_replace(lower(substring(
        regexp_replace(
            regexp_replace(
                regexp_replace({{ text }}, '\m({{ enterprise_kinds() }})\M', '{\1}', 'gi'),
                '\m({{ enterprise_trades_of_one_word() }})\M(?![^{]*\})', '{\1}', 'g'
            ),
            '\m(va)\M', '+\1', 'gi'
        )
        from '^{{ kind }}(?: (?:{{ kind }}|\+[Vv][Aa]|[&-]|{{ phrase }}))*'
        || ' (?:[A-Z][A-Za-z0-9]*{{ run }}|{{ abbreviation }}|[A-Z][A-Za-z0-9]{7,})'
    )), '[^a-z0-9]+', ' ', 'g'))
{%- endmacro %}
