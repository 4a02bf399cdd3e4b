"""Print files before judges who know nothing of cardprint: a validator of PDF/A, Ghostscript's separations, PDFium."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import NamedTuple

import page as page_validation
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageMath

from cardprint.model.geometry import Rect
from cardprint.model.profile import OutputProfile
from cardprint.pipeline import Project, RenderedCard, open_project, render_cards, render_edition, state_slugs
from cardprint.tasks.projects import write_sample
from cardprint.verify import verify_full
from cardprint.verify.reading.document import Document
from cardprint.workspace import open_workspace

TRAPPED = b"<pdf:Trapped>False</pdf:Trapped>"
"""PDF/X wants it, and the extension schema of PDF/A declares it; the validator does not look for schemas of namespaces
that it knows."""

INKS = {"Cyan", "Magenta", "Yellow", "Black"}
LIMIT = 300
SMALL = 12.0
COARSE, FINE = 24, 144
"""Pixels to the inch: enough for areas, and for letters."""

Plates = Mapping[str, Image.Image]
"""By ink, a grey picture: 255 where there is all of it."""


class PrintFiles(NamedTuple):
    """Finished files by their names, where they lie, and for what they were written."""

    pdfs: Mapping[str, bytes]
    paths: Mapping[str, Path]
    profile: OutputProfile


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with 51 invented places."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(open_workspace(), folder / "edition", None, 1)
    return folder / "edition"


@pytest.fixture(scope="module")
def prints(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> PrintFiles:
    """Mississippi, also on A4, the overview, and the sample's cards, for a press."""
    press = open_project(profile="print")
    pdfs = {
        **_cards(press, ["mississippi"]),
        **_cards(open_project(size="a4", profile="print"), ["mississippi"]),
        **_cards(open_project(data=sample, profile="print"), None),
    }
    page = render_edition(open_project(layout="national-overview", profile="print"))
    pdfs[page.file_name] = page.pdf
    folder = tmp_path_factory.mktemp("print")
    paths = {name: folder / f"{name}.pdf" for name in pdfs}
    for name, path in paths.items():
        path.write_bytes(pdfs[name])
    return PrintFiles(pdfs, paths, press.profile)


def _cards(project: Project, states: list[str] | None) -> dict[str, bytes]:
    cards = list(render_cards(project, states or state_slugs(project)))
    assert all(isinstance(card, RenderedCard) for card in cards), cards
    return {card.file_name: card.pdf for card in cards if isinstance(card, RenderedCard)}


Separate = Callable[[Sequence[str], int], list[Plates]]


@pytest.fixture(scope="module")
def separate(prints: PrintFiles, tmp_path_factory: pytest.TempPathFactory) -> Separate:
    """Has Ghostscript separate files at a resolution, all in one go: it takes longer to start than for a page."""
    program = shutil.which("gs")
    if program is None:
        pytest.skip("Ghostscript is not installed")

    def plates(names: Sequence[str], dpi: int) -> list[Plates]:
        folder = tmp_path_factory.mktemp("plates")
        command = [program, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{dpi}"]
        command += [f"-sOutputFile={folder / '%d.tif'}", *(str(prints.paths[name]) for name in names)]
        subprocess.run(command, check=True, timeout=120)
        found: list[dict[str, Image.Image]] = [{} for _ in names]
        for path in folder.glob("*(*).tif"):
            number, _, ink = path.stem.removesuffix(")").partition("(")
            with Image.open(path) as picture:
                found[int(number) - 1][ink] = picture.convert("L").point(lambda level: 255 - level)
        shutil.rmtree(folder)
        return list(found)

    return plates


def inside_bleed(name: str, prints: PrintFiles, dpi: int) -> tuple[int, int, int, int]:
    """The pixels of a page with its bleed, marks left out."""
    page = pypdf.PdfReader(prints.paths[name]).pages[0]
    scale, height = dpi / 72, float(page.mediabox.height)
    left, bottom, right, top = map(float, page.bleedbox)
    return (
        *(round(left * scale) + 1, round((height - top) * scale) + 1),
        *(round(right * scale) - 1, round((height - bottom) * scale) - 1),
    )


def most_ink(plates: Plates, box: tuple[int, int, int, int]) -> float:
    """The most ink on any spot, in percent."""
    total = reduce(_sum, (plate.crop(box).convert("I") for plate in plates.values()))
    return float(total.getextrema()[1]) / 255 * 100  # type: ignore[arg-type] # of one band


def _sum(one: Image.Image, other: Image.Image) -> Image.Image:
    total: Image.Image = ImageMath.lambda_eval(lambda both: both["one"] + both["other"], one=one, other=other)
    return total


def test_every_file_is_an_archive_s_file_too(prints: PrintFiles) -> None:
    """PDF/A-2b, so that fonts, streams, metadata and stray colours have a judge."""
    assert 54 == len(prints.pdfs)
    failures = {
        name: [
            failure.message
            for failure in page_validation.validate_pdf_bytes(
                pdf.replace(TRAPPED, b" " * len(TRAPPED)), profile="2b"
            ).failures
        ]
        for name, pdf in prints.pdfs.items()
    }
    assert {} == {name: messages for name, messages in failures.items() if messages}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"0.95 0.82 0.45 0.5 k", b"0.95 0.82 0.45 rg   "),
        (b"/GTS_PDFA1", b"/GTS_PDFA0"),
        (b"/FontFile2", b"/FontFilx2"),
        (b"/OP false", b"/TR /Xyz "),
    ],
)
def test_the_judge_sees_what_is_wrong(prints: PrintFiles, old: bytes, new: bytes, tmp_path: Path) -> None:
    """The twin: stray RGB, no intent, a font that is not embedded, a transfer curve."""
    program = shutil.which("qpdf")
    if program is None:
        pytest.skip("qpdf is not installed")
    command = [program, "--stream-data=uncompress", "--object-streams=disable", "--newline-before-endstream"]
    subprocess.run([*command, prints.paths["2021-mississippi.print"], tmp_path / "plain.pdf"], check=True)
    plain = (tmp_path / "plain.pdf").read_bytes().replace(TRAPPED, b" " * len(TRAPPED))
    assert page_validation.is_pdf_compliant_bytes(plain, profile="2b")
    assert old in plain
    assert not page_validation.is_pdf_compliant_bytes(plain.replace(old, new), profile="2b")


