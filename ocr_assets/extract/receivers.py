"""Who receives a document: the list "Nơi nhận" at its foot, one finding an entry."""

from collections.abc import Sequence

from ocr_assets.extract.field import Finding
from ocr_assets.extract.letters import is_rule
from ocr_assets.extract.listing import items_of
from ocr_assets.extract.signer import is_receivers
from ocr_assets.extract.strips import Strip

_RIGHTMOST = 0.62  # of the page's width: the signature stands right of the list
_APART = 1.9  # heights of a line between two entries
_MOST = 40  # entries; more is something else read as a list
_FILED = ("LUU", "- LUU", "-LUU")


def find_receivers(pages: Sequence[Sequence[Strip]]) -> list[Finding]:
    """Return the entries of the list in order, "Lưu" (where it is filed) last."""
    for strips in pages:
        heading = next((strip for strip in strips if is_receivers(strip)), None)
        if heading is not None:
            return [
                Finding(text, lines, "recipient:list", 0.96)
                for text, lines in list(items_of(_lines(heading, strips)))[:_MOST]
            ]
    return []


def _lines(heading: Strip, strips: Sequence[Strip]) -> list[Strip]:
    """Return the lines below the heading and left of the signature, down to "Lưu" or a gap."""
    lines: list[Strip] = []
    above = heading
    for strip in strips:
        if strip.top <= heading.top + 0.5 * heading.height or not _is_in_column(strip, heading):
            continue
        if strip.top - above.bottom > _APART * max(above.height, strip.height):
            break
        if not is_rule(strip.text):
            is_end = bool(lines) and lines[-1].plain.startswith(_FILED)
            if is_end and not _goes_on(lines[-1], strip):
                break
            lines.append(strip)
        above = strip
    return lines


def _is_in_column(strip: Strip, heading: Strip) -> bool:
    return -0.12 < strip.left - heading.left < 0.08 and strip.right < _RIGHTMOST


def _goes_on(above: Strip, strip: Strip) -> bool:
    """Return whether a line continues "Lưu: ..." above it."""
    return above.text.endswith((",", ";")) and not strip.plain.startswith(("-", "LUU"))
