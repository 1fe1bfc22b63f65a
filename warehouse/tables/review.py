"""Ledgers of review: what people said of fields, what they keyed blind, what they looked at.

Who wrote an entry is ``recorded_by``, which the server fills in: nobody signs for another. Values
and names of reviewers are personal data; analysts cannot read this schema.
"""

import sqlalchemy as sa

from warehouse.tables.form import BIGINT, BOOL, INT, NUMERIC, TEXT, ledger_table

_FIELD = [
    ("document_key", TEXT, "The document within its agency: agency code, colon, SHA-256."),
    ("agency_code", TEXT, "Agency whose document it is; row security looks at it."),
    ("field_name", TEXT, "Field, as digitising names it."),
]
_NAMED = tuple(name for name, _, _ in _FIELD)

CORRECTIONS = ledger_table(
    "field_corrections",
    [
        *_FIELD,
        ("verdict", TEXT, "confirmed or corrected."),
        ("old_value", TEXT, "Value that was shown; empty: none was."),
        ("new_value", TEXT, "Value that holds from now on; empty: the document has none."),
        ("old_decided_by", TEXT, "What stood behind the value shown: rule, model or person."),
        ("old_confidence", NUMERIC, "Confidence of the value shown; empty for a person's."),
        ("page_number", INT, "Page it was judged by."),
        ("box_left", NUMERIC, "Left edge of where it stands, as a fraction of the page."),
        ("box_top", NUMERIC, "Top edge, as a fraction of the page."),
        ("box_right", NUMERIC, "Right edge, as a fraction of the page."),
        ("box_bottom", NUMERIC, "Bottom edge, as a fraction of the page."),
        ("because", TEXT, "Why."),
        ("upon_entry_id", BIGINT, "Latest entry on the field when it was looked at; 0: none."),
        ("package_id", TEXT, "Package that brought the entry; empty: it was said here."),
        ("old_method", TEXT, "How the value shown had been found; empty for a person's."),
        ("old_method_version", TEXT, "Version of that method."),
        ("old_is_accepted", BOOL, "Whether the value shown had been accepted unseen."),
        ("old_accepted_from", NUMERIC, "Confidence from which it would have been accepted."),
    ],
    required=(*_NAMED, "verdict", "because", "upon_entry_id"),
    comment="What people said of values of fields. One row per word of a person; the latest on a "
    "field holds.",
)
# Two words on the same one are two people who did not see each other: the second is refused.
sa.Index(
    "ux_field_corrections_upon",
    *(CORRECTIONS.c[name] for name in ("document_key", "field_name", "upon_entry_id")),
    unique=True,
)

KEYINGS = ledger_table(
    "field_keyings",
    [
        *_FIELD,
        ("of_entry_id", BIGINT, "Entry of field_corrections that was keyed a second time."),
        ("value", TEXT, "What the second person read; empty: there is none."),
        ("page_number", INT, "Page it was read on."),
        ("package_id", TEXT, "Package that brought the entry; empty: it was said here."),
    ],
    required=(*_NAMED, "of_entry_id"),
    look_up=("document_key",),
    comment="Fields keyed a second time by somebody who had not seen the first value. One row per "
    "entry keyed again.",
)
sa.Index("ux_field_keyings_of_entry_id", KEYINGS.c.of_entry_id, unique=True)

AUDITS = ledger_table(
    "field_audits",
    [
        *_FIELD,
        ("read_value", TEXT, "Value that was accepted unseen; not shown to who keyed."),
        ("method", TEXT, "How it had been found."),
        ("method_version", TEXT, "Version of that method."),
        ("confidence", NUMERIC, "Confidence it was read with."),
        ("accepted_from", NUMERIC, "Confidence from which values were accepted; empty: unknown."),
        ("value", TEXT, "What the person read; empty: there is none."),
        ("page_number", INT, "Page it was read on."),
    ],
    required=(*_NAMED, "read_value", "confidence"),
    comment="Values accepted unseen that were drawn by lot and keyed blind. One row per value "
    "keyed.",
)
sa.Index(
    "ux_field_audits_field",
    *(AUDITS.c[name] for name in ("document_key", "field_name")),
    unique=True,
)

VIEWS = ledger_table(
    "document_views",
    [
        ("document_key", TEXT, "The document within its agency: agency code, colon, SHA-256."),
        ("agency_code", TEXT, "Agency whose document it is."),
        ("field_name", TEXT, "Field that was asked about; empty: none in particular."),
        ("page_number", INT, "Page that was shown; empty: a value without its picture."),
        ("shown", TEXT, "value, crop or page."),
        ("purpose", TEXT, "review or keying."),
    ],
    required=("document_key", "agency_code", "shown", "purpose"),
    look_up=("document_key",),
    comment="What of documents was shown at the review desk. One row per look.",
)
