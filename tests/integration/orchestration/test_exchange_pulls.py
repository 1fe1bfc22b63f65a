"""Messages landed by real runs; what people wrote in them is in the database and nowhere else."""

import json
import logging

import dagster as dg
import pytest
import sqlalchemy as sa
from lxml import etree

from orchestration.settings import settings
from tests.support.events import told_by_run
from tests.support.registries import samples
from warehouse.evidence import answer_kept

DAY = "2026-01-05"
MESSAGES = dg.AssetKey(["raw", "exchange__messages"])
# What the sample axis writes into its messages: a signer, a clerk, a telephone, an abstract.
CANARIES = ("Nguyễn Thử", "Trần Thử", "0000000000", "mời họp giao ban", "vb-gl-kh-155", "KH-UBND")


@pytest.fixture(scope="module")
def axis():
    with samples() as start:
        yield start("--drift", seed=6, letters=30, hostile=4, busy=0.1)


@pytest.fixture
def pull(home, axis, instance, module_database_url):
    from connectors.exchange.registry import SOURCES
    from orchestration.access import RegistryAccess
    from orchestration.pulls import days_of
    from orchestration.resources import Database

    def run(url=axis.base_url):
        access = RegistryAccess(
            title="document axis",
            setting="KHO_EXCHANGE_URL",
            url=url,
            token_url=axis.token_url,
            app_name="kho",
            partner_code="H26",
            partner_code_customer="H26",
            ca_bundle="",
            plain_http=False,
            requests_per_s=1000,
            access_key="sample",
            secret_key="sample-secret",
        )
        return dg.materialize(
            [days_of(SOURCES[0])],
            instance=instance,
            partition_key=DAY,
            resources={"exchange_registry": access, "database": Database()},
            raise_on_error=False,
        )

    return run


@pytest.fixture
def ask(module_database_url):
    engine = sa.create_engine(module_database_url, poolclass=sa.NullPool)

    def asked(question):
        with engine.connect() as connection:
            return connection.execute(sa.text(question)).scalar()

    return asked


@pytest.mark.parametrize("canary", CANARIES)
def test_what_a_run_tells_would_show_what_people_wrote(instance, canary):
    @dg.asset
    def talkative() -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"said": f"of {canary}"})

    result = dg.materialize([talkative], instance=instance)
    assert canary in told_by_run(instance, result.run_id)


def test_messages_land_with_attachments_and_what_is_none_and_again_the_same(pull, ask):
    assert pull().success
    counts = {
        table: ask(f"select count(*) from raw.exchange__{table}")
        for table in ("messages", "attachments", "messages_rejected")
    }
    assert counts == {"messages": 43, "attachments": 43, "messages_rejected": 4}
    assert pull().success
    assert counts["messages"] == ask("select count(*) from raw.exchange__messages")
    assert ask("select code_number from raw.exchange__messages where from_code = 'H26.18'"
               " and code_notation = 'CT-UBND'") == "04"  # fmt: skip
    assert ask("select to_agencies -> 0 ->> 'OrganId' from raw.exchange__messages"
               " where message_id = 'vb-gl-kh-155'") == "H26"  # fmt: skip
    entries = "select count(*) from ledger.exchanges where entity = 'exchange__messages'"
    assert ask(f"{entries} and place = '127.0.0.1/exchange/v1/edoc'") == 2 * 47
    assert ask(f"{entries} and legal_basis is null") == 0


def test_what_people_wrote_is_in_the_database_and_in_nothing_a_run_tells(
    pull, ask, instance, caplog, capfd
):
    with caplog.at_level(logging.DEBUG):
        result = pull()
    assert result.success
    raw = json.dumps(
        [
            ask("select string_agg(m::text, ' ') from raw.exchange__messages m"),
            ask("select string_agg(m::text, ' ') from raw.exchange__attachments m"),
        ],
        ensure_ascii=False,
    )
    seen = told_by_run(instance, result.run_id) + caplog.text + "".join(capfd.readouterr())
    assert "unknown: xuLyNhanh" in seen
    for canary in CANARIES:
        if canary not in ("Trần Thử", "0000000000"):  # not taken at all
            assert canary in raw, canary
        assert canary not in seen, canary


def test_evidence_keeps_what_a_message_says_and_no_byte_of_what_it_brings(pull, ask):
    assert pull().success
    digests = ask(
        "select string_agg(distinct kept_sha256, ' ') from ledger.exchanges"
        " where place = '127.0.0.1/exchange/v1/edoc' and kept_sha256 is not null"
    )
    answers = [answer_kept(settings().evidence, digest) for digest in digests.split()]
    assert len(answers) > 20
    contents = [
        content
        for answer in answers
        if not answer.startswith(b"<withheld ")
        for content in etree.fromstring(answer).iter("{*}ContentTransferEncoded")
    ]
    assert len(contents) > 20
    assert not any((content.text or "").strip() for content in contents)
    told = {one.get("sha256") for content in contents for one in content}
    landed = ask("select string_agg(sent_sha256, ' ') from raw.exchange__attachments").split()
    assert set(landed) <= told
    assert any("mời họp giao ban".encode() in answer for answer in answers)


def test_an_axis_without_an_address_says_which_setting_to_give(pull):
    result = pull(url="")
    assert not result.success
    [event] = [event for event in result.all_events if event.is_step_failure]
    assert "KHO_EXCHANGE_URL" in event.event_specific_data.user_failure_data.description


def test_the_axis_is_in_no_job_where_it_has_no_address(home):
    from orchestration.raw_assets import OCCASIONAL_ASSETS, RAW_ASSETS

    assert settings().exchange_url is None
    assert MESSAGES in OCCASIONAL_ASSETS
    assert MESSAGES not in RAW_ASSETS
