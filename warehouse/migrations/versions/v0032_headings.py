"""Forget headings in reports on registers: what stood above a header was taken for part of them.

Columns keep their place and the field they were read as. A register that still lies in its folder
is read anew and gets its headings back, those of the header.
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FORGET = """
    update raw.filedrop__files set report = jsonb_set(
        report,
        '{tables}',
        (
            select jsonb_agg(found.told || jsonb_build_object(
                'columns', (
                    select coalesce(jsonb_agg(one || jsonb_build_object('heading', '')), '[]')
                    from jsonb_array_elements(found.told -> 'columns') as one
                ),
                'unknown', (
                    select coalesce(jsonb_agg(one || jsonb_build_object('heading', '')), '[]')
                    from jsonb_array_elements(found.told -> 'unknown') as one
                )
            ) order by found.place)
            from jsonb_array_elements(report -> 'tables') with ordinality as found (told, place)
        )
    )
    where jsonb_array_length(report -> 'tables') > 0
"""
WORDS = "SHA-256 of its bytes, stored if it landed; empty if unreadable."


def upgrade() -> None:
    """Take the headings out, and say when there is a digest."""
    op.execute(FORGET)
    op.execute(f"comment on column raw.filedrop__files.file_sha256 is '{WORDS}'")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
