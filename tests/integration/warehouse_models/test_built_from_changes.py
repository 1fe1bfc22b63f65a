"""What is built from what changed is what a build of everything gives, whatever changed."""

import psycopg
import pytest

from tests.integration.warehouse_models.conftest import PROJECT, Models
from tests.integration.warehouse_models.raw_rows import (
    DOCUMENTS,
    FIELDS,
    FILES,
    PAGES,
    RAW_ROWS,
    A,
    B,
    field,
    file,
    message,
    page,
    pair,
    proposal,
    sha,
    usable,
)
from warehouse.database import connection_string

KEY = f"{A}:{sha('1')}"
MORE = "box-2-00000000"
MORE_ROWS = {
    "digitization__files": [file(1, sha("b")), file(2, sha("c"), B), file(3, sha("1"), B)],
    "digitization__documents": [usable(1, sha("b")), usable(2, sha("c")), usable(3, sha("1"))],
    "digitization__pages": [page(1, sha("b"), "Một trang mới"), page(2, sha("c"), "Thửa đất số 7")],
    "digitization__fields": [
        field(1, sha("b"), "number", "52/QĐ-UBND"),
        field(1, sha("b"), "issuer", "ỦY BAN NHÂN DÂN XÃ MỘT"),
        field(1, sha("b"), "date", "2025-05-02"),
        field(2, sha("c"), "number", "9/TB-UBND"),
    ],
    "digitization__signatures": [],
}
TYPED = "update raw.digitization__fields set value = '{}' where field_name = 'type'"
BY_DOCUMENT = ("+config.materialized:by_document",)


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    """A city built once; each test changes it and leaves it as a whole build would give it."""
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land()
    models.enter()
    assert models.dbt("seed").success
    built(models)
    yield models
    models.owner.dispose()


def built(models, *more, project=PROJECT):
    done = models.dbt("run", "--select", *BY_DOCUMENT, *more, project=project)
    assert done.success, done.failed


def tables(models):
    """Every table that dbt makes, with a digest of its rows."""
    names = models.rows(
        "select schemaname, tablename from pg_tables"
        " where schemaname in ('staging', 'intermediate', 'marts') order by 1, 2"
    )
    found = {}
    for schema, name in names:
        digest = "md5(coalesce(string_agg(row, '|' order by row), ''))"
        rows = f'select entry::text as row from "{schema}"."{name}" as entry'
        [found[name]] = models.rows(f"select count(*), {digest} from ({rows}) as entries")
    return found


def made_from(models):
    """Where each table by document lies: another place, and it was built whole."""
    return dict(
        models.rows(
            "select model, to_regclass(model)::oid::bigint from changes.models order by model"
        )
    )


def assert_as_built_whole(models):
    """Hold what increments have come to against a build of everything."""
    kept = tables(models)
    built(models, "--full-refresh")
    whole = tables(models)
    assert {name for name in whole if kept.get(name) != whole[name]} == set()


def test_nothing_changed_and_no_row_is_written(city):
    written = "select sum(n_tup_ins + n_tup_del + n_tup_upd) from pg_stat_user_tables"
    of = " where schemaname || '.' || relname in (select model from changes.models)"
    places = made_from(city)
    city.run("select pg_stat_force_next_flush()")
    before = city.rows(written + of)
    built(city)
    city.run("select pg_stat_force_next_flush()")
    assert made_from(city) == places
    assert city.rows(written + of) == before


