"""Inks: nothing but the four and declared spots, never more than the paper bears, and over one another as declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.model.press import PressSpec
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.inks import Ink, process_inks
from cardprint.verify.reading.painting import PlacedPicture
from cardprint.verify.reading.values import Dict
from cardprint.verify.rules.press_sheet import Sheet

SMALL_TYPE: Final = 12.0
"""Points. Smaller type prints in black alone, over what is below it, or is left out of its ground."""

_SAME_SIZE: Final = 0.01
_EXCESS: Final = 0.005
"""Ink that numbers of three decimals may seem to have too much."""

_ALL: Final = "All"
_NONE: Final = "None"
_PAPER: Final = (0.0, 0.0, 0.0, 0.0)
_BLACK: Final = (0.0, 0.0, 0.0, 1.0)
_PICTURE_SPACES: Final = frozenset({"DeviceGray", "DeviceCMYK"})
_PLATES: Final = ("cyan", "magenta", "yellow", "black")


class Mix(NamedTuple):
    """What a colour puts on the plates: shares of cyan, magenta, yellow and black, and the spot ink, if it is one.

    `problem` says why it is no ink."""

    process: tuple[float, float, float, float] = _PAPER
    spot: str = ""
    problem: str = ""

    @property
    def total(self) -> float:
        """The ink on one spot, 1 being all of one plate."""
        return sum(self.process) + (4.0 if self.spot == _ALL else 1.0 if self.spot else 0.0)


class InkReader:
    """Colours as the pages of a file set them → what they put on the plates."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._mixes: dict[tuple[int, Ink], Mix] = {}

    def mix(self, ink: Ink, page: Page) -> Mix:
        key = (page.number, ink)
        found = self._mixes.get(key)
        if found is None:
            found = self._mixes[key] = self._mix(ink, page)
        return found

    def _mix(self, ink: Ink, page: Page) -> Mix:
        process = process_inks(ink)
        if process is not None:
            return Mix(process)
        operator = ink.operator.lower()
        if operator == b"rg":
            return Mix(problem="is painted in RGB")
        if operator not in (b"sc", b"scn", b"cs"):
            return Mix(problem="is painted in a colour that cannot be read")
        name = ink.space.decode("latin-1").removeprefix("/")
        if name in ("DeviceCMYK", "DeviceGray"):
            letter = b"k" if name == "DeviceCMYK" else b"g"
            device = process_inks(Ink(letter, ink.operands)) if ink.operands else _BLACK
            return Mix(device) if device is not None else Mix(problem="is painted in a colour that cannot be read")
        return self._separation(name, page)

    def picture_space(self, entries: Dict) -> str:
        """The colour space of an image, by its name; a stencil paints in the ink that is set."""
        if entries.get("ImageMask") is True:
            return "DeviceGray"
        value = self._file.resolve(entries.get("ColorSpace"))
        if isinstance(value, list):
            return self._file.name(value[0]) if value else ""
        return self._file.name(value)

    def _separation(self, name: str, page: Page) -> Mix:
        spaces = self._file.dict(self._file.dict(page.entries.get("Resources")).get("ColorSpace"))
        space = self._file.array(spaces.get(_unescaped(name)))
        if len(space) != 4 or self._file.name(space[0]) != "Separation":
            kind = self._file.name(space[0]) if space else name
            return Mix(problem=f"is painted in {kind}, which is neither the four inks nor a spot ink")
        if self._file.name(space[2]) != "DeviceCMYK":
            return Mix(problem="is painted in a spot ink without the four inks for an alternate")
        spot = self._file.name(space[1])
        return Mix() if spot == _NONE else Mix(spot=spot or "?")


def _unescaped(name: str) -> str:
    """A name as written in a content stream → as dictionaries hold it (§7.3.5)."""
    head, *rest = name.split("#")
    return head + "".join(chr(int(part[:2], 16)) + part[2:] for part in rest if len(part) >= 2)


def verify_inks(page: Page, sheet: Sheet, inks: InkReader, spec: PressSpec) -> Iterator[Finding]:
    """Judge the colours of a page's areas, lines, texts and pictures."""
    limit = spec.ink_limit / 100 + _EXCESS
    for shape in page.content.shapes:
        if shape.operator == b"sh":
            yield Finding("colour-not-ink", "A gradient is painted, whose colours cannot be told.", page.number)
            continue
        uses = (
            (shape.fill, shape.is_filled, shape.overprint.fills),
            (shape.stroke, shape.is_stroked, shape.overprint.strokes),
        )
        for ink, used, over in uses:
            mix = inks.mix(ink, page)
            if used and (mix.problem or over or mix.total > limit):
                yield from _verify_area(page, sheet, shape.box, mix, limit, over=over)
    for fragment in page.content.fragments:
        if fragment.text.strip():
            yield from _verify_text(page, fragment, inks, limit)
    for picture in page.content.pictures:
        yield from _verify_picture(page, picture, inks)


