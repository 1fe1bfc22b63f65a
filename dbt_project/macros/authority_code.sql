{#-
    By what authority the signer signed, as one code: of "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH" the last
    mark counts, for it stands next to the post. The Party writes T/M for TM.
-#}
{% macro authority_code(column) -%}
    replace(substring(
        {{ column }} from '(?:^|.*[^[:alpha:]/])(TUQ|TM|KT|TL|Q|T/M|K/T|T/L)[. ]'
    ), '/', '')
{%- endmacro %}
