"""From a word at the desk to the mart of suggestions: the next build proposes by what holds."""

from hashlib import sha256

import dagster as dg
import pytest
import sqlalchemy as sa

from ocr_assets.kept import About, as_parquet
from orchestration.defs.suggestions.assets import make_suggestions
from orchestration.embeddings import Embeddings
from orchestration.resources import FileStore
from tests.integration.orchestration.test_digitization import ScratchDatabase
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import DOCUMENTS, FIELDS, RAW_ROWS, A, field, sha
from tests.unit.ocr_assets.extract.sheets import STATE, body, page
from warehouse.review import ReviewList, Word
from warehouse.roles import ensure_reviewer
from warehouse.store import Store

DOCUMENT = f"{A}:{sha('1')}"
PASSWORD = "of a test reviewer"
MADE = "+fct_document_suggestion +fct_document_field +dim_agency"


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    place = tmp_path_factory.mktemp("store").as_uri()
    read = page(*STATE[:9], body("Điều 1. Giao các phòng thực hiện từ ngày ký.", 14))
    data = as_parquet([read], About(sha("1"), "r", "best", {}))
    kept = Store(place).put(data, sha256=sha256(data).hexdigest())
    misread = field(1, sha("1"), "abstract", "Vồ viộc bồ nhiộm cồng chức")
    rows = RAW_ROWS | {
        "digitization__documents": [DOCUMENTS[0] | {"reading_sha256": kept}, *DOCUMENTS[1:]],
        "digitization__fields": [*FIELDS, misread | {"is_accepted": False, "confidence": 0.3}],
        "suggestions__proposals": [],
        "suggestions__neighbours": [],
    }
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.place = place
    models.land(rows)
    assert models.dbt("seed").success
    yield models
    models.owner.dispose()


def build(city):
    """Make suggestions, then the models, as the job does."""
    url = city.url.render_as_string(hide_password=False)
    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(
            [make_suggestions],
            instance=instance,
            resources={
                "database": ScratchDatabase(address=url),
                "file_store": FileStore(address=city.place),
                "embeddings": Embeddings(),
            },
        )
    assert done.success
    built = city.dbt("run", "--select", *MADE.split())
    assert built.success, built.failed


def proposed(city, kind):
    query = (
        "select suggested_value from marts.fct_document_suggestion"
        f" where document_key = '{DOCUMENT}' and suggestion_type = '{kind}'"
        " order by suggestion_rank"
    )
    return [value for (value,) in city.rows(query)]


def test_the_next_build_proposes_by_the_corrected_abstract(city):
    build(city)
    assert "personnel" not in proposed(city, "retention")
    role = ensure_reviewer(city.owner, "tfollow", [A], PASSWORD)
    login = sa.create_engine(city.url.set(username=role, password=PASSWORD), poolclass=sa.NullPool)
    review = ReviewList(login)
    item = review.item(f"{DOCUMENT}#abstract")
    review.say(item, Word("Về việc bổ nhiệm công chức lãnh đạo", "misread"), item.upon)
    login.dispose()
    build(city)
    assert proposed(city, "retention")[0] == "personnel"
    assert proposed(city, "keyword")[0] == "bổ nhiệm"