def test_increments_come_to_what_a_whole_build_gives(city):
    places = made_from(city)
    first = tables(city)

    # A batch more: new papers, one whose bytes another agency has, a neighbour in a sequence.
    city.land(MORE_ROWS, MORE)
    city.land({"exchange__messages": [message("m-9", code_number="052")]}, "axis-2")
    city.land({"duplicates__pairs": [pair(sha("1"), sha("b"))]}, "pairs-2")
    city.run(
        "insert into ledger.field_corrections (document_key, agency_code, field_name, verdict,"
        " new_value, because, upon_entry_id)"
        f" values ('{KEY}', '{A}', 'number', 'corrected', '7/QĐ-UBND', 'misread', 0)",
    )
    built(city)
    assert made_from(city) == places, "something was built whole that need not be"
    assert city.rows(
        f"select document_number from marts.dim_document where document_key = '{KEY}'"
    ) == [("7/QĐ-UBND",)]
    second = tables(city)
    assert {"dim_document", "fct_page", "int_pages__findable"} <= {
        name for name in second if second[name] != first[name]
    }

    # Late corrections: the first batch comes again with a paper less, other fields, another text.
    rows = {
        **RAW_ROWS,
        "digitization__files": [one for one in FILES if one["file_ordinal"] != 2],
        "digitization__documents": [one for one in DOCUMENTS if one["file_ordinal"] != 2],
        "digitization__pages": [{**one, "page_text": "Chữ đọc lại"} for one in PAGES],
        "digitization__fields": [one for one in FIELDS if one["field_name"] != "signer"],
        "suggestions__proposals": [proposal(sha("1"), "keyword", "từ khác")],
    }
    city.land({name: rows[name] for name in rows if name.startswith(("dig", "sugg"))})
    built(city)
    assert made_from(city) == places
    assert city.rows("select distinct page_text from marts.fct_page where page_text like 'Chữ%'")

    # And one is withdrawn altogether.
    city.land({name: [] for name in MORE_ROWS}, MORE)
    built(city)
    assert made_from(city) == places
    assert not city.rows(f"select 1 from marts.dim_document where document_id = '{sha('b')}'")
    assert_as_built_whole(city)


def test_a_mart_by_document_has_all_that_a_mart_has(city):
    """The constraints of its contract, its policies, its published view: made with the table."""
    required = city.rows(
        "select attname from pg_attribute where attrelid = 'marts.fct_document_field'::regclass"
        " and attnotnull and attname like 'is_%' order by 1"
    )
    assert required == [("is_accepted",), ("is_disputed",)]
    city.run("drop view published.fct_document_field")
    built(city)
    assert city.rows("select count(*) from published.fct_document_field where field_key > ''")
    assert city.rows(
        "select policyname from pg_policies where tablename = 'fct_document_field' order by 1"
    ) == [("agency_rows",), ("owner_rows",)]


def test_what_a_stopped_build_left_behind_is_made_up_for(city):
    """The first models have followed the change; those behind them follow it in the next build."""
    city.land(MORE_ROWS, MORE)
    assert city.dbt("run", "--select", "staging", "+int_fields__decided").success
    city.land({"digitization__pages": [page(1, sha("b"), "Chữ khác")]}, MORE)
    built(city)
    assert_as_built_whole(city)


def test_what_is_committed_late_is_not_missed(city):
    """A landing that began before a build and was committed after it has an earlier number."""
    url = connection_string(city.url.render_as_string(hide_password=False))
    with psycopg.connect(url) as early:
        early.execute(TYPED.format("Muộn"))
        city.land({"digitization__pages": [page(1, sha("b"), "Chữ về sau")]}, MORE)
        built(city)
        early.commit()
    built(city)
    assert city.rows("select 1 from marts.fct_document_field where field_value = 'Muộn'")


def test_a_truncated_table_is_noticed(city):
    city.run("truncate raw.digitization__readings")
    assert city.rows("select 1 from marts.fct_page where doubtful_count is not null")
    built(city)
    assert not city.rows("select 1 from marts.fct_page where doubtful_count is not null")


def test_a_changed_code_list_is_built_whole(city, broken_project):
    places = made_from(city)
    seed = broken_project / "seeds" / "list_document_fields.csv"
    seed.write_text(seed.read_text().replace("Trích yếu", "Trích yếu nội dung"))
    said = "select distinct field_label from marts.fct_document_field where field_name = 'abstract'"
    assert city.rows(said) == [("Trích yếu",)]
    assert city.dbt("seed", "--select", "list_document_fields", project=broken_project).success
    built(city)
    assert city.rows(said) == [("Trích yếu nội dung",)]
    now = made_from(city)
    behind = {"intermediate.int_fields__decided", "marts.fct_document_field"}
    assert {name for name in behind if now[name] != places[name]} == behind
    assert now["intermediate.int_documents__latest"] == places["intermediate.int_documents__latest"]
    assert city.dbt("seed", "--select", "list_document_fields").success


