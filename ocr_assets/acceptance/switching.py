"""The switching rules: how strictly the next lot of a vendor is inspected, by the last ones.

They are those of ISO 2859-1, clause 9: two lots of five lost lead to tightened inspection, five in
a row won lead back; five lost under tightened inspection end sampling; a switching score of thirty
allows reduced inspection, which the first lost lot ends. Original inspections count, repeated ones
do not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ocr_assets.acceptance.tables import Inspection

ENOUGH_SCORE = 30
IN_A_ROW = 5
MOST_LOST_TIGHTENED = 5


@dataclass(frozen=True, slots=True)
class Past:
    """How one lot of a vendor came out at its original inspection."""

    defects: int
    accept: int
    reject: int
    accept_tighter: int  # Ac had the limit been one step tighter

    @property
    def is_won(self) -> bool:
        """Whether the lot was acceptable; between Ac and Re (reduced tables) it still is."""
        return self.defects < self.reject


@dataclass(frozen=True, slots=True)
class _State:
    inspection: Inspection = Inspection.NORMAL
    score: int = 0
    recent: tuple[bool, ...] = ()  # newest last, under the present inspection
    lost: int = 0  # under tightened inspection


def inspection_after(history: Iterable[Past], *, is_reduced_allowed: bool) -> Inspection:
    """Return how the lot after ``history`` (oldest first) is inspected."""
    state = _State()
    for past in history:
        state = _STEPS[state.inspection](state, past)
        if state.score >= ENOUGH_SCORE and is_reduced_allowed:
            state = _State(Inspection.REDUCED)
    return state.inspection


def _normal(state: _State, past: Past) -> _State:
    recent = (*state.recent, past.is_won)[-IN_A_ROW:]
    if recent.count(False) >= 2:
        return _State(Inspection.TIGHTENED)
    return replace(state, recent=recent, score=_score(state.score, past))


def _score(score: int, past: Past) -> int:
    if past.accept >= 2:
        return score + 3 if past.is_won and past.defects <= past.accept_tighter else 0
    return score + 2 if past.is_won else 0


def _tightened(state: _State, past: Past) -> _State:
    recent = (*state.recent, past.is_won)[-IN_A_ROW:]
    lost = state.lost + (not past.is_won)
    if lost >= MOST_LOST_TIGHTENED:
        return _State(Inspection.DISCONTINUED)
    if len(recent) == IN_A_ROW and all(recent):
        return _State()
    return replace(state, recent=recent, lost=lost)


def _reduced(state: _State, past: Past) -> _State:
    """Go back to normal after a lot that was lost, or that fell between Ac and Re."""
    return state if past.defects <= past.accept else _State()


def _discontinued(state: _State, past: Past) -> _State:
    """Sample again, tightened, once a lot that was looked at whole had no defect."""
    return _State(Inspection.TIGHTENED) if past.is_won else state


_STEPS = {
    Inspection.NORMAL: _normal,
    Inspection.TIGHTENED: _tightened,
    Inspection.REDUCED: _reduced,
    Inspection.DISCONTINUED: _discontinued,
}
