"""Analysts see their own agencies' rows: after builds, refreshes and failures, and during."""

import threading

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.raw_rows import A, B, sha

MARTS = (
    "dim_agency",
    "dim_agency_version",
    "bridge_agency_holder",
    "dim_document",
    "fct_page",
    "fct_page_version",
    "dim_business",
    "dim_business_version",
    "dim_parcel",
    "dim_person",
    "fct_batch_balance",
    "fct_fixity",
    "dim_batch",
    "fct_document_field",
    "dim_fonds",
    "dim_dossier",
    "fct_custody_balance",
)
NEARLY = (
    "create policy nearly on marts.fct_page for select to kho_analyst using"
    " (agency_code = any ((select sec.current_agencies())::text[]) or page_number = 1)"
)
GUARD = "marts_show_analysts_only_their_agencies"


def seen_by(engine):
    """Every row of every mart that this login sees, without the time it was landed."""
    with engine.connect() as connection:
        return {
            mart: sorted(
                str(row[0]) for row in connection.execute(sa.text(f"select t from marts.{mart} t"))
            )
            for mart in MARTS
        }


def agencies_in(engine):
    with engine.connect() as connection:
        return {
            mart: {
                row[0]
                for row in connection.execute(sa.text(f"select agency_code from marts.{mart}"))
            }
            for mart in MARTS
        }


def test_an_analyst_sees_the_own_agency_and_nothing_of_another_or_of_nobody(models, analysts):
    for code, engine in analysts.items():
        assert agencies_in(engine) == {mart: {code} for mart in MARTS}
    everything = agencies_in(models.owner)
    assert everything["dim_document"] == {A, B, None}


def test_a_login_without_an_agency_sees_nothing(models):
    nobody = models.analyst("H26.77")
    models.run("delete from sec.role_agency where agency_code = 'H26.77'")
    assert agencies_in(nobody) == {mart: set() for mart in MARTS}


def test_analysts_see_the_same_after_builds_full_refreshes_and_failures(
    models, analysts, broken_project, weaknesses
):
    before = {code: seen_by(engine) for code, engine in analysts.items()}
    assert all(rows[mart] for rows in before.values() for mart in MARTS)

    assert models.dbt("build", "--select", "path:models/marts").success
    assert {code: seen_by(engine) for code, engine in analysts.items()} == before

    assert models.dbt("build", "--full-refresh", "--exclude", "resource_type:unit_test").success
    assert {code: seen_by(engine) for code, engine in analysts.items()} == before

    break_while_building(broken_project / "models" / "marts" / "documents" / "dim_document.sql")
    failing = broken_project / "tests" / "planted.sql"
    failing.write_text("select 1 from {{ ref('fct_page') }}")
    done = models.dbt("build", "--select", "path:models/marts", project=broken_project)
    assert not done.success
    assert {"dim_document", "planted"} <= done.failed
    assert {code: seen_by(engine) for code, engine in analysts.items()} == before
    assert weaknesses() == []


def break_while_building(model):
    """Let it fail on a row, inside the transaction that replaces the table."""
    sql = model.read_text()
    model.write_text(
        sql + "where 1 / (length(documents.outcome) - length(documents.outcome)) = 1\n"
    )


def test_no_other_agency_shows_up_while_marts_are_being_replaced(models, analysts):
    done, seen = threading.Event(), []

    def watch():
        while not done.is_set():
            seen.extend(agencies_in(analysts[A]).items())
            done.wait(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        assert models.dbt("run", "--select", "path:models/marts").success
    finally:
        done.set()
        watcher.join()
    assert len(seen) > len(MARTS)
    assert all(agencies == {A} for _, agencies in seen)


@pytest.fixture(scope="module")
def weaknesses(models):
    """Give what the guard finds after some statements, which are taken back."""
    guard = models.dbt("compile", "--select", GUARD).results[0].node.compiled_code

    def found_after(*statements):
        with models.owner.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
            found = connection.exec_driver_sql(guard.replace("%", "%%"))
            rows = [(row.relation_name, row.weakness) for row in found]
            connection.rollback()
        return rows

    return found_after


@pytest.mark.parametrize(
    ("statements", "weakness"),
    [
        (["drop policy agency_rows on marts.fct_page"], "no policy for analysts"),
        (["alter table marts.fct_page disable row level security"], "row security is off"),
        (["alter table marts.fct_page no force row level security"], "row security is not forced"),
        (
            ["create policy everything on marts.fct_page for select to public using (true)"],
            "a policy that lets more through than the agency",
        ),
        (
            [NEARLY],
            "a policy that lets more through than the agency",
        ),
        (
            ["create view marts.v as select 1 as x", "grant select on marts.v to kho_analyst"],
            "a view with the rights of its owner",
        ),
        (
            [
                "create materialized view marts.m as select * from marts.fct_page",
                "grant select on marts.m to kho_analyst",
            ],
            "a kind of relation that knows no row security",
        ),
        (
            [
                "grant usage on schema staging to kho_analyst",
                "grant select (file_name) on staging.stg_digitization__files to kho_analyst",
            ],
            "a view with the rights of its owner",
        ),
        (
            [
                "grant usage on schema intermediate to kho_analyst",
                "grant select (file_name) on intermediate.int_documents__latest to kho_analyst",
            ],
            "readable outside marts",
        ),
    ],
)
def test_the_guard_names_every_way_to_see_too_much(weaknesses, statements, weakness):
    assert weaknesses() == []
    assert [found for _, found in weaknesses(*statements)] == [weakness]


def test_a_view_with_the_rights_of_its_reader_is_fine(weaknesses):
    view = (
        "create view marts.v with (security_invoker = true, security_barrier = true) as"
        " select * from marts.fct_page"
    )
    assert weaknesses(view, "grant select on marts.v to kho_analyst") == []


def test_a_view_elsewhere_with_the_rights_of_its_owner_is_named(weaknesses):
    statements = [
        "create schema boards",
        "grant usage on schema boards to kho_analyst",
        "create view boards.v as select * from published.fct_page",
        "grant select on boards.v to kho_analyst",
    ]
    assert [found for _, found in weaknesses(*statements)] == [
        "a view with the rights of its owner"
    ]
    statements[2] = statements[2].replace(
        "boards.v as", "boards.v with (security_invoker = true, security_barrier = true) as"
    )
    assert weaknesses(*statements) == []


def test_the_guard_stops_a_build_that_lost_a_policy(models):
    models.run("drop policy agency_rows on marts.dim_business")
    try:
        done = models.dbt("test", "--select", GUARD)
        assert (done.success, done.failed) == (False, {GUARD})
    finally:
        assert models.dbt("run", "--select", "dim_business").success
    assert models.dbt("test", "--select", GUARD).success


def test_the_one_document_two_agencies_delivered_is_seen_by_both(analysts):
    for engine in analysts.values():
        with engine.connect() as connection:
            query = "select count(*) from marts.dim_document where document_id = :id"
            assert connection.scalar(sa.text(query), {"id": sha("2")}) == 1
