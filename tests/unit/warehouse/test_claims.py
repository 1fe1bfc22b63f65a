"""A claim that is held is never printed."""

from datetime import UTC, datetime

from warehouse.claims import Held


def test_a_held_claim_shows_nothing_of_the_person():
    now = datetime(2026, 1, 5, tzinfo=UTC)
    held = Held("P1", "000000000001", "TEST PERSON", None, now, None, None)
    for shown in (repr(held), str(held), f"{held}"):
        assert "000000000001" not in shown
        assert "TEST" not in shown
