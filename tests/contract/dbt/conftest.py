"""The dbt project, parsed once; parsing needs no database."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).parents[3] / "dbt_project"


@pytest.fixture(scope="session")
def parsed(tmp_path_factory):
    """The manifest, and what dbt warned of while making it."""
    scratch = str(tmp_path_factory.mktemp("dbt"))
    warnings = []

    def listen(event):
        if event.info.level in {"warn", "error"}:
            warnings.append(event.info.msg)

    done = dbtRunner(callbacks=[listen]).invoke(
        ["--quiet", "--no-partial-parse", "parse", "--project-dir", str(PROJECT)]
        + ["--profiles-dir", str(PROJECT), "--target-path", scratch, "--log-path", scratch]
    )
    assert done.success, done.exception
    return SimpleNamespace(manifest=done.result, warnings=warnings)


@pytest.fixture(scope="session")
def models(parsed):
    """Every model, by name."""
    nodes = parsed.manifest.nodes.values()
    return {node.name: node for node in nodes if node.resource_type == "model"}


@pytest.fixture(scope="session")
def tests_of(parsed):
    """Names of the generic tests of each (model, column)."""
    found = {}
    for node in parsed.manifest.nodes.values():
        if getattr(node, "attached_node", None):
            model = parsed.manifest.nodes[node.attached_node].name
            found.setdefault((model, node.column_name), {})[node.test_metadata.name] = node
    return found
