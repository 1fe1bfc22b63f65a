"""Enterprises as papers name them: letters lost, forms of law abbreviated, some of no registry."""

import random
from collections.abc import Mapping

from demo.registry.enterprises import Recipe, invent
from demo.registry.words import FORMS, NAMES, TRADES
from linkage.spelling import letters

SHORTER = {
    "cong ty trach nhiem huu han": "cong ty tnhh",
    "cong ty tnhh mot thanh vien": "cong ty tnhh mtv",
    "cong ty co phan": "cong ty cp",
}
Rows = list[tuple[str, str, str | None]]


def papers_and_registry(named: int = 400, strangers: int = 150) -> tuple[Rows, Rows]:
    """Return rows of (key, name, commune); a paper's key begins with its enterprise's."""
    chance = random.Random(11)  # noqa: S311 - invented names
    register = _registered()
    known = chance.sample(sorted(register), named)
    papers = [(f"{key}#", _as_read(register[key][0], chance), _commune(register[key][1], chance))
              for key in known]  # fmt: skip
    forms = list(FORMS.values())
    for number in range(strangers):
        name = f"{chance.choice(forms)} {chance.choice(TRADES)} {chance.choice(NAMES)}"
        papers.append((f"stranger{number}#", _as_read(f"{name} {number + 5000}", chance), None))
    return papers, [(key, name, commune) for key, (name, commune) in register.items()]


def _registered() -> Mapping[str, tuple[str, str | None]]:
    return {
        str(one["taxCode"]): (str(one["name"]), one["communeCode"])
        for one in invent(Recipe(enterprises=3000, seed=4)).changes
        if one["taxCode"] and one["name"]
    }


def _as_read(name: str, chance: random.Random) -> str:
    text = letters(name)
    for long, short in SHORTER.items():
        if chance.random() < 0.5:
            text = text.replace(long, short)
    words = text.split()
    if chance.random() < 0.3:
        at = chance.randrange(len(words))
        place = chance.randrange(len(words[at]))
        letter = chance.choice("abcdeghiklmnopqrstuvxy")
        words[at] = words[at][:place] + letter + words[at][place + 1 :]
    if chance.random() < 0.1:
        words.pop(chance.randrange(3, len(words)))
    return " ".join(words)


def _commune(commune: str | None, chance: random.Random) -> str | None:
    return commune if chance.random() < 0.6 else None
