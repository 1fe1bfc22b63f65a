"""From which confidence a value is accepted without a look: as shipped, or as people taught.

The shipped ones were set on 30 real scans of many issuers, read by the best reader, so that nothing
wrong passed. Now the surest wrong number stands at .84 (a 1 whose up-stroke makes it a 4), and 16
numbers, 20 dates and 17 signers pass, all right. So few scans bound the error of a field at a sixth
to a seventh with 95 % confidence, no better; `./kho learn` moves them by what people say.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# Field: the least confidence at which a value needs no second look, and why there.
ACCEPTED_FROM = {
    "number": 0.88,  # printed numbers read at .91 and more; the gap a pen leaves keeps below
    "date": 0.88,  # as for numbers; a wrong day is a wrong key of the document
    "issuer": 0.87,  # snapped to known names, so tone errors are gone
    "type": 0.85,  # a closed list: one letter more or less does no harm
    "abstract": 0.92,  # free text: one doubtful word in ten is too many
    "signer": 0.90,  # a name half under a seal loses letters before it loses confidence
    "superior": 0.90,
    "place": 0.90,
    "signer_authority": 0.90,
    "signer_title": 0.90,
    "urgency": 0.90,
    "language": 0.90,
    "addressee": 0.90,
    "recipient": 0.90,
    "attachment": 0.90,
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds of one calibration; a field it says nothing of keeps the shipped one.

    ``calibration_id`` is None where nothing was learned yet.
    """

    calibration_id: str | None = None
    learned: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of_calibration(
        cls, calibration_id: str | None, learned: Mapping[str, float]
    ) -> "Thresholds":
        """Return the thresholds of a calibration, in one order whatever order they came in."""
        return cls(calibration_id, tuple(sorted(learned.items())))

    def of(self, field: str) -> float:
        """Return the least confidence at which a value of ``field`` needs no second look."""
        return dict(self.learned).get(field, ACCEPTED_FROM[field])


SHIPPED = Thresholds()
