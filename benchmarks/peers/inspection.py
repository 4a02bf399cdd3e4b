"""What a finished card is: `python -m benchmarks.peers.inspection CARDS PDF` reads it and prints a line of JSON.

A claim of a standard proves nothing, so that the elements of the structure tree are counted; and a card that left out
words, or ran over its page, would have been made faster.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2

_PRESENTATION_FORMS = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


def _inspect(cards: Path, pdf: Path) -> dict[str, Any]:
    reader = pypdf.PdfReader(pdf)
    card = next(card for card in json.loads(cards.read_text("utf-8")) if pdf.stem.endswith(card["slug"]))
    annotations = reader.pages[0].get("/Annots", [])
    addresses = {note.get_object().get("/A", {}).get("/URI") for note in annotations} - {None}
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    missing = _words(" ".join(_strings(card))) - _words(page)
    return {
        "pages": len(reader.pages),
        "links": len(addresses),
        "missing": sorted(missing),
        "elements": _elements(reader.trailer["/Root"].get("/StructTreeRoot")),
        "claims": _claims(reader.trailer["/Root"].get("/Metadata")),
    }


def _strings(value: Any, key: str = "") -> Iterator[str]:
    """The texts of the card that stand on the page."""
    if key in {"slug", "icon", "language", "author", "link", "emphasis", "badge_expansion", "passages"}:
        return
    match value:
        case str():
            yield value
        case dict():
            for name, field in value.items():
                if key != "overall" or name != "maximum":
                    yield from _strings(field, name)
        case list():
            for item in value:
                yield from _strings(item)


def _words(text: str) -> set[str]:
    """The words, without case; a word that a line's end divides is not one."""
    whole = re.sub(r"[-\ufffe\u00ad\u0002]\s*", "-", text.translate(_PRESENTATION_FORMS))
    return set(re.findall(r"\w+", whole.casefold()))


def _elements(node: Any) -> int:
    """How many structure elements there are under a node of the tree."""
    if node is None or isinstance(node, int):
        return 0
    node = node.get_object()
    if isinstance(node, list):
        return sum(map(_elements, node))
    if not isinstance(node, dict):
        return 0
    return ("/S" in node) + _elements(node.get("/K"))


def _claims(metadata: Any) -> str:
    """The standards that the metadata name."""
    text = metadata.get_object().get_data().decode("utf-8", "replace") if metadata else ""
    universal = re.search(r"pdfuaid:part[>=\"']+(\d)", text)
    part = re.search(r"pdfaid:part[>=\"']+(\d)", text)
    conformance = re.search(r"pdfaid:conformance[>=\"']+(\w)", text)
    claims = [f"UA-{universal[1]}"] if universal else []
    if part:
        claims.append(f"A-{part[1]}{conformance[1].lower() if conformance else ''}")
    return " + ".join(claims)


if __name__ == "__main__":
    print(json.dumps(_inspect(Path(sys.argv[1]), Path(sys.argv[2]))))
