"""What analysts find in the marts after the small city has been built."""

from datetime import date

import sqlalchemy as sa

from tests.integration.warehouse_models.answers import ANSWERS
from tests.integration.warehouse_models.raw_rows import BATCH, FILES, HEIR, A, B, sha
from tests.support.questions import questions


def test_the_whole_project_builds_without_a_warning(models):
    assert models.built.failed == set()
    assert models.built.warned == set()


def test_documents_accepted_and_refused_are_there_and_secrets_are_not(models):
    found = models.rows(
        "select agency_code, document_id, outcome, reason_code"
        " from marts.dim_document order by 1, 2"
    )
    assert found == [
        (A, sha("1"), "ok", None),
        (A, sha("2"), "degraded", "low_confidence"),
        (A, sha("6"), "quarantined", "not_archival"),
        (B, sha("2"), "degraded", "low_confidence"),
        (None, sha("5"), "failed", "not_in_manifest"),
    ]
    for relation in ("marts.dim_document", "marts.fct_page"):
        assert models.rows(f"select 1 from {relation} t where t::text like '%{sha('3')}%'") == []


def test_a_document_is_described_by_its_fields(models):
    [found] = models.rows(
        "select document_number, code_number, code_notation, issued_date, issued_date_precision,"
        " type_name, type_code, natural_key, signer_name, is_signer_accepted, is_number_accepted,"
        f" text_confidence::text from marts.dim_document where document_id = '{sha('1')}'"
    )
    assert found == (
        "051/QĐ-UBND",
        "051",
        "QĐ-UBND",
        date(2025, 4, 19),
        "day",
        "Quyết định",
        "02",
        "ỦY BAN NHÂN DÂN XÃ MỘT|051|QĐ-UBND|2025",
        "TEST PERSON",
        False,
        True,
        "0.91235",
    )


def test_a_document_tells_superior_place_authority_urgency_and_language(models):
    [found] = models.rows(
        "select superior_name, issued_place, is_place_accepted, signer_authority_code,"
        " signer_title, urgency, secrecy_seen, language_code, is_language_accepted"
        f" from marts.dim_document where document_id = '{sha('1')}'"
    )
    told = ("UBND HUYỆN MẪU", "Mẫu", True, "KT", "PHÓ CHỦ TỊCH", "Khẩn", "unclassified", "01")
    assert found == (*told, True)


def test_recipients_are_rows_unless_the_document_must_not_be_used(models):
    found = models.rows(
        "select document_id, recipient_role, recipient_position, recipient_name, recipient_type,"
        " is_accepted from marts.fct_document_recipient order by 1, 2, 3"
    )
    assert found == [
        (sha("1"), "addressee", 1, "Sở Mẫu", "named", True),
        (sha("1"), "recipient", 1, "Như trên", "reference", True),
        (sha("1"), "recipient", 2, "Sở Khác", "named", False),
        (sha("1"), "recipient", 3, "Lưu: VT", "file", True),
    ]


def test_an_attachment_goes_up_to_the_next_one(models):
    found = models.rows(
        "select attachment_title, first_page, last_page from marts.fct_document_attachment"
        " order by attachment_position"
    )
    assert found == [("PHỤ LỤC I", 2, 3), ("PHỤ LỤC II", 4, 4)]


def test_signers_are_rows_one_or_several(models):
    found = models.rows(
        "select document_id, signer_position, signer_name, signer_authority_code, signer_title"
        " from marts.fct_document_signer order by 1, 2"
    )
    assert found == [
        (sha("1"), 1, "TEST PERSON", "KT", "PHÓ CHỦ TỊCH"),
        (sha("2"), 1, "TEST PERSON", None, "GIÁM ĐỐC"),
        (sha("2"), 2, "OTHER TEST", "TM", "BÍ THƯ"),
    ]


def test_pages_carry_text_unless_it_must_not_be_used(models):
    found = models.rows("select agency_code, page_text from marts.fct_page order by 1, 2")
    assert found == [(A, "of A"), (A, "of A too"), (A, None), (B, "of B")]


def test_pages_tell_how_they_came_and_how_they_look(models):
    found = models.rows(
        "select distinct text_layer_type, rotation_confidence::float, skew_degrees::float,"
        " is_blank, is_damaged, sharpness::float, contrast::float, cut_edges, dark_edges"
        " from marts.fct_page"
    )
    looks = ("signature_stamp", 0.98765, 0.4, False, False, 0.612, 0.871, "left top", "none")
    assert found == [looks]


def test_a_document_of_no_stated_degree_is_not_visible_to_the_public(models):
    found = models.rows(
        f"select is_secrecy_stated from marts.dim_document where document_id = '{sha('5')}'"
    )
    assert found == [(False,)]
    open_to_all = models.rows(
        "select grantee, table_name from information_schema.role_table_grants"
        " where grantee = 'PUBLIC' and table_schema in ('raw', 'staging', 'intermediate', 'marts',"
        " 'ledger')"
    )
    assert open_to_all == []


def test_signatures_name_their_signer_unless_the_document_must_not_be_used(models):
    found = models.rows(
        "select document_id, signature_ordinal, integrity, signer_name, is_digest_weak"
        " from marts.fct_signature order by 1, 2"
    )
    assert found == [
        (sha("1"), 1, "intact", "TEST PERSON", True),
        (sha("1"), 2, "broken", "TEST PERSON", False),
        (sha("6"), 1, "intact", None, False),
    ]
    counted = models.rows(
        "select intact_signature_count, valid_signature_count from marts.dim_document"
        f" where document_id in ('{sha('1')}', '{sha('5')}') order by 1"
    )
    assert counted == [(0, 0), (1, 1)]


