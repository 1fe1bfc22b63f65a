"""What can go wrong while records are linked, named by what the reader should do."""


class LinkageError(Exception):
    """Base of every error this room raises on purpose."""

    retryable = False


class PlanUnfit(LinkageError):
    """The plan names a column the records lack, or compares nothing; put the plan right."""


class KeysRepeat(LinkageError):
    """Two records of one set bear the same key; give each its own before linking."""


class LinkageTooLarge(LinkageError):
    """The comparison outgrew its memory; block on more, or allow more memory."""
