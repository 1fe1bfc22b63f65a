"""What can stand in the way of accepting a batch, named by what the reader should do."""

from ocr_assets.errors import DigitizationError


class TablesUnfit(DigitizationError):
    """The sampling tables do not hold what was asked of them; the seeds list what they hold."""


class NothingToInspect(DigitizationError):
    """The batch has no usable page; its refusals stand in the balance of batches."""


class BatchUnbalanced(DigitizationError):
    """Files of the batch have no outcome yet; digitise it to its end first."""


class PlanMissing(DigitizationError):
    """No plan was drawn for this batch and vendor."""


class PlanDecided(DigitizationError):
    """The plan was signed off; inspecting again takes a decision to do so."""


class ItemUnknown(DigitizationError):
    """No sample has this item; the list of the batch shows those that exist."""


class FindingUnclear(DigitizationError):
    """A finding contradicts itself or names what no list knows."""


class FourEyesBroken(DigitizationError):
    """Who scanned a batch may neither inspect nor sign it."""


class SampleUnfinished(DigitizationError):
    """Items were not looked at yet, so the batch cannot be accepted."""


class InspectionInvalid(DigitizationError):
    """An inspector missed too many pages known to be bad; the batch has to be inspected again."""


class ReasonMissing(DigitizationError):
    """A decision that contradicts the counts has to say why."""