def test_enterprises_belong_to_the_committee_in_office(models):
    found = models.rows("select right(tax_code, 3), agency_code from marts.dim_business order by 1")
    assert found == [("001", B), ("002", HEIR), ("003", None), ("106", A)]


def test_every_claim_about_a_person_is_in_one_state_with_its_owner_and_without_the_person(models):
    found = models.rows(
        "select entity_key, agency_code, commune_code, state, reason_code, differing_fields,"
        " person_token is not null from marts.fct_person_verification order by 1"
    )
    assert found == [
        ("CB0000001", A, "00001", "verified", None, None, True),
        ("CB0000002", B, "00002", "unverifiable", "not_asked", None, False),
        ("P000000001", A, "00001", "missing_field", "name_missing", None, False),
        ("P000000002", B, "00002", "mismatched", "fields_differ", "full_name", True),
    ]
    everything = "select string_agg(v::text, ' ') from marts.{} v"
    for mart in ("fct_person_verification", "fct_person_correction", "fct_verification_trend"):
        [(text,)] = models.rows(everything.format(mart))
        assert "TEST" not in text
        assert "00000000" not in text.replace("00000000-0000-0000-0000-000000000001", "").replace(
            "P00000000", ""
        ).replace("CB000000", "")


def test_whoever_owns_a_record_is_told_what_to_correct_and_how_it_develops(models, analysts):
    def seen(code, question):
        with analysts[code].connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(question))]

    correction = "select entity_key, state, reason_code from marts.fct_person_correction"
    assert seen(A, correction) == [("P000000001", "missing_field", "name_missing")]
    assert seen(B, correction) == [("P000000002", "mismatched", "fields_differ")]
    trend = (
        "select trend_date::text, entity, state, claim_count from marts.fct_verification_trend"
        " order by 2, 3"
    )
    assert seen(A, trend) == [
        ("2026-01-05", "civil_servants__officials", "verified", 1),
        ("2026-01-05", "land__parcels", "missing_field", 1),
    ]


def test_a_batch_balances(models):
    found = models.rows(
        "select batch_id, agency_code, declared_count, received_count, missing_count,"
        " undeclared_count, ok_count, degraded_count, failed_count, quarantined_count, is_closed,"
        " version, is_latest from marts.fct_batch_balance order by 2"
    )
    assert found == [
        (BATCH, A, 4, 3, 1, 0, 1, 1, 0, 1, True, 1, True),
        (BATCH, B, 2, 2, 0, 0, 0, 1, 0, 1, True, 1, True),
        (BATCH, None, 0, 0, 0, 1, 0, 0, 1, 0, True, 1, True),
    ]
    assert sum(row[2] + row[5] for row in found) == len(FILES)


def test_every_column_in_the_database_is_documented_and_no_other(models):
    manifest = {}
    for result in models.built.results:
        if result.node.resource_type in {"model", "seed"}:
            manifest[(result.node.schema, result.node.name)] = set(result.node.columns)
    found = {}
    for schema, relation, column in models.rows(
        "select table_schema, table_name, column_name from information_schema.columns"
        " where table_schema in ('staging', 'intermediate', 'marts')"
    ):
        found.setdefault((schema, relation), set()).add(column)
    assert found == manifest


def test_descriptions_are_in_the_database(models):
    [missing] = models.rows(
        "select count(*) from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'marts'::regnamespace and c.relkind = 'r' and a.attnum > 0"
        " and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)"
    )
    assert missing == (0,)


def test_messages_meet_their_scans_by_bytes_or_key_and_a_secret_meets_nobody(models):
    found = models.rows(
        "select message_id, agency_code, match_state, match_basis, document_key, scan_count,"
        " agreeing_count, differing_count from marts.fct_exchange_message order by 1"
    )
    assert found == [
        ("m-1", A, "matched", "key", f"{A}:{sha('1')}", 1, 6, 0),
        ("m-2", A, "matched", "bytes", f"{A}:{sha('2')}", 1, 2, 0),
        ("m-3", B, "only_there", None, None, 0, 0, 0),
    ]
    for relation in ("fct_exchange_message", "fct_document_reconciliation"):
        assert models.rows(f"select 1 from marts.{relation} t where t::text like '%m-4%'") == []


def test_fields_are_reconciled_one_by_one_and_sides_without_another_are_told(models):
    found = models.rows(
        "select message_id, agency_code, field_name, verdict, match_state, is_accepted"
        " from marts.fct_document_reconciliation"
        " where message_id is distinct from 'm-2' order by 1, 3, 4"
    )
    assert found == [
        ("m-1", A, "abstract", "only_there", "matched", False),
        ("m-1", A, "date", "agrees", "matched", True),
        ("m-1", A, "issuer", "agrees", "matched", True),
        ("m-1", A, "number", "agrees", "matched", True),
        ("m-1", A, "pages", "agrees", "matched", None),
        ("m-1", A, "signer", "agrees", "matched", False),
        ("m-1", A, "type", "agrees", "matched", True),
        ("m-3", B, "document", "only_there", "only_there", None),
    ]


def test_each_question_of_the_page_has_its_answer(analysts):
    asked = questions()
    assert sorted(asked) == list(range(1, 21))
    with analysts[A].connect() as connection:
        for number, (question, statement) in asked.items():
            found = [tuple(row) for row in connection.execute(sa.text(statement))]
            assert found == ANSWERS[number], question
