"""Which retention group and term a document falls under, by written rules on type, issuer, topic.

The rules are a list (`dbt_project/seeds/list_retention_rules.csv`); a rule names the group, the
term where a source gives one, and that source. A rule without a term proposes a group only: an
archivist sets the term. Nothing here disposes of anything.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ocr_assets.errors import RulesUnreadable
from ocr_assets.extract.letters import plain
from ocr_assets.suggest.proposal import Kind, Proposal
from ocr_assets.suggest.sheet import Sheet

MOST = 3
_COLUMNS = (
    "rule_code", "group_code", "type_names", "issuer_words", "topic_words", "maintenance_code",
    "retention_years", "precedence", "basis", "valid_from", "valid_to",
)  # fmt: skip
_OPENING = 600  # letters of the body that stand in for an abstract that was not found
_WITH_TERM, _TOPIC, _ISSUER, _WITHOUT_ABSTRACT = 0.8, 0.6, 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: all of its conditions must hold; an empty one always does.

    ``topics`` are alternatives, each of several phrases that must all occur.
    """

    code: str
    group: str
    types: tuple[str, ...]
    issuers: tuple[str, ...]
    topics: tuple[tuple[str, ...], ...]
    maintenance_code: str | None
    years: int | None
    precedence: int

    @property
    def score(self) -> float:
        """Return how much the rule says: a topic with a term more than an issuer alone."""
        if self.maintenance_code:
            return _WITH_TERM
        return _TOPIC if self.topics else _ISSUER


def rules_of(text: str, on: date | None = None) -> tuple[Rule, ...]:
    """Return the rules of a list in CSV, by precedence; with ``on`` those in force that day.

    Raises:
        RulesUnreadable: a column is missing, or a row has no code, group or precedence.
    """
    rows = csv.DictReader(io.StringIO(text))
    missing = set(_COLUMNS) - set(rows.fieldnames or ())
    if missing:
        raise RulesUnreadable(f"the list of retention rules has no column {sorted(missing)[0]}")
    rules = []
    for number, row in enumerate(rows, 2):
        try:
            rule, is_in_force = _rule(row), _is_in_force(row, on)
        except ValueError as error:
            raise RulesUnreadable(
                f"line {number} of the list of retention rules: {error}"
            ) from None
        if is_in_force:
            rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: (rule.precedence, rule.code)))


def _rule(row: dict[str, str]) -> Rule:
    if not row["rule_code"] or not row["group_code"]:
        raise ValueError("a rule needs a rule_code and a group_code")
    if not row["precedence"].isdigit():
        raise ValueError("precedence is a whole number")
    return Rule(
        row["rule_code"],
        row["group_code"],
        tuple(map(plain, _parts(row["type_names"]))),
        tuple(map(plain, _parts(row["issuer_words"]))),
        tuple(tuple(map(plain, topic.split("+"))) for topic in _parts(row["topic_words"])),
        row["maintenance_code"] or None,
        int(row["retention_years"]) if row["retention_years"] else None,
        int(row["precedence"]),
    )


def _is_in_force(row: dict[str, str], on: date | None) -> bool:
    """Say whether this version of a rule holds on a day; an empty bound is none."""
    first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
    last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
    return on is None or first <= on <= last


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split("|") if part.strip())


def retention(sheet: Sheet, rules: Sequence[Rule]) -> Iterator[Proposal]:
    """Yield the groups proposed, the first rule's first, each group once."""
    topic, is_abstract = _topic(sheet)
    kind, issuer = plain(sheet.value("type")), plain(sheet.value("issuer"))
    groups: set[str] = set()
    for rule in rules:
        if rule.group in groups or not _holds(rule, kind, issuer, topic):
            continue
        groups.add(rule.group)
        score = rule.score * (1.0 if is_abstract or not rule.topics else _WITHOUT_ABSTRACT)
        yield _proposal(rule, score, sheet)
        if len(groups) == MOST:
            return


def _topic(sheet: Sheet) -> tuple[str, bool]:
    """Return what tells the topic, and whether it is the abstract."""
    abstract = sheet.value("abstract")
    if abstract:
        return _spaced(abstract), True
    opening = " ".join(strip.text for _, strip in sheet.body[:20])[:_OPENING]
    return _spaced(opening), False


def _spaced(text: str) -> str:
    return f" {re.sub(r'[^A-Z0-9]+', ' ', plain(text))} "


def _holds(rule: Rule, kind: str, issuer: str, topic: str) -> bool:
    if rule.types and kind not in rule.types:
        return False
    if rule.issuers and not any(_is_in(word, f" {issuer} ") for word in rule.issuers):
        return False
    return not rule.topics or any(
        all(_is_in(word, topic) for word in words) for words in rule.topics
    )


def _is_in(word: str, text: str) -> bool:
    return f" {re.sub(r'[^A-Z0-9]+', ' ', word).strip()} " in text


def _proposal(rule: Rule, score: float, sheet: Sheet) -> Proposal:
    seen = sheet.fields.get("abstract" if rule.topics else "issuer" if rule.issuers else "type")
    return Proposal(
        Kind.RETENTION,
        rule.group,
        score,
        rule.code,
        seen.page if seen else None,
        (seen.box,) if seen and seen.box else (),
        maintenance_code=rule.maintenance_code,
        retention_years=rule.years,
    )
