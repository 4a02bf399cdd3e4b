"""Marked content (ISO 32000-1 §14.6): which element's, or which artifact's, what is painted is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cardprint.verify.reading.content_tokens import Operands, name
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.fragments import Mark
from cardprint.verify.reading.page_content import PageContent
from cardprint.verify.reading.syntax import parse_values, text_of
from cardprint.verify.reading.values import DEEPEST, DamagedFileError, Dict, Value


class Opening(NamedTuple):
    """How a sequence begins: the mark that it puts on its content, if it is an artifact or has a content id, and the
    text that replaces its own."""

    mark: Mark | None
    actual: str | None


@lru_cache(maxsize=1024)
def opening(statement: bytes) -> Opening:
    """The beginning that a name, a property list written out and BDC make. Raises `ValueError`.

    Remembered, because content ids recur on every card."""
    tag, brackets, properties = statement[: statement.rindex(b"BDC")].partition(b"<<")
    return read_opening([tag.rstrip(), brackets + properties], None, {})


def read_opening(operands: Operands, file: PdfFile | None, named: Dict) -> Opening:
    """The beginning of a sequence by the operands of BMC or BDC. `named` are the property lists that the page's
    resources hold. Raises `ValueError` or `IndexError`."""
    tag = name(operands[0])
    artifact = tag == "Artifact"
    if len(operands) < 2:
        return Opening(Mark(tag, None, artifact) if artifact else None, None)
    if operands[1].startswith(b"/"):
        if file is None:
            raise ValueError(operands[1])
        entries = file.dict(named.get(name(operands[1])))
        actual, mcid = file.text(entries.get("ActualText")), file.integer(entries.get("MCID"))
        pagination = False
    else:
        entries = _written(operands[1])
        actual, mcid = _text(entries.get("ActualText")), _integer(entries.get("MCID"))
        pagination = artifact and entries.get("Type") == "Pagination"
    return Opening(Mark(tag, mcid, artifact, pagination) if artifact or mcid is not None else None, actual)


def _written(operand: bytes) -> Dict:
    match parse_values(operand):
        case [dict() as entries]:
            return entries
    return {}


def _text(value: Value) -> str | None:
    return text_of(value) if isinstance(value, bytes) else None


def _integer(value: Value) -> int | None:
    return value if isinstance(value, int) else None


class MarkedContent:
    """The sequences that are open: the `mark` that they put on what is painted, and the text that replaces it."""

    __slots__ = ("_content", "actual", "mark", "outer")

    def __init__(self, content: PageContent) -> None:
        self._content = content
        self.mark: Mark | None = None
        self.actual: str | None = None
        self.outer: list[tuple[Mark | None, str | None]] = []

    def begin(self, opened: Opening) -> bool:
        """Begin a sequence; whether it marks what it holds."""
        mark, actual = opened
        outer = self.mark
        self.outer.append((outer, self.actual))
        if len(self.outer) > DEEPEST:
            raise DamagedFileError("marked content nests too deeply")
        if actual is not None:
            self.actual = actual
        if mark is None:
            return False
        if outer is not None and (mark.artifact or (mark.mcid is not None and outer.artifact)):
            self._content.tell("nested-artifact", "an artifact and tagged content stand in one another")
        if mark.mcid is not None:
            self._content.mcids.append(mark.mcid)
        self.mark = mark
        return True

    def end(self) -> bool:
        """End the innermost sequence; whether the mark is another one then."""
        if not self.outer:
            self._content.tell("stray-emc", "a marked-content sequence ends that did not begin")
            return False
        before = self.mark
        self.mark, self.actual = self.outer.pop()
        return self.mark is not before
