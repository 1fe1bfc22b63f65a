"""What people said of documents comes along, and gives the same marts elsewhere."""

import json
import shutil
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.integration.packages.city import DOSSIER, A, fill, land
from tests.integration.packages.conftest import BUILD
from tests.integration.packages.test_import import rewritten
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import proposal, sha
from tests.support.servers import fresh_database
from warehouse.errors import PackageConflicts, PackageRefused
from warehouse.keying import KeyingList
from warehouse.packages.exporting import Exporter
from warehouse.packages.importing import Importer
from warehouse.packages.request import Request
from warehouse.review import ReviewList, Word
from warehouse.roles import ensure_reviewer
from warehouse.store import Store
from warehouse.suggestions import Decision, Instead, Ruling, Wanted, rule, suggestions
from warehouse.tables.review import CORRECTIONS, KEYINGS
from warehouse.tables.suggestions import DECISIONS

AT = datetime(2026, 2, 3, tzinfo=UTC)
WANTED = Request(A, DOSSIER, "move to the city archives", "Archives, plan 3")
PASSWORD = "of a test reviewer"
OURS = f"agency_code = '{A}' and document_id in (select document_id from marts.dim_document where"
OURS += f" dossier_code = '{DOSSIER}' and is_usable)"
LEDGER = "metadata/other/ledger"


@pytest.fixture(scope="module")
def spoken(server, template_database, tmp_path_factory):
    """A built warehouse in which people have spoken, with the keys of its first document."""
    with fresh_database(server, template=template_database) as name:
        models = Models(server.url(name), tmp_path_factory.mktemp("dbt"))
        models.store = Store(tmp_path_factory.mktemp("a") / "store")
        kept = fill(server.url(name), models.store)
        proposals = [proposal(kept["scan 1"], "retention", "finance")]
        land(server.url(name), "suggestions__proposals", proposals, "box-1-00000000")
        assert models.dbt(*BUILD).success
        models.first = f"{A}:{kept['scan 1']}"
        speak(models)
        assert models.dbt(*BUILD).success
        yield models
        models.owner.dispose()


def login(models, name):
    role = ensure_reviewer(models.owner, name, [A], PASSWORD)
    return sa.create_engine(models.url.set(username=role, password=PASSWORD), poolclass=sa.NullPool)


def say(reviewer, key, word):
    review = ReviewList(reviewer)
    item = review.item(key)
    review.say(item, word, item.upon)


def speak(models):
    """Two people correct, confirm and key again; a third decides on a suggestion."""
    one, other = login(models, "tone"), login(models, "ttwo")
    say(one, f"{models.first}#signer", Word("OTHER PERSON", "misread"))
    say(other, f"{models.first}#signer", Word("THIRD PERSON", "the name goes on"))
    say(one, f"{models.first}#number", Word("051/QĐ-UBND", "as shown"))
    blind = KeyingList(other, 1.0)
    blind.key(blind.next_item(key=f"{models.first}#number"), "057/QĐ-UBND", 1)
    [found] = suggestions(models.owner, Wanted(document=models.first))
    instead = Ruling(Decision.REPLACED, "TEST PERSON", "about pay", Instead("labour", "07", 5))
    rule(models.owner, found["suggestion_key"], instead)
    one.dispose()
    other.dispose()


@pytest.fixture
def package(spoken, tmp_path):
    exporter = Exporter(spoken.owner, spoken.owner, spoken.store, "0.1.0")
    exporter.export(WANTED, tmp_path / "aip", AT)
    return tmp_path / "aip"


def mart(models, name):
    numbered = " - 'correction_entry_id'" if name == "fct_document_field" else ""
    asked = f"select (to_jsonb(t){numbered})::text from marts.{name} t where {OURS} order by 1"
    return [json.loads(row) for (row,) in models.rows(asked)]


def said(models, table):
    return models.rows(f"select * from ledger.{table.name} order by entry_id")


def importer(models):
    return Importer(models.owner, models.store, "0.1.0")


def other_word(models, document, value="x"):
    with models.owner.begin() as connection:
        entry = sa.insert(CORRECTIONS).values(
            document_key=document, agency_code=A, field_name="signer", verdict="corrected",
            new_value=value, because="misread", upon_entry_id=0,
        )  # fmt: skip
        connection.execute(entry)


