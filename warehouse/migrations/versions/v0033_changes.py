"""Note what changes in raw, so that a build need not look at what did not.

A trigger notes the batch (or the content) whose rows were written, whoever wrote them and however;
models note the documents whose rows they changed (dbt_project/macros/by_document.sql). Each note
bears its transaction, and a model remembers the snapshot it was built from: what was committed
late, with an earlier number, is not missed.
"""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

SCHEMA = """
    create schema changes;
    comment on schema changes is 'What changed since a model was last built; kept by the models.';
    create table changes.log (
        relation text not null,
        key text,
        xact xid8 not null default pg_current_xact_id()
    );
    create index on changes.log (relation, xact);
    comment on table changes.log is
        'Keys whose rows changed. One row per relation, key and write.';
    comment on column changes.log.relation is 'Schema and name of what was written to.';
    comment on column changes.log.key is
        'Batch, content or document whose rows changed; empty: all of them may have.';
    comment on column changes.log.xact is 'Transaction that wrote.';
    create table changes.marks (
        model text not null,
        parent text not null,
        seen pg_snapshot not null,
        primary key (model, parent)
    );
    comment on table changes.marks is
        'How far a model has followed what it is made from. One row per model and parent.';
    comment on column changes.marks.model is 'Schema and name of the model.';
    comment on column changes.marks.parent is 'Relation it follows, as changes.log names it.';
    comment on column changes.marks.seen is 'Transactions that were done when it was last built.';
    create table changes.models (
        model text primary key,
        fingerprint text not null
    );
    comment on table changes.models is 'What a model was last built by. One row per model.';
    comment on column changes.models.model is 'Schema and name of the model.';
    comment on column changes.models.fingerprint is
        'MD5 of its statement, columns, server and small inputs; another one: built whole.';
"""
NOTE = """
    create function changes.note() returns trigger language plpgsql as $$
    begin
        if tg_op = 'TRUNCATE' then
            insert into changes.log (relation) values (tg_table_schema || '.' || tg_table_name);
        else
            execute format(
                'insert into changes.log (relation, key) select distinct %L, %I from changed',
                tg_table_schema || '.' || tg_table_name, tg_argv[0]
            );
        end if;
        return null;
    end $$;
    comment on function changes.note() is 'Notes what a statement wrote, by the column named.';
"""
FOLLOWED = {
    "digitization__documents": "_batch_id",
    "digitization__fields": "_batch_id",
    "digitization__files": "_batch_id",
    "digitization__pages": "_batch_id",
    "digitization__parts": "_batch_id",
    "digitization__readings": "_batch_id",
    "digitization__signatures": "_batch_id",
    "suggestions__embeddings": "document_id",
    "suggestions__neighbours": "document_id",
    "suggestions__proposals": "document_id",
}
# A trigger with transition tables is of one event; an update has rows before and after.
EVENTS = {
    "insert": "after insert on {table} referencing new table as changed",
    "delete": "after delete on {table} referencing old table as changed",
    "update_from": "after update on {table} referencing old table as changed",
    "update_to": "after update on {table} referencing new table as changed",
    "truncate": "after truncate on {table}",
}


def upgrade() -> None:
    """Make the notes, and the triggers that write them."""
    op.execute(SCHEMA)
    op.execute(NOTE)
    for table in ("suggestions__embeddings", "suggestions__neighbours"):
        op.execute(f"create index ix_{table}_document_id on raw.{table} (document_id)")
    for table, column in FOLLOWED.items():
        for name, event in EVENTS.items():
            op.execute(
                f"create trigger note_{name} {event.format(table=f'raw.{table}')}"
                f" for each statement execute function changes.note('{column}')"
            )


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
