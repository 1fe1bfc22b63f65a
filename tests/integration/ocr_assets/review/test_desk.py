"""The desk over HTTP: who gets in, what is written down, and that nobody is overwritten."""

import io
import re

from PIL import Image

from tests.integration.ocr_assets.review.conftest import LETTER, PASSWORD, READ, Browser
from tests.integration.warehouse_models.conftest import PASSWORD as ANALYSTS_PASSWORD
from tests.integration.warehouse_models.raw_rows import A, B

NUMBER, SIGNER = f"{LETTER}#number", f"{LETTER}#signer"


def upon(page):
    return re.search(r'name="upon" value="(\d+)"', page).group(1)


def entries(city, table="field_corrections"):
    return city.rows(f"select count(*) from ledger.{table}")[0][0]


def test_nothing_is_shown_to_who_is_not_signed_in(address, city):
    stranger = Browser(address)
    for path in ("/", "/keying", f"/picture?key={NUMBER.replace('#', '%23')}"):
        answer = stranger.see(path)
        assert answer.url == f"{address}/sign-in"
        assert "Đăng nhập" in answer.text
    answer = stranger.post("/say", key=NUMBER, upon="0", value="1/A", csrf="x")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")
    assert entries(city) == entries(city, "document_views") == 0


def test_a_wrong_password_an_analyst_and_the_owner_are_sent_away(address, city, person):
    analyst = city.analyst(A).url.username
    cases = (
        (person(A), "wrong password", 401, "không đúng"),
        ("reviewer_nobody", PASSWORD, 401, "không đúng"),
        (analyst, ANALYSTS_PASSWORD, 403, "không được sửa"),
        (city.url.username, city.url.password, 403, "không được sửa"),
    )
    for name, password, status, said in cases:
        answer = Browser(address).post("/sign-in", name=name, password=password)
        assert (answer.status_code, said in answer.text) == (status, True)
        assert not answer.cookies


def test_every_answer_forbids_to_be_kept_framed_or_to_load_from_elsewhere(seated):
    browser = seated(A)
    for answer in (browser.see(), browser.see("/picture", key=NUMBER), browser.see("/htmx.js")):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    cookie = next(iter(browser.cookies))
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite").lower() == "strict"
    assert not re.findall(r"https?://", browser.see().text)


def test_a_request_for_another_host_or_without_the_secret_changes_nothing(seated, city):
    browser = seated(A)
    browser.see()
    said = {"key": NUMBER, "upon": "0", "value": "51/QĐ-UBND"}
    assert browser.post("/say", csrf="", **said).status_code == 403
    foreign = {"origin": "http://evil.example"}
    assert browser.post("/say", headers=foreign, **said).status_code == 403
    assert browser.post("/say", headers={"host": "evil.example"}, **said).status_code == 400
    assert browser.see("/", headers=None).status_code == 200
    assert entries(city) == 0


def test_the_desk_hands_out_what_is_most_at_risk_and_writes_down_what_it_shows(seated, city):
    browser = seated(A)
    page = browser.see().text
    assert 'data-field="number"' in page
    crop = browser.see("/picture", key=NUMBER, what="crop", page=1)
    whole = browser.see("/picture", key=NUMBER, what="page", page=2, purpose="review")
    small, large = (Image.open(io.BytesIO(one.content)) for one in (crop, whole))
    assert small.width < 200 * 8.27 * 0.6
    assert small.height < large.height / 3
    assert small.convert("L").getextrema()[0] < 60  # there is print on it
    seen = city.rows(
        "select field_name, page_number, shown, purpose from ledger.document_views"
        f" where recorded_by = '{browser.name}' order by entry_id"
    )
    assert {one[1:] for one in seen[:-2]} == {(None, "value", "review")}
    assert seen[-2:] == [("number", 1, "crop", "review"), ("number", 2, "page", "review")]


def test_a_picture_of_another_agency_is_not_there(seated, city):
    browser = seated(B)
    answer = browser.see("/picture", key=NUMBER)
    assert answer.status_code == 404
    assert "57/QĐ-UBND" not in browser.see().text
    assert browser.post("/say", key=NUMBER, upon="0", value="1/A").status_code == 404
    assert not city.rows(
        f"select 1 from ledger.document_views where recorded_by = '{browser.name}'"
    )