def test_files_pass_the_full_preflight(prints: PrintFiles) -> None:
    """What validators of archives do not know: boxes, inks, bleed, type, lines. Each has passed the fast part."""
    findings = {
        name: [finding.message for finding in verify_full(pdf, profile=prints.profile)]
        for name, pdf in list(prints.pdfs.items())[::9]
    }
    assert {} == {name: messages for name, messages in findings.items() if messages}


def test_nothing_prints_but_the_four_inks(separate: Separate) -> None:
    """Ghostscript finds no other plate; and each of the four has something."""
    for plates in separate(["2021-mississippi.print", "2021-national-overview.print"], 72):
        assert INKS == plates.keys()
        assert all(plate.getextrema()[1] for plate in plates.values())


def test_no_card_takes_more_ink_than_paper_bears(prints: PrintFiles, separate: Separate) -> None:
    """On any spot of any of the sample's 51 cards, some of them fine enough to see single letters."""
    names = sorted(prints.pdfs)
    most = {}
    for dpi, chosen in ((COARSE, names), (FINE, names[::10])):
        for name, plates in zip(chosen, separate(chosen, dpi), strict=True):
            most[name, dpi] = most_ink(plates, inside_bleed(name, prints, dpi))
    assert {} == {file: ink for file, ink in most.items() if not 100 < ink <= LIMIT}


def test_small_type_is_on_the_black_plate_alone(prints: PrintFiles, separate: Separate) -> None:
    """Where it stands the other plates have the ground, without a trace of letters; black has the letters."""
    name, dpi = "2021-mississippi.print", 144
    (plates,) = separate([name], dpi)
    (page,) = Document(prints.pdfs[name]).pages
    looked_at = 0
    for fragment in page.content.fragments:
        light = fragment.fill.operands == (b"0", b"0", b"0", b"0")
        if fragment.size >= SMALL or light or not fragment.text.strip():
            continue
        box = pixels(fragment.ink, page.box, dpi)
        for ink in INKS - {"Black"}:
            least, largest = plates[ink].crop(box).getextrema()
            assert least == largest, (fragment.text, ink)
        assert plates["Black"].crop(box).histogram()[128:].count(0) < 128, fragment.text
        looked_at += 1
    assert looked_at > 40


def pixels(rect: Rect, trim: tuple[float, float, float, float], dpi: int) -> tuple[int, int, int, int]:
    """The pixels of an area of the page, whose trim begins equally far from the left and from the top of the sheet."""
    scale, off = dpi / 72, trim[0]
    return (
        *(int((rect.x + off) * scale), int((rect.y + off) * scale)),
        *(round((rect.right + off) * scale) + 1, round((rect.bottom + off) * scale) + 1),
    )


def test_print_and_screen_say_the_same_in_the_same_places(prints: PrintFiles, sample: Path) -> None:
    """Letter by letter, to another reader; what is beside the page is not of it."""
    screen = {**_cards(open_project(), ["mississippi"]), **_cards(open_project(data=sample), ["alabama", "wyoming"])}
    for name, pdf in screen.items():
        on_screen, in_print = list(letters(pdf)), list(letters(prints.pdfs[f"{name}.print"]))
        assert [letter for letter, _ in on_screen] == [letter for letter, _ in in_print]
        moved = [
            (letter, place, other)
            for (letter, place), (_, other) in zip(on_screen, in_print, strict=True)
            if max(abs(one - two) for one, two in zip(place, other, strict=True)) > 0.05
        ]
        assert [] == moved


def letters(pdf: bytes) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """The letters inside the trim and the boxes of their ink, from its lower left corner."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    left, bottom, right, top = page.get_trimbox()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        x1, y1, x2, y2 = text.get_charbox(index)
        if letter.strip() and left <= x1 <= right and bottom <= y1 <= top:
            yield letter, (x1 - left, y1 - bottom, x2 - left, y2 - bottom)
    document.close()
