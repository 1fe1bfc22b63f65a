"""Words are compared alike on any server, whatever it takes for a small letter."""

import secrets

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.support.servers import administer
from warehouse.database import prepare
from warehouse.embedded import OWNER

WRITTEN = "  ỦY BAN NHÂN DÂN\nPHƯỜNG ĐỖ THỬ "


@pytest.fixture
def plain_c(server, template_database, tmp_path):
    """Models on a database of locale C, as a city's own server may have it."""
    del template_database  # with it the owner is there
    name = f"kho_test_{secrets.token_hex(6)}"
    made = f"create database {name} owner {OWNER} encoding 'UTF8' template template0"
    administer(server, f"{made} locale_provider libc locale 'C'")
    prepare(server.url(name), admin_url=server.superuser_url())
    models = Models(server.url(name), tmp_path)
    yield models
    models.owner.dispose()
    administer(server, f"drop database {name} with (force)")


def test_marks_and_capitals_go_where_the_server_knows_small_letters_of_ascii_alone(plain_c):
    assert plain_c.rows("select lower('Ủ')") == [("Ủ",)]
    asked = "select {{ without_marks('said') }} from (select cast(:words as text)) as _ (said)"
    compiled = plain_c.dbt("compile", "--inline", asked).results[0].node.compiled_code
    with plain_c.owner.connect() as connection:
        words = connection.execute(sa.text(compiled), {"words": WRITTEN}).scalar_one()
    assert words == "uy ban nhan dan phuong do thu"