def test_what_is_no_value_is_refused_with_a_word_of_advice(seated, city):
    browser = seated(A)
    browser.see()
    answer = browser.post("/say", key=NUMBER, upon="0", value="hello")
    assert answer.status_code == 422
    assert "51/QĐ-UBND" in answer.text
    assert ">hello</textarea>" in answer.text
    assert browser.post("/say", key=NUMBER, upon="0", value="").status_code == 422
    assert browser.post("/say", key=NUMBER, upon="x", value="1/A").status_code == 404
    assert browser.post("/say", key=NUMBER, upon="0", value="<b>1/A").text.count("<b>") == 0
    assert entries(city) == 0


def test_of_two_people_the_second_is_told_and_sees_what_the_first_said(seated, city):
    one, other = seated(A), seated(A)
    one.see()
    other.see()
    first = one.post("/say", key=SIGNER, upon="0", value="TEST PERSON", because="chữ ký")
    assert first.status_code == 200
    second = other.post("/say", key=SIGNER, upon="0", value="OTHER PERSON")
    assert second.status_code == 409
    assert "TEST PERSON" in second.text
    assert one.name in second.text
    assert entries(city) == 1
    again = other.post("/say", key=SIGNER, upon=upon(second.text), value="OTHER PERSON")
    assert again.status_code == 200
    said = city.rows(
        "select old_value, new_value, verdict, because, recorded_by, page_number"
        " from ledger.field_corrections order by entry_id"
    )
    assert said == [
        (None, "TEST PERSON", "corrected", "chữ ký", one.name, 1),
        ("TEST PERSON", "OTHER PERSON", "corrected", "đọc sai", other.name, 1),
    ]


def test_what_one_has_before_them_is_not_handed_to_another(seated):
    one, other = seated(A), seated(A)
    assert 'data-field="number"' in one.see().text
    assert 'data-field="number"' not in other.see().text
    one.post("/skip", key=NUMBER)
    assert 'data-field="number"' in other.see().text


def test_a_second_person_keys_without_seeing_any_value(seated, city):
    """The page holds neither the first person's value nor what was read."""
    last = city.rows("select recorded_by from ledger.field_corrections order by entry_id desc")[0]
    blind, own = seated(A), seated(login=last[0])
    page = blind.see("/keying").text
    assert 'data-field="signer"' in page
    assert "PERSON" not in page
    assert last[0] not in page
    assert re.search(r"<textarea[^>]*></textarea>", page)
    assert "Không còn mục nào" in own.see("/keying").text
    answer = blind.post("/keying", key=SIGNER, upon=upon(page), value="other  person")
    assert "Không còn mục nào" in answer.text
    keyed = city.rows("select value, recorded_by from ledger.field_keyings")
    assert keyed == [("other person", blind.name)]
    assert blind.post("/keying", key=SIGNER, upon=upon(page), value="X").status_code == 200
    assert entries(city, "field_keyings") == 1


def test_what_was_accepted_unseen_is_keyed_blind_at_the_same_place(seated, city, audited):
    """It is drawn once nobody's word is left to key; the page holds nothing of what was read."""
    blind = seated(A, at=audited)
    page = blind.see("/keying").text
    name = re.search(r'data-field="(\w+)"', page).group(1)
    assert name in ("date", "issuer", "type", "abstract")
    assert re.search(r"<textarea[^>]*></textarea>", page)
    assert not any(value in page for value, _ in READ.values())
    answer = blind.post("/keying", key=f"{LETTER}#{name}", upon=upon(page), value=READ[name][0])
    assert "Đã ghi" in answer.text
    assert f'data-field="{name}"' not in answer.text
    written = city.rows(
        "select field_name, read_value, value, recorded_by from ledger.field_audits"
    )
    assert written == [(name, READ[name][0], READ[name][0], blind.name)]
    late = blind.post("/keying", key=f"{LETTER}#{name}", upon="0", value="x")
    assert "không còn chờ" in late.text
    assert entries(city, "field_audits") == 1


