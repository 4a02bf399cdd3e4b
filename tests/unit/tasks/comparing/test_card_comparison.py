"""Finished cards read and compared, and the proof that is made of it."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page as page_validation
import pypdfium2
import pytest
from msgspec.structs import replace
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from cardprint.model.change import Change
from cardprint.model.diagnostics import DiagnosticError
from cardprint.pipeline import Project, open_project, render_card, render_edition
from cardprint.tasks.comparing import compare, make_proof
from cardprint.tasks.comparing.wording import lines_of
from cardprint.verify import read_aloud, read_card_facts
from cardprint.workspace import Workspace, shipped_folder

ROOT = Path(__file__).parents[4]
CHANGED = [
    "issue 3 · grade F → D · score 8.5 → 9 · highlights “… through a non-punitive system and",
    "overall · score 68 → 68.5",
]


@pytest.fixture(scope="session")
def card(shipped: Project) -> bytes:
    return render_card(shipped, "mississippi").pdf


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, card: bytes) -> Workspace:
    """A folder with Mississippi's card, and an edition in which one of its scores is another."""
    here = tmp_path_factory.mktemp("desk")
    (here / "cards").mkdir()
    (here / "cards/2021-mississippi.pdf").write_bytes(card)
    shutil.copytree(ROOT / "data/2021", here / "same")
    shutil.copytree(ROOT / "data/2021", here / "edition")
    state = here / "edition/states/mississippi.yaml"
    text = state.read_text(encoding="utf-8").replace("score: 68", "score: 68.5")
    old = '{id: "3", score: 8.5, accomplished: ["3.1", "3.2"], gaps: ["3.3", '
    state.write_text(text.replace(old, '{id: "3", score: 9, accomplished: ["3.1", "3.2", "3.3"], gaps: ['))
    return Workspace(here, shipped_folder())


def test_the_facts_of_a_card_are_read_from_its_tags(card: bytes) -> None:
    """Every figure under its part and field, and a place on the page for each."""
    facts = read_card_facts(card)
    values = {(fact.part, fact.field): fact.value for fact in facts.facts}
    assert ("F", "8.5", "15", "Continuum of Care") == tuple(
        values["issue 3", field] for field in ("grade", "score", "maximum", "title")
    )
    assert ("D", "68") == (values["overall", "grade"], values["overall", "score"])
    assert ("2", "5") == (
        values["extra credit Youth", "points"],
        values["extra credit Child Labor Trafficking", "points"],
    )
    assert values["issue 5", "highlights"].startswith("Policy goals accomplished in areas related to victim supports")
    assert 6 * 5 + 2 * 2 + 2 == len(values)
    assert all(fact.places for fact in facts.facts)
    assert "MISSISSIPPI" == facts.texts[0].value


def test_cards_are_the_same_as_the_edition_that_they_were_made_from(desk: Workspace) -> None:
    """The states that the edition has no complete data for are no change."""
    assert () == compare(desk, "cards", "same").changes
    assert () == compare(desk, "same", "cards").changes
    assert () == compare(desk, "cards/2021-mississippi.pdf", "cards").changes


def altered(pdf: bytes, alter: Callable[[PdfWriter], object]) -> bytes:
    """A card that somebody worked on."""
    writer, stream = PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO()
    alter(writer)
    writer.write(stream)
    return stream.getvalue()


def element_reads(old: str, new: str) -> Callable[[PdfWriter], None]:
    def alter(writer: PdfWriter) -> None:
        (element,) = [
            element
            for number in range(len(writer._objects))
            if isinstance(element := writer.get_object(number + 1), DictionaryObject)
            and element.get("/ActualText") == old
        ]
        element[NameObject("/ActualText")] = TextStringObject(new)

    return alter


def link_leads(writer: PdfWriter) -> None:
    page: Any = writer.pages[0]
    page["/Annots"][0].get_object()["/A"][NameObject("/URI")] = TextStringObject("https://example.com/")


