"""Icons, pictures and fonts that are broken or more than they seem, and paths that lead out of the project."""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cardprint.cli import run
from cardprint.workspace import shipped_folder

if TYPE_CHECKING:
    from tests.hostile.conftest import Ground

LAYOUT = "layouts/tiny.yaml"
ICON = "layouts/icons/gavel.svg"
FONTS = "edition/fonts/fonts.yaml"
REGULAR = (shipped_folder() / "fonts/source-sans-3/SourceSans3-Regular.ttf").read_bytes()
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">\n'
    "{}\n</svg>\n"
)
SHAPE = '<path d="M0 0H8V8Z"/>'
BODY = "body:\n  stack:\n"


def place(name: str, text: str) -> str:
    """The place of the mark ‸ in a text that is written to a file, the file itself where there is none."""
    before, mark, _ = text.partition("‸")
    return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}" if mark else name


ICONS = [
    ("a script", SVG.format(f"‸<script>alert(1)</script>{SHAPE}"), "svg-element"),
    ("a script that something triggers", SVG.format('‸<path d="M0 0H8V8Z" onload="alert(1)"/>'), "svg-attribute"),
    ("an external picture", SVG.format(f'‸<image href="https://example.org/a.png"/>{SHAPE}'), "svg-element"),
    ("a file of the machine", SVG.format(f'‸<image xlink:href="file:///etc/passwd"/>{SHAPE}'), "svg-element"),
    ("an external shape", SVG.format(f'‸<use href="other.svg#a"/>{SHAPE}'), "svg-element"),
    ("an external paint", SVG.format('‸<path fill="url(https://example.org/a)" d="M0 0H8V8Z"/>'), "svg-attribute"),
    ("a style sheet", SVG.format(f"‸<style>@import 'https://example.org';</style>{SHAPE}"), "svg-element"),
    ("a linked style sheet", f'‸<?xml-stylesheet href="a.css"?>{SVG.format(SHAPE)}', "svg-element"),
    ("a page inside", SVG.format(f"‸<foreignObject/>{SHAPE}"), "svg-element"),
    (
        "an entity bomb",
        f'‸<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "{"&a;" * 9}"><!ENTITY c "{"&b;" * 9}">]>{SVG.format("&c;")}',
        "svg-doctype",
    ),
    (
        "an external entity",
        f'‸<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{SVG.format("&a;")}',
        "svg-doctype",
    ),
    ("elements without end", SVG.format("<g>" * 31 + "‸<g>" + "<g>" * 5000), "svg-too-deep"),
    ("more shapes than any icon has", SVG.format(SHAPE * 200 + f"‸{SHAPE}"), "svg-too-large"),
    ("a path without sense", SVG.format('<path d="M0 0H8Q‸"/>'), "svg-path"),
    ("no SVG", "‸<html></html>", "svg-element"),
    ("no XML", "‸gavel", "svg-syntax"),
    ("a tag left open", SVG.format("<g>").replace("</svg>", "</‸svg>"), "svg-syntax"),
    ("nothing", "‸", "svg-syntax"),
    ("a picture under another name", "\0", "not-text"),
]


@pytest.mark.parametrize(("what", "text", "code"), ICONS, ids=[case[0] for case in ICONS])
def test_an_icon_is_one_outline_or_refused(ground: Ground, what: str, text: str, code: str) -> None:
    """Nothing in it is run, followed or fetched."""
    ground.put(ICON, text.replace("‸", ""))
    assert [(place(ICON, text), code)] == ground.problems(), what


@pytest.mark.parametrize(
    "text",
    [
        SVG.format(SHAPE),
        SVG.format(f"<title>A gavel</title><metadata>by somebody</metadata><g transform='scale(.5)'>{SHAPE}</g>"),
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- by a program -->\n{SVG.format(SHAPE)}',
    ],
)
def test_an_icon_of_outlines_is_drawn(ground: Ground, text: str) -> None:
    """The twin, with what drawing programs put around it."""
    ground.put(ICON, text)
    ground.render(code=0)