def test_who_was_shown_what_was_accepted_does_not_key_it_blind(seated, audited):
    """A page names a word that never was: the answer shows the value, and the look is written."""
    curious = seated(A, at=audited)
    offered = re.search(r'data-field="(\w+)"', curious.see("/keying").text).group(1)
    shown = curious.post("/say", key=f"{LETTER}#{offered}", upon="99", value="x")
    assert shown.status_code == 409
    assert READ[offered][0] in shown.text
    assert f'data-field="{offered}"' not in curious.see("/keying").text
    late = curious.post("/keying", key=f"{LETTER}#{offered}", upon="0", value=READ[offered][0])
    assert "không còn chờ" in late.text
    assert f'data-field="{offered}"' in seated(A, at=audited).see("/keying").text


def test_signing_out_closes_the_door(seated):
    browser = seated(A)
    browser.see()
    browser.post("/sign-out", headers={"x-csrf": browser.csrf})
    assert "Đăng nhập" in browser.see().text


def test_a_document_whose_copy_is_gone_is_told_and_not_a_fault(seated, city, store):
    browser = seated(A)
    [(archive,)] = city.rows("select distinct archive_sha256 from marts.fct_document_field")
    here = store.path(archive)
    away = here.rename(here.with_suffix(".away"))
    try:
        answer = browser.see("/picture", key=NUMBER)
        assert answer.status_code == 503
        assert "restore a backup" in answer.text
    finally:
        away.rename(here)


def test_what_no_database_takes_is_refused_plainly_and_nothing_is_kept(seated, city, address):
    browser = seated(A)
    browser.see()
    before = entries(city), entries(city, "document_views")
    nul = f"{NUMBER}\0"
    assert browser.see("/picture", key=nul).status_code == 400
    assert browser.see("/picture", key=NUMBER, page="1" * 5000).status_code == 404
    assert browser.see("/picture", key=NUMBER, page="3").status_code == 404  # it has two
    said = browser.post("/say", key=NUMBER, upon="0", value="1/A", because="so\0")
    assert said.status_code == 400
    assert browser.post("/say", key=NUMBER, upon="1" * 5000, value="1/A").status_code == 404
    for path in ("/skip", "/keying/skip"):
        assert browser.post(path, key=nul).status_code == 400
    assert browser.post("/keying", key=nul, upon="0", value="1/A").status_code == 400
    assert (entries(city), entries(city, "document_views")) == before
    assert browser.see().status_code == browser.see("/keying").status_code == 200
    for typed in ({"password": f"{PASSWORD}\0"}, {"name": f"{browser.name}\0"}):
        stranger = Browser(address)
        asked = {"name": browser.name, "password": PASSWORD} | typed
        answer = stranger.post("/sign-in", **asked)
        assert answer.status_code == 401
        assert "không đúng" in answer.text
        assert not stranger.cookies


def test_a_word_upon_an_entry_that_never_was_is_told_so(seated, city):
    browser = seated(A)
    before = entries(city)
    answer = browser.post("/say", key=NUMBER, upon="987654", value="1/A")
    assert answer.status_code == 409
    assert "chưa ai quyết định" in answer.text
    assert "None" not in answer.text
    assert upon(answer.text) == "0"
    assert entries(city) == before


def test_who_was_shown_the_word_on_a_field_does_not_key_it_blind(seated):
    """Who saw the reading before anybody had spoken still may: the word was not there to see."""
    early, one, other = seated(A), seated(A), seated(A)
    assert early.post("/say", key=NUMBER, upon="0", value="hello").status_code == 422
    one.see()
    other.see()
    assert one.post("/say", key=NUMBER, upon="0", value="51/QĐ-UBND").status_code == 200
    overtaken = other.post("/say", key=NUMBER, upon="0", value="52/QĐ-UBND")
    assert overtaken.status_code == 409
    assert "51/QĐ-UBND" in overtaken.text
    assert 'data-field="number"' not in other.see("/keying").text
    forced = other.post("/keying", key=NUMBER, upon=upon(overtaken.text), value="51/QĐ-UBND")
    assert "không còn chờ" in forced.text
    page = early.see("/keying").text
    assert 'data-field="number"' in page
    answer = early.post("/keying", key=NUMBER, upon=upon(page), value="51/QĐ-UBND")
    assert "Đã ghi" in answer.text