def _verify_area(
    page: Page, sheet: Sheet, box: Rect | None, mix: Mix, limit: float, *, over: bool
) -> Iterator[Finding]:
    if mix.problem:
        yield Finding("colour-not-ink", f"Something {mix.problem}.", page.number, box)
    elif mix.spot == _ALL:
        if box is None or sheet.bleed.meets(box):
            message = "Something on the page prints in the colour of registration marks, on every plate."
            yield Finding("ink-limit", message, page.number, box)
    elif mix.total > limit:
        yield _too_much(page, box, mix.total, limit, "An area")
    if over and not (mix.process == _BLACK and not mix.spot):
        message = "Something overprints that is not black alone: its colour would change with what lies below it."
        yield Finding("overprint", message, page.number, box)


def _verify_text(page: Page, fragment: Fragment, inks: InkReader, limit: float) -> Iterator[Finding]:
    mix, box = inks.mix(fragment.fill, page), fragment.ink
    quoted = _quoted(fragment)
    if mix.problem:
        yield Finding("colour-not-ink", f"{quoted} {mix.problem}.", page.number, box)
        return
    if mix.total > limit:
        yield _too_much(page, box, mix.total, limit, quoted)
    over = fragment.overprint
    is_black = mix.process == _BLACK and not mix.spot
    if fragment.size < SMALL_TYPE - _SAME_SIZE:
        if mix.spot or mix.process not in (_BLACK, _PAPER):
            message = f"{quoted} is set in {fragment.size:.3g} pt and prints with {_plates(mix)}; {_SMALL_TYPE_RULE}."
            yield Finding("small-type-inks", message, page.number, box)
        elif is_black and not (over.fills and over.mode == 1):
            message = f"{quoted} is set in {fragment.size:.3g} pt black and does not overprint."
            yield Finding("overprint", message, page.number, box)
    if over.fills and not is_black:
        yield Finding("overprint", f"{quoted} overprints and is not black alone.", page.number, box)
    if over.fills and is_black:
        under = max((mix.total - mix.process[3] for mix in _grounds(page, fragment, inks)), default=0.0)
        if under + 1.0 > limit:
            yield _too_much(page, box, under + 1.0, limit, f"{quoted} with what it overprints")
    if mix.total == 0.0 and all(mix.total == 0.0 for mix in _grounds(page, fragment, inks)):
        message = f"{quoted} is left out of its ground, and has none: nothing prints there."
        yield Finding("text-without-ink", message, page.number, box)


_SMALL_TYPE_RULE: Final = f"type under {SMALL_TYPE:g} pt prints in black alone, or is left out of its ground"


def ground_total(page: Page, fragment: Fragment, inks: InkReader) -> float:
    """The most ink that lies under a text."""
    return max((mix.total for mix in _grounds(page, fragment, inks)), default=0.0)


def _grounds(page: Page, fragment: Fragment, inks: InkReader) -> Iterator[Mix]:
    """The colours of areas that are seen under a text, the topmost first; pictures count as the paper's fullest."""
    ink = fragment.ink
    for shape in reversed(page.content.shapes[: fragment.shapes_below]):
        if not shape.is_filled:
            continue
        box = shape.box
        if box is not None and box.meets(ink):
            yield inks.mix(shape.fill, page)
            if box.contains(ink, 0.5):
                return
    for picture in page.content.pictures:
        if picture.box().meets(ink):
            yield Mix((0.5, 0.5, 0.5, 0.5))


def _verify_picture(page: Page, picture: PlacedPicture, inks: InkReader) -> Iterator[Finding]:
    space = inks.picture_space(picture.image.entries)
    if space not in _PICTURE_SPACES:
        message = f"A picture is in {space or 'a colour space that cannot be read'}, not in the four inks."
        yield Finding("colour-not-ink", message, page.number, picture.box())


def _too_much(page: Page, box: Rect | None, total: float, limit: float, what: str) -> Finding:
    most = 100 * (limit - _EXCESS)
    message = f"{what} puts {100 * total:.0f} % of ink on one spot; the limit is {most:.0f} %. Lower the swatch’s cmyk."
    return Finding("ink-limit", message, page.number, box)


def _plates(mix: Mix) -> str:
    used = [plate for plate, share in zip(_PLATES, mix.process, strict=True) if share > 0]
    return " and ".join([*used, *([mix.spot] if mix.spot else [])])


def _quoted(fragment: Fragment) -> str:
    text = fragment.text.strip()
    return f"“{text}”" if len(text) <= 40 else f"“{text[:38].rstrip()}…”"