def text_is_stamped(writer: PdfWriter) -> None:
    """The first text of the page once more, outside of all tags."""
    page: Any = writer.pages[0]
    content = DecodedStreamObject()
    data = page.get_contents().get_data()
    content.set_data(data + b"\n" + re.findall(rb"\bBT\b.*?\bET\b", data, re.DOTALL)[0])
    page[NameObject("/Contents")] = writer._add_object(content)


@pytest.mark.parametrize(
    ("alter", "line"),
    [
        (element_reads("14 of 27.5 points", "24 of 27.5 points"), "issue 2 · score 14 → 24"),
        (PdfWriter.add_blank_page, "pages 1 → 2"),
        (link_leads, "link https://reportcards.sharedhope.org/toolkit → https://example.com/"),
        (text_is_stamped, "text outside of the tags not given → MISSISSIPPI"),
    ],
)
def test_whatever_a_card_says_or_shows_is_compared(
    card: bytes, tmp_path: Path, alter: Callable[[PdfWriter], object], line: str
) -> None:
    """To whom it says it does not matter; one that was only written anew says the same."""
    here = Workspace(tmp_path, shipped_folder())
    (tmp_path / "card.pdf").write_bytes(card)
    (tmp_path / "anew.pdf").write_bytes(altered(card, lambda _: None))
    (tmp_path / "altered.pdf").write_bytes(altered(card, alter))
    assert () == compare(here, "card.pdf", "anew.pdf").changes
    comparison = compare(here, "card.pdf", "altered.pdf")
    assert [("Mississippi", line)] == list(lines_of(comparison.changes))
    assert 2 == len(pypdfium2.PdfDocument(make_proof(here, comparison).pdf))


def test_a_figure_that_only_the_eye_sees_changed(desk: Workspace, tmp_path: Path) -> None:
    """Is told, though a listener hears what he heard before."""
    changed = render_card(open_project(desk, "edition"), "mississippi").pdf
    shutil.copy(desk.here / "cards/2021-mississippi.pdf", tmp_path / "card.pdf")
    (tmp_path / "altered.pdf").write_bytes(altered(changed, element_reads("9 of 15 points", "8.5 of 15 points")))
    first, *_ = lines_of(compare(Workspace(tmp_path, shipped_folder()), "card.pdf", "altered.pdf").changes)
    assert first[1].startswith("issue 3 · grade F → D · score as shown 8.5 → 9 · highlights")


def test_the_score_of_a_card_stands_by_its_grade(desk: Workspace) -> None:
    """Whatever other figures a layout shows outside of its table: the points of extra credit are texts here."""
    facts = read_card_facts(render_card(open_project(desk, "same", "rack-card"), "mississippi").pdf)
    overall = [(fact.field, fact.value) for fact in facts.facts if fact.part == "overall"]
    assert [("grade", "D"), ("score", "68")] == overall
    assert {"2 points", "5 points"} <= {text.value for text in facts.texts}


def test_cards_are_compared_with_an_edition_by_what_is_read_on_them(desk: Workspace) -> None:
    """The same lines as for two editions, and the sentences that follow from a goal."""
    lines = list(lines_of(compare(desk, "cards", "edition").changes))
    assert ["Mississippi"] * 2 == [owner for owner, _ in lines]
    for line, expected in zip([line for _, line in lines], CHANGED, strict=True):
        assert line.startswith(expected)


def test_a_card_that_has_no_data_any_more_is_removed(desk: Workspace, card: bytes, tmp_path: Path) -> None:
    """And one that has none yet is added."""
    shutil.copytree(desk.here / "same", tmp_path / "edition")
    (tmp_path / "edition/states/mississippi.yaml").unlink()
    (tmp_path / "card.pdf").write_bytes(card)
    here = Workspace(tmp_path, shipped_folder())
    assert [("Mississippi", "removed")] == list(lines_of(compare(here, "card.pdf", "edition").changes))
    assert [("Mississippi", "added")] == list(lines_of(compare(here, "edition", "card.pdf").changes))


