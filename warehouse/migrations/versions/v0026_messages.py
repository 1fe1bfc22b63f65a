"""Make the tables of the document axis: messages, what is none, and attachments."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.migrations.making import make

revision = "0026"
down_revision = "0023"
branch_labels = None
depends_on = None

TEXT, INT, BIGINT = sa.Text(), sa.Integer(), sa.BigInteger()
BOOL, DATE, INSTANT = sa.Boolean(), sa.Date(), sa.TIMESTAMP(timezone=True)
JSON = JSONB(none_as_null=True)
NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
LINEAGE = (
    ("_batch_id", TEXT, "Batch that brought the row; landing it again replaces its rows."),
    ("_extracted_at", INSTANT, "When the row was read from its source."),
    ("_row_sha256", TEXT, "SHA-256 of the contract columns, by name, as COPY writes them."),
)
LINEAGE_NAMES = {"_batch_id", "_extracted_at", "_row_sha256"}


def _table(
    name: str,
    columns: tuple,
    *keys: sa.schema.SchemaItem,
    comment: str,
    required: tuple[str, ...] = (),
) -> sa.Table:
    return sa.Table(
        name,
        sa.MetaData(schema="raw", naming_convention=NAMES),
        *(
            sa.Column(
                column, kind, nullable=column not in {*LINEAGE_NAMES, *required}, comment=what
            )
            for column, kind, what in (*columns, *LINEAGE)
        ),
        *keys,
        comment=comment,
    )


MESSAGES = _table(
    "exchange__messages",
    (
        ("message_id", TEXT, "Identifier of the message on the document axis."),
        ("document_ref", TEXT, "Reference the sender gave the document."),
        (
            "action_code",
            TEXT,
            "What the message does: a new document, or one taken back or changed.",
        ),
        ("from_code", TEXT, "Code of the sending agency, as sent: dotted either way round."),
        ("from_name", TEXT, "Name of the sending agency, as sent."),
        ("to_agencies", JSON, "Agencies it was sent to, with code and name, as sent."),
        ("to_places", JSON, "Recipients the document names (nơi nhận)."),
        ("code_number", TEXT, "Number of the document, as sent; zeros kept."),
        ("code_notation", TEXT, "Symbol of the document, as sent."),
        ("issued_place", TEXT, "Place of issue."),
        ("issued_date", DATE, "Day of issue; empty where what came is no day."),
        ("type_code", TEXT, "Code of the type, by the sender's list."),
        ("type_name", TEXT, "Type in words."),
        ("subject", TEXT, "Abstract of the document."),
        ("content", TEXT, "What the document says, in short."),
        ("signer_authority", TEXT, "By what authority the signer signed."),
        ("signer_position", TEXT, "Post of the signer."),
        ("signer_name", TEXT, "Name of the signer; personal data."),
        ("due_date", DATE, "Day by which an answer is asked for."),
        ("urgency_code", TEXT, "Urgency, as sent."),
        ("circulation", TEXT, "Within what bounds it may circulate."),
        ("typist_mark", TEXT, "Initials of who typed it."),
        ("copy_count", INT, "Copies issued."),
        ("page_count", INT, "Pages of the document, as its sender counts."),
        ("appendixes", JSON, "Appendixes by name."),
        ("steering_code", TEXT, "Whether it directs or reports, as sent."),
        ("responds_to", JSON, "Documents it answers, as sent."),
        ("axis_status", TEXT, "Status on the axis, as listed."),
        ("standard", TEXT, "Which edition of the standard its namespace names, or unknown."),
        ("message_sha256", TEXT, "SHA-256 of the message; the kept answer has the same."),
        ("attachment_count", INT, "Attachments it brings or names."),
        ("sent_at", INSTANT, "When its sender sent it, by the message."),
        ("received_at", INSTANT, "When the axis received it."),
        ("changed_at", INSTANT, "When the axis last changed it."),
        ("_extra", JSON, "Fields of the message that the contract does not know."),
    ),
    sa.Index(None, "_batch_id"),
    sa.Index(None, "message_id"),
    comment="Messages of the document axis, as sent. One row per message and pull.",
)
ATTACHMENTS = _table(
    "exchange__attachments",
    (
        ("message_id", TEXT, "Message that brought it."),
        ("attachment_ordinal", INT, "Place in the message, from 1."),
        ("attachment_name", TEXT, "Name of the file, as sent."),
        ("description", TEXT, "What the sender calls it."),
        ("content_type", TEXT, "Media type, as sent."),
        ("size_bytes", BIGINT, "Size of the file; empty for one only named."),
        ("file_sha256", TEXT, "SHA-256 of the file; empty for one only named."),
        ("sent_sha256", TEXT, "SHA-256 of what was sent: the file, or a ZIP around it."),
        ("is_packed", BOOL, "Whether a ZIP was around the file."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "message_id", "attachment_ordinal"),
    sa.Index(None, "file_sha256"),
    comment="Attachments of messages: digests, never bytes. One row per attachment and pull.",
    required=("message_id", "attachment_ordinal"),
)
REJECTED = _table(
    "exchange__messages_rejected",
    (
        ("item_ordinal", INT, "Place of the item in its pull, from 1."),
        ("reason", TEXT, "Why it cannot be a row: the column and what is wrong with it."),
        ("item", TEXT, "The item as sent, JSON in ASCII; personal data."),
    ),
    sa.PrimaryKeyConstraint("_batch_id", "item_ordinal"),
    comment="Items sent for raw.exchange__messages that cannot be a row of it. One row per item.",
    required=("item_ordinal",),
)


def upgrade() -> None:
    """Make the tables."""
    make(MESSAGES)
    make(ATTACHMENTS)
    make(REJECTED)


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
