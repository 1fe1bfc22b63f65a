"""Search finds what a person means, shows each login its own agencies, and bears odd queries."""
# ruff: noqa: E501

import json
import unicodedata

import pytest
import sqlalchemy as sa

from ocr_assets.suggest.embedding import BundledE5
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.found_city import PAPERS, PARAPHRASES, WORDS, digest, rows
from tests.integration.warehouse_models.raw_rows import AGENCIES, A, B

SEARCH = sa.text(
    "select * from marts.search_documents(:query, cast(:filters as jsonb), cast(:vector as real[]), 10)"
)


@pytest.fixture(scope="module")
def engine_of_meaning():
    return BundledE5()


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory, engine_of_meaning):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    vectors = engine_of_meaning.embed([f"passage: {paper[4]}. {paper[5]}" for paper in PAPERS])
    models.land(
        {"catalog__agencies": AGENCIES} | rows([[float(x) for x in one] for one in vectors])
    )
    assert models.dbt("seed").success
    built = models.dbt("run", "--select", "+int_pages__findable")
    assert built.success, built.failed
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def logins(city):
    return {"owner": city.owner, A: city.analyst(A), B: city.analyst(B)}


def found(engine, query, filters="{}", vector=None):
    with engine.connect() as connection:
        asked = {"query": query, "filters": filters, "vector": vector}
        return [row._mapping for row in connection.execute(SEARCH, asked)]


def ordinals(answers):
    return [int(answer["document_key"].rpartition(":")[2], 16) for answer in answers]


@pytest.mark.parametrize(("query", "wanted"), WORDS, ids=[query for query, _ in WORDS])
def test_what_is_typed_finds_what_is_meant(city, query, wanted):
    places = ordinals(found(city.owner, query))
    within = 1 if wanted.startswith("*") else 3
    assert int(wanted.lstrip("*")) in places[:within]


@pytest.mark.parametrize(("query", "wanted"), PARAPHRASES)
def test_other_words_of_the_same_meaning_find_it_too(city, engine_of_meaning, query, wanted):
    vector = list(engine_of_meaning.embed_question(query))
    assert wanted in ordinals(found(city.owner, query, vector=vector))[:3]


def test_a_query_in_decomposed_unicode_finds_the_same(city):
    query = "thu hồi đất"
    assert ordinals(found(city.owner, unicodedata.normalize("NFD", query))) == ordinals(
        found(city.owner, query)
    )


@pytest.mark.parametrize(("query", "wanted"), [("hè", 16), ("hệ", 3)])
def test_who_writes_marks_prefers_papers_that_have_them(city, query, wanted):
    # "vỉa hè" is in a title, "hệ thống" on a page: without marks the two are one word.
    places = ordinals(found(city.owner, query))
    assert places[0] == wanted


def test_an_answer_says_where_and_shows_it(city):
    answer = found(city.owner, "họng nước")[0]
    assert (answer["page_number"], answer["found_in"]) == (2, ["page"])
    assert "«họng nước»" in answer["snippet"]
    assert answer["box"] is None  # no field stands there
    answer = found(city.owner, "155/QĐ-UBND")[0]
    assert answer["found_in"][0] == "number"
    assert set(answer["box"]) == {"left", "top", "right", "bottom"}


@pytest.mark.parametrize("query", [query for query, _ in WORDS[::4]])
def test_each_login_finds_documents_of_its_agencies_alone(logins, query):
    everything = ordinals(found(logins["owner"], query))
    for agency in (A, B):
        answers = found(logins[agency], query)
        assert {answer["agency_code"] for answer in answers} <= {agency}
        own = [one for one in everything if (one % 2 == 0) == (agency == B)]
        if own:
            assert ordinals(answers)[:1] == own[:1]
        assert set(own) <= set(ordinals(answers))  # what is alike is added where nothing fits
    assert everything


def test_meaning_and_likeness_show_a_login_its_agencies_alone(logins, engine_of_meaning):
    vector = list(engine_of_meaning.embed_question("nhà đất"))
    for query in ("nhà đất", "quy hoach nghia trangg"):
        answers = found(logins[B], query, vector=vector)
        assert answers
        assert {answer["agency_code"] for answer in answers} == {B}


def test_a_login_without_agency_finds_nothing(city):
    nobody = city.analyst("H26.78")
    city.run("delete from sec.role_agency where agency_code = 'H26.78'")
    assert found(nobody, "ủy ban") == []


