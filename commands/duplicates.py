"""`kho duplicates`: what may be twice the same, and the word of a person on it."""

from typing import Any

import typer

from commands.database import opened
from warehouse.decisions import Decision, Opinion, decide, duplicate_pairs

_PARTS = ("issuer", "number", "symbol", "date")


def show(*, agency: str, everything: bool, most: int) -> None:
    """Print the pairs that wait for a person, with their evidence in a line each."""
    with opened() as engine:
        found = duplicate_pairs(engine, agency=agency, everything=everything, most=most)
    for pair in found:
        typer.echo("\n".join(_lines(pair)))
    kind = "pairs" if everything else "open pairs"
    typer.echo(
        f"{len(found)} {kind}" + (", more may follow (--most)" if len(found) == most else "")
    )


def settle(pair: str, decision: Decision, *, by: str, because: str) -> None:
    """Write a decision down."""
    with opened() as engine:
        entry = decide(engine, pair, Opinion(decision, by, because))
    typer.echo(f"entry {entry}: {pair} is {decision}; the next build shows it")


def _lines(pair: dict[str, Any]) -> list[str]:
    said = f", decided: {pair['decision']}" if pair["decision"] else ""
    alike = pair["text_similarity"]
    evidence = [
        f"pages alike {pair['pages_alike']} of {pair['pages_compared']}"
        if pair["pages_compared"] is not None
        else "",
        f"text {alike:.0%} alike" if alike is not None else "",
        *(f"{part} {pair[f'{part}_agreement'] or ''}".strip() for part in _PARTS),
    ]
    return [
        f"{pair['pair_key']}  {pair['verdict'] or 'not proposed any more'}{said}",
        *(f"    {pair[f'{end}_document_key']}  box {pair[f'{end}_box_code'] or '-'}"
          for end in ("first", "second")),
        "    " + ", ".join(word for word in evidence if word and word not in _PARTS),
    ]  # fmt: skip
