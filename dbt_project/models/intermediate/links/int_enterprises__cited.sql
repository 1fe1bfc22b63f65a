{#- Searched in letters without marks: readers err in tone marks first. Capitals stay: they tell a name. -#}
{%- set key = '\\m(ma so thue|ma so doanh nghiep|ma so dn|mst)\\M[^0-9]{0,12}[0-9][0-9. -]*[0-9]' -%}
{{
    config(
        materialized='by_document',
        keyed={
            'int_pages__latest': 'document_key',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with lettered as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        {{ without_marks_as_written('page_text') }} as letters
    from {{ ref('int_pages__latest') }}
    where page_text is not null
),

pages as (
    select
        *,
        lower(letters) as words
    from lettered
),

-- Most pages say nothing of the kind: looking that up costs a tenth of a search.
speaking as (
    select * from pages
    where words like any(array['%ma so %', '%mst%', '%cong ty %', '%doanh nghiep tu %', '%hop tac xa %'])
),

openings as (
    select
        speaking.document_key,
        speaking.document_id,
        speaking.agency_code,
        speaking.page_number,
        speaking.letters,
        regexp_instr(speaking.words, '{{ enterprise_opening() }}', 1, occurrence.place) as stands_at
    from speaking
    cross join lateral generate_series(
        1, regexp_count(speaking.words, '{{ enterprise_opening() }}')
    ) as occurrence (place)
),

named as (
    select
        *,
        regexp_replace(
            substring(substr(letters, stands_at, 120) from '^[A-Za-z0-9 &-]+'),
            -- Without marks "tại" and "vận tải" are one word: two words must say that a name ends.
            ' (co ma|ma so|mst|co tru so|tru so|co dia chi|dia chi|tai so [0-9]+ (pho|duong|ngo)'
            || '|tai (dia chi|phuong|xa|khu|lo|thua)|do (ong|ba)|duoc (giao|thue|cap|phep)|de nghi'
            || '|thue dat|can cu|chiu trach nhiem|thuc hien|ve viec|theo quyet dinh'
            -- What an article, a heading or another name goes on with.
            || '|dieu (le|[0-9]+)|(khoan|diem) [0-9a-z]|(chuong|muc|phan) [ivx0-9]+'
            || '|co (von|trach|quyen|trong)|thuoc (so|bo|tinh|thanh pho|ubnd|uy ban|quyen)'
            || '|tren|cua|phai|hoac|cac|nhung|voi|va (cong ty|hop tac xa|doanh nghiep|cac|chi))\M.*$',
            '', 'i'
        ) as opening
    from openings
),

told as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        stands_at,
        {{ enterprise_name('opening', 2) }} as whole_name,
        {{ enterprise_name('opening', 1) }} as short_name
    from named
),

names as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        stands_at,
        coalesce(whole_name, short_name) as stated_name,
        whole_name is not null as is_whole
    from told
    where short_name is not null
),

keys as (
    select
        speaking.document_key,
        speaking.document_id,
        speaking.agency_code,
        speaking.page_number,
        regexp_instr(speaking.words, '{{ key }}', 1, occurrence.place) as stands_at,
        regexp_replace(
            substring(
                regexp_substr(speaking.words, '{{ key }}', 1, occurrence.place) from '[0-9][0-9. -]*$'
            ),
            '[ .-]', '', 'g'
        ) as digits
    from speaking
    cross join lateral generate_series(1, regexp_count(speaking.words, '{{ key }}')) as occurrence (place)
),

-- The name a key belongs to stands shortly before it, with no other name or key in between.
keyed as (
    select distinct on (keys.document_key, keys.page_number, keys.stands_at)
        keys.document_key,
        keys.document_id,
        keys.agency_code,
        keys.page_number,
        keys.stands_at,
        case
            when length(keys.digits) = 13 then left(keys.digits, 10) || '-' || right(keys.digits, 3)
            else keys.digits
        end as stated_key,
        names.stated_name,
        names.stands_at as name_stands_at
    from keys
    left join names
        on
            keys.document_key = names.document_key
            and keys.page_number = names.page_number
            and keys.stands_at - names.stands_at between 1 and 250
    order by
        keys.document_key asc, keys.page_number asc, keys.stands_at asc, names.stands_at desc nulls last
),

unkeyed as (
    select
        names.document_key,
        names.document_id,
        names.agency_code,
        names.page_number,
        names.stands_at,
        names.stated_name
    from names
    where
        names.is_whole
        and not exists (
            select 1 from keyed
            where
                keyed.document_key = names.document_key
                and (
                    keyed.stated_name = names.stated_name
                    or keyed.page_number = names.page_number and keyed.name_stands_at = names.stands_at
                )
        )
),

cited as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        stands_at,
        stated_key,
        stated_name
    from keyed
    union all
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        stands_at,
        null as stated_key,
        stated_name
    from unkeyed
),

-- A document that says the same on every page says it once.
once as (
    select distinct on (document_key, coalesce(stated_key, stated_name))
        left(md5(document_key || '|enterprise|' || coalesce(stated_key, stated_name)), 16) as claim_key,
        document_key,
        document_id,
        agency_code,
        page_number,
        stated_key,
        stated_name
    from cited
    order by
        document_key asc, coalesce(stated_key, stated_name) asc, (stated_name is null) asc,
        page_number asc, stands_at asc
)

select * from once
