from __future__ import annotations

import io
import xml.etree.ElementTree as ET  # what is parsed was written by the test's own code

from PIL import Image

from cardprint.export.svg import draw_svg
from cardprint.model.colour import Swatch
from cardprint.model.content import DocumentInfo, PageGeometry, Stroke
from cardprint.model.frame import (
    FilledRect,
    FrameItem,
    Glyph,
    Group,
    ImageItem,
    LinkArea,
    PageFrame,
    PathItem,
    RuleItem,
    ShapedText,
    TextRun,
)
from cardprint.model.geometry import NO_INSETS, Matrix, Rect, Size
from cardprint.model.icon import PathCommand, Picture
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook
from cardprint.pipeline import UNDATED, ComposedCard, Project, lay_out_card, shared_rung

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
RED = Swatch("red", (255, 0, 0), (0.0, 100.0, 100.0, 0.0))
SQUARE: tuple[PathCommand, ...] = (("M", 0, 0), ("L", 10, 0), ("L", 10, 10), ("Z",))


def drawn(*items: FrameItem, title: str = "A card") -> ET.Element:
    """The root of the picture of a page of 100 by 50 points with these items."""
    info = DocumentInfo(title, "", "", "en-US", UNDATED, "cardprint")
    root = Group(Rect(0, 0, 100, 50), items, Role(Tag.DOCUMENT))
    frame = PageFrame(PageGeometry(Size(100, 50), NO_INSETS, 0.0), root, info)
    return ET.fromstring(draw_svg(frame, "What it says"))  # noqa: S314


def only(root: ET.Element, tag: str) -> ET.Element:
    """The one element of a kind, the page's white ground left out."""
    (found,) = [element for element in root.iter(f"{SVG}{tag}") if element.get("fill") != "#ffffff"]
    return found


def test_picture_has_a_name_and_a_description() -> None:
    """It is one picture to a screen reader, which says its title and its description; markup in them is text."""
    root = drawn(title="Laws & <grades>")
    assert ("img", "title desc", "0 0 100 50") == (root.get("role"), root.get("aria-labelledby"), root.get("viewBox"))
    assert ["Laws & <grades>", "What it says"] == [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")]


def test_letters_are_outlines_drawn_once(faces: FontBook) -> None:
    """Two of the same glyph are one outline used twice, the second where the first ends with tracking; a space is
    nothing but room."""
    face = faces["Source Sans 3 Regular"]
    glyphs = (Glyph(40, 500, 0, 0, "A"), Glyph(1, 200, 0, 0, " "), Glyph(40, 500, 0, 7, "A"))
    run = TextRun(10, 20, 12, (ShapedText("A A", face, glyphs, 1200),), 10.0, RED, tracking=0.5, word_space=1.0)
    root = drawn(run)
    first, second = root.iter(f"{SVG}use")
    (outline,) = [path for path in root.iter(f"{SVG}path") if path.get("id")]
    assert [f"#{outline.get('id')}"] * 2 == [first.get(HREF), second.get(HREF)]
    assert [("0", None), ("900", "-7")] == [(use.get("x"), use.get("y")) for use in (first, second)]
    group = only(root, "g")
    assert ("#ff0000", "translate(10 20) scale(0.01)") == (group.get("fill"), group.get("transform"))


def test_stroked_path_without_fill_stays_open() -> None:
    """The stroke's weight is that on the page, however the outline is scaled."""
    path = only(drawn(PathItem(SQUARE, Matrix(a=2, d=2, e=5), None, stroke=Stroke(1.0, RED))), "path")
    assert ("none", "#ff0000", "0.5") == tuple(path.get(name) for name in ("fill", "stroke", "stroke-width"))
    assert ("M0 0L10 0L10 10Z", "matrix(2 0 0 2 5 0)") == (path.get("d"), path.get("transform"))


def test_rectangles_and_rules_are_themselves() -> None:
    """Corners are rounded no further than the shape allows; what has neither fill nor stroke is not drawn."""
    root = drawn(
        FilledRect(Rect(1, 2, 30, 10), RED, radius=9),
        FilledRect(Rect(1, 2, 30, 10), None),
        RuleItem(0, 5, 100, 5, Stroke(0.6, RED)),
    )
    assert "5" == only(root, "rect").get("rx")
    assert ("100", "5", "0.6") == tuple(only(root, "line").get(name) for name in ("x2", "y2", "stroke-width"))


def test_turned_group_turns_what_is_in_it() -> None:
    """A link is no mark on the picture."""
    link = LinkArea((Rect(0, 0, 5, 5),), "https://example.org", "leads away")
    turned = Group(Rect(0, 0, 9, 9), (RuleItem(0, 0, 1, 1, Stroke(1, RED)), link), matrix=Matrix(0, -1, 1, 0, 3, 4))
    group = only(drawn(turned), "g")
    assert ("matrix(0 -1 1 0 3 4)", [f"{SVG}line"]) == (group.get("transform"), [child.tag for child in group])


def test_pictures_come_along() -> None:
    """A raster picture is inside the file."""
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    image = only(drawn(ImageItem(Picture("seal", file.getvalue(), 2, 2, ""), Rect(1, 1, 8, 8))), "image")
    assert (image.get(HREF) or "").startswith("data:image/png;base64,iVBOR")


def test_card_gives_the_same_bytes_again(shipped: Project, mississippi: ComposedCard) -> None:
    """The real card: every glyph that is used is there, and nothing in it hangs on the run."""
    (frame,), _ = lay_out_card(shipped, mississippi, shared_rung(shipped))
    svg = draw_svg(frame, "The card")
    root = ET.fromstring(svg)  # noqa: S314
    names = {f"#{element.get('id')}" for element in root.iter(f"{SVG}path")}
    assert {use.get(HREF) for use in root.iter(f"{SVG}use")} <= names
    assert svg == draw_svg(frame, "The card")
