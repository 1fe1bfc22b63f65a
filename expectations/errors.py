"""What can keep a gate from judging; data that breaks a suite is a report, not an error."""


class ExpectationsError(Exception):
    """Base of every error this room raises on purpose; no message quotes data."""

    retryable = False


class WarehouseSilent(ExpectationsError):
    """The database did not answer; asking again may help."""

    retryable = True


class GateBroken(ExpectationsError):
    """The gate could not judge: what it asks about is not there. Nothing is said of the data."""


class SuiteUnknown(ExpectationsError):
    """No suite has this name."""
