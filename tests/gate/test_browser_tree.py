"""The tree of tags that a browser gives to a screen reader, through pdf.js, is the one that cardprint reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Owned, fragments_by_owner, join_fragments
from cardprint.verify.reading.structure import ContentKid, Element

if TYPE_CHECKING:
    from tests.gate.conftest import Files


def browser_tree(node: dict[str, Any]) -> dict[str, Any]:
    """A tree of pdf.js as it is compared: its words, whatever lines they stand on."""
    if "text" in node:
        return {"words": re.sub(r"-\n", "-", node["text"]).split()}
    if "annotation" in node:
        return node
    return {**node, "kids": [browser_tree(kid) for kid in node["kids"]]}


def own_tree(pdf: bytes) -> dict[str, Any]:
    """The same, as cardprint reads it."""
    document = Document(pdf)
    owned = fragments_by_owner(document)
    kids = [own_element(root, owned) for root in document.tree.roots]
    return {"role": "Root", "alt": None, "lang": None, "kids": kids}


def own_element(element: Element, owned: Owned) -> dict[str, Any]:
    kids: list[dict[str, Any]] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(own_element(kid, owned))
        elif isinstance(kid, ContentKid):
            kids.append({"words": join_fragments(owned.get(kid, ())).split()})
        else:
            kids.append({"annotation": True})
    alt = element.alt if element.actual_text is None else element.actual_text
    return {"role": element.tag, "alt": alt, "lang": element.language, "kids": kids}


def test_a_browser_has_the_same_tree(files: Files, pdfjs: Mapping[str, Any]) -> None:
    """Roles, replacement texts, languages, links and words, in their order, on every card."""
    for name, pdf in files.pdfs.items():
        assert pdfjs[name]["pages"] == 1
        assert own_tree(pdf) == browser_tree(pdfjs[name]["tree"]), name


def test_another_tree_is_told_apart(files: Files, pdfjs: Mapping[str, Any]) -> None:
    """The twin: one word, one role, or one replacement text that differs is seen."""
    right = own_tree(files.pdfs["2021-mississippi"])
    (document,) = right["kids"]
    heading, table = document["kids"][0], document["kids"][2]
    assert ("H1", "Table") == (heading["role"], table["role"])
    for wrong in ({"role": "H2"}, {"alt": "Missouri"}, {"kids": [{"words": ["MISSOURI"]}]}):
        other = deepcopy(right)
        other["kids"][0]["kids"][0].update(wrong)
        assert other != browser_tree(pdfjs["2021-mississippi"]["tree"])
