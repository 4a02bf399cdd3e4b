"""What tests of several kinds need: the project's own faces, its Mississippi card, and leave to accept a change."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cardprint.load import load_font
from cardprint.model.source import Source
from cardprint.model.typography import FontBook

if TYPE_CHECKING:
    from cardprint.pipeline import ComposedCard, Project

FONTS = Path(__file__).parents[1] / "fonts"
FILES = {
    "Barlow Condensed Medium": "barlow-condensed/BarlowCondensed-Medium.ttf",
    "Barlow Condensed SemiBold": "barlow-condensed/BarlowCondensed-SemiBold.ttf",
    "Barlow Condensed Bold": "barlow-condensed/BarlowCondensed-Bold.ttf",
    "Source Sans 3 Regular": "source-sans-3/SourceSans3-Regular.ttf",
    "Source Sans 3 SemiBold": "source-sans-3/SourceSans3-SemiBold.ttf",
    "Source Sans 3 Italic": "source-sans-3/SourceSans3-Italic.ttf",
}


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests, and the programs that they start, share a cache of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARDPRINT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def faces() -> FontBook:
    """Every face that comes with the project, by its name."""
    return {
        name: load_font(Source(file, (FONTS / file).read_bytes()), name, name.rpartition(" ")[0])
        for name, file in FILES.items()
    }


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What cardprint ships, opened in a folder and an environment that hold nothing."""
    from cardprint.pipeline import open_project  # tests of a single stage do without
    from cardprint.workspace import Workspace, shipped_folder

    return open_project(Workspace(tmp_path_factory.mktemp("empty"), shipped_folder()))


@pytest.fixture(scope="session")
def mississippi(shipped: Project) -> ComposedCard:
    """The card that the project is about, before it is laid out."""
    from cardprint.pipeline import compose_card

    return compose_card(shipped, "mississippi")


@pytest.fixture
def accepting() -> bool:
    """Whether stored dumps and pictures are replaced by what comes out now: asked for with CARDPRINT_ACCEPT=1 by
    somebody who then looks through the change. Where CI is set nobody looks, and the test fails instead."""
    asked = os.environ.get("CARDPRINT_ACCEPT", "") == "1"
    if asked and os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail("CARDPRINT_ACCEPT=1 has no place in CI: accept the change where you can look at it.", pytrace=False)
    return asked


@pytest.fixture(scope="session")
def unpack() -> Callable[[bytes], bytes]:
    """Gives a painted file with its objects unpacked, under a classic table: texts in it can be found and changed."""
    return unpacked


def unpacked(pdf: bytes) -> bytes:
    bodies, trailer = {}, b""
    for number, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj(?=\n)", pdf, re.DOTALL):
        head, _, data = body.partition(b"\nstream\n")
        if b"/Type/XRef" in head:
            trailer = b"".join(re.findall(rb"/Root \d+ 0 R|/Info \d+ 0 R|/ID\[[^\]]*\]", head))
        elif b"/Type/ObjStm" in head:
            packed = zlib.decompress(data.removesuffix(b"\nendstream"))
            first = int(re.search(rb"/First (\d+)", head)[1])  # type: ignore[index]
            places = list(map(int, packed[:first].split()))
            bounds = [*places[1::2], len(packed) - first + 1]
            for member, (start, end) in zip(places[::2], pairwise(bounds), strict=True):
                bodies[member] = packed[first + start : first + end - 1]
        else:
            bodies[int(number)] = body
    return plain_file(bodies, trailer)


def plain_file(bodies: dict[int, bytes], trailer: bytes) -> bytes:
    """A file of numbered objects under a classic table."""
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in sorted(bodies.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = max(offsets) + 1
    table = b"".join(
        [b"%010d 00000 n \n" % offsets[at] if at in offsets else b"0000000000 65535 f \n" for at in range(size)]
    )
    end = b"trailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    return out + b"xref\n0 %d\n%b%b" % (size, table, end)
