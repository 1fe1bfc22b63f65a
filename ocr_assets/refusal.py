"""Why a whole delivery is refused; whoever delivered it corrects it and delivers again."""

from enum import StrEnum

from ocr_assets.errors import DigitizationError


class Refusal(StrEnum):
    """What is wrong with a delivery as such, before any of its files is looked at."""

    MANIFEST_INVALID = "manifest_invalid"
    HOLDS_A_LINK = "holds_a_link"
    BAG_INVALID = "bag_invalid"
    ZIP_DAMAGED = "zip_damaged"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_METHOD_UNKNOWN = "zip_method_unknown"
    ZIP_NAME_LEADS_OUT = "zip_name_leads_out"
    ZIP_NAMES_CLASH = "zip_names_clash"
    ZIP_TOO_MANY_MEMBERS = "zip_too_many_members"
    ZIP_TOO_LARGE = "zip_too_large"


class DeliveryRefused(DigitizationError):
    """A delivery that cannot be taken in; ``reason`` says why, the message what to do."""

    def __init__(self, reason: Refusal, message: str) -> None:
        super().__init__(f"{reason.value}: {message}")
        self.reason = reason


class ManifestInvalid(DeliveryRefused):
    """The manifest cannot be trusted; whoever delivered must correct it and deliver again."""

    def __init__(self, message: str) -> None:
        super().__init__(Refusal.MANIFEST_INVALID, message)
