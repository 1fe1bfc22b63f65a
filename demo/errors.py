"""What can stop the sample city from being built."""


class DemoError(Exception):
    """Base of every error the sample city raises on purpose; asking again changes nothing."""

    retryable = False


class AssetMissing(DemoError):
    """A font or the handwritten digits are not where they were promised; run ``./kho setup``."""


class GlyphMissing(DemoError):
    """A font lacks a letter of the text: the page would show boxes, and its truth would lie."""
