"""The tags hold together: the holes that validators share (ISO 14289-1 §7, ISO 32000-1 §14.7 and §14.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from cardprint.model.finding import Finding
from cardprint.verify.reading.document import Document, Page
from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.structure import ContentKid, Element, ObjectKid, read_parent_tree
from cardprint.verify.reading.values import Ref, Value

_KNOWN: Final = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
        *("Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"),
        *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry"),
        *("Code", "Link", "Annot", "Figure", "Formula", "Form"),
    }
)
_PARENTS: Final = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "TOCI": {"TOC"},
    "Lbl": {"LI", "Note", "TOCI"},
    "LBody": {"LI"},
}
"""Where elements must stand that have their place (ISO 32000-1 §14.8.4.3)."""

_LONGEST_FOLIO: Final = 120

_JUNK: Final = frozenset({"image", "picture", "figure", "icon", "graphic", "untitled", "alt", "."})


def verify_tag_integrity(document: Document) -> Iterator[Finding]:
    """Judge the structure tree and its ties to the content."""
    tree = document.tree
    if not tree.present or not tree.roots:
        yield Finding("tags-missing", "The file has no structure tree.")
        return
    if [root.tag for root in tree.roots] != ["Document"]:
        yield Finding("tags-root", "The structure tree should have one root element, a Document.")
    elements = list(tree.walk())
    parents = tree.parents()
    for element in elements:
        yield from _verify_element(element, parents.get(element), document)
    yield from _verify_headings(elements)
    for page in document.pages:
        yield from _verify_page(page, document)
    yield from _verify_parent_tree(document, elements)


def _verify_element(element: Element, parent: Element | None, document: Document) -> Iterator[Finding]:
    tag = element.tag
    if tag not in _KNOWN:
        yield Finding("tag-unknown", f"{tag} is no standard structure type.")
    if tag in _PARENTS and (parent is None or parent.tag not in _PARENTS[tag]):
        yield Finding("tag-misplaced", f"A {tag} stands in {parent.tag if parent else 'the root'}.")
    if parent is not None and parent.number and element.parent_number != parent.number:
        yield Finding("tag-parent", f"A {tag} names another parent than the {parent.tag} that holds it.")
    if tag == "Figure":
        alt = (element.alt or element.actual_text or "").strip()
        if not alt or alt.lower() in _JUNK:
            yield Finding("figure-undescribed", f"A figure has no description that says anything (“{alt}”).")
    if tag == "TH" and element.scope not in ("Row", "Column", "Both"):
        yield Finding("head-without-scope", "A head cell does not say whether it heads its row or its column.")
    if tag == "Table":
        yield from _verify_grid(element)
    if tag == "Link" and not any(isinstance(kid, ObjectKid) for kid in element.kids):
        yield Finding("link-without-object", "A Link element owns no annotation (OBJR).")
    for kid in element.kids:
        if isinstance(kid, ContentKid) and not 0 <= kid.page < len(document.pages):
            yield Finding("content-without-page", f"A {tag} owns content of a page that does not exist.")


def _verify_grid(table: Element) -> Iterator[Finding]:
    """Rows are equally long when spans are counted, and cells that head columns head what stands below them."""
    rows = [element for element in table.walk() if element.tag == "TR"]
    open_spans: list[int] = []
    lengths = []
    for row in rows:
        cells = [cell for cell in row.children if cell.tag in ("TH", "TD")]
        lengths.append(sum(cell.column_span for cell in cells) + len(open_spans))
        open_spans = [left - 1 for left in open_spans if left > 1]
        open_spans += [cell.row_span - 1 for cell in cells for _ in range(cell.column_span) if cell.row_span > 1]
    if len(set(lengths)) > 1:
        counts = ", ".join(map(str, lengths))
        yield Finding("table-irregular", f"The rows of a table span different numbers of columns: {counts}.")
    heads = [cell for row in rows for cell in row.children if cell.tag == "TH"]
    if rows and not heads:
        yield Finding("table-without-heads", "A table has no head cells.")


def _verify_headings(elements: list[Element]) -> Iterator[Finding]:
    """The first heading is H1, and no level is passed over on the way down."""
    level = 0
    for element in elements:
        if len(element.tag) == 2 and element.tag[0] == "H" and element.tag[1].isdigit():
            found = int(element.tag[1])
            if found > level + 1:
                after = f"H{level}" if level else "the beginning"
                yield Finding("heading-skipped", f"An {element.tag} follows {after}.")
            level = found


def _verify_page(page: Page, document: Document) -> Iterator[Finding]:
    index = page.number - 1
    for mcid, count in Counter(page.content.mcids).items():
        if count > 1:
            yield Finding("mcid-twice", f"The content id {mcid} marks {count} stretches of content.", page.number)
    claimed = {kid.mcid for kid in document.tree.owners if kid.page == index}
    for mcid in sorted(set(page.content.mcids) - claimed):
        yield Finding("mcid-unclaimed", f"No element claims the content {mcid}.", page.number)
    for mcid in sorted(claimed - set(page.content.mcids)):
        yield Finding("mcid-missing", f"An element claims the content {mcid}, which is not there.", page.number)
    for fragment in page.content.fragments:
        if _is_folio(fragment, document.labels[index]):
            continue
        if fragment.text.strip() and (fragment.mark is None or fragment.mark.mcid is None):
            how = "outside of the tags" if fragment.mark is None else "as an artifact"
            message = f"“{fragment.text.strip()}” is hidden from readers: it is painted {how}."
            yield Finding("text-untagged", message, page.number, fragment.ink)
    if page.content.unmarked_paint:
        yield Finding("paint-untagged", "Something is painted that is neither tagged nor an artifact.", page.number)
    if page.entries.get("Tabs") != "S" and page.annotations:
        yield Finding("tab-order", "The order of its links is not that of the tags (Tabs).", page.number)
    for annotation in page.annotations:
        yield from _verify_annotation(page, annotation.entries, annotation.address, document)


def _is_folio(fragment: Fragment, label: str) -> bool:
    """Whether a text is what pagination puts on a page: a line that has the page's own number or name in it."""
    if fragment.mark is None or not fragment.mark.pagination or len(fragment.text) > _LONGEST_FOLIO:
        return False
    return label in fragment.text.split() or label == fragment.text.strip()


