"""A person with a keyboard and nothing else corrects a document; the next build shows it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.integration.ocr_assets.review.conftest import LETTER, PASSWORD
from tests.integration.warehouse_models.raw_rows import A

CHROMIUM = os.environ.get("KHO_CHROMIUM") or shutil.which("chromium")
SHOTS = os.environ.get("KHO_SCREENSHOTS")


@pytest.fixture
def page(address):
    if not CHROMIUM:
        pytest.skip("needs chromium (KHO_CHROMIUM)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1150, "height": 820}).new_page()
        page.set_default_timeout(15_000)
        page.foreign, page.errors = [], []
        page.on(
            "request",
            lambda sent: page.foreign.append(sent.url) if address not in sent.url else None,
        )
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda said: page.errors.append(said.text) if "Content Security" in said.text else None,
        )
        yield page
        browser.close()


def keep(page, name):
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / name, caret="initial")  # hiding it takes a style


def until(page, expression):
    """Wait for an expression to hold; the page's own policy forbids Playwright's way to wait."""
    for _ in range(150):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {expression}")


def picture_is_shown(page, what):
    """Wait for the picture of ``what``; return how many pixels high it is."""
    picture = "document.getElementById('picture')"
    until(
        page,
        f"{picture} && {picture}.src.includes('what={what}') && {picture}.complete"
        f" && {picture}.naturalWidth > 0",
    )
    return page.evaluate(f"{picture}.naturalHeight")


def sign_in(page, address, name):
    page.goto(address)
    until(page, "document.activeElement.name === 'name'")  # keys before that go nowhere
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_a_form_that_nothing_has_taken_up_is_not_sent_by_the_browser(page, address, person):
    sign_in(page, address, person(A))
    page.locator("#item").wait_for()
    page.evaluate("document.getElementById('desk').innerHTML += ''")  # a form htmx has not seen
    page.keyboard.press("F2")
    page.wait_for_timeout(500)
    assert page.url == f"{address}/"  # a value in an address would reach every log of addresses
    page.get_by_text("Đăng xuất").click()  # or the item stays with this login for a while
    page.locator("text=Đăng nhập").first.wait_for()


# F2 comes the moment a new form stands there, as from somebody who types ahead.
PRESSED_AT_ONCE = """() => {
  const press = () => document.dispatchEvent(new KeyboardEvent("keydown", {key: "F2"}));
  document.addEventListener("htmx:afterSwap", () => queueMicrotask(press), {once: true});
}"""


def test_a_document_is_corrected_by_keyboard_and_the_mart_shows_it(page, address, city, person):
    name, keys = person(A), page.keyboard
    sign_in(page, address, name)

    page.locator("#item[data-field=signer], #item[data-field=number]").wait_for()
    assert page.locator("#item").get_attribute("data-field") == "number"
    assert page.evaluate("document.activeElement.id") == "value"
    small = picture_is_shown(page, "crop")
    keep(page, "desk.png")

    keys.press("F8")
    assert picture_is_shown(page, "page") > 2 * small
    keys.press("PageDown")
    until(page, "document.getElementById('page-shown').textContent === '2'")
    keys.press("PageUp")
    keys.press("F8")
    picture_is_shown(page, "crop")

    keys.type("no number")  # typing replaces what was read
    keys.press("Enter")
    page.locator(".problem").wait_for()
    assert page.evaluate("document.activeElement.id") == "value"
    keys.press("ControlOrMeta+a")
    keys.type("51/QĐ-UBND")
    keys.press("Enter")

    page.locator("#item[data-field=signer]").wait_for()
    keys.press("F4")
    page.locator("#nothing").wait_for()
    page.evaluate(PRESSED_AT_ONCE)
    keys.press("Enter")  # take up what was left
    page.locator("#nothing .done").wait_for()
    assert "?" not in page.url  # the browser itself would put what was keyed there

    assert city.build().success
    [(number, is_accepted, signer, signer_accepted)] = city.rows(
        "select document_number, is_number_accepted, signer_name, is_signer_accepted"
        f" from marts.dim_document where document_key = '{LETTER}'"
    )
    assert (number, is_accepted) == ("51/QĐ-UBND", True)
    assert (signer, signer_accepted) == (None, True)
    [row] = city.rows(
        "select read_value, field_value, decided_by, reviewer_name, page_number"
        f" from marts.fct_document_field where field_key = '{LETTER}#number'"
    )
    assert row == ("57/QĐ-UBND", "51/QĐ-UBND", "person", name, 1)
    assert not page.foreign
    assert not page.errors
