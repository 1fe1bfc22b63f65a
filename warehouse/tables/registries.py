"""Raw tables of registries: kept as sent, repeated or not; gates judge them."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.tables.form import (
    BOOL,
    DATE,
    EXTRA,
    INSTANT,
    INT,
    JSON,
    NUMERIC,
    TEXT,
    Column,
    raw_table,
)

AGENCIES = raw_table(
    "catalog__agencies",
    [
        ("agency_code", TEXT, "Code of the agency in the authority file."),
        ("agency_name", TEXT, "Full name, as printed on its documents."),
        ("bloc", TEXT, "party, government or mass_organisation."),
        ("level", TEXT, "city, district or commune."),
        ("parent_code", TEXT, "Agency it reports to."),
        ("commune_code", TEXT, "Commune it serves, if it is of commune level."),
        ("valid_from", DATE, "First day the agency existed under this code."),
        ("valid_to", DATE, "Last day; empty while it exists."),
        ("successor_code", TEXT, "Agency that took over its work."),
        ("change_type", TEXT, "Why it ended: merged, split, renamed or dissolved."),
        ("resolution", TEXT, "Resolution by which it ended."),
        ("clause", TEXT, "Clause of that resolution."),
        (EXTRA, JSON, "Fields of the file that the contract does not know."),
    ],
    look_up=("agency_code",),
    comment="Agency authority file, as delivered. One row per agency and batch.",
)


def rejected_table(entity: str) -> sa.Table:
    """Add the table of what an entity's pulls brought that cannot be a row."""
    return raw_table(
        f"{entity}_rejected",
        [
            ("item_ordinal", INT, "Place of the item in its pull, from 1."),
            ("reason", TEXT, "Why it cannot be a row: the column and what is wrong with it."),
            ("item", TEXT, "The item as sent, JSON in ASCII; personal data."),
        ],
        key=("item_ordinal",),
        comment=f"Items sent for raw.{entity} that cannot be a row of it. One row per item.",
    )


def compared_table(entity: str) -> sa.Table:
    """Add the table of what full key lists told about an entity."""
    return raw_table(
        f"{entity}_compared",
        [
            ("entity_key", TEXT, "Key in the registry."),
            ("observation", TEXT, "withdrawn, returned, never_landed or outdated."),
            ("listed_changed_at", INSTANT, "Last change by the list; empty if not listed."),
            ("observed_at", INSTANT, "When the comparison began."),
        ],
        key=("entity_key",),
        look_up=("entity_key",),
        comment=(
            f"What the registry's full list of keys told about raw.{entity}."
            " One row per key that differed and comparison."
        ),
    )


def registry_tables(
    entity: str, columns: Sequence[Column], *, key: str, comment: str
) -> tuple[sa.Table, sa.Table, sa.Table]:
    """Add the three tables of an entity: its rows, what cannot be one, what key lists told.

    ``columns`` are those of its contract; what the contract does not know is kept beside them.
    """
    extra = (EXTRA, JSON, "Fields of the answer that the contract does not know.")
    return (
        raw_table(entity, [*columns, extra], look_up=(key,), comment=comment),
        rejected_table(entity),
        compared_table(entity),
    )


ENTERPRISES = registry_tables(
    "business__enterprises",
    [
        ("tax_code", TEXT, "Enterprise code, which is also its tax code."),
        ("enterprise_name", TEXT, "Registered name."),
        ("enterprise_type", TEXT, "Legal form, as answered."),
        ("status", TEXT, "Status of activity, as answered."),
        ("address", TEXT, "Head office."),
        ("commune_code", TEXT, "Commune of the head office."),
        ("representative_name", TEXT, "Legal representative."),
        ("founded_date", DATE, "Day of first registration."),
        ("changed_at", INSTANT, "When the registry last changed the record."),
        ("is_deleted", BOOL, "Whether the registry withdrew the record."),
    ],
    key="tax_code",
    comment="Enterprises as the business registry answered. One row per enterprise and pull.",
)

PARCELS = registry_tables(
    "land__parcels",
    [
        ("parcel_id", TEXT, "Identifier of the parcel in the land database."),
        ("commune_code", TEXT, "Commune, by the key in force."),
        ("map_sheet", TEXT, "Map sheet, by the key in force; zeros kept."),
        ("parcel_number", TEXT, "Number on the sheet, by the key in force."),
        ("old_commune_code", TEXT, "Commune, by the key before the last renumbering."),
        ("old_map_sheet", TEXT, "Map sheet, by the key before the last renumbering."),
        ("old_parcel_number", TEXT, "Number on the sheet, by the key before."),
        ("address", TEXT, "Where the parcel lies, in words."),
        ("area_m2", NUMERIC, "Area in square metres, as registered."),
        ("land_use_code", TEXT, "Code of the purpose the land may be used for."),
        ("certificate_number", TEXT, "Number of the certificate of land use rights."),
        ("issued_date", DATE, "Day the certificate was issued."),
        ("holder_person_id", TEXT, "Identity number of the holder, 9 or 12 digits, as sent."),
        ("holder_name", TEXT, "Name of the holder."),
        ("changed_at", INSTANT, "When the registry last changed the record."),
        ("is_deleted", BOOL, "Whether the registry withdrew the record."),
    ],
    key="parcel_id",
    comment="Parcels as the land database answered. One row per state sent and pull.",
)

OFFICIALS = registry_tables(
    "civil_servants__officials",
    [
        ("official_id", TEXT, "Number of the official (số hiệu)."),
        ("person_id", TEXT, "Identity number of the person, 9 or 12 digits, as sent."),
        ("full_name", TEXT, "Name of the person."),
        ("birth_date", DATE, "Day of birth."),
        ("sex", TEXT, "Sex, as answered."),
        ("agency_code", TEXT, "Agency the official serves, dotted code as sent."),
        ("agency_name", TEXT, "Its name, as answered."),
        ("position_title", TEXT, "Title of the post held."),
        ("rank_code", TEXT, "Code of the rank (mã ngạch)."),
        ("category", TEXT, "cadre, civil_servant or public_employee, as answered."),
        ("appointed_date", DATE, "Day of appointment to the post."),
        ("status", TEXT, "Status of service, as answered."),
        ("changed_at", INSTANT, "When the registry last changed the record."),
        ("is_deleted", BOOL, "Whether the registry withdrew the record."),
    ],
    key="official_id",
    comment="Officials as their database answered. One row per state sent and pull.",
)
