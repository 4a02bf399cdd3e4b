"""The foot of the shipped layouts: what the data give is there, what they leave out leaves no gap."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

import cardprint
from cardprint.model.diagnostics import DiagnosticError

FOOT = Path(__file__).parents[1] / "fixtures" / "foot"
EVERYTHING = [
    "1934 Report Card on Whistling · Firefly International",
    "A line about Freedonia alone",
    "Laws as of August 1, 1934",
    "Revised January 31, 1935: The score of Laws was raised from 3 to 3.5.",
    "Correction: An earlier version counted chewing gum as accomplished.",
    "© 1934 Firefly International. May be printed again, whole and unchanged; see firefly.example/reprints.",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the edition whose data give all that a foot can show."""
    shutil.copytree(FOOT, tmp_path / "edition")
    return tmp_path / "edition"


def rewrite(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def foot(data: Path, tmp_path: Path, state: str = "freedonia") -> list[str]:
    """The lines from the edition's own on; what the engine adds to a sample's page is left out."""
    (tmp_path / "card.pdf").write_bytes(cardprint.render(state, data))
    lines = PdfReader(tmp_path / "card.pdf").pages[0].extract_text().replace("\n ", "\n").split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("1934 Report Card on Whistling ·"))
    return [line.strip() for line in lines[start:] if line.strip() and "SAMPLE" not in line]


def png(width: int, height: int) -> bytes:
    """A grey picture (ISO 15948)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_everything_is_shown_in_its_order(data: Path, tmp_path: Path) -> None:
    """Edition, laws, revision, correction, copyright and reprints: a line each."""
    assert EVERYTHING == foot(data, tmp_path)


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        ("framework.yaml", ("  laws_as_of: 1934-08-01\n", ""), [*EVERYTHING[:2], *EVERYTHING[3:]]),
        ("framework.yaml", ("  copyright: © 1934 Firefly International.\n", ""), [*EVERYTHING[:5], EVERYTHING[5][30:]]),
        ("framework.yaml", ("  reprint:\n", "  reprint: As you like.\nxx:\n"), None),
        (
            "states/freedonia.yaml",
            ("revised: 1935-01-31\n", ""),
            [*EVERYTHING[:3], f"Revised:{EVERYTHING[3][25:]}", *EVERYTHING[4:]],
        ),
        (
            "states/freedonia.yaml",
            ("revision: The score of Laws was raised from 3 to 3.5.\n", ""),
            [*EVERYTHING[:3], "Revised January 31, 1935", *EVERYTHING[4:]],
        ),
        (
            "states/freedonia.yaml",
            ("correction: An earlier version counted chewing gum as accomplished.\n", ""),
            [*EVERYTHING[:4], EVERYTHING[5]],
        ),
    ],
)
def test_what_is_left_out_is_not_missed(
    data: Path, tmp_path: Path, file: str, change: tuple[str, str], expected: list[str] | None
) -> None:
    """Each is optional on its own, and leaves no empty line."""
    if expected is None:
        text = (data / file).read_text(encoding="utf-8")
        start, end = text.index("  reprint:\n"), text.index("grammar:")
        (data / file).write_text(text[:start] + "  reprint: As you like.\n" + text[end:], encoding="utf-8")
        expected = [*EVERYTHING[:5], "© 1934 Firefly International. As you like."]
    else:
        rewrite(data / file, change)
    assert expected == foot(data, tmp_path)


def test_a_state_without_notes_has_none(data: Path, tmp_path: Path) -> None:
    """Grand Fenwick was never revised; inside a sentence it takes its article."""
    assert [EVERYTHING[0], "A line about the Duchy of Grand Fenwick alone", EVERYTHING[2], EVERYTHING[5]] == foot(
        data, tmp_path, "grand-fenwick"
    )


def test_the_wordmark_is_a_figure_with_the_publisher_s_name(data: Path, unpack: Callable[[bytes], bytes]) -> None:
    """An SVG is drawn as an outline: the file holds no picture."""
    card = unpack(cardprint.render("freedonia", data))
    assert b"/Alt" in card
    assert b"/Subtype/Image" not in card


def test_a_png_wordmark_keeps_its_pixels(data: Path) -> None:
    """650 by 100 pixels print 130 by 20 points: 360 to the inch."""
    (data / "pictures/firefly.png").write_bytes(png(650, 100))
    rewrite(data / "framework.yaml", ("firefly.svg", "firefly.png"))
    card = cardprint.render("freedonia", data)
    assert b"/Width 650/Height 100" in card


def test_a_png_wordmark_too_coarse_to_print_is_refused(data: Path) -> None:
    """130 by 20 pixels on 130 by 20 points are those of a screen: the remedy says how many it takes."""
    (data / "pictures/firefly.png").write_bytes(png(130, 20))
    rewrite(data / "framework.yaml", ("firefly.svg", "firefly.png"))
    with pytest.raises(DiagnosticError, match=r"low-resolution: .* 72 pixels .* at least 271 by 42 pixels"):
        cardprint.render("freedonia", data)


def test_without_a_wordmark_the_lines_have_the_whole_width(data: Path, tmp_path: Path) -> None:
    """Its column goes with it."""
    rewrite(data / "framework.yaml", ("  wordmark: pictures/firefly.svg\n", ""))
    assert EVERYTHING == foot(data, tmp_path)
    assert b"/S/Figure" not in cardprint.render("freedonia", data)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_any_number_of_resources_finds_its_place(data: Path, tmp_path: Path, count: int) -> None:
    """The last over the whole width, those before it side by side."""
    every = "".join(f'\n  - {{id: r{i}, heading: Head {i}, paragraphs: [["Text {i}."]]}}' for i in range(count))
    one = '\n  - {id: one, heading: One, paragraphs: [["The first resource of {state.in_text}."]]}'
    rewrite(data / "framework.yaml", (one, every or " []"))
    (tmp_path / "card.pdf").write_bytes(cardprint.render("freedonia", data))
    lines = map(str.strip, PdfReader(tmp_path / "card.pdf").pages[0].extract_text().split("\n"))
    assert [f"Text {i}." for i in range(count)] == [line for line in lines if line.startswith("Text ")]


def test_the_overview_has_the_same_foot_without_what_is_about_one_state(data: Path, tmp_path: Path) -> None:
    """Laws, copyright, wordmark; no line about Freedonia, no revision."""
    project = cardprint.open_project(data=data, layout="national-overview")
    (tmp_path / "page.pdf").write_bytes(cardprint.render_edition(project).pdf)
    text = PdfReader(tmp_path / "page.pdf").pages[0].extract_text()
    assert [True, False, True, False, False, True] == [line[:30] in text for line in EVERYTHING]
    assert "Letters with *: Firefly Almanac 1934-12." in text
