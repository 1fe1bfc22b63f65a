{#- Searched in letters without marks: readers err in tone marks first. -#}
{%- set sheet = '\\mto (ban do )?(dia chinh )?(so ?)?:? ?' -%}
{%- set plot = '\\mthua (dat )?(so ?)?:? ?' -%}
{%- set both = sheet ~ '[0-9]{1,4}[^0-9]{1,25}' ~ plot ~ '[0-9]{1,5}\\M|' ~ plot ~ '[0-9]{1,5}[^0-9]{1,25}'
    ~ sheet ~ '[0-9]{1,4}\\M|\\mthua dat (so ?)?:? ?[0-9]{1,5}\\M' -%}
{%- set area = 'dien tich[^0-9]{0,25}'
    ~ '([0-9]{1,3}(?:\\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{1,7}(?:[.,][0-9]{1,2})?) ?m' -%}
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

mentions as (
    select
        pages.document_key,
        pages.document_id,
        pages.agency_code,
        pages.page_number,
        occurrence.place,
        regexp_substr(pages.words, '{{ both }}', 1, occurrence.place) as said,
        -- What belongs to it follows, up to the next one.
        regexp_replace(
            substr(pages.words, regexp_instr(pages.words, '{{ both }}', 1, occurrence.place, 1), 200),
            '({{ both }}).*$', ''
        ) as what_follows
    from pages
    cross join lateral generate_series(1, regexp_count(pages.words, '{{ both }}')) as occurrence (place)
),

read as (
    select
        document_key,
        document_id,
        agency_code,
        page_number,
        place,
        what_follows,
        {{ bare_number("substring(said from '" ~ sheet.replace('(', '(?:') ~ "([0-9]{1,4})\\M')") }}
            as map_sheet,
        {{ bare_number("substring(said from '" ~ plot.replace('(', '(?:') ~ "([0-9]{1,5})\\M')") }}
            as parcel_number,
        substring(
            what_follows
            from '{{ area }}'
        ) as area_words
    from mentions
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
                (read.what_follows ~ ('\m' || communes.district_words || '\M')) desc nulls last
        ) as preference
    from read
    inner join communes on read.what_follows ~ ('\m' || communes.commune_words || '\M')
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
            '/', coalesce(named_communes, filed_commune_code, '?'),
            coalesce(map_sheet, '?'), parcel_number
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
