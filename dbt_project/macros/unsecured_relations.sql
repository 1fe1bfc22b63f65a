{#-
    Every relation an analyst can read that would show other agencies' rows, and why; empty is right.
    Relations of extensions are left out: they hold no rows of ours.
-#}
{% macro unsecured_relations() %}
with readable as (
    select
        pg_class.oid as relation_id,
        pg_class.relkind as kind,
        pg_namespace.nspname as schema_name,
        pg_class.relname as relation_name,
        pg_class.relrowsecurity as is_enabled,
        pg_class.relforcerowsecurity as is_forced,
        coalesce(pg_class.reloptions, '{}') as options
    from pg_catalog.pg_class
    inner join pg_catalog.pg_namespace on pg_class.relnamespace = pg_namespace.oid
    where
        pg_class.relkind in ('r', 'p', 'v', 'm', 'f')
        and pg_namespace.nspname not in ('pg_catalog', 'information_schema')
        and pg_namespace.nspname not like 'pg\_%'
        and has_schema_privilege('kho_analyst', pg_namespace.oid, 'usage')
        and (
            has_table_privilege('kho_analyst', pg_class.oid, 'select')
            or has_any_column_privilege('kho_analyst', pg_class.oid, 'select')
        )
        and not exists (
            select 1 from pg_catalog.pg_depend
            where pg_depend.objid = pg_class.oid and pg_depend.deptype = 'e'
        )
),

policies as (
    select
        schemaname as schema_name,
        tablename as relation_name,
        count(*) as policy_count,
        bool_and(
            cmd = 'SELECT'
            and qual = '(agency_code = ANY (( SELECT sec.current_agencies() AS current_agencies)::text[]))'
        ) as is_by_agency
    from pg_catalog.pg_policies
    where roles && array['kho_analyst', 'public']::name [] and permissive = 'PERMISSIVE'
    group by schemaname, tablename
),

judged as (
    select
        readable.schema_name,
        readable.relation_name,
        case
            when
                readable.kind = 'v'
                and not readable.options @> array['security_invoker=true', 'security_barrier=true']
                then 'a view with the rights of its owner'
            -- With its reader's rights a view shows what the reader may see anyway, wherever it is.
            when readable.kind = 'v' then null
            when readable.schema_name <> 'marts' then 'readable outside marts'
            when readable.kind in ('m', 'f') then 'a kind of relation that knows no row security'
            when not readable.is_enabled then 'row security is off'
            when not readable.is_forced then 'row security is not forced'
            when policies.policy_count is null then 'no policy for analysts'
            when not policies.is_by_agency then 'a policy that lets more through than the agency'
        end as weakness
    from readable
    left join policies
        on
            readable.schema_name = policies.schema_name
            and readable.relation_name = policies.relation_name
)

select * from judged
where weakness is not null
{% endmacro %}
