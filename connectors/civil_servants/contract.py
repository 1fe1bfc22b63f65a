"""What we agreed with the database of officials: fourteen of its 194 fields.

Whoever is told what an official earns, believes or suffers from must have a reason to know: none
of that is asked for. README.md says which fields, and why these.
"""

from connectors.contract import Contract, Field, Pii
from connectors.kinds import day, moment, text, truth

OFFICIALS = Contract(
    entity="civil_servants__officials",
    owner="National Database of Cadres, Civil Servants and Public Employees, Home Affairs",
    key="official_id",
    cadence="daily, the officials changed on one day (Asia/Ho_Chi_Minh)",
    purpose="link digitised documents to the officials who signed or are named in them",
    legal_basis=(
        "Decree 27/2026/NĐ-CP (database of officials); Decree 278/2025/NĐ-CP (mandatory data"
        " sharing); Law 91/2025/QH15 (personal data)"
    ),
    fields=(
        Field("official_id", "officialId", text, Pii.DIRECT, is_required=True),
        Field("person_id", "personId", text, Pii.DIRECT),
        Field("full_name", "fullName", text, Pii.DIRECT),
        Field("birth_date", "birthDate", day, Pii.DIRECT),
        Field("sex", "sex", text, Pii.INDIRECT),
        Field("agency_code", "agencyCode", text, Pii.NONE),
        Field("agency_name", "agencyName", text, Pii.NONE),
        Field("position_title", "positionTitle", text, Pii.INDIRECT),
        Field("rank_code", "rankCode", text, Pii.NONE),
        Field("category", "category", text, Pii.NONE),
        Field("appointed_date", "appointedDate", day, Pii.INDIRECT),
        Field("status", "status", text, Pii.NONE),
        Field("changed_at", "changedAt", moment, Pii.NONE, is_required=True),
        Field("is_deleted", "deleted", truth, Pii.NONE, absent=False),
    ),
)