def test_a_changed_staging_view_is_built_whole(city, broken_project):
    """A release cleans otherwise: what was made from the view is made anew, by it alone."""
    view = broken_project / "models/staging/digitization/stg_digitization__pages.sql"
    cleaned = "{{ cleaned('page_text') }} as page_text"
    assert cleaned in view.read_text()
    view.write_text(view.read_text().replace(cleaned, f"lower({cleaned[:-13]}) as page_text"))
    capitals = "select count(*) > 0 from marts.fct_page where page_text <> lower(page_text)"
    assert city.rows(capitals) == [(True,)]
    assert city.dbt("run", "--select", "staging", project=broken_project).success
    built(city, project=broken_project)
    assert city.rows(capitals) == [(False,)]
    assert city.dbt("run", "--select", "staging").success
    built(city)
    assert city.rows(capitals) == [(True,)]


def test_a_changed_function_of_search_is_built_whole(city):
    """A migration that finds words otherwise changes no statement, and every row."""
    [(function,)] = city.rows("select pg_get_functiondef('search.folded(text)'::regprocedure)")
    folded = "select distinct title_folded = '?' from intermediate.int_documents__findable"
    try:
        city.run(
            "create or replace function search.folded(text) returns text"
            " language sql immutable strict parallel safe as $$select '?'$$"
        )
        built(city)
        assert city.rows(folded) == [(True,)]
    finally:
        city.run(function)
    built(city)
    assert city.rows(folded) == [(False,)]


def test_a_content_is_followed_however_its_digest_is_written(city):
    """Staging writes digests in small letters; what was noted is as it was landed."""
    keyword = proposal(sha("B"), "keyword", "chữ hoa")
    city.land(MORE_ROWS, MORE)
    city.land({"suggestions__proposals": [keyword]}, "late")
    built(city)
    places = made_from(city)
    city.land({"suggestions__proposals": [keyword | {"suggested_value": "chữ khác"}]}, "late")
    built(city)
    assert made_from(city) == places
    assert city.rows(
        "select suggested_value from marts.fct_document_suggestion"
        f" where document_id = '{sha('b')}' and suggestion_type = 'keyword'"
    ) == [("chữ khác",)]


def test_what_a_killed_build_put_aside_is_cleared_away(city):
    """Killed between its commit and its cleaning up, it leaves the rows of yesterday behind."""
    for name in ("fct_page__dbt_backup", "fct_page__dbt_tmp"):
        city.run(f"create table marts.{name} as select * from marts.fct_page")
    built(city)
    assert not city.rows("select tablename from pg_tables where tablename like 'fct_page__dbt%'")


def test_a_model_may_not_make_rows_of_documents_it_was_not_asked_for(city, broken_project):
    model = broken_project / "models/intermediate/documents/int_documents__described.sql"
    model.write_text(
        model.read_text().replace(
            "documents.document_key,", "documents.document_key || '!' as document_key,"
        )
    )
    one = ("run", "--select", "int_documents__described")
    assert city.dbt("run", "--select", "+int_fields__bounded").success
    assert city.dbt(*one, project=broken_project).success
    city.run(TYPED.format("Thông báo"))
    assert city.dbt("run", "--select", "+int_fields__bounded").success
    assert city.dbt(*one, project=broken_project).failed == {"int_documents__described"}


def test_notes_that_all_have_followed_are_forgotten_and_all_is_as_built_whole(city):
    for text in ("Một", "Hai", "Ba"):
        city.land({"digitization__pages": [page(1, sha("1"), text)]})
        built(city)
    [(count,)] = city.rows(
        "select count(*) from changes.log where relation = 'raw.digitization__pages'"
    )
    assert count <= 2
    assert_as_built_whole(city)