def listed(ground: Ground, data: bytes, *, sha256: str = "", file: str = "a.ttf") -> None:
    """Put a font into the project, in the place of the shipped Source Sans 3 Regular."""
    ground.put("edition/fonts/a.ttf", data)
    digest = sha256 or hashlib.sha256(data).hexdigest()
    ground.put(FONTS, f'- {{name: Source Sans 3 Regular, family: S, file: {file}, sha256: "{digest}"}}\n')


def without_order(font: bytes) -> bytes:
    """The font with the first two places in its index of outlines exchanged, by which no glyph can be found."""
    count = struct.unpack_from(">H", font, 4)[0]
    records = {font[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">LLL", font, 16 + 16 * n) for n in range(count)}
    _, start, length = records[b"loca"]
    return font[:start] + font[start : start + length][::-1] + font[start + length :]


BROKEN_FONTS = {
    "nothing": (b"", "font-kind"),
    "a web page": (b"<!DOCTYPE html>", "font-kind"),
    "PostScript outlines": (b"OTTO" + REGULAR[4:], "font-kind"),
    "cut off": (REGULAR[:-5000], "font-broken"),
    "its head only": (REGULAR[:20], "font-broken"),
    "an index that leads astray": (without_order(REGULAR), "font-broken"),
    "noise": (REGULAR[:12] + bytes(range(256)) * 900, "font-broken"),
}


@pytest.mark.parametrize("what", BROKEN_FONTS)
def test_a_broken_font_is_told(ground: Ground, what: str) -> None:
    """With its file; it is listed with the right hash, so that nothing but its own tables can tell."""
    data, code = BROKEN_FONTS[what]
    listed(ground, data)
    assert [("edition/fonts/a.ttf", code)] == ground.problems()


def test_a_font_that_was_exchanged_is_told(ground: Ground) -> None:
    """At the line of the list that tells of another."""
    listed(ground, REGULAR, sha256="0" * 64)
    assert [(f"{FONTS}:1:3", "font-changed")] == ground.problems()


def test_a_font_of_one_s_own_is_used(ground: Ground) -> None:
    """The twin."""
    listed(ground, REGULAR)
    ground.render(code=0)


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A grey PNG (ISO 15948 §5) that says it has so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


SOUND_PICTURE = png(100, 100, (b"\0" + b"\x80" * 100) * 100)
PICTURES = {
    "nothing": (b"", "picture-kind"),
    "a web page": (b"<!DOCTYPE html>", "picture-kind"),
    "another kind": (b"GIF89a" + bytes(20), "picture-kind"),
    "cut off": (SOUND_PICTURE[:60], "picture-broken"),
    "a bomb of a thousand million pixels": (png(31_623, 31_623, bytes(100)), "picture-too-large"),
    "fewer pixels than it says": (png(100, 100, bytes(50)), "picture-broken"),
}


@pytest.mark.parametrize("what", PICTURES)
def test_a_broken_picture_is_told(ground: Ground, what: str) -> None:
    """With its file."""
    data, code = PICTURES[what]
    ground.put("layouts/seal.png", data)
    ground.edit(LAYOUT, BODY, f"{BODY}    - {{image: seal.png, width: 12pt}}\n")
    assert [("layouts/seal.png", code)] == ground.problems()


def test_a_picture_is_drawn(ground: Ground) -> None:
    """The twin."""
    ground.put("layouts/seal.png", SOUND_PICTURE)
    ground.edit(LAYOUT, BODY, f"{BODY}    - {{image: seal.png, width: 12pt}}\n")
    ground.render(code=0)


