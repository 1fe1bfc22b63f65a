"""What documents say of registries becomes links: seen by their agency, decided, counted."""

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import COMMUNES, RAW_ROWS, A, B, page, sha
from warehouse.errors import DecisionRefused
from warehouse.links import Decision, Ruling, open_links, rule

MARTS = "path:models/marts/links"
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


def states(models):
    return {
        (key, entity): (state, reason)
        for key, entity, state, reason in models.rows(
            "select coalesce(stated_key, '-'), entity, state, reason_code"
            " from intermediate.int_links__decided"
        )
    }


def test_every_claim_is_in_its_state_and_a_secret_claims_nothing(linked):
    assert states(linked) == {
        ("0100109106", "business__enterprises"): ("mismatched", "name_differs"),
        ("-", "business__enterprises"): ("missing_field", "key_not_stated"),
        ("00001/12/7", "land__parcels"): ("verified", None),
        ("0000000105", "business__enterprises"): ("unverifiable", "not_in_registry"),
        ("00008-/4/3", "land__parcels"): ("ambiguous", "commune_divided"),
    }


def test_bridges_hold_what_was_found(linked):
    assert linked.rows("select parcel_id_land, evidence from marts.bridge_document_parcel") == [
        ("P000000001", "key_alone")
    ]
    assert linked.rows("select tax_code, state from marts.bridge_document_enterprise") == [
        ("0100109106", "mismatched")
    ]


@pytest.mark.parametrize(
    "mart",
    ["bridge_document_enterprise", "bridge_document_parcel", "fct_link_worklist", "fct_link_trend"],
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
    assert before == [(5, 5)]
    assert linked.dbt("run", "--full-refresh", "--select", "fct_link_trend").success
    assert linked.dbt("run", "--select", "fct_link_trend").success
    days = (
        "select trend_date, sum(claim_count)::int from marts.fct_link_trend group by 1 order by 1"
    )
    assert [count for _, count in linked.rows(days)] == [5, 5]


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
