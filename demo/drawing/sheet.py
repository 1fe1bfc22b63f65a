"""A sheet of paper being filled: black type first, coloured ink over it, and what it says."""

from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw

from demo.drawing.faces import Faces

Colour = tuple[int, int, int]
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
TONER = 18


@dataclass(frozen=True, slots=True)
class Mark:
    """Coloured ink laid over the type: how much of it where, and its colour."""

    mask: Image.Image
    colour: Colour
    left: int
    top: int


@dataclass(slots=True)
class Sheet:
    """One A4 page at a resolution; positions are millimetres from the top left corner."""

    faces: Faces
    dpi: int
    type_plate: Image.Image = field(init=False)
    marks: list[Mark] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = round(self.px(WIDTH_MM)), round(self.px(HEIGHT_MM))
        self.type_plate = Image.new("L", size, 255)

    def px(self, millimetres: float) -> float:
        """Return a length in pixels."""
        return millimetres * self.dpi / 25.4

    def size_px(self, points: float) -> int:
        """Return a type size in pixels."""
        return round(points * self.dpi / 72)

    def width(self, text: str, style: str, points: float) -> float:
        """Return the width of ``text`` in millimetres."""
        return self.faces.width(style, self.size_px(points), text) * 25.4 / self.dpi

    def write(self, at: tuple[float, float], text: str, style: str, points: float) -> None:
        """Set one run of type, its baseline at ``at`` (left, baseline)."""
        ImageDraw.Draw(self.type_plate).text(
            (self.px(at[0]), self.px(at[1])),
            self.faces.checked(style, text),
            fill=TONER,
            font=self.faces.font(style, self.size_px(points)),
            anchor="ls",
        )

    def centred(self, at: tuple[float, float], text: str, style: str, points: float) -> None:
        """Set one line of type around ``at`` and remember it as said."""
        self.write((at[0] - self.width(text, style, points) / 2, at[1]), text, style, points)
        self.lines.append(text)

    def rule(self, centre: float, top: float, width: float) -> None:
        """Draw a thin horizontal line."""
        left, right = self.px(centre - width / 2), self.px(centre + width / 2)
        thick = max(1, round(self.px(0.25)))
        ImageDraw.Draw(self.type_plate).line(
            (left, self.px(top), right, self.px(top)), fill=TONER, width=thick
        )

    def mark(self, mask: Image.Image, colour: Colour, at: tuple[float, float]) -> None:
        """Lay coloured ink with its middle at ``at``."""
        left = round(self.px(at[0]) - mask.width / 2)
        top = round(self.px(at[1]) - mask.height / 2)
        self.marks.append(Mark(mask, colour, left, top))

    def picture(self) -> Image.Image:
        """Return the page in colour, every ink multiplied into what lies under it."""
        page = Image.merge("RGB", (self.type_plate,) * 3)
        for mark in self.marks:
            _multiply(page, mark)
        return page


def _multiply(page: Image.Image, mark: Mark) -> None:
    left, top = max(0, mark.left), max(0, mark.top)
    right = min(page.width, mark.left + mark.mask.width)
    bottom = min(page.height, mark.top + mark.mask.height)
    if left >= right or top >= bottom:
        return
    mask = mark.mask.crop((left - mark.left, top - mark.top, right - mark.left, bottom - mark.top))
    ink = Image.new("RGB", mask.size, (255, 255, 255))
    ink.paste(mark.colour, (0, 0), mask)
    under = page.crop((left, top, right, bottom))
    page.paste(ImageChops.multiply(under, ink), (left, top))