def test_files_that_are_no_cards_are_left_out_and_told(desk: Workspace, card: bytes, tmp_path: Path) -> None:
    """Among cards they are a warning; alone there is nothing to compare."""
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(card)
    (folder / "b.pdf").write_bytes(card)
    (folder / "c.pdf").write_bytes(b"no PDF")
    (folder / "d.pdf").write_bytes(render_edition(open_project(desk, "same", "national-overview")).pdf)
    comparison = compare(Workspace(tmp_path, shipped_folder()), "cards", "cards/a.pdf")
    assert () == comparison.changes
    assert ["b.pdf", "c.pdf", "d.pdf"] == [problem.span.file.rpartition("/")[2] for problem in comparison.problems]
    (folder / "a.pdf").unlink()
    (folder / "b.pdf").unlink()
    with pytest.raises(DiagnosticError, match="not-compared"):
        compare(Workspace(tmp_path, shipped_folder()), "cards", "cards")


@pytest.mark.parametrize("sides", [("same", "edition"), ("cards", "edition")])
def test_the_proof_shows_old_and_new_side_by_side(desk: Workspace, sides: tuple[str, str]) -> None:
    """The changes in words and the line to be signed, then both cards; it is accessible, and the same every time."""
    comparison = compare(desk, *sides)
    proof = make_proof(desk, comparison)
    assert () == proof.problems
    first, second = pypdfium2.PdfDocument(proof.pdf)
    words = first.get_textpage().get_text_range()
    assert "score 8.5 → 9" in words
    assert "Name and signature" in words
    shown = second.get_textpage()
    before, after = (" ".join(shown.get_text_bounded(x, 60, x + 362, 540).split()) for x in (30, 400))
    assert "Continuum of Care F 8.5 15" in before
    assert "Continuum of Care D 9 15" in after
    for standard in ("ua1", "2a"):
        report = page_validation.validate_pdf_bytes(proof.pdf, profile=standard)
        assert [] == [failure.message for failure in report.failures]
    figures = [line for line in read_aloud(proof.pdf) if line.startswith("Figure: ")]
    assert ["Figure: Before: Mississippi", "Figure: After: Mississippi"] == [
        figure.split(": 2021")[0] for figure in figures
    ]
    assert proof.pdf == make_proof(desk, compare(desk, *sides)).pdf


def test_what_changed_is_boxed(desk: Workspace) -> None:
    """In magenta, on both cards, around the score of issue 3 and nothing around that of issue 4."""
    proof = make_proof(desk, compare(desk, "same", "edition"))
    picture = pypdfium2.PdfDocument(proof.pdf)[1].render(scale=2).to_pil().convert("RGB")
    for column in (0, 1):
        left = 2 * (30 + column * 378)
        points = [(x, y) for y in range(picture.height) for x in range(left, left + 708, 3)]
        rows = {y for x, y in points if picture.getpixel((x, y)) == (204, 0, 128)}
        scale = 2 * 354 / 612
        top = 2 * 76
        assert any(top + 295 * scale < y < top + 312 * scale for y in rows)
        assert not any(top + 357 * scale < y < top + 390 * scale for y in rows)


def test_many_changes_take_more_pages(desk: Workspace) -> None:
    """None is left out, and every page can be made."""
    comparison = compare(desk, "same", "edition")
    many = tuple(Change("", f"issue {number}", "title", "before", f"after {number}") for number in range(200))
    proof = make_proof(desk, replace(comparison, changes=many))
    document = pypdfium2.PdfDocument(proof.pdf)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    assert 5 < len(document)
    assert [] == [number for number in range(200) if f"“after {number}”" not in words]


def test_a_card_of_two_pages_is_shown_page_by_page(desk: Workspace) -> None:
    """Only the page that looks different, and its number with it."""
    comparison = compare(desk, "same", "edition", "rack-card")
    proof = make_proof(desk, comparison)
    document = pypdfium2.PdfDocument(proof.pdf)
    assert 2 == len(document)
    assert "Mississippi, page 1" in document[1].get_textpage().get_text_range()
