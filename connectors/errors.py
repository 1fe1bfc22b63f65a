"""What can go wrong between us and a registry, named by what the reader should do.

Messages say what was being done and to which host and path. They never quote a query, a header,
a body or a cell: cursors, answers and files hold people's data.
"""


class ConnectorError(Exception):
    """Base of every error a connector raises on purpose."""

    retryable = False


class RegistryUnavailable(ConnectorError):
    """The registry did not answer, or asked us to come back later."""

    retryable = True

    def __init__(
        self, message: str, *, retry_after_s: float | None = None, status: int | None = None
    ) -> None:
        """Keep how long the registry asked us to wait, where it said so, and its status."""
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.status = status


class RegistryResting(RegistryUnavailable):
    """The registry failed again and again and is not asked for a while; a later run may ask."""


class RegistryRefused(ConnectorError):
    """The registry understood the request and said no; asking again changes nothing."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        """Keep the HTTP status: 401 alone is worth one fresh token."""
        super().__init__(message)
        self.status = status


class RegistryMisbehaved(ConnectorError):
    """The registry answered outside its protocol: not JSON, too large, a paging loop."""


class AnswerTooLarge(RegistryMisbehaved):
    """The registry answered with more than is taken of one answer."""


class ContractBroken(ConnectorError):
    """What was delivered is not what was agreed: its owner must correct it."""


class AddressUnsafe(ConnectorError):
    """The configured address must not be called; correct the setting."""


class PersonKeyMissing(ConnectorError):
    """There is no secret to make tokens of people with; an administrator must set one."""


class VerdictsImplausible(ConnectorError):
    """The registry suddenly knows hardly anybody; a person must say whether that is so."""
