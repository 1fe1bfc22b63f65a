"""The ledger of intake: which deliveries were seen, as which version, and how they ended."""

import sqlalchemy as sa

from warehouse.tables.form import INSTANT, INT, JSON, TEXT, ledger_table

DELIVERIES = ledger_table(
    "intake_deliveries",
    [
        ("event", TEXT, "received, seen_again, refused, closed or left_open."),
        ("batch_id", TEXT, "Batch the delivery is, or is the same as."),
        ("delivery_name", TEXT, "Name the versions of a delivery share."),
        ("place", TEXT, "Where it lay in the inbox: its folder or ZIP."),
        ("delivery_form", TEXT, "folder, bag, zip or zipped_bag."),
        ("content_sha256", TEXT, "Digest over the names and bytes of what was delivered."),
        ("agency_code", TEXT, "Agency all its files belong to; empty if they are several's."),
        ("version", INT, "Version of the delivery, from 1; of a received one."),
        ("supersedes", TEXT, "Batch it takes the place of; of a received one."),
        ("delivered_at", INSTANT, "When the delivery was finished, by its files."),
        ("reason_code", TEXT, "Why it was refused."),
        ("counts", JSON, "What it was closed, or left open, by: counts of files and pages."),
    ],
    required=("event", "batch_id", "delivery_name"),
    look_up=("batch_id", "content_sha256", "delivery_name"),
    comment=(
        "Deliveries as they were seen, superseded, refused and closed. One row per thing that"
        " happened to a delivery."
    ),
)
# Two looks at one inbox cannot make two versions of one delivery, whatever dies in between.
sa.Index(
    "uq_intake_deliveries_version",
    DELIVERIES.c.delivery_name,
    sa.text("coalesce(agency_code, '')"),
    DELIVERIES.c.version,
    unique=True,
    postgresql_where=sa.text("event = 'received'"),
)
