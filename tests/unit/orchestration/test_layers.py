"""What a failed build may say."""

import io
import json

from orchestration.layers import FirstLines, _failure

PERSON = "TEST PERSON 000000000001"


def test_only_the_first_line_of_what_dbt_writes_is_kept():
    behind = io.StringIO()
    kept = FirstLines(behind)
    kept.write(f"Database Error in model stg (x.sql)\n  invalid input syntax: {PERSON}\n")
    kept.write("1 of 2 OK created\n")
    assert behind.getvalue() == "Database Error in model stg (x.sql)\n1 of 2 OK created\n"


def test_a_failed_build_names_what_failed_and_quotes_no_message(tmp_path):
    results = [
        {"unique_id": "model.kho.a", "status": "success", "message": "SELECT 1"},
        {"unique_id": "model.kho.b", "status": "error", "message": PERSON},
        {"unique_id": "test.kho.c", "status": "fail", "message": PERSON},
    ]
    (tmp_path / "run_results.json").write_text(json.dumps({"results": results}))
    failure = _failure(tmp_path)
    assert failure.description == "dbt could not build: model.kho.b, test.kho.c"
    assert PERSON not in repr(failure.metadata)
    assert not failure.allow_retries
