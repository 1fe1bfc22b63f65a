"""Make the schemas, the group of analysts and what tells which agencies one may see."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMAS = {
    "raw": "What sources sent, typed by contract, by batch. Read by staging alone.",
    "staging": "Raw rows renamed and standardised. Read by gates and the intermediate layer.",
    "intermediate": "Entities being put together. Not for analysts.",
    "marts": "What analysts query; every table shows a reader the agencies of that reader only.",
    "sec": "Who may see what.",
}


def upgrade() -> None:
    """Make schemas, group role and access function."""
    for name, comment in SCHEMAS.items():
        op.execute(f"create schema if not exists {name}")
        op.execute(f"comment on schema {name} is '{comment}'")
    op.execute(
        """
        do $$ begin
            if not exists (select from pg_catalog.pg_roles where rolname = 'kho_analyst') then
                create role kho_analyst nologin;
            end if;
        exception when duplicate_object or unique_violation then null;  -- made meanwhile
        end $$
        """
    )
    op.execute(
        """
        create table sec.role_agency (
            role_name text not null,
            agency_code text not null,
            granted_at timestamptz not null default now(),
            primary key (role_name, agency_code)
        )
        """
    )
    op.execute("comment on table sec.role_agency is 'Agencies a login role may see. One row each.'")
    # session_user, not current_user: inside a definer's function the latter is the owner. Every
    # column is qualified: a bare name would bind to this table and make the test always true.
    op.execute(
        """
        create function sec.current_agencies() returns text[]
        language sql stable security definer set search_path = pg_catalog, pg_temp as $$
            select coalesce(array_agg(ra.agency_code), '{}')
            from sec.role_agency as ra
            where ra.role_name = session_user
        $$
        """
    )
    op.execute("comment on function sec.current_agencies() is 'Agencies the login may see.'")
    op.execute("revoke all on function sec.current_agencies() from public")
    op.execute("grant execute on function sec.current_agencies() to kho_analyst")
    op.execute("grant usage on schema marts to kho_analyst")


def downgrade() -> None:
    """Migrations only go forward; restore a backup to go back."""
    raise NotImplementedError
