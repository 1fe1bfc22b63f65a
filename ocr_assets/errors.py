"""What can go wrong while a scan becomes a document, named by what the reader should do."""


class DigitizationError(Exception):
    """Base of every error this room raises on purpose."""

    retryable = False


class EngineMissing(DigitizationError):
    """A tool the work needs is not installed; setup puts it there."""


class PageUnread(DigitizationError):
    """One page could not be read; its siblings can."""


class ArchiveRefused(DigitizationError):
    """OCRmyPDF would not write a PDF/A from this file; asking again changes nothing."""


class TrustStoreUnusable(DigitizationError):
    """The folder of trusted certificates holds none, or something else; put it right."""


class KeyUnusable(DigitizationError):
    """The key to sign archive copies with cannot be opened, or may not sign today."""


class TimestampSilent(DigitizationError):
    """The timestamp authority did not answer, or not with a timestamp; it may later."""

    retryable = True


class EndpointElsewhere(DigitizationError):
    """A reader's address is not on this machine; pages may not go there before they are cleared."""


class RulesUnreadable(DigitizationError):
    """The list of retention rules has a row or a column that no rule can be made of; correct it."""


class EmbeddingsSilent(DigitizationError):
    """The endpoint for embeddings did not answer, or not with vectors; it may later."""

    retryable = True


class FieldsSilent(DigitizationError):
    """The endpoint for fields did not answer in time, or not in the form asked; it may later."""

    retryable = True
