{#-
    Materialisation `by_document`: a table whose rows are made anew for the documents that changed.

    The model is written as if it were built whole; nothing in it knows of increments. Its config
    names the inputs that can be cut down to some documents, and by which column:

        keyed={'int_documents__latest': 'document_key', 'stg_digitization__fields': '_batch_id'}

    A build then reads these inputs for the documents touched since its last one, compares the rows
    that come out with those that are there, deletes and inserts those of the documents that differ,
    and notes them for the models that follow: all in one transaction. Every row of a document must
    come from rows of that document alone; where it does not, the model cannot be keyed, and what
    looks across documents has a model of its own, without `keyed`, which is computed whole and
    writes what differs.

    Built whole is: the first time, with --full-refresh, after its own statement, columns, words, the
    view of an input, or an input that is not keyed (a code list) changed, and after an input was built
    whole.

    Notes are in the schema `changes` (migration 0033). They are compared by snapshot, not by
    number: a landing that began before the last build and was committed after it is new.
-#}
{% materialization by_document, adapter='postgres' %}
    {%- set inputs = keyed_inputs(config.get('keyed', {})) -%}
    {%- set fingerprint = model_fingerprint(inputs) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set is_there = existing is not none and existing.is_table -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- call statement('follow') -%} {{ follow(inputs) }} {%- endcall -%}
    {{ clear_away() }}
    {%- if should_full_refresh() or not is_there or not can_be_cut(inputs, fingerprint) -%}
        {{ build_whole(existing, inputs, fingerprint) }}
    {%- else -%}
        {%- call statement('main') -%}
            {{ build_some(inputs) }}
        {%- endcall -%}
        {#- Grants, row security and published views belong to a table just made; this one has them. -#}
        {{ adapter.commit() }}
        {{ run_hooks(post_hooks, inside_transaction=False) }}
    {%- endif -%}

    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}
