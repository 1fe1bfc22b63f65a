"""Why a delivered file is not taken at all, each with what its sender can do about it."""

from enum import StrEnum

from connectors.errors import ContractBroken


class Refusal(StrEnum):
    """A closed set; the report says each in the words of the agency."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    FORMAT_UNKNOWN = "format_unknown"
    HTML_INSIDE = "html_inside"
    PASSWORD = "password"  # noqa: S105 - a reason, not a secret
    MACROS = "macros"
    DAMAGED = "damaged"
    EXPANDS = "expands"
    ENCODING_UNKNOWN = "encoding_unknown"
    QUOTES_BROKEN = "quotes_broken"
    HEADER_NOT_FOUND = "header_not_found"
    COLUMNS_SHIFTED = "columns_shifted"
    AGENCY_UNKNOWN = "agency_unknown"
    UNREADABLE = "unreadable"
    ROWS_LOST = "rows_lost"
    CHECKSUM_DIFFERS = "checksum_differs"
    STATE_SECRET = "state_secret"  # noqa: S105 - a reason, not a secret


REMEDIES = {
    Refusal.EMPTY: "there is nothing in it; deliver the register itself",
    Refusal.TOO_LARGE: "deliver it in parts, each with the header",
    Refusal.FORMAT_UNKNOWN: "save it as .xlsx, .xls or CSV UTF-8",
    Refusal.HTML_INSIDE: "it is a web page under a workbook's name; open it and save it as .xlsx",
    Refusal.PASSWORD: "take the password off and save it again",
    Refusal.MACROS: "save it as .xlsx, without macros",
    Refusal.DAMAGED: "it is cut off or damaged; copy it anew from where it was made",
    Refusal.EXPANDS: "it unpacks to more than any register; delete unused sheets, rows and columns",
    Refusal.ENCODING_UNKNOWN: "its letters are in no code we know; save it as CSV UTF-8",
    Refusal.QUOTES_BROKEN: "a quotation mark is opened and not closed; save it as CSV UTF-8 anew",
    Refusal.HEADER_NOT_FOUND: "no line names the columns of a known form; use the sample form",
    Refusal.COLUMNS_SHIFTED: "columns of dates hold none: header and cells have come apart; put"
    " each heading over its cells",
    Refusal.AGENCY_UNKNOWN: "put it into the folder that bears the agency's code",
    Refusal.UNREADABLE: "it could not be read from its folder; look at its rights",
    Refusal.CHECKSUM_DIFFERS: "it is not the file its checksum was made of; upload both anew",
    Refusal.STATE_SECRET: "it lists state secrets: take it out of the folder and off this system;"
    " nothing of it was kept",
    Refusal.ROWS_LOST: "it has far fewer rows than before; if that is meant, accept the loss",
}


class FileRefused(ContractBroken):
    """A delivered file cannot be taken; asking again changes nothing until it is corrected."""

    def __init__(self, refusal: Refusal, where: str = "") -> None:
        """Say which refusal it is and, by line or sheet, where."""
        super().__init__(f"{refusal}{f' ({where})' if where else ''}: {REMEDIES[refusal]}")
        self.refusal = refusal
        self.where = where
