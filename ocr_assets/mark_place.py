"""Where a mark stands: top right of the page as displayed, beside marks that are there already."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocr_assets.signature import Box

_MARGIN_RIGHT, _MARGIN_TOP, _GAP = 14.0, 8.0, 6.0

Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its visible box (left, bottom, right, top), its turn, the size of its unit."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    unit: float = 1.0

    @property
    def displayed(self) -> tuple[float, float]:
        """Width and height as displayed, in units of the page."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.rotation % 180 else (wide, high)


def place(sheet: Sheet, size: tuple[float, float], taken: Sequence[Box]) -> Rectangle:
    """Return the rectangle on ``sheet`` for a mark of ``size`` points.

    ``taken`` are the boxes of marks on the page as displayed; the mark stands left of those in its
    way, and over them where there is no room left.
    """
    wide, high = sheet.displayed
    width, height = (
        min(side / sheet.unit, whole) for side, whole in zip(size, (wide, high), strict=True)
    )
    top = min(_MARGIN_TOP / sheet.unit, high - height)
    first = max(0.0, wide - width - _MARGIN_RIGHT / sheet.unit)
    left = _free(first, (width / wide, top / high, height / high), taken, wide)
    corners = ((left / wide, top / high), ((left + width) / wide, (top + height) / high))
    return _on_page(sheet, corners)


def _free(
    first: float, size: tuple[float, float, float], taken: Sequence[Box], wide: float
) -> float:
    """Return the right-most left edge, not right of ``first``, where nothing is in the way."""
    width, top, height = size
    left = first / wide
    for box in sorted(taken, key=lambda box: -box[2]):
        is_beside = box[1] < top + height and box[3] > top
        if is_beside and box[0] < left + width and box[2] > left:
            left = box[0] - _GAP / wide - width
    return left * wide if left > 0 else first


def _on_page(sheet: Sheet, corners: Sequence[tuple[float, float]]) -> Rectangle:
    """Return the rectangle of two corners of the displayed page, in the page's own coordinates."""
    wide, high = sheet.right - sheet.left, sheet.top - sheet.bottom
    own = [_turned_back(corner, sheet.rotation) for corner in corners]
    xs = sorted(sheet.left + x * wide for x, _ in own)
    ys = sorted(sheet.top - y * high for _, y in own)
    return (round(xs[0]), round(ys[0]), round(xs[1]), round(ys[1]))


def _turned_back(corner: tuple[float, float], degrees: int) -> tuple[float, float]:
    x, y = corner
    return {90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}.get(degrees, (x, y))