class TestPathsThatLeadOut:
    @pytest.fixture(autouse=True)
    def secret(self, ground: Ground) -> Path:
        """A file beside the project that a path could lead to."""
        path = ground.here.parent / "secret.yaml"
        path.write_bytes((ground.here / "layouts/base.yaml").read_bytes())
        for name in ("secret.svg", "secret.png", "secret.ttf"):
            (ground.here.parent / name).write_bytes(SOUND_PICTURE)
        return path

    @pytest.mark.parametrize(
        ("file", "old", "bad", "code"),
        [
            (LAYOUT, "extends: base.yaml", "extends: ‸../../secret.yaml", "outside-root"),
            (LAYOUT, "extends: base.yaml", "extends: ‸themes/../../../secret.yaml", "outside-root"),
            (LAYOUT, "extends: base.yaml", "extends: ‸/etc/passwd", "outside-root"),
            (LAYOUT, "extends: base.yaml", r"extends: ‸..\..\secret.yaml", "outside-root"),
            (LAYOUT, "extends: base.yaml", "extends: ‸C:/secret.yaml", "missing-file"),
            ("layouts/base.yaml", "theme: themes/plain.yaml", "theme: ‸../../secret.yaml", "outside-root"),
            (LAYOUT, '"{issue.icon}"', '‸"../../../secret"', "unknown-icon"),
            (LAYOUT, BODY, f"{BODY}    - {{image: ‸../../secret.png, width: 9pt}}\n", "unknown-picture"),
            ("edition/framework.yaml", "name: Firefly", "name: Firefly, wordmark: ‸../../secret.svg", "bad-word"),
            ("edition/framework.yaml", "icon: gavel", "icon: ‸../../secret", "bad-word"),
            ("edition/framework.yaml", '"{edition.id}-{state.slug}"', '‸"../{state.slug}"', "bad-file-name"),
            ("edition/jurisdictions.yaml", "slug: freedonia", "slug: ‸../freedonia", "bad-word"),
        ],
    )
    def test_by_name_are_refused(self, ground: Ground, file: str, old: str, bad: str, code: str) -> None:
        """Whatever file names them, and however."""
        told = ground.edit(file, old, bad)
        assert (told, code) in ground.problems()

    def test_in_a_list_of_fonts_are_refused(self, ground: Ground) -> None:
        """A list speaks of files beside it."""
        listed(ground, REGULAR, file="../../../secret.ttf")
        assert {"bad-word"} <= {code for _, code in ground.problems()}

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("edition/states/freedonia.yaml", "edition/states/freedonia.yaml"),
            ("edition/jurisdictions.yaml", "edition/jurisdictions.yaml"),
            ("layouts/base.yaml", f"{LAYOUT}:2:10"),
            ("layouts/themes/plain.yaml", "layouts/base.yaml:3:8"),
            (ICON, ICON),
        ],
    )
    def test_by_a_symbolic_link_are_refused(self, ground: Ground, secret: Path, name: str, told: str) -> None:
        """Where a link leads is what counts."""
        path = ground.here / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(secret)
        assert (told, "outside-root") in ground.problems()

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    def test_a_link_that_stays_inside_is_followed(self, ground: Ground) -> None:
        """The twin."""
        path = ground.here / "layouts" / "base.yaml"
        path.rename(path.with_name("real.yaml"))
        path.symlink_to("real.yaml")
        ground.render(code=0)

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
    def test_a_link_that_leads_in_circles_is_no_file(self, ground: Ground) -> None:
        """Neither does it hang."""
        path = ground.here / "edition" / "states" / "freedonia.yaml"
        path.unlink()
        path.symlink_to("freedonia.yaml")
        assert "freedonia.yaml" in ground.render(code=1)

    @pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="there are no pipes")
    def test_a_pipe_is_no_file(self, ground: Ground) -> None:
        """Reading it would wait for ever."""
        import os

        path = ground.here / "edition" / "states" / "freedonia.yaml"
        path.unlink()
        os.mkfifo(path)
        assert ("edition/states/freedonia.yaml", "not-a-file") in ground.problems()

    @pytest.mark.parametrize("state", ["../../secret", "/etc/passwd", "freedonia/../sylvania", "", "\0", "a" * 100_000])
    def test_as_the_name_of_a_state_are_unknown(self, ground: Ground, state: str) -> None:
        """A usage error: no file is looked for."""
        arguments = [state, "--data", "edition", "--layout", LAYOUT]
        assert "unknown-state: " in ground.render(code=2, arguments=arguments)

    def test_of_one_s_own_are_followed(self, ground: Ground) -> None:
        """The twin: on the command line anybody may name any folder."""
        assert 0 == run(["render", "freedonia", "--data", "../here/edition", "--layout", LAYOUT, "-o", "../out"])
        assert (ground.here.parent / "out" / "1933-freedonia.pdf").is_file()
