"""Raw tables of registries: kept as sent, repeated or not; gates judge them."""

from warehouse.tables.form import BOOL, DATE, EXTRA, INSTANT, JSON, TEXT, raw_table

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
        (EXTRA, JSON, "Fields of the file that the contract does not know."),
    ],
    look_up=("agency_code",),
    comment="Agency authority file, as delivered. One row per agency and batch.",
)

ENTERPRISES = raw_table(
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
        (EXTRA, JSON, "Fields of the answer that the contract does not know."),
    ],
    look_up=("tax_code",),
    comment="Enterprises as the business registry answered. One row per enterprise and pull.",
)
