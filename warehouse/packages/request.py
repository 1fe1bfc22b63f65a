"""What an export is tied to: who asked for which dossier, what for, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from warehouse.errors import ExportStopped
from warehouse.packages.xml import stamp

AIP, BAG = "aip", "bag"


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants which dossier, what for, and for how long."""

    agency_code: str
    dossier_code: str
    purpose: str
    requester: str
    package_type: str = AIP
    days: int = 30
    has_refused: bool = False

    def refuse_unfounded(self) -> None:
        """Refuse what nobody answers for: an export without purpose, requester or end."""
        if not self.purpose.strip() or not self.requester.strip() or self.days < 1:
            raise ExportStopped(
                "an export is tied to a request: name its purpose, who asked, and the days the"
                " copy may be kept."
            )


@dataclass(frozen=True, slots=True)
class Journey:
    """One export under way."""

    request: Request
    export_id: str
    at: datetime

    @property
    def expires_at(self) -> datetime:
        """When the copy has to be destroyed."""
        return self.at + timedelta(days=self.request.days)

    @property
    def note(self) -> str:
        """What the package says about itself."""
        return (
            f"For: {self.request.requester}\nPurpose: {self.request.purpose}\n"
            f"To be destroyed by: {stamp(self.expires_at)}\n"
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What left."""

    path: Path
    documents: int
    files: int
    size_bytes: int
    expires_at: datetime
