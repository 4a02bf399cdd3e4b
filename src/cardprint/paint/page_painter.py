"""One page: its frame's items become operators, structure elements and annotations, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import partial
from typing import Final, assert_never

from msgspec.structs import replace

from cardprint.model.frame import (
    FilledRect,
    FrameItem,
    Group,
    ImageItem,
    LinkArea,
    PageFrame,
    PathItem,
    RuleItem,
    TextRun,
)
from cardprint.model.geometry import IDENTITY, Matrix
from cardprint.model.navigation import PAGE_LINK
from cardprint.model.profile import ColourSpace, OutputProfile
from cardprint.model.structure import Role, Tag
from cardprint.paint.annotations import link_annotation
from cardprint.paint.card_document import CardDocument, ReadyObject
from cardprint.paint.content_stream import ContentStream
from cardprint.paint.errors import FrameError
from cardprint.paint.page_space import PageSpace
from cardprint.paint.resources import Resources
from cardprint.paint.structure import StructureElement, StructureTree
from cardprint.paint.syntax import deflated_stream, numbers, reference

_LEVEL: Final = 2
"""How hard a page's content is deflated: 6 would take three times as long, to save a twentieth of the file."""


_FIGURE: Final = Tag.FIGURE
_LINK: Final = Tag.LINK
"""Asked for by every item: an enumeration takes its time to find a member by its name."""


