"""The questions of docs/questions.md, as they are written there."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
QUESTION = re.compile(r"\*\*(\d+)\. (.+?)\*\*\n\n```sql\n(.+?)```", re.DOTALL)


def questions() -> dict[int, tuple[str, str]]:
    """Return each question and its statement, by number."""
    found = QUESTION.findall(PAGE.read_text(encoding="utf-8"))
    return {int(number): (question, statement) for number, question, statement in found}
