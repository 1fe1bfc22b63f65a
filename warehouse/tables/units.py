"""Raw tables of administrative units: communes of both times, and who took over whom."""

from warehouse.tables.form import DATE, TEXT, raw_table

COMMUNES = raw_table(
    "units__communes",
    [
        ("commune_code", TEXT, "Five-digit commune code; used again after July 2025."),
        ("commune_name", TEXT, "Kind and name."),
        ("district_code", TEXT, "District it lay in; empty since there are none."),
        ("district_name", TEXT, "Kind and name of that district."),
        ("valid_from", DATE, "First day under this code and name; empty where not known."),
        ("valid_to", DATE, "Last day; empty while it exists."),
    ],
    look_up=("commune_code",),
    comment="Communes before and after July 2025. One row per commune, time and edition.",
)

TRANSFERS = raw_table(
    "units__transfers",
    [
        ("old_commune_code", TEXT, "Commune that ended."),
        ("new_commune_code", TEXT, "Commune that took over something of it."),
        ("land_share", TEXT, "How much of the old commune's land: all or part."),
        ("people_share", TEXT, "How much of the old commune's people: all, part, none or unknown."),
        ("correction", TEXT, "What the tables were corrected by, with its source; mostly empty."),
    ],
    key=("old_commune_code", "new_commune_code"),
    comment="What new communes took over of old ones. One row per pair and edition.",
)
