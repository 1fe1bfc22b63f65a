"""The crosswalk of 2025: what each new commune took over of each old one.

A unit that was divided has no successor here, however unequal its parts: which of them a document
or a parcel belongs to is for a person to say.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.errors import ContractBroken
from connectors.units.contract import Correction, Published, Share, Transfer, Unit, Word
from connectors.units.corrections import FILE, OWN_NAME, joined_corrections
from connectors.units.tables import read_tables

Pair = tuple[str, str]


class CorrectionMisfits(ContractBroken):
    """A correction speaks of what the tables do not hold: the tables or the correction changed."""


class UnitUnknown(ContractBroken):
    """No unit had this code before July 2025."""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Units of both times, and the transfers between them, ordered by old and new code."""

    old: Mapping[str, Unit]
    new: Mapping[str, Unit]
    transfers: tuple[Transfer, ...]
    version: str

    def heirs(self, old_code: str) -> tuple[Transfer, ...]:
        """Return everything that became of an old unit, by code of the new ones."""
        if old_code not in self.old:
            raise UnitUnknown(f"no unit had the code {old_code} before July 2025; check the code")
        return tuple(one for one in self.transfers if one.old_code == old_code)

    def successor(self, old_code: str) -> str | None:
        """Return the unit an old one moved to whole; ``None`` where a person has to decide."""
        heirs = self.heirs(old_code)
        return heirs[0].new_code if len(heirs) == 1 else None

    def successor_of_the_people(self, old_code: str) -> str | None:
        """Return the only unit that took over people; ``None`` where that is not known.

        It answers for people, not for land: parcels of the same unit may lie elsewhere.
        """
        took = [one for one in self.heirs(old_code) if one.people is not Share.NONE]
        is_known = all(one.people is not Share.UNKNOWN for one in took)
        return took[0].new_code if is_known and len(took) == 1 else None


def read_crosswalk(own: Path | None = None) -> Crosswalk:
    """Return the crosswalk by the package's tables, corrected by us and by the city's ``own`` file.

    Raises:
        TablesUnreadable: the package's tables are not there or have another form.
        CorrectionMisfits: a correction no longer fits the tables, or leaves a unit without heir.
        ContractBroken: a file of corrections is not as agreed, or both say the same thing.
    """
    return crosswalk(read_tables(), joined_corrections(own))


def crosswalk(published: Published, corrections: Iterable[Correction]) -> Crosswalk:
    """Return the crosswalk by ``published`` tables, put right by ``corrections``."""
    said: dict[Word, dict[Pair, Correction]] = defaultdict(dict)
    for correction in corrections:
        said[correction.word][correction.old_code, correction.new_code] = correction
    pairs = (published.pairs | said[Word.PAIR].keys()) - said[Word.NO_PAIR].keys()
    names = {old: name for (old, _), name in said[Word.OLD_NAME].items()}
    _refuse("speaks of a unit that is in no table", _strangers(published, said))
    about_people = said[Word.LAND_ONLY].keys() | said[Word.PEOPLE_IN_PART].keys()
    _refuse("speaks of people of a pair that is none", about_people - pairs)
    _refuse("is denied by another", said[Word.PAIR].keys() & said[Word.NO_PAIR].keys())
    about_both = said[Word.LAND_ONLY].keys() & said[Word.PEOPLE_IN_PART].keys()
    _refuse("is denied by another", about_both)

    heirs: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs):
        heirs[pair[0]].append(pair)
    _refuse("or its lack leaves units without heir", published.old.keys() - heirs.keys())
    _refuse("or its lack leaves units without land", published.new.keys() - {n for _, n in pairs})
    transfers = [one for family in heirs.values() for one in _family(family, said)]
    return Crosswalk(
        {c: replace(u, name=names[c].value) if c in names else u for c, u in published.old.items()},
        published.new,
        tuple(transfers),
        published.version,
    )


def _family(family: list[Pair], said: Mapping[Word, Mapping[Pair, Correction]]) -> list[Transfer]:
    """Return the transfers of one old unit: land by count, people by what is said of them."""
    peopled = [pair for pair in family if pair not in said[Word.LAND_ONLY]]
    _refuse("leaves the people of units nowhere", {family[0][0]} if not peopled else set())
    in_part = said[Word.PEOPLE_IN_PART].keys() & set(family)
    _refuse("divides the people of a unit with one heir", in_part if len(family) == 1 else set())
    land = Share.ALL if len(family) == 1 else Share.PART

    def people(pair: Pair) -> Share:
        if pair not in peopled:
            return Share.NONE
        if pair in in_part:
            return Share.PART
        return Share.ALL if len(peopled) == 1 else Share.UNKNOWN

    return [Transfer(*pair, land, people(pair), _words(pair, said)) for pair in family]


def _words(pair: Pair, said: Mapping[Word, Mapping[Pair, Correction]]) -> tuple[str, ...]:
    return tuple(f"{word}: {said[word][pair].source}" for word in Word if pair in said[word])


def _strangers(published: Published, said: Mapping[Word, Mapping[Pair, Correction]]) -> set[str]:
    spoken = [pair for pairs in said.values() for pair in pairs]
    olds = {old for old, _ in spoken} - published.old.keys()
    return olds | ({new for _, new in spoken if new} - published.new.keys())


def _refuse(what: str, found: Iterable[object]) -> None:
    """Stop where something was found; codes of units are no personal data and are told."""
    told = sorted(map(str, found))
    if told:
        raise CorrectionMisfits(f"{FILE.name} or {OWN_NAME}: a line {what}: {', '.join(told[:20])}")
