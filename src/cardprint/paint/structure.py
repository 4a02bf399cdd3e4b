"""The structure tree (ISO 32000-1 §14.7): an element for each role, the content it owns, and the way back.

How a role is read aloud: `reads` becomes the element's ActualText, not ActualText of its marked content and not the
Alt of a figure. It replaces what is drawn for whoever goes by the structure ("Grade: F"), PDF/UA-1 provides it for any
element, and the letter stays text; whoever goes by the content stream (search, copying, extraction) finds the "F".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDocument

from cardprint.model.diagnostics import Span
from cardprint.model.structure import Role, Scope, Tag
from cardprint.paint.card_document import IndirectObject
from cardprint.paint.errors import FrameError
from cardprint.paint.syntax import numbers, reference, text_string

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in a page's user space."""

_HOLDS_ELEMENTS: Final = frozenset(
    {Tag.DOCUMENT, Tag.SECT, Tag.TABLE, Tag.THEAD, Tag.TBODY, Tag.TR, Tag.L, Tag.LI, Tag.TOC, Tag.TOCI},
)
"""Elements that group elements and own no content themselves (§14.8.4)."""

_SCOPES: Final = {Scope.ROW: "/Scope/Row", Scope.COLUMN: "/Scope/Column"}


class StructureElement(IndirectObject):
    """A structure element. Its kids (content ids, annotations, elements) stand in reading order.

    `parent` and `page` are object numbers, `page` that of the page its content is on; `box` bounds a figure."""

    def __init__(self, role: Role, parent: int, page: int, box: Box | None = None) -> None:
        self.role = role
        self.tag, self._said, self._groups = _spelled(role)
        self.page = page
        self._parent = parent
        self._box = box
        self._kids: list[str] = []
        self._on_page = False

    def add_element(self, element: StructureElement) -> None:
        self._kids.append(reference(element.number))

    def add_content(self, content_id: int, span: Span) -> None:
        """Own the marked content `content_id` of its page; raises `FrameError` if it may only group elements."""
        if self._groups:
            raise FrameError(f"{self.tag} groups elements and cannot hold content of its own", span)
        self._kids.append(str(content_id))
        self._on_page = True

    def add_annotation(self, annotation: int) -> None:
        self._kids.append(f"<</Type/OBJR/Obj {reference(annotation)}>>")
        self._on_page = True

    def format(self, document: PDFDocument) -> str:  # noqa: ARG002 -- ReportLab's signature
        """The element's dictionary."""
        kids = self._kids[0] if len(self._kids) == 1 else f"[{' '.join(self._kids)}]"
        page = f"/Pg {self.page} 0 R" if self._on_page else ""
        box = f"/A<</O/Layout/BBox[{numbers(self._box)}]>>" if self._box is not None else ""
        return f"<</S/{self.tag}/P {self._parent} 0 R{page}/K {kids}{self._said}{box}>>"


class _SpelledRole(NamedTuple):
    """What a role says in its element's dictionary: the tag, the entries after the kids; whether it `groups` only."""

    tag: str
    said: str
    groups: bool


@lru_cache(maxsize=512)
def _spelled(role: Role) -> _SpelledRole:
    """Remembered, because cards have few roles that say anything, and most say the same."""
    said = (("Alt", role.alt), ("ActualText", role.reads), ("E", role.expansion), ("Lang", role.language))
    words = "".join([f"/{key}{text_string(text)}" for key, text in said if text is not None])
    return _SpelledRole(role.tag.value, words + _cell_attributes(role), role.tag in _HOLDS_ELEMENTS)


def _cell_attributes(role: Role) -> str:
    """The attribute object of a table's cell (§14.8.5.7)."""
    if role.tag is not Tag.TH and role.tag is not Tag.TD:
        return ""
    table = _SCOPES[role.scope] if role.scope is not None else ""
    if role.row_span > 1:
        table += f"/RowSpan {role.row_span}"
    if role.column_span > 1:
        table += f"/ColSpan {role.column_span}"
    return f"/A<</O/Table{table}>>" if table else ""


class StructureTree(IndirectObject):
    """The structure tree's root, and which element owns what on each page.

    `document` is the one element of all pages' content, set by the first page. Keys of the parent tree (§14.7.4.4):
    pages first, in order; annotations follow."""

    def __init__(self, page_count: int) -> None:
        self._page_count = page_count
        self.document: StructureElement | None = None
        self._content_owners: list[Sequence[StructureElement]] = []
        self._annotation_owners: list[StructureElement] = []

    def add_page(self, owners: Sequence[StructureElement]) -> None:
        """The owners of the next page's marked content, by content id."""
        self._content_owners.append(owners)

    def annotation_key(self, owner: StructureElement) -> int:
        """The StructParent of an annotation that belongs to `owner`."""
        self._annotation_owners.append(owner)
        return self._page_count + len(self._annotation_owners) - 1

    def format(self, document: PDFDocument) -> str:  # noqa: ARG002 -- ReportLab's signature
        """The root's dictionary with its parent tree."""
        kids = f"/K {reference(self.document.number)}" if self.document is not None else ""
        entries = [
            f"{key}[{' '.join([reference(owner.number) for owner in owners])}]"
            for key, owners in enumerate(self._content_owners)
        ]
        entries += [
            f"{key} {reference(owner.number)}"
            for key, owner in enumerate(self._annotation_owners, start=self._page_count)
        ]
        next_key = self._page_count + len(self._annotation_owners)
        return f"<</Type/StructTreeRoot{kids}/ParentTree<</Nums[{' '.join(entries)}]>>/ParentTreeNextKey {next_key}>>"
