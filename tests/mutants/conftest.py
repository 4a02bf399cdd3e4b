"""Good cards with all that is promised of them, and a file taken apart so that it can be damaged."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from msgspec import Struct
from msgspec.structs import replace

from cardprint.edition.proof import promise_of
from cardprint.model.frame import Group, PageFrame, PathItem
from cardprint.model.promise import Promise
from cardprint.model.structure import Role, Tag
from cardprint.paint import paint_pdf
from cardprint.pipeline import ComposedCard, Project, lay_out_card


class Good(Struct, frozen=True):
    """A card that is right, the same file with its objects unpacked, the frames that it was painted from, and what its
    data promise."""

    pdf: bytes
    plain: bytes
    frames: tuple[PageFrame, ...]
    promise: Promise

    def taken_apart(self) -> Parts:
        return Parts.of(self.plain)


@pytest.fixture(scope="session")
def good(shipped: Project, mississippi: ComposedCard, unpack: Callable[[bytes], bytes]) -> Good:
    """The Mississippi card."""
    frames, _ = lay_out_card(shipped, mississippi, None)
    digest = mississippi.pages[0].info.data_sha256
    promise = promise_of(shipped, mississippi.record, mississippi.scope, digest)
    pdf = paint_pdf(frames)
    return Good(pdf, unpack(pdf), frames, promise)


@pytest.fixture(scope="session")
def described(good: Good, unpack: Callable[[bytes], bytes]) -> Good:
    """The same card, its icons described as figures."""
    frames = tuple(replace(frame, root=_with_figures(frame.root)) for frame in good.frames)
    pdf = paint_pdf(frames)
    return replace(good, pdf=pdf, plain=unpack(pdf), frames=frames)


def _with_figures(group: Group) -> Group:
    if group.items and all(isinstance(item, PathItem) for item in group.items) and group.role is None:
        return replace(group, role=Role(Tag.FIGURE, alt="A gavel over its block"))
    items = tuple(_with_figures(item) if isinstance(item, Group) else item for item in group.items)
    return replace(group, items=items)


@dataclass
class Parts:
    """The objects of a plain file by number, streams in the clear, and its trailer. Edits are textual and must hit."""

    dictionaries: dict[int, bytes]
    streams: dict[int, bytes]
    trailer: bytes

    @classmethod
    def of(cls, pdf: bytes) -> Parts:
        parts = cls({}, {}, re.search(rb"trailer\s*(<<.*>>)\s*startxref", pdf, re.DOTALL)[1])  # type: ignore[index]
        for found in re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj(?=\n)", pdf, re.DOTALL):
            number, body = int(found[1]), found[2]
            if not body.endswith(b"endstream"):
                parts.dictionaries[number] = body
                continue
            dictionary, _, data = body.partition(b"\nstream\n")
            data = data.removesuffix(b"\nendstream")
            if b"/FlateDecode" in dictionary:
                data = zlib.decompress(data)
            parts.dictionaries[number] = re.sub(rb"/Filter\s*/FlateDecode|/Length \d+", b"", dictionary)
            parts.streams[number] = data
        return parts

    def file(self) -> bytes:
        """The parts as a plain file, its table right."""
        out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
        for number, dictionary in sorted(self.dictionaries.items()):
            offsets[number] = len(out)
            body = dictionary
            if number in self.streams:
                data = self.streams[number]
                body = b"%b/Length %d>>\nstream\n%b\nendstream" % (dictionary[:-2], len(data), data)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        size = max(offsets) + 1
        table = b"".join(
            b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
            for number in range(size)
        )
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, self.trailer)
        return out + b"xref\n0 %d\n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (size, table, trailer, len(out))

    def numbers(self, *needles: bytes) -> list[int]:
        """The objects whose dictionaries hold all of `needles`, in order."""
        found = [number for number, body in sorted(self.dictionaries.items()) if all(n in body for n in needles)]
        assert found, f"no object with {needles}"
        return found

    def number(self, *needles: bytes) -> int:
        return self.numbers(*needles)[0]

    def edit(self, number: int, old: bytes, new: bytes) -> None:
        """Replace a text in an object's dictionary, once."""
        assert old in self.dictionaries[number], (old, self.dictionaries[number])
        self.dictionaries[number] = self.dictionaries[number].replace(old, new, 1)

    def sub(self, number: int, pattern: bytes, new: bytes | Callable[[re.Match[bytes]], bytes]) -> None:
        """Replace a pattern in an object's dictionary, once."""
        edited, count = re.subn(pattern, new, self.dictionaries[number], count=1, flags=re.DOTALL)
        assert count, (pattern, self.dictionaries[number])
        self.dictionaries[number] = edited

    def edit_stream(self, number: int, old: bytes, new: bytes, count: int = 1) -> None:
        assert old in self.streams[number], old
        self.streams[number] = self.streams[number].replace(old, new, count)

    def add(self, dictionary: bytes, data: bytes | None = None) -> int:
        number = max(self.dictionaries) + 1
        self.dictionaries[number] = dictionary
        if data is not None:
            self.streams[number] = data
        return number

    @property
    def catalog(self) -> int:
        return self.number(b"/Type/Catalog")

    @property
    def page(self) -> int:
        return self.number(b"/Type/Page/")

    @property
    def content(self) -> int:
        return int(re.search(rb"/Contents (\d+)", self.dictionaries[self.page])[1])  # type: ignore[index]

    @property
    def xmp(self) -> int:
        return self.number(b"/Subtype/XML")

    def kids(self, number: int) -> list[int]:
        """The elements under an element."""
        kids = re.search(rb"/K \[?((?:\d+ 0 R ?)+)", self.dictionaries[number])
        assert kids, self.dictionaries[number]
        return [int(kid) for kid in re.findall(rb"(\d+) 0 R", kids[1])]

    def set_kids(self, number: int, kids: list[int]) -> None:
        self.sub(number, rb"/K (?:\[[^\]]*\]|\d+ 0 R)", b"/K[%b]" % b" ".join(b"%d 0 R" % kid for kid in kids))

    def rows(self) -> list[int]:
        """The rows of the table's body."""
        return self.kids(self.number(b"/S/TBody"))

    def mcid_of(self, number: int) -> int:
        return int(re.search(rb"/K \[?(\d+)(?! 0 R)", self.dictionaries[number])[1])  # type: ignore[index]

    def paragraph(self, cell: int) -> int:
        """The paragraph in a cell."""
        return self.kids(cell)[-1]

    def marked(self, mcid: int) -> bytes:
        """The marked content with an id, from BDC to EMC."""
        found = re.search(rb"/\w+<</MCID %d>>BDC\n.*?\nEMC" % mcid, self.streams[self.content], re.DOTALL)
        assert found
        return found[0]

    def edit_content(self, old: bytes, new: bytes) -> None:
        self.edit_stream(self.content, old, new)

    def array(self, mcid: int) -> bytes:
        """The array that the first TJ of a content id shows."""
        return re.search(rb"\[[^\]]*\]TJ", self.marked(mcid))[0]  # type: ignore[index]

    def show_instead(self, mcid: int, other: int) -> None:
        """Let one content id show what another shows."""
        marked = self.marked(mcid)
        self.edit_content(marked, marked.replace(self.array(mcid), self.array(other), 1))

    def to_unicode(self, mcid: int) -> int:
        """The ToUnicode stream of the font that a content id is set in."""
        before = self.streams[self.content].partition(self.marked(mcid))[0] + self.marked(mcid)
        resource = re.findall(rb"/(F\d+) [\d.]+ Tf", before)[-1]
        font = int(re.search(rb"/%b (\d+) 0 R" % resource, self.dictionaries[self.number(b"<</Font<<")])[1])  # type: ignore[index]
        return int(re.search(rb"/ToUnicode (\d+)", self.dictionaries[font])[1])  # type: ignore[index]

    def renumbered(self) -> Parts:
        """The same file with its objects numbered backwards."""
        top = max(self.dictionaries) + 1

        def swap(data: bytes) -> bytes:
            return re.sub(rb"(?<![\d.])(\d+) 0 R", lambda found: b"%d 0 R" % (top - int(found[1])), data)

        return Parts(
            {top - number: swap(body) for number, body in self.dictionaries.items()},
            {top - number: data for number, data in self.streams.items()},
            swap(self.trailer),
        )
