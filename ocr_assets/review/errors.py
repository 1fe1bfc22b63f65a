"""What can go wrong at the review desk; no message carries a value, a name or a password."""


class ReviewError(Exception):
    """Base of every error the review desk raises on purpose."""

    retryable = False


class SignInRefused(ReviewError):
    """The database does not know this login with this password."""


class NotAReviewer(ReviewError):
    """The login is known and may not correct: an administrator has to admit it."""


class SignedOut(ReviewError):
    """Nobody is signed in, or for too long without a move."""


class RequestForged(ReviewError):
    """A request to change something did not come from a page of the desk."""


class RequestUnreadable(ReviewError):
    """A form holds a character that no page sends and no database keeps."""


class ValueUnusable(ReviewError):
    """What was typed is no value of this field; the message says what one looks like."""


class NoSuchField(ReviewError):
    """There is no such field, or not for this login."""