class PagePainter:
    """Paints one page frame into a document."""

    def __init__(
        self,
        frame: PageFrame,
        document: CardDocument,
        tree: StructureTree,
        resources: Resources,
        profile: OutputProfile,
        anchors: Container[str] = (),
    ) -> None:
        """`anchors` are the names of pages that links may lead to."""
        self._frame = frame
        self._document = document
        self._tree = tree
        self._resources = resources
        self._profile = profile
        self._anchors = anchors
        self._space = PageSpace(frame.page.trim.height)
        media = frame.media
        self._origin = (-media.x, media.bottom - frame.page.trim.height) if media is not None else (0.0, 0.0)
        self._stream = ContentStream(self._space, profile.colour_space, resources.fonts)
        self._annotations: list[int] = []
        self._page = ReadyObject()

    def paint(self, key: int, parent: int, resources: int) -> int:
        """The page's object number. `key` is its entry in the parent tree; `parent` is the page tree's object
        number and `resources` the resource dictionary's.

        Raises `FrameError` where the frame breaks its contract: content without a role that can own it, a link
        outside a Link, a figure without Alt."""
        self._document.register(self._page)
        root = self._frame.root
        if root.role is None or root.role.tag is not Tag.DOCUMENT:
            raise FrameError("a page's root group must have the role Document", root.span)
        self._stream.shift(*self._origin)
        self._paint_group(root, self._document_element(root.role), IDENTITY)
        if self._frame.folio is not None:
            self._paint_beside(self._frame.folio, self._stream.mark_folio)
        if self._frame.furniture is not None:
            self._stream.end_marked()
            self._paint_beside(self._frame.furniture, partial(self._stream.mark, None))
        contents = self._document.add(deflated_stream("", self._stream.data(), _LEVEL))
        self._tree.add_page(self._stream.owners)
        self._resources.add_spots(self._stream.spots)
        annotations = f"/Annots[{' '.join(map(reference, self._annotations))}]" if self._annotations else ""
        blending = self._blending() if self._resources.has_transparency else ""
        self._page.body = (
            f"<</Type/Page/Parent {reference(parent)}{self._boxes()}/Resources {reference(resources)}"
            f"/Contents {reference(contents)}/StructParents {key}/Tabs/S{annotations}{blending}>>"
        )
        return self._page.number

    def _boxes(self) -> str:
        """The page's boxes (§14.11.2): the sheet, for a press the bleed, and the trim, which frames are about."""
        trim, (left, bottom) = self._frame.page.trim, self._origin
        boxes = {"TrimBox": (left, bottom, left + trim.width, bottom + trim.height)}
        media = self._frame.media
        if media is None:
            return "".join([f"/{key}[{numbers(boxes['TrimBox'])}]" for key in ("MediaBox", "TrimBox")])
        bleed = self._frame.page.bleed
        boxes["BleedBox"] = (left - bleed, bottom - bleed, left + trim.width + bleed, bottom + trim.height + bleed)
        boxes["MediaBox"] = (0.0, 0.0, media.width, media.height)
        return "".join([f"/{key}[{numbers(boxes[key])}]" for key in ("MediaBox", "BleedBox", "TrimBox")])

    def _blending(self) -> str:
        """The space in which transparent parts are mixed: that of the output intent (§11.6.6)."""
        space = "DeviceRGB" if self._profile.colour_space is ColourSpace.RGB else "DeviceCMYK"
        return f"/Group<</S/Transparency/CS/{space}>>"

    def _document_element(self, role: Role) -> StructureElement:
        if self._tree.document is None:
            self._tree.document = StructureElement(role, self._tree.number, self._page.number)
            self._document.register(self._tree.document)
        return self._tree.document

    def _paint_group(self, group: Group, owner: StructureElement, matrix: Matrix) -> None:
        """The group's items. `owner` is the element that they belong to; `matrix` maps the group into the page."""
        if group.matrix is None:
            self._paint_items(group.items, owner, matrix)
            return
        self._stream.push(group.matrix)
        self._paint_items(group.items, owner, group.matrix.then(matrix))
        self._stream.pop()

    def _paint_items(self, items: Iterable[FrameItem], owner: StructureElement, matrix: Matrix) -> None:
        for item in items:
            match item:
                case TextRun():
                    self._stream.mark(owner, item.span)
                    self._stream.show_text(item)
                case Group():
                    inner = owner if item.role is None else self._element(item, item.role, owner, matrix)
                    self._paint_group(item, inner, matrix)
                case LinkArea():
                    if self._profile.links:
                        self._add_link(item, owner, matrix)
                case FilledRect() | PathItem() | RuleItem() | ImageItem():
                    self._stream.mark(owner if owner.role.tag is _FIGURE else None, item.span)
                    self._draw(item)
                case _:
                    assert_never(item)

    def _paint_beside(self, group: Group, mark: Callable[[], None]) -> None:
        """What stands in the margin of a book's page or beside a printed one: for those who see it, no part of the
        structure. `mark` says so of what follows."""
        if group.matrix is not None:
            self._stream.push(group.matrix)
        for item in group.items:
            match item:
                case Group():
                    self._paint_beside(item, mark)
                case TextRun():
                    mark()
                    self._stream.show_text(item)
                case LinkArea():
                    raise FrameError("what stands beside the text cannot lead anywhere", item.span)
                case FilledRect() | PathItem() | RuleItem() | ImageItem():
                    mark()
                    self._draw(item)
                case _:
                    assert_never(item)
        if group.matrix is not None:
            self._stream.pop()

    def _draw(self, item: FilledRect | PathItem | RuleItem | ImageItem) -> None:
        match item:
            case FilledRect():
                self._stream.draw_rect(item)
            case PathItem():
                self._stream.draw_path(item)
            case RuleItem():
                self._stream.draw_rule(item)
            case ImageItem():
                self._stream.draw_image(self._resources.image(item.picture), item.rect)
            case _:
                assert_never(item)

    def _element(self, group: Group, role: Role, owner: StructureElement, matrix: Matrix) -> StructureElement:
        """The structure element of a group with a role, as the next kid of `owner`."""
        box = None
        if role.tag is _FIGURE:
            if not role.alt:
                raise FrameError("a figure needs a description (alt)", group.span)
            left, bottom, right, top = self._space.box(group.region, matrix)
            x, y = self._origin
            box = (left + x, bottom + y, right + x, top + y)
        if role.tag is _LINK and not self._profile.links:
            role = replace(role, tag=Tag.SPAN)
        element = StructureElement(role, owner.number, self._page.number, box)
        self._document.register(element)
        owner.add_element(element)
        return element

    def _add_link(self, area: LinkArea, owner: StructureElement, matrix: Matrix) -> None:
        if owner.role.tag is not Tag.LINK:
            raise FrameError(f"the link to {area.address} stands in {owner.tag}, not in a Link", area.span)
        if area.address.startswith(PAGE_LINK) and area.address.removeprefix(PAGE_LINK) not in self._anchors:
            raise FrameError(f"no page of the document is called {area.address}", area.span)
        key = self._tree.annotation_key(owner)
        annotation = self._document.add(link_annotation(area, matrix, self._space, key))
        self._annotations.append(annotation)
        owner.add_annotation(annotation)
