"""The page of failures names tests that are there, and each failure that is ours has some."""

import ast
import re
from functools import cache

import pytest

from orchestration.settings import PROJECT

PAGE = (PROJECT / "docs" / "failure-modes.md").read_text(encoding="utf-8")
ROWS = {
    failure: re.findall(r"`(tests/[^`]+)`", row)
    for failure, row in re.findall(r"^\| (F\d+) \|(.*)\|$", PAGE, flags=re.MULTILINE)
}
NAMED = [(failure, test) for failure, tests in ROWS.items() for test in tests]


@cache
def named_in(path):
    """Names of the tests that pytest would collect from a file of the project."""
    tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_failure_that_was_met_has_a_test():
    numbers = range(1, 20)
    assert list(ROWS) == [f"F{number}" for number in numbers]
    assert all(ROWS.values())


@pytest.mark.parametrize(("failure", "test"), NAMED)
def test_a_named_test_is_there(failure, test):
    path, _, name = test.partition("::")
    assert (PROJECT / path).is_file(), path
    assert name in named_in(path), f"{failure}: {path} has no test {name}"
