"""A desk that really serves: a built warehouse, a stored copy, reviewers with logins."""

import hashlib
import secrets
import socket
import threading
from contextlib import contextmanager

import pytest
import requests
import uvicorn

from ocr_assets.review.app import desk
from ocr_assets.review.pictures import Pictures
from ocr_assets.review.room import Room
from ocr_assets.review.sessions import Sessions
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import A, B, agency, field, file, page, usable
from tests.support.pages import as_pdf, printed
from tests.support.tools import TOOLS
from warehouse.roles import ensure_reviewer
from warehouse.store import Store

NPM = TOOLS / "npm/node_modules"
FONT = NPM / "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
PASSWORD = "of a test reviewer"
RECEIVED = hashlib.sha256(b"the letter as received").hexdigest()
LETTER = f"{A}:{RECEIVED}"
BOXES = {  # fractions of the sheet that tests.support.pages prints
    "number": (0.10, 0.128, 0.25, 0.150),
    "date": (0.50, 0.128, 0.78, 0.150),
    "issuer": (0.10, 0.072, 0.32, 0.115),
    "type": (0.40, 0.197, 0.54, 0.220),
    "abstract": (0.20, 0.225, 0.66, 0.250),
}
READ = {
    "number": ("57/QĐ-UBND", False),
    "date": ("2025-02-03", True),
    "issuer": ("ỦY BAN NHÂN DÂN TỈNH MẪU", True),
    "type": ("Quyết định", True),
    "abstract": ("Về việc công nhận danh sách thí nghiệm của tỉnh", True),
}
BUILT = "+dim_document +fct_document_field +fct_keying_agreement +dim_agency"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory, store):
    if not FONT.is_file() or not (NPM / "htmx.org").is_dir():
        pytest.skip("needs the npm packages of ./kho setup")
    folder = tmp_path_factory.mktemp("dbt")
    archive = store.put(as_pdf(folder / "letter.pdf", printed(FONT), printed(FONT)))
    models = Models(module_database_url, folder)
    models.land(rows_of(archive))
    assert models.dbt("seed").success
    models.build = lambda: models.dbt("run", "--select", *BUILT.split())
    built = models.build()
    assert built.success, built.failed
    yield models
    models.owner.dispose()


def rows_of(archive):
    found = [
        field(1, RECEIVED, name, value, is_accepted=sure)
        | dict(zip(("box_left", "box_top", "box_right", "box_bottom"), BOXES[name], strict=True))
        | ({} if sure else {"confidence": 0.3})
        for name, (value, sure) in READ.items()
    ]
    return {
        "catalog__agencies": [agency(A, "xã Một", "00001"), agency(B, "xã Hai", "00002")],
        "digitization__files": [file(1, RECEIVED)],
        "digitization__documents": [
            usable(1, RECEIVED) | {"archive_sha256": archive, "page_count": 2}
        ],
        "digitization__pages": [
            page(1, RECEIVED, "read"),
            page(1, RECEIVED, "") | {"page_number": 2},
        ],
        "digitization__fields": found,
    }


@pytest.fixture(scope="module")
def person(city):
    """Make a reviewer of some agencies; return the login."""

    def of(*agencies):
        return ensure_reviewer(city.owner, f"t{secrets.token_hex(4)}", agencies, PASSWORD)

    return of


@pytest.fixture(scope="module")
def address(city, store):
    """Where a desk answers, with a share of one: everything is keyed twice."""
    with served(city, store, keying_share=1.0) as address:
        yield address


@pytest.fixture(scope="module")
def audited(city, store):
    """Where a desk answers at which everything accepted unseen is keyed blind, and nothing else."""
    with served(city, store, keying_share=0.0, audit_share=1.0) as address:
        yield address


@contextmanager
def served(city, store, **shares):
    """Serve a desk; give where it answers."""
    url = city.url.render_as_string(hide_password=False)
    room = Room(Sessions(url), Pictures(store), **shares)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        config = uvicorn.Config(desk(room, NPM), log_level="warning", access_log=False)
        server = uvicorn.Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        serving.join(20)


@pytest.fixture
def seated(address, person):
    """Seat a reviewer of an agency at the desk; return the browser, as far as requests is one."""

    seats = []

    def sit(*agencies, login=None, at=address):
        browser = Browser(at)
        seats.append(browser)
        browser.name = login or person(*agencies)
        answer = browser.post("/sign-in", name=browser.name, password=PASSWORD)
        assert answer.status_code == 200, answer.text
        return browser

    yield sit
    for browser in seats:
        browser.see()
        browser.post("/sign-out", headers={"x-csrf": browser.csrf})


class Browser(requests.Session):
    """Requests as a page of the desk sends them."""

    def __init__(self, address):
        super().__init__()
        self.address, self.csrf, self.name = address, "", ""

    def see(self, path="/", **asked):
        answer = super().get(self.address + path, params=asked)
        if "X-CSRF" in answer.text:
            self.csrf = answer.text.partition('{"X-CSRF": "')[2].partition('"')[0]
        return answer

    def post(self, path, *, csrf=None, headers=None, **typed):
        given = {"x-csrf": self.csrf if csrf is None else csrf, "hx-request": "true"}
        if path.startswith("/sign"):
            given = {}
        answer = super().post(self.address + path, data=typed, headers=given | (headers or {}))
        if "X-CSRF" in answer.text:
            self.csrf = answer.text.partition('{"X-CSRF": "')[2].partition('"')[0]
        return answer
