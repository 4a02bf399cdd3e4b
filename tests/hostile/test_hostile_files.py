"""Files that are not what they should be, whatever they should hold: empty, huge, binary, nested without end."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Ground

STATE = "edition/states/freedonia.yaml"
FILES = [
    STATE,
    "edition/framework.yaml",
    "edition/jurisdictions.yaml",
    "layouts/tiny.yaml",
    "layouts/themes/plain.yaml",
]

_LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60))

WHOLE_FILES = {
    "nothing": (b"", "empty-file", ""),
    "comments only": (b"# To do\n", "empty-file", ""),
    "a byte order mark only": (codecs.BOM_UTF8, "empty-file", ""),
    "10 MB": (b"# much\n" * 1_500_000, "file-too-large", ""),
    "3 MB": (b"# much\n" * 430_000, "file-too-large", ""),
    "brackets without end": (b"[" * 1_000_000, "too-deep", ":1:65"),
    "mappings without end": (b"{a: " * 250_000, "too-deep", ":1:257"),
    "lists without end": (b"- " * 500_000, "too-deep", ":1:129"),
    "a mapping deeper and deeper": ("".join(f"{' ' * n}a:\n" for n in range(1_000)).encode(), "too-deep", ":65:65"),
    "an alias bomb": (f"a0: &a0 [x, x]\n{_LAUGHS}".encode(), "too-many-values", ":6:15"),
    "an alias of itself": (b"a: &a [*a]\n", "recursive-alias", ":1:8"),
    "a million aliases": (b"- &a x\n" + b"- *a\n" * 400_000, "too-many-values", ":50000:3"),
    "a million values": (b"- x\n" * 500_000, "too-many-values", ":50000:3"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not-text", ""),
    "an archive": (b"PK\x03\x04\x14\x00\x00\x00", "not-text", ""),
    "UTF-16": ("state: Freedonia\n".encode("utf-16"), "not-utf-8", ""),
    "UTF-16 without a mark": ("state: Freedonia\n".encode("utf-16-le"), "not-text", ""),
    "Latin-1": ("state: Freedonia\nsource: Café\n".encode("latin-1"), "not-utf-8", ":2:12"),
    "half a character": ("source: Café".encode()[:-1], "not-utf-8", ":1:12"),
    "two documents": (b"state: Freedonia\n---\nstate: Sylvania\n", "several-documents", ":2:1"),
    "a directive": (b"%YAML 1.1\n---\nstate: Freedonia\n", "yaml-directive", ":1:1"),
    "a bracket left open": (b"state: [Freedonia\n", "yaml-brackets", ":1:8"),
    "a quotation mark left open": (b'state: "Freedonia\n', "yaml-quotes", ":1:8"),
    "a web page": (b"<!DOCTYPE html>\n<p>Not found</p>\n", "wrong-type", ":1:1"),
    "a list": (b"- a\n- b\n", "wrong-type", ":1:1"),
    "a word": (b"Freedonia\n", "wrong-type", ":1:1"),
}


@pytest.mark.parametrize("what", WHOLE_FILES)
def test_a_file_that_cannot_be_read_is_told(ground: Ground, what: str) -> None:
    """With its code, the file's name and, where it has one, the place."""
    data, code, place = WHOLE_FILES[what]
    ground.put(STATE, data)
    assert (f"{STATE}{place}", code) in ground.problems()


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("what", ["nothing", "10 MB", "an alias bomb", "a picture"])
def test_so_it_is_for_every_kind_of_file(ground: Ground, file: str, what: str) -> None:
    """None of them is trusted more than another. What cannot even be opened is told where it is asked for, if it is."""
    data, code, _ = WHOLE_FILES[what]
    ground.put(file, data)
    places = {place.partition(":")[0] for place, found in ground.problems() if found == code}
    assert places == {"layouts/base.yaml" if what == "10 MB" and "themes" in file else file}


def test_a_list_of_fonts_is_no_exception(ground: Ground) -> None:
    """It is read although nothing asks for a font of it; its own mistakes do not hide others."""
    ground.put("edition/fonts/fonts.yaml", b"\x00")
    ground.edit("layouts/tiny.yaml", "gap: 6pt", "gap: 6")
    assert {"not-text", "missing-unit"} == {code for _, code in ground.problems()}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("how", ["a byte order mark", "CRLF", "both", "no last line end", "blank lines at the end"])
def test_what_editors_do_to_files_is_fine(ground: Ground, file: str, how: str) -> None:
    """The twin: whatever Windows and its editors add, the card is the same."""
    data = (ground.here / file).read_bytes()
    if how in ("CRLF", "both"):
        data = data.replace(b"\n", b"\r\n")
    if how in ("a byte order mark", "both"):
        data = codecs.BOM_UTF8 + data
    if how == "no last line end":
        data = data.rstrip(b"\n")
    if how == "blank lines at the end":
        data += b"\n   \n\n# the end"
    ground.put(file, data)
    ground.render(code=0)
    assert ["1933-freedonia.pdf"] == [path.name for path in (ground.here / "out").iterdir()]


def test_places_are_right_behind_a_byte_order_mark_and_crlf(ground: Ground) -> None:
    """Lines and columns are those that an editor shows."""
    data = (ground.here / STATE).read_bytes().replace(b"score", b"scoer").replace(b"\n", b"\r\n")
    ground.put(STATE, codecs.BOM_UTF8 + data)
    assert [(f"{STATE}:3:15", "unknown-key")] == ground.problems()
