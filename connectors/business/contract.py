"""What we agreed with the business registry: one row per state of an enterprise, as answered."""

from connectors.contract import Contract, Field, Pii
from connectors.kinds import day, moment, text, truth

ENTERPRISES = Contract(
    entity="business__enterprises",
    owner="National Business Registration Database, Ministry of Finance",
    key="tax_code",
    cadence="daily, the enterprises changed on one day (Asia/Ho_Chi_Minh)",
    purpose="link digitised documents and administrative results to the enterprise they concern",
    legal_basis="Decree 278/2025/NĐ-CP (mandatory data sharing); Law 91/2025/QH15 (personal data)",
    fields=(
        Field("tax_code", "taxCode", text, Pii.INDIRECT, is_required=True),
        Field("enterprise_name", "name", text, Pii.INDIRECT),
        Field("enterprise_type", "type", text, Pii.NONE),
        Field("status", "status", text, Pii.NONE),
        Field("address", "address", text, Pii.INDIRECT),
        Field("commune_code", "communeCode", text, Pii.NONE),
        Field("representative_name", "representativeName", text, Pii.DIRECT),
        Field("founded_date", "foundedDate", day, Pii.NONE),
        Field("changed_at", "changedAt", moment, Pii.NONE, is_required=True),
        Field("is_deleted", "deleted", truth, Pii.NONE, absent=False),
    ),
)
