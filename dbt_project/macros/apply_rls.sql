{#-
    Row security for a mart, in the transaction that builds it: no moment exists in which an
    analyst sees another agency's rows. A view gets its reader's rights instead of its owner's.

    The column is qualified by the table on purpose: a bare name inside a policy binds to the
    innermost table that has it, and such a policy is always true.
-#}
{% macro apply_rls(agency_column) %}
    {%- if model.config.materialized == 'view' -%}
    alter view {{ this }} set (security_invoker = true, security_barrier = true)
    {%- else -%}
        alter table {{ this }} enable row level security;
    alter table {{ this }} force row level security;
    drop policy if exists agency_rows on {{ this }};
    create policy agency_rows on {{ this }} for select to kho_analyst
        using ({{ this.identifier }}.{{ agency_column }} = any ((select sec.current_agencies())::text[]));
    drop policy if exists owner_rows on {{ this }};
    create policy owner_rows on {{ this }} to {{ adapter.quote(target.user) }}
        using (true) with check (true)
    {%- endif -%}
{% endmacro %}
