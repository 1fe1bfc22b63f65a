"""What documents say of registries becomes links: seen by their agency, decided, counted."""

import gc

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from commands.link import app
from orchestration.settings import settings
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import COMMUNES, RAW_ROWS, A, B, page, sha
from warehouse.errors import DecisionRefused
from warehouse.links import Decision, Ruling, open_links, rule

MARTS = "path:models/marts/links"
LOST = "decisions_of_links_are_about_what_documents_say"
NAMED = "Công ty Cổ phần Vận tải Thử Đông Đô 12"
SAID = {
    1: f"Giao Công ty TNHH Thử, mã số thuế 0100109106, và {NAMED}"
    " thửa đất số 7, tờ bản đồ số 12, xã Một.",
    7: "Mã số thuế: 0000000105. Thửa đất số 3, tờ bản đồ số 4, xã Tám, huyện Một.",
}  # fmt: skip
SECRET = page(3, sha("3"), "Mã số thuế 0100109106-001, thửa đất số 7, tờ bản đồ số 12, xã Một")
ROWS = RAW_ROWS | {
    "digitization__pages": [
        row | {"page_text": SAID.get(row["file_ordinal"], row["page_text"])}
        for row in (*RAW_ROWS["digitization__pages"], SECRET)
    ],
    "civil_servants__officials": [
        row | {"position_title": "Phó Chủ tịch Ủy ban nhân dân"}
        for row in RAW_ROWS["civil_servants__officials"]
    ],
    "units__communes": [*COMMUNES, {"commune_code": "00001", "commune_name": "Xã Một"}],
}


