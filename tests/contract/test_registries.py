"""Whatever registry there is keeps to the same form, in every room; a new one is held to it too."""

import pytest

from connectors.contract import Pii
from orchestration.registries import REGISTRIES, sources
from orchestration.settings import PROJECT, Settings
from warehouse.schema import LINEAGE, RAW

SOURCES = list(sources())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.entity)
def test_a_contract_has_the_columns_of_its_relation_and_says_why_it_is_read(source):
    columns = [column.name for column in RAW.tables[f"raw.{source.entity}"].columns]
    ours = [*source.contract.pii, "_extra", *LINEAGE]
    assert ours == columns
    parts = ("_rejected", "_compared") if source.keys else ("_rejected",)
    beside = {f"raw.{one.entity}" for one in source.beside}
    assert {f"raw.{source.entity}{part}" for part in parts} | beside <= set(RAW.tables)
    assert source.contract.purpose
    assert "278/2025" in source.contract.legal_basis


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.entity)
def test_only_key_and_time_are_required_and_people_are_marked(source):
    required = {field.column for field in source.contract.fields if field.is_required}
    assert required == {source.contract.key, "changed_at"}
    for field in source.contract.fields:
        if "person" in field.column or field.column.endswith("holder_name"):
            assert field.pii is Pii.DIRECT, field.column


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
def test_a_registry_has_a_folder_a_setting_and_a_page(registry):
    folder = PROJECT / "connectors" / registry.name
    for file in ("__init__.py", "contract.py", "registry.py", "README.md"):
        assert (folder / file).is_file(), file
    assert registry.field in Settings.model_fields
