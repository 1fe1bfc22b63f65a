-- Documents whose disposal was carried out: what is left of them is what the marts say, and a digest.
with decisions as (
    select * from {{ ref('stg_disposal__decisions') }}
    where decision = 'approved'
),

executions as (
    select * from {{ ref('stg_disposal__steps') }}
    where step = 'executed'
)

select distinct on (decisions.document_key)
    decisions.document_key,
    decisions.list_code as disposal_list_code,
    decisions.decision_number as disposal_decision_number,
    executions.step_date as disposed_date
from decisions
inner join executions on decisions.list_code = executions.list_code
order by decisions.document_key asc, executions.entry_id asc