def _verify_annotation(
    page: Page, entries: Mapping[str, Value], address: str | None, document: Document
) -> Iterator[Finding]:
    file = document.file
    if not (file.text(entries.get("Contents")) or "").strip():
        yield Finding("link-undescribed", f"The link to {address} does not say in words where it leads.", page.number)
    flags = file.integer(entries.get("F")) or 0
    if flags & 0b10_0011 or not flags & 0b100:
        yield Finding("link-hidden", f"The link to {address} is hidden, or is not printed.", page.number)


def _verify_parent_tree(document: Document, elements: list[Element]) -> Iterator[Finding]:
    """The way back from content and annotations to their elements leads to the elements that own them."""
    file = document.file
    entries = read_parent_tree(file, document.catalog)
    for page in document.pages:
        key = file.integer(page.entries.get("StructParents"))
        if key is None:
            yield Finding("page-without-parents", "The page does not lead to its tags (StructParents).", page.number)
            continue
        owners = file.array(entries.get(key))
        for mcid in sorted(set(page.content.mcids)):
            owner = document.tree.owners.get(ContentKid(page.number - 1, mcid))
            found = owners[mcid] if 0 <= mcid < len(owners) else None
            if owner is not None and owner.number and not (isinstance(found, Ref) and found.number == owner.number):
                message = (
                    f"The content {mcid} leads to another element than the {owner.tag} that claims it (ParentTree)."
                )
                yield Finding("parent-tree", message, page.number)
    owners_of = {kid.number: element for element in elements for kid in element.kids if isinstance(kid, ObjectKid)}
    for page in document.pages:
        for annotation in page.annotations:
            key = file.integer(annotation.entries.get("StructParent"))
            owner = owners_of.get(annotation.number)
            found = entries.get(key) if key is not None else None
            if owner is None:
                continue  # told as a link that belongs to no element
            if owner.number and not (isinstance(found, Ref) and found.number == owner.number):
                message = f"The link to {annotation.address} does not lead back to its element (StructParent)."
                yield Finding("parent-tree", message, page.number)