@pytest.fixture(scope="module")
def linked(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land(ROWS)
    models.enter()
    assert models.dbt("seed").success
    assert models.dbt("run", "--select", f"+{MARTS}").success
    yield models
    models.owner.dispose()


def test_every_claim_is_in_its_state_and_a_secret_claims_nothing(linked):
    told = linked.rows(
        "select split_part(entity, '__', 2), coalesce(stated_key, '-'), state, reason_code"
        " from intermediate.int_links__decided order by 1, 2, 3"
    )
    assert told == [
        ("enterprises", "-", "missing_field", "key_not_stated"),
        ("enterprises", "0000000105", "unverifiable", "not_in_registry"),
        ("enterprises", "0100109106", "mismatched", "name_differs"),
        ("officials", "-", "missing_field", "issuer_not_known"),
        ("officials", "-", "missing_field", "issuer_not_known"),
        ("officials", "-", "verified", None),
        ("parcels", "00001/12/7", "verified", None),
        ("parcels", "00008-/4/3", "ambiguous", "commune_divided"),
    ]


def test_bridges_hold_what_was_found(linked):
    assert linked.rows("select parcel_id_land, evidence from marts.bridge_document_parcel") == [
        ("P000000001", "key_alone")
    ]
    assert linked.rows("select tax_code, state from marts.bridge_document_enterprise") == [
        ("0100109106", "mismatched")
    ]
    official = "select official_id_civil_servants, evidence from marts.bridge_document_official"
    assert linked.rows(official) == [("CB0000001", "name_agency_and_position")]


@pytest.mark.parametrize(
    "mart",
    [
        "bridge_document_enterprise",
        "bridge_document_parcel",
        "bridge_document_official",
        "fct_link_worklist",
        "fct_link_trend",
    ],
)
def test_an_agency_sees_its_own_links(linked, mart):
    for code, expected in ((A, {A}), (B, set())):
        with linked.analyst(code).connect() as connection:
            seen = connection.execute(sa.text(f"select agency_code from marts.{mart}")).scalars()
            assert set(seen) == expected


def test_a_worklist_holds_no_name(linked):
    told = str(linked.rows("select to_jsonb(w) from marts.fct_link_worklist w")).lower()
    assert "unverifiable" in told
    assert "thu" not in told
    assert "thử" not in told


def test_the_trend_keeps_earlier_days_in_a_full_refresh(linked):
    linked.run(
        "update marts.fct_link_trend set trend_date = trend_date - 1, trend_key = 'y' || trend_key"
    )
    before = linked.rows("select count(*), sum(claim_count) from marts.fct_link_trend")
    assert before == [(7, 8)]
    assert linked.dbt("run", "--full-refresh", "--select", "fct_link_trend").success
    assert linked.dbt("run", "--select", "fct_link_trend").success
    days = (
        "select trend_date, sum(claim_count)::int from marts.fct_link_trend group by 1 order by 1"
    )
    assert [count for _, count in linked.rows(days)] == [8, 8]


def test_the_day_of_the_trend_is_the_citys_wherever_the_server_keeps_its_clock(linked):
    hanoi = "select timezone('Asia/Ho_Chi_Minh', now())::date"
    name = linked.url.database
    for zone in ("Etc/GMT+12", "Etc/GMT-14"):  # no hour of the day is of one date in both
        linked.run(
            f"alter database {name} set timezone = '{zone}'", "truncate marts.fct_link_trend"
        )
        before = linked.rows(hanoi)
        assert linked.dbt("run", "--select", "fct_link_trend").success
        [told] = linked.rows("select distinct trend_date from marts.fct_link_trend")
        assert told in (*before, *linked.rows(hanoi)), zone
    linked.run(f"alter database {name} reset timezone")


def test_what_a_person_decides_holds_and_closes_the_work(linked):
    [waiting] = [
        row for row in open_links(linked.owner, agency=A) if row["reason_code"] == "key_not_stated"
    ]
    claim = waiting["claim_key"]
    said = Ruling(Decision.LINKED, "TEST PERSON", "as on the certificate", "0100109106-001")
    assert rule(linked.owner, claim, said)
    assert linked.dbt(
        "run", "--select", f"stg_linkage__decisions int_links__decided {MARTS}"
    ).success
    bridge = "marts.bridge_document_enterprise"
    assert linked.rows(
        f"select tax_code, state, evidence from {bridge} where claim_key = '{claim}'"
    ) == [("0100109106-001", "verified", "person")]
    assert claim not in {row["claim_key"] for row in open_links(linked.owner)}


@pytest.mark.parametrize(
    "asked",
    [
        ["list", "--agency", A],
        ["decide", "no such", "rejected", "--by", "TEST PERSON", "--because", "no"],
    ],
    ids=["list", "decide"],
)
def test_the_command_hands_its_connections_back(linked, monkeypatch, asked):
    monkeypatch.setenv("KHO_DATABASE_URL", linked.url.render_as_string(hide_password=False))
    settings.cache_clear()
    others = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    before = linked.rows(others)
    gc.disable()  # what is left to the collector is not handed back
    try:
        CliRunner().invoke(app, asked)
        assert linked.rows(others) == before
    finally:
        gc.enable()
        settings.cache_clear()


def test_a_decision_about_what_no_document_says_any_more_is_warned_of(linked):
    said = (
        "insert into ledger.link_decisions"
        " (document_key, entity, claim_key, decision, decided_by, because)"
        " select document_key, entity, {claim}, 'rejected', 'TEST PERSON', 'not that one'"
        " from intermediate.int_links__decided where entity = 'land__parcels'"
    )

    def warned():
        assert linked.dbt("run", "--select", "stg_linkage__decisions").success
        return linked.dbt("test", "--select", LOST).warned

    linked.run(said.format(claim="claim_key"))
    assert warned() == set()
    linked.run(said.format(claim="'read anew'"))
    assert warned() == {LOST}


@pytest.mark.parametrize(
    ("claim", "ruling", "missing"),
    [
        ("no such", Ruling(Decision.REJECTED, "TEST PERSON", "no"), "no claim"),
        (None, Ruling(Decision.REJECTED, " ", "no"), "needs a person"),
        (None, Ruling(Decision.LINKED, "TEST PERSON", "yes"), "linked with"),
        (None, Ruling(Decision.REJECTED, "TEST PERSON", "no", "0100109106"), "only there"),
        (
            None,
            Ruling(Decision.LINKED, "TEST PERSON", "yes", "0100109109"),
            "has nothing of that key",
        ),
    ],
)
def test_a_decision_nobody_could_stand_by_is_refused(linked, claim, ruling, missing):
    there = open_links(linked.owner, entity="business__enterprises")[0]["claim_key"]
    with pytest.raises(DecisionRefused, match=missing):
        rule(linked.owner, claim or there, ruling)


def test_without_a_build_there_is_nothing_to_decide(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with pytest.raises(DecisionRefused, match="build_warehouse"):
        open_links(engine)
