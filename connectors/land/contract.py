"""What we agreed with the land database: one row per state of a parcel, under its old and new key.

A parcel is found by commune, map sheet and parcel number. Mergers of communes renumber sheets, and
papers written before cite the old key for good: both stay.
"""

from connectors.contract import Contract, Field, Pii
from connectors.kinds import day, moment, number, text, truth

PARCELS = Contract(
    entity="land__parcels",
    owner="National Land Database, Ministry of Agriculture and Environment",
    key="parcel_id",
    cadence="daily, the parcels changed on one day (Asia/Ho_Chi_Minh)",
    purpose="link digitised land dossiers to the parcel they concern, and its holder to population",
    legal_basis="Decree 278/2025/NĐ-CP (mandatory data sharing); Law 91/2025/QH15 (personal data)",
    fields=(
        Field("parcel_id", "parcelId", text, Pii.INDIRECT, is_required=True),
        Field("commune_code", "communeCode", text, Pii.NONE),
        Field("map_sheet", "mapSheet", text, Pii.NONE),
        Field("parcel_number", "parcelNumber", text, Pii.INDIRECT),
        Field("old_commune_code", "oldCommuneCode", text, Pii.NONE),
        Field("old_map_sheet", "oldMapSheet", text, Pii.NONE),
        Field("old_parcel_number", "oldParcelNumber", text, Pii.INDIRECT),
        Field("address", "address", text, Pii.INDIRECT),
        Field("area_m2", "areaM2", number, Pii.NONE),
        Field("land_use_code", "landUse", text, Pii.NONE),
        Field("certificate_number", "certificateNumber", text, Pii.INDIRECT),
        Field("issued_date", "issuedDate", day, Pii.NONE),
        Field("holder_person_id", "holderPersonId", text, Pii.DIRECT),
        Field("holder_name", "holderName", text, Pii.DIRECT),
        Field("changed_at", "changedAt", moment, Pii.NONE, is_required=True),
        Field("is_deleted", "deleted", truth, Pii.NONE, absent=False),
    ),
)
