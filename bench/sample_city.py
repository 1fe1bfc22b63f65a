"""What the warehouse says of the sample city against its truth; run after `./kho demo`.

Reads raw outcomes, fields and page texts by SQL, scores them with ``demo.scoring``, prints a table
and writes bench/out/sample_city.json.
"""

import json
from pathlib import Path

import pandas as pd

from demo.scoring import FIELDS, Score, score
from orchestration.settings import settings
from warehouse.database import engine
from warehouse.embedded import EmbeddedServer

OUT = Path(__file__).parent / "out" / "sample_city.json"
DOCUMENTS = """
    select f._batch_id, f.file_ordinal, f.file_name, d.outcome
    from raw.digitization__files as f
    inner join raw.digitization__documents as d using (_batch_id, file_ordinal)
"""
VALUES = (
    "select _batch_id, file_ordinal, field_name, value, is_accepted from raw.digitization__fields"
)
PAGES = """
    select _batch_id, file_ordinal, page_text from raw.digitization__pages
    order by _batch_id, file_ordinal, page_number
"""
KEY = ["_batch_id", "file_ordinal"]


def main() -> None:
    chosen = settings()
    truths = sorted((chosen.home / "sample/demo/truth").glob("*.json"))
    if not truths:
        raise SystemExit("no sample city in this home; run ./kho demo first")
    url = chosen.database_url or EmbeddedServer(chosen.home, chosen.postgres_port).url()
    results = warehouse_says(url)
    scores = []
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        delivered = results[results["_batch_id"].str.startswith(truth["batch"])]
        scores.append(score(truth, delivered.to_dict("records")))
    table, measures = tabulated(scores)
    print(table.to_string())
    print(pd.Series({m["measure"]: f"{m['ours']:.3f}" for m in measures[-2:]}).to_string())
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(measures, ensure_ascii=False, indent=1))


def warehouse_says(url: str) -> pd.DataFrame:
    """Return one row a file, shaped as the scorer wants it: file, outcome, fields, pages."""
    with engine(url).connect() as connection:
        documents, values, pages = (
            pd.read_sql(question, connection) for question in (DOCUMENTS, VALUES, PAGES)
        )
    fields = values.groupby(KEY)[["field_name", "value", "is_accepted"]].apply(
        lambda rows: {
            row.field_name: {"value": row.value, "accepted": row.is_accepted}
            for row in rows.itertuples()
        }
    )
    texts = pages.groupby(KEY)["page_text"].apply(lambda column: column.fillna("").tolist())
    told = documents.rename(columns={"file_name": "file"}).set_index(KEY)
    told = told.join(fields.rename("fields")).join(texts.rename("pages")).reset_index()
    told["fields"] = told["fields"].map(lambda found: found if isinstance(found, dict) else {})
    return told


def tabulated(scores: list[Score]) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """Return the table to print and the list of measures to keep."""
    counts = ["total", "exact", "similar", "absent", "accepted", "accepted_wrong"]
    rows = [
        {"field": name, **{count: getattr(one.fields[name], count) for count in counts}}
        for one in scores
        for name in FIELDS
    ]
    table = pd.DataFrame(rows).groupby("field", sort=False).sum()
    measures = [measure(f"{name}: share similar", row.similar, row.total)
                for name, row in table.iterrows()]  # fmt: skip
    measures.append(
        measure(
            "outcomes as expected",
            sum(one.outcomes_as_expected for one in scores),
            sum(one.files for one in scores),
        )
    )
    measures.append(
        measure(
            "words read", sum(one.words_read for one in scores), sum(one.words for one in scores)
        )
    )
    return table, measures


def measure(name: str, part: float, whole: float, goal: float = 0.9) -> dict[str, object]:
    ratio = part / whole if whole else 0.0
    return {"measure": name, "ours": ratio, "reference": 1.0, "ratio": ratio, "goal": goal,
            "met": bool(ratio >= goal)}  # fmt: skip


if __name__ == "__main__":
    main()
