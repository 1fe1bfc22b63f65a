{#-
    Searched in letters without marks: readers err in tone marks first. Where a sheet or a parcel is
    named becomes one sign and its number, so that the search that follows has little to look at:
    § a map sheet, ¶ a parcel, and what short forms say: ¦ "tờ 5" (or a group of houses), ¤ "thửa 7".
-#}
{%- set gap = '[^0-9§¶¦¤]{1,25}' -%}
{%- set mention = '((?:§([0-9]{1,4})' ~ gap ~ '[¶¤]([0-9]{1,5})|[¶¤]([0-9]{1,5})' ~ gap ~ '§([0-9]{1,4})'
    ~ '|¦([0-9]{1,4})' ~ gap ~ '¤([0-9]{1,5})|¤([0-9]{1,5})' ~ gap ~ '¦([0-9]{1,4})|¶([0-9]{1,5})))([^§¶¤]*)' -%}
{%- set signs = namespace(words="translate(words, '§¶¦¤', '    ')") -%}
{%- set area = 'dien tich[^0-9]{0,25}'
    ~ '([0-9]{1,3}(?:\\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{1,7}(?:[.,][0-9]{1,2})?) ?m' -%}
{{
    config(
        materialized='by_document',
        keyed={
            'int_pages__latest': 'document_key',
        },
        indexes=[{'columns': ['document_key']}]
    )
}}
with pages as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        {{ without_marks('page_text') }} as words
    from {{ ref('int_pages__latest') }}
    where page_text is not null
),

agencies as (
    select * from {{ ref('int_agencies__current') }}
),

communes as (
    select * from {{ ref('int_communes__succeeded') }}
),

signed as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        {%- for pattern, sign in [
            ('\\mto ban do (?:dia chinh )?(?:so ?)?:? ?([0-9]{1,4})\\M', '§'),
            ('\\mthua dat (?:so ?)?:? ?([0-9]{1,5})\\M', '¶'),
            ('\\mthua (?:so ?)?:? ?([0-9]{1,5})\\M', '¤'),
            ('\\mto (?:so ?)?:? ?([0-9]{1,4})\\M', '¦'),
        ] %}
            {%- set sought = "'" ~ pattern ~ "', '" ~ sign ~ "\\1', 'g'" -%}
            {%- set signs.words = 'regexp_replace(' ~ signs.words ~ ', ' ~ sought ~ ')' -%}
        {%- endfor %}
        {{ signs.words }} as words
    from pages
    where words like '%thua %'
),

read as (
    select
        signed.document_key,
        signed.document_id,
        signed.agency_code,
        signed.page_number,
        mentioned.place,
        {{ bare_number('coalesce(said[2], said[5], said[6], said[9])'.replace('said', 'mentioned.said')) }}
            as map_sheet,
        {{ bare_number(
            'coalesce(said[3], said[4], said[7], said[8], said[10])'.replace('said', 'mentioned.said')
        ) }} as parcel_number,
        -- What belongs to it follows, up to the next one.
        ' ' || regexp_replace(left(mentioned.said[11], 200), '[^a-z0-9]+', ' ', 'g') || ' ' as what_follows,
        substring(left(mentioned.said[11], 200) from '{{ area }}') as area_words
    from signed
    cross join
        lateral regexp_matches(signed.words, '{{ mention }}', 'g') with ordinality as mentioned (said, place)
),

-- "xa tan" also stands in "xa tan hoa": the longest name counts, with its district where it is said.
named as (
    select
        read.document_key,
        read.page_number,
        read.place,
        communes.commune_code,
        communes.is_former,
        rank() over (
            partition by read.document_key, read.page_number, read.place
            order by
                length(communes.commune_words) desc,
                (strpos(read.what_follows, ' ' || communes.district_words || ' ') > 0) desc nulls last
        ) as preference
    from read
    inner join communes on strpos(read.what_follows, ' ' || communes.commune_words || ' ') > 0
),

whereabouts as (
    select
        document_key,
        page_number,
        place,
        string_agg(
            commune_code || case when is_former then '-' else '' end, '+'
            order by commune_code, is_former
        ) as named_communes
    from named
    where preference = 1
    group by document_key, page_number, place
),

cited as (
    select
        read.document_key,
        read.document_id,
        read.agency_code,
        read.page_number,
        read.place,
        read.map_sheet,
        read.parcel_number,
        whereabouts.named_communes,
        case when agencies.agency_level = 'commune' then agencies.commune_code end as filed_commune_code,
        case
            when read.area_words ~ '\.[0-9]{3}' then replace(replace(read.area_words, '.', ''), ',', '.')
            else replace(read.area_words, ',', '.')
        end::numeric as area_m2
    from read
    left join whereabouts
        on
            read.document_key = whereabouts.document_key
            and read.page_number = whereabouts.page_number
            and read.place = whereabouts.place
    left join agencies on read.agency_code = agencies.agency_code
),

keyed as (
    select
        *,
        concat_ws(
            '/', coalesce(named_communes, filed_commune_code, '?'), coalesce(map_sheet, '?'), parcel_number
        ) as stated_key
    from cited
    where parcel_number is not null
),

once as (
    select distinct on (document_key, stated_key)
        left(md5(document_key || '|parcel|' || stated_key), 16) as claim_key,
        document_key,
        document_id,
        agency_code,
        page_number,
        stated_key,
        map_sheet,
        parcel_number,
        named_communes,
        filed_commune_code,
        area_m2
    from keyed
    order by document_key asc, stated_key asc, (area_m2 is null) asc, page_number asc, place asc
)

select * from once