def test_an_empty_warehouse_that_takes_a_package_in_has_equal_marts(spoken, elsewhere, package):
    other_word(elsewhere, f"{A}:{sha('9')}")  # its numbers run ahead of those of the package
    done = importer(elsewhere).take_in(package)
    assert done.words == 5
    assert elsewhere.dbt(*BUILD).success
    fields = mart(elsewhere, "fct_document_field")
    decided = {row["field_name"]: row for row in fields if row["decided_by"] == "person"}
    assert decided["signer"]["field_value"] == "THIRD PERSON"
    assert decided["signer"]["reviewer_name"] == "reviewer_ttwo"
    assert decided["number"]["is_disputed"]
    for name in ("dim_document", "fct_document_field"):
        assert mart(elsewhere, name) == mart(spoken, name), name
    [document] = [row for row in mart(elsewhere, "dim_document") if row["retention_group_code"]]
    assert (document["retention_group_code"], document["retention_years"]) == ("labour", 5)


def test_words_keep_their_order_and_say_which_package_brought_them(spoken, elsewhere, package):
    other_word(elsewhere, f"{A}:{sha('9')}")
    importer(elsewhere).take_in(package)
    theirs = elsewhere.rows(
        "select entry_id, upon_entry_id, new_value, package_id is not null from"
        " ledger.field_corrections where field_name = 'signer' order by 1"
    )
    assert [row[1:] for row in theirs] == [
        (0, "x", False),
        (0, "OTHER PERSON", True),
        (theirs[1][0], "THIRD PERSON", True),
    ]
    keyed = elsewhere.rows(
        "select c.field_name, k.value from ledger.field_keyings as k inner join"
        " ledger.field_corrections as c on k.of_entry_id = c.entry_id"
    )
    assert keyed == [("number", "057/QĐ-UBND")]


def test_a_package_taken_in_twice_says_nothing_twice_and_later_words_follow(
    spoken, elsewhere, package, tmp_path
):
    importer(elsewhere).take_in(package)
    before = [said(elsewhere, table) for table in (CORRECTIONS, KEYINGS, DECISIONS)]
    assert importer(elsewhere).take_in(package).words == 0
    assert [said(elsewhere, table) for table in (CORRECTIONS, KEYINGS, DECISIONS)] == before
    assert elsewhere.rows("select count(*) from ledger.imports") == [(1,)]
    # What was taken in leaves again as it came, and the first warehouse knows it all already.
    assert elsewhere.dbt(*BUILD).success
    back = Exporter(elsewhere.owner, elsewhere.owner, elsewhere.store, "0.1.0")
    back.export(WANTED, tmp_path / "back", AT)
    assert importer(spoken).take_in(tmp_path / "back").words == 0


def test_where_people_have_judged_for_themselves_nothing_is_taken_in(spoken, elsewhere, package):
    other_word(elsewhere, spoken.first, "MY OWN WORD")
    with pytest.raises(PackageConflicts, match=r"2 entries of ledger\.field_corrections") as caught:
        importer(elsewhere).take_in(package)
    assert "WORD" not in str(caught.value)
    assert elsewhere.rows("select count(*) from raw.digitization__files") == [(0,)]
    assert list(elsewhere.store.digests()) == []
    assert len(said(elsewhere, CORRECTIONS)) == 1


CORRECTED, DECIDED = f"{LEDGER}/field_corrections.jsonl", f"{LEDGER}/suggestion_decisions.jsonl"


@pytest.mark.parametrize(
    ("path", "change", "why"),
    [
        (CORRECTED, lambda rows: rows[0].update(document_key=f"{A}:{sha('9')}"), "not in the"),
        (CORRECTED, lambda rows: rows[0].update(surprise=1), "lacks a column"),
        (CORRECTED, lambda rows: rows[0].update(page_number="PRIVATE"), "does not fit"),
        (CORRECTED, lambda rows: rows[0].update(because=" "), "does not fit"),
        (CORRECTED, lambda rows: rows[1].update(upon_entry_id=77), "cites an entry"),
        (CORRECTED, lambda rows: rows[1].update(upon_entry_id=0), "does not fit"),
        (DECIDED, lambda rows: rows[0].update(decision="PRIVATE"), "does not fit"),
        (DECIDED, lambda rows: rows[0].update(decided_value=None), "does not fit"),
    ],
)
def test_words_that_do_not_fit_are_refused_and_not_quoted(elsewhere, package, path, change, why):
    rewritten(package, path, change)
    with pytest.raises(PackageRefused, match=why) as caught:
        importer(elsewhere).take_in(package)
    assert "PRIVATE" not in str(caught.value)
    assert said(elsewhere, CORRECTIONS) == said(elsewhere, DECISIONS) == []


def test_a_package_of_before_words_travelled_is_taken_in(elsewhere, package, tmp_path):
    old = shutil.copytree(package, tmp_path / "old")
    for path in (CORRECTED, DECIDED, f"{LEDGER}/field_keyings.jsonl"):
        rewritten(old, path, lambda rows: rows.clear())
    assert importer(elsewhere).take_in(old).words == 0
