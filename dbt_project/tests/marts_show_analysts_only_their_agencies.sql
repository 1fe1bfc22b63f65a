{{ config(meta={'dagster': {'ref': {'name': 'dim_document'}}}) }}
-- depends_on: {{ ref('dim_agency') }}
-- depends_on: {{ ref('dim_document') }}
-- depends_on: {{ ref('fct_fixity') }}
-- depends_on: {{ ref('fct_page') }}
-- depends_on: {{ ref('fct_signature') }}
-- depends_on: {{ ref('fct_batch_balance') }}
-- depends_on: {{ ref('dim_business') }}
-- depends_on: {{ ref('fct_batch_acceptance') }}
-- depends_on: {{ ref('fct_vendor_acceptance') }}
-- depends_on: {{ ref('fct_duplicate_pair') }}
-- depends_on: {{ ref('fct_set_aside') }}
-- depends_on: {{ ref('fct_reading_comparison') }}
-- depends_on: {{ ref('fct_reading_gain') }}
-- depends_on: {{ ref('dim_batch') }}
-- depends_on: {{ ref('fct_document_field') }}
-- depends_on: {{ ref('fct_keying_agreement') }}
{{ unsecured_relations() }}
