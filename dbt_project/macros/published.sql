{#-
    The published schema: one view for each mart, under the mart's name, for tools outside.

    A mart is replaced by a new table; its published view is pointed at that table in the
    transaction that replaces it, and is never dropped: what others built on the view stays.
-#}

{#- Point the published view at the mart just built; refuse to take a column away from readers. -#}
{% macro publish() %}
    {%- if execute -%}
        {%- set given = [] -%}
        {%- for column in model.columns.values() if not column.name.startswith('_') -%}
            {%- do given.append(column.name) -%}
        {%- endfor -%}
        {%- set before = published_columns(this.identifier) -%}
        {%- set lost = before | reject('in', given) | list -%}
        {%- if lost -%}
            {{ exceptions.raise_compiler_error(
                'published.' ~ this.identifier ~ ' would lose ' ~ lost | join(', ') ~ ', which outside tools may use.'
                ~ ' Keep the column (null will do) until they do not, then: drop view published.' ~ this.identifier
            ) }}
        {%- endif -%}
        create or replace view published.{{ this.identifier }}
        with (security_invoker = true, security_barrier = true) as
        select {{ (before + (given | reject('in', before) | list)) | join(', ') }}
        from {{ this }};
        grant select on published.{{ this.identifier }} to kho_analyst;
        comment on view published.{{ this.identifier }} is {{ postgres_escape_comment(model.description) }}
        {%- for name in given %};
            comment on column published.{{ this.identifier }}.{{ name }}
            is {{ postgres_escape_comment(model.columns[name].description) }}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{#- The columns a published view has, in its order: a view can be given more at its end alone. -#}
{% macro published_columns(name) %}
    {%- set found = run_query(
        "select attname from pg_catalog.pg_attribute"
        " where attrelid = to_regclass('published." ~ name ~ "') and attnum > 0 order by attnum"
    ) -%}
    {{ return(found.columns[0].values() | list) }}
{% endmacro %}

{#-
    Overrides dbt's own: before a mart is renamed away, lock its published view and then the mart,
    in the order in which readers do. The other way around, a reader who has the view and waits for
    the mart, and a build that has the mart and waits for the view, would wait for each other.

    A lock asked for holds up all readers that come after; so it is asked for a fifth of a second at
    a time, and a long query holds up the build alone.
-#}
{% macro postgres__rename_relation(from_relation, to_relation) %}
    {%- if from_relation.schema == 'marts' and to_relation.identifier.endswith('__dbt_backup') -%}
        {%- call statement('swap_lock') -%}
        do $swap_lock$
        declare
            relation constant text := coalesce(
                to_regclass('published.{{ from_relation.identifier }}'),
                to_regclass('marts.{{ from_relation.identifier }}')
            )::text;
            patience constant text := current_setting('lock_timeout');
        begin
            for attempt in 1 .. 5000 loop
                begin
                    set local lock_timeout = '200ms';
                    execute format('lock table %s in access exclusive mode', relation);
                    perform set_config('lock_timeout', patience, true);
                    return;
                exception when lock_not_available then
                    perform pg_sleep(0.2);
                end;
            end loop;
            raise exception '% is in use for half an hour and cannot be replaced', relation
                using hint = 'See who holds it in pg_locks; the next build tries again.';
        end $swap_lock$
        {%- endcall -%}
    {%- endif -%}
    {{ default__rename_relation(from_relation, to_relation) }}
{% endmacro %}
