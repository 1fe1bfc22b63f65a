{#- The steps of the materialisation `by_document`; what it is for stands in materializations/. -#}

{#- The name of a relation as the notes have it. -#}
{% macro noted_name(relation) %}
    {{- return(relation.schema ~ '.' ~ relation.identifier) -}}
{% endmacro %}

{#- The inputs that can be cut: how they stand in the statement, by which column, who notes their changes. -#}
{% macro keyed_inputs(keyed) %}
    {%- set found = [] -%}
    {%- for id in model.depends_on.nodes -%}
        {%- set node = graph.nodes.get(id) -%}
        {%- if node and node.name in keyed -%}
            {%- set source = graph.sources.get(node.depends_on.nodes | first) -%}
            {%- do found.append({
                'name': node.name,
                'relation': node.relation_name,
                'column': keyed[node.name],
                'is_view': node.config.materialized == 'view',
                'parent': source.schema ~ '.' ~ source.identifier if node.config.materialized == 'view'
                    else node.schema ~ '.' ~ (node.alias or node.name),
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if found | length != keyed | length -%}
        {{ exceptions.raise_compiler_error(model.name ~ ': keyed names an input it does not read') }}
    {%- endif -%}
    {{ return(found) }}
{% endmacro %}

{#-
    All that a row depends on besides the rows of keyed inputs: also what a view makes of raw, and the
    functions of search, which no statement shows. Another server counts transactions anew.
-#}
{% macro model_fingerprint(inputs) %}
    {%- set parts = [sql, model.description, config.get('indexes', []) | string] -%}
    {%- for column in model.columns.values() -%}
        {%- do parts.append(column.name ~ column.data_type ~ column.description) -%}
    {%- endfor -%}
    {%- for hook in post_hooks -%}
        {%- do parts.append(render(hook.get('sql'))) -%} {#- row security is part of a mart -#}
    {%- endfor -%}
    {%- set selects = ["select system_identifier::text from pg_control_system()"] -%}
    {%- for input in inputs if input.is_view -%}
        {%- do selects.append("select md5(pg_get_viewdef('" ~ input.relation ~ "'::regclass))") -%}
    {%- endfor -%}
    {%- if inputs and 'search.' in sql -%}
        {%- do selects.append(
            "select md5(string_agg(pg_get_functiondef(oid), '|' order by oid::regprocedure::text))"
            ~ " from pg_proc where pronamespace = 'search'::regnamespace and prokind = 'f'"
        ) -%}
    {%- endif -%}
    {%- if inputs -%}
        {%- for id in model.depends_on.nodes -%}
            {%- set node = graph.nodes.get(id) -%}
            {%- if node and node.name not in inputs | map(attribute='name') -%}
                {%- do selects.append(
                    "select md5(coalesce(string_agg(said, '|' order by said), '')) from (select (to_jsonb(entry)"
                    ~ " - array['_batch_id', '_extracted_at'])::text as said from " ~ node.relation_name
                    ~ " as entry) as entries"
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do parts.extend(run_query(selects | join(' union all ')).columns[0].values() | sort) -%}
    {{ return(local_md5(parts | join('|'))) }}
{% endmacro %}

{#- One build of a model at a time; hold fast from when on changes are new to the next build. -#}
{% macro follow(inputs) %}
    select pg_advisory_xact_lock(hashtextextended('{{ noted_name(this) }}', 33));
    drop table if exists pg_temp.followed;
    create temporary table followed on commit drop as
    select
        parents.parent,
        marks.seen as seen_before,
        pg_current_snapshot() as seen_now
    from unnest(string_to_array('{{ inputs | map(attribute='parent') | join(' ') }}', ' ')) as parents (parent)
    left join changes.marks on marks.model = '{{ noted_name(this) }}' and marks.parent = parents.parent;
    drop table if exists pg_temp.changed;
    create temporary table changed on commit drop as
    select distinct
        followed.parent,
        log.key
    from followed
    inner join changes.log
        on followed.parent = log.relation
        and log.xact >= pg_snapshot_xmin(followed.seen_before)
        and not pg_visible_in_snapshot(log.xact, followed.seen_before)
{% endmacro %}

{#- Whether what is there was made by this model as it is, and what has changed since is known. -#}
{% macro can_be_cut(inputs, fingerprint) %}
    {%- call statement('can_be_cut', fetch_result=True) -%}
        select
            exists (
                select 1 from changes.models
                where model = '{{ noted_name(this) }}' and fingerprint = '{{ fingerprint }}'
            )
            and not exists (select 1 from followed where seen_before is null)
            and not exists (select 1 from changed where key is null)
            and (
                '{{ model.schema }}' <> 'marts'
                or to_regclass('published.{{ this.identifier }}') is not null
            )
    {%- endcall -%}
    {{ return(load_result('can_be_cut')['data'][0][0]) }}
{% endmacro %}

{#- Say what this build has followed, and forget notes that nobody will ask for. -#}
{% macro remember(fingerprint) %}
    insert into changes.models (model, fingerprint) values ('{{ noted_name(this) }}', '{{ fingerprint }}')
    on conflict (model) do update set fingerprint = excluded.fingerprint;
    {{ remember_marks() }}
{% endmacro %}

{% macro remember_marks() %}
    insert into changes.marks (model, parent, seen)
    select '{{ noted_name(this) }}', parent, seen_now from followed
    on conflict (model, parent) do update set seen = excluded.seen;
    delete from changes.log
    using (
        select marks.parent, min(pg_snapshot_xmin(marks.seen)::text::numeric)::text::xid8 as oldest
        from changes.marks
        inner join followed on marks.parent = followed.parent
        group by marks.parent
    ) as done
    where log.relation = done.parent and log.xact < done.oldest
{% endmacro %}

{#- What a build that was killed put aside holds rows of its day, and nobody asks for it again. -#}
{% macro clear_away() %}
    {{ drop_relation_if_exists(load_cached_relation(make_intermediate_relation(this))) }}
    {{ drop_relation_if_exists(load_cached_relation(make_backup_relation(this, 'table'))) }}
{% endmacro %}

{#-
    As dbt's own table: made beside the old one, which is renamed away in the same transaction.
    A mart notes nothing: no model reads it.
-#}
{% macro build_whole(existing, inputs, fingerprint) %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set made = make_intermediate_relation(target_relation) -%}
    {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'table') -%}
    {%- call statement('main') -%} {{ get_create_table_as_sql(False, made, sql) }} {%- endcall -%}
    {%- do create_indexes(made) -%}
    {%- if existing is not none -%} {{ adapter.rename_relation(existing, backup) }} {%- endif -%}
    {{ adapter.rename_relation(made, target_relation) }}
    {%- call statement('remember') -%}
        {%- if model.schema != 'marts' %}
        insert into changes.log (relation) values ('{{ noted_name(this) }}');
        {%- endif %}
        {{ remember(fingerprint) }}
    {%- endcall -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- set revoked = should_revoke(existing, full_refresh_mode=True) -%}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=revoked) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
{% endmacro %}

{#-
    The statement with its keyed inputs cut down to the documents touched. Few batches are named one by
    one: joined to a list of them, the planner reads all of raw, 8 s of 10 in a city of 50,000 documents.
-#}
{% macro cut_down(inputs) %}
    {%- set cut = namespace(sql=sql) -%}
    {%- for input in inputs -%}
        {%- set sought = 'select ' ~ input.column ~ ' from touched_' ~ input.column -%}
        {%- if input.column == '_batch_id' -%}
            {%- call statement('batches', fetch_result=True) -%}
                select coalesce(string_agg(quote_literal(_batch_id), ', '), 'null') from touched__batch_id
                having count(*) <= 1000
            {%- endcall -%}
            {%- set named = load_result('batches')['data'] -%}
            {%- set sought = named[0][0] if named else sought -%}
        {%- endif -%}
        {%- set cut.sql = cut.sql | replace(
            input.relation,
            '(select * from ' ~ input.relation ~ ' where ' ~ input.column ~ ' in (' ~ sought ~ ')) as ' ~ input.name
        ) -%}
    {%- endfor -%}
    {{ return(cut.sql) }}
{% endmacro %}

{#- Delete and insert the rows of the documents whose rows come out otherwise than they are there. -#}
{% macro build_some(inputs) %}
    {%- set key = config.get('key', 'document_key') -%}
    {%- set touched = touched_by(key) -%}
    {%- set columns = adapter.get_columns_in_relation(this) | map(attribute='quoted') | join(', ') -%}
    {%- set of_touched -%}
        {%- if inputs %} where {{ key }} in (select {{ touched }} from touched_{{ touched }}) {%- endif -%}
    {%- endset -%}
    {%- if inputs -%}
        {%- call statement('touch') -%}
            {{ touch_batches() if touched == '_batch_id' else touch(inputs) }}
        {%- endcall -%}
    {%- endif %}
    drop table if exists pg_temp.come_out;
    create temporary table come_out (like {{ this }}) on commit drop;
    insert into come_out ({{ columns }})
    select {{ columns }} from ({{ cut_down(inputs) }}) as made;
    {%- if inputs %}
    do $leak$ begin
        if exists (
            select 1 from come_out where {{ key }} not in (select {{ touched }} from touched_{{ touched }})
        ) then
            raise exception '{{ model.name }} made rows of documents it was not asked for'
                using hint = 'An input that it reads across documents must not stand in its config as keyed.';
        end if;
    end $leak$;
    {%- endif %}
    drop table if exists pg_temp.differing;
    create temporary table differing on commit drop as
    select distinct {{ key }} from (
        (select {{ columns }} from {{ this }}{{ of_touched }} except all select {{ columns }} from come_out)
        union all
        (select {{ columns }} from come_out except all select {{ columns }} from {{ this }}{{ of_touched }})
    ) as either;
    analyze differing;
    delete from {{ this }} where {{ key }} in (select {{ key }} from differing);
    insert into {{ this }} ({{ columns }})
    select {{ columns }} from come_out where {{ key }} in (select {{ key }} from differing);
    {%- if model.schema != 'marts' %}
    insert into changes.log (relation, key) select '{{ noted_name(this) }}', {{ key }} from differing;
    {%- endif %}
    {{ remember_marks() }}
{% endmacro %}

{#- What is touched and made anew: documents, or of tables about deliveries whole batches. -#}
{% macro touched_by(key) %}
    {{- return('_batch_id' if key in ('_batch_id', 'batch_id') else 'document_key') -}}
{% endmacro %}

{#- The batches touched; every input of such a model is followed by batch. -#}
{% macro touch_batches() %}
    drop table if exists pg_temp.touched__batch_id;
    create temporary table touched__batch_id on commit drop as
    select distinct key as _batch_id from changed;
    analyze touched__batch_id;
{% endmacro %}

{#-
    The documents touched, and the batches and contents they are now of, to cut inputs by. Contents are
    noted as they were landed, and read as staging writes them.
-#}
{% macro touch(inputs) %}
    {%- set latest = api.Relation.create(
        database=this.database, schema='intermediate', identifier='int_documents__latest'
    ) -%}
    drop table if exists pg_temp.touched_document_key;
    create temporary table touched_document_key on commit drop as
    {% for input in inputs -%}
        {%- if input.column == 'document_key' -%}
            select key as document_key from changed where parent = '{{ input.parent }}'
        {%- elif input.column == 'document_id' -%}
            select document_key from {{ latest }}
            where
                document_id in (
                    select lower({{ cleaned('key') }}) from changed where parent = '{{ input.parent }}'
                )
        {%- else -%}
            select document_key from {{ latest }}
            where {{ input.column }} in (select key from changed where parent = '{{ input.parent }}')
        {%- endif %}
        {{ 'union' if not loop.last }}
    {% endfor %};
    analyze touched_document_key;
    {%- for column in inputs | map(attribute='column') | unique | reject('equalto', 'document_key') %}
    drop table if exists pg_temp.touched_{{ column }};
    create temporary table touched_{{ column }} on commit drop as
    select distinct {{ column }} from {{ latest }}
    where document_key in (select document_key from touched_document_key);
    analyze touched_{{ column }};
    {%- endfor %}
{% endmacro %}