def test_an_analyst_reads_what_is_searched_by_search_alone(logins):
    for relation in ("intermediate.int_documents__findable", "intermediate.int_pages__findable"):
        with (
            logins[A].connect() as connection,
            pytest.raises(sa.exc.ProgrammingError, match="denied"),
        ):
            connection.exec_driver_sql(f"select * from {relation}")


def test_no_other_function_gives_an_analyst_the_rights_of_its_owner(logins):
    question = """
        select pg_proc.oid::regprocedure::text from pg_proc
        where prosecdef and has_function_privilege(pg_proc.oid, 'execute')
            and has_schema_privilege(pronamespace, 'usage')
            and pronamespace <> 'pg_catalog'::regnamespace
    """
    with logins[A].connect() as connection:
        open_to_analysts = {row[0] for row in connection.exec_driver_sql(question)}
    assert {name.partition("(")[0] for name in open_to_analysts} == {"marts.search_documents"}


@pytest.mark.parametrize("code", ["H26.01", "a'b", "a\\b", "a:*b", "a | b", "ủy ban", "", None])
def test_whose_a_text_is_is_asked_with_whatever_the_code_has(city, code):
    with city.owner.connect() as connection:
        fits = sa.text(
            "select search.owned_by(:code) @@ search.owned_by_any(array[:code, 'other']),"
            " search.owned_by(:code) @@ search.owned_by_any(array['other'])"
        )
        assert tuple(connection.execute(fits, {"code": code}).one()) == (bool(code), False)


def test_filters_narrow_and_an_unknown_one_is_named(city):
    assert set(ordinals(found(city.owner, "ủy ban nhân dân", '{"type_code": "10"}'))) == {1}
    between = '{"issued_from": "2024-01-01", "issued_to": "2024-12-31"}'
    assert set(ordinals(found(city.owner, "ủy ban nhân dân", between))) == {2, 8, 16}
    with pytest.raises(sa.exc.DataError, match=r"no filter colour[\s\S]*agency_code"):
        found(city.owner, "x", '{"colour": "red"}')


def test_likeness_is_looked_for_where_the_filters_let_nothing_through(city):
    # All three words are in guidance 13; of the plans, one has a title like them.
    assert 13 in ordinals(found(city.owner, "tài liệu đơn"))
    assert ordinals(found(city.owner, "tài liệu đơn", '{"type_code": "10"}')) == [1]


@pytest.mark.parametrize("bound", ["31/02/2025", "2025-02-30", "soon"])
def test_a_bound_that_is_no_day_is_refused(city, bound):
    with pytest.raises(sa.exc.DataError):
        found(city.owner, "ủy ban", json.dumps({"issued_from": bound}))


@pytest.mark.parametrize(
    "query",
    ["", "   ", "'", '"', "()", "<->", "%", "\\", "/", "31/02/2025", "99/99/9999", "1" * 500,
     "đ" * 5000, "☃", "-", "\u0301", "<script>", "@H26.02"],
)  # fmt: skip
def test_a_query_that_says_nothing_finds_nothing(city, query):
    assert found(city.owner, query) == []


@pytest.mark.parametrize("query", ["a & | !b", "155/", "a:*", "số " * 400])
def test_a_query_that_says_little_is_no_error(city, query):
    for answer in found(city.owner, query):
        assert answer["agency_code"] in {A, B}


def test_page_box_and_snippet_are_of_one_place(city):
    """Paper 14 quotes its own number on page 2; the number itself stands on page 1."""
    [answer] = [one for one in found(city.owner, "219/UBND-KT") if ordinals([one]) == [14]]
    assert set(answer["found_in"]) >= {"number", "page"}
    assert answer["page_number"] == 1
    assert answer["box"] is not None
    assert "12.000" not in answer["snippet"]


def test_a_page_longer_than_an_index_entry_is_found_to_its_end(city):
    words = " ".join(f"từ{number:06}" for number in range(60_000))
    long = rows()["digitization__pages"][:1]
    long[0] |= {"page_text": words + " cuốicùng", "page_number": 3}
    city.land({"digitization__pages": [*rows()["digitization__pages"], *long]})
    built = city.dbt("run", "--select", "int_pages__latest", "int_pages__findable")
    assert built.success
    parts = city.rows("select count(*) from intermediate.int_pages__findable where page_number = 3")
    assert parts[0][0] > 5
    answer = found(city.owner, "cuốicùng")[0]
    assert (answer["document_key"], answer["page_number"]) == (f"{A}:{digest(1)}", 3)
