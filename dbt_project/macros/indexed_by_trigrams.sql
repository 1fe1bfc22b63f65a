{#- An index for likeness of spelling, where the server has the extension; search does without. -#}
{% macro indexed_by_trigrams(column) %}
do $$
declare
    place text := (
        select quote_ident(nspname) from pg_catalog.pg_extension
        inner join pg_catalog.pg_namespace on pg_namespace.oid = extnamespace
        where extname = 'pg_trgm'
    );
begin
    if place is not null then
        execute 'create index on {{ this }} using gin ({{ column }} ' || place || '.gin_trgm_ops)';
    end if;
end $$
{% endmacro %}
