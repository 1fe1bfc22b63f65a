{{ config(indexes=[{'columns': ['agency_code']}]) }}
with progress as (
    select * from {{ ref('int_progress__counted') }}
)

select
    progress_key,
    phase_code,
    agency_code,
    current_agency_code,
    commune_code,
    current_commune_code,
    batch_id,
    vendor,

    phase_name,
    bloc,
    agency_level,
    acceptance_state,
    is_left_over,

    known_count,
    received_count,
    read_count,
    described_count,
    accepted_count,
    in_warehouse_count,
    known_page_count,
    received_page_count,
    read_page_count,
    described_page_count,
    accepted_page_count,
    in_warehouse_page_count,
    listed_count,
    set_aside_count,
    duplicate_count,
    secret_count,
    disposed_count,
    term_known_count,
    permanent_count,
    {{ share('permanent_count', 'term_known_count') }} as permanent_share,

    deadline_date
from progress
