"""What a style can ask of a paragraph, on a small card from its files to its full proof, as every judge reads it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import page as page_validation
import pypdfium2
import pytest
from msgspec import Struct
from msgspec.structs import replace
from pypdf import PdfReader

from cardprint.layout import crowded
from cardprint.model.diagnostics import DiagnosticError, Severity
from cardprint.model.finding import Finding
from cardprint.model.frame import FrameItem, Group, PageFrame, TextRun
from cardprint.paint import paint_pdf
from cardprint.pipeline import (
    ComposedCard,
    Project,
    RejectedError,
    card_findings,
    compose_card,
    lay_out_card,
    open_project,
    paint_card,
    prove_card,
)
from cardprint.tasks.checking import check_edition
from cardprint.verify import read_aloud
from cardprint.workspace import Workspace, shipped_folder

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"
POLICY = (
    "Policy goals accomplished in areas related to buyer and trafficker accountability under state laws, mistake of "
    "age defenses, decoy defenses, and business entity liability under the trafficking law."
)


class SetCard(Struct):
    """A card on its way to its file: what it is painted and proved from."""

    project: Project
    composed: ComposedCard
    frames: tuple[PageFrame, ...]
    pdf: bytes

    def findings(self) -> tuple[Finding, ...]:
        """What the full proof finds, but that a card which is one block has no title."""
        found = card_findings(self.project, self.composed, self.frames, self.pdf, full=True)
        return tuple(finding for finding in found if finding.rule != "card-title")

    def painted_with(self, change: Callable[[TextRun], TextRun]) -> set[str]:
        """The rules that the proof finds broken where what was painted is not what layout placed."""
        frames = [replace(frame, root=changed(frame.root, change)) for frame in self.frames]
        pdf = paint_pdf(frames, self.project.profile, self.project.subsets)
        assert pdf != self.pdf
        found = card_findings(self.project, self.composed, self.frames, pdf)
        return {finding.rule for finding in found if finding.severity is Severity.ERROR}

    def texts(self) -> list[TextRun]:
        """Every run of the card, in reading order."""
        return [run for frame in self.frames for run in runs_of(frame.root)]


def runs_of(item: FrameItem) -> Iterator[TextRun]:
    """The runs of a group, in reading order."""
    match item:
        case TextRun():
            yield item
        case Group():
            for part in item.items:
                yield from runs_of(part)


def changed(group: Group, change: Callable[[TextRun], TextRun]) -> Group:
    """The group with every run of it changed."""
    items: list[FrameItem] = []
    for item in group.items:
        match item:
            case TextRun():
                items.append(change(item))
            case Group():
                items.append(changed(item, change))
            case _:
                items.append(item)
    return replace(group, items=tuple(items))


SetType = Callable[..., SetCard]


@pytest.fixture
def set_type(tmp_path: Path) -> SetType:
    """Sets a block on a page of 4 by 3 inches in styles of these names."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)

    def run(block: dict[str, Any], profile: str = "screen", **styles: dict[str, Any]) -> SetCard:
        plain = {"font": "Source Sans 3 Regular", "size": "9pt", "leading": "12pt", "swatch": "ink"}
        layout = {
            "extends": "base.yaml",
            "theme": {"extends": "themes/plain.yaml", "styles": {name: plain | keys for name, keys in styles.items()}},
            "body": {"stack": [block]},
        }
        (tmp_path / "layouts" / "own.yaml").write_text(json.dumps(layout, ensure_ascii=False), encoding="utf-8")
        here = Workspace(tmp_path.resolve(), shipped_folder())
        project = open_project(here, "edition", "layouts/own.yaml", profile=profile)
        composed = compose_card(project, "freedonia")
        frames, _ = lay_out_card(project, composed, None)
        return SetCard(project, composed, frames, paint_card(project, composed, frames)[1])

    return run


def words_of(pdf: bytes) -> list[str]:
    """The words of a card's only page in the order in which PDFium reads them."""
    (page,) = pypdfium2.PdfDocument(pdf)
    text: str = page.get_textpage().get_text_range()
    return text.replace("\ufffe", "").split()


def failures(pdf: bytes) -> list[str]:
    """What the judge of PDF/UA and PDF/A objects to."""
    return [
        failure.message
        for standard in ("ua1", "2a")
        for failure in page_validation.validate_pdf_bytes(pdf, profile=standard).failures
    ]


class TestJustified:
    @pytest.mark.parametrize(
        "style",
        [
            {},
            {"breaking": "greedy"},
            {"tracking": "0.02em"},
            {"font": "Barlow Condensed Medium"},
            {"hyphenate": True},
            {"case": "upper"},
        ],
        ids=str,
    )
    def test_lines_are_flush_and_the_card_is_sound(self, set_type: SetType, style: dict[str, Any]) -> None:
        """On both sides, but for the last line, which is as long as its words; proof and judges have no objection, and
        the words are there."""
        card = set_type({"text": POLICY, "style": "body"}, body={"align": "justify", **style})
        *lines, last = card.texts()
        assert len(lines) >= 2
        for line in lines:
            assert 270 == pytest.approx(line.x + line.width - line.tracking, abs=0.01)
            assert line.word_space > 0
        assert 0 == last.word_space
        assert () == card.findings()
        assert [] == failures(card.pdf)
        assert POLICY.lower().split() == [word.lower() for word in words_of(card.pdf)]

    def test_ink_ends_at_the_margin(self, set_type: SetType) -> None:
        """What another program sees: the last letter of each full line ends where the column does."""
        card = set_type({"text": POLICY, "style": "body"}, body={"align": "justify"})
        (page,) = pypdfium2.PdfDocument(card.pdf)
        text = page.get_textpage()
        ends: dict[float, float] = {}
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                _, bottom, right, _ = text.get_charbox(index, loose=True)
                ends[round(bottom)] = max(right, ends.get(round(bottom), 0.0))
        *full, last = [ends[bottom] for bottom in sorted(ends, reverse=True)]
        assert len(full) >= 2
        assert [270.0] * len(full) == pytest.approx(full, abs=0.5)
        assert last < 260

    @pytest.mark.parametrize("profile", ["screen", "print"])
    def test_runs_and_links_in_justified_lines(self, set_type: SetType, profile: str) -> None:
        """A line of several runs is as flush as one of one."""
        block = {
            "text": [
                "Policy goals accomplished in areas related to buyer and trafficker ",
                {"text": "accountability under state laws", "link": "https://example.org/laws", "style": "strong"},
                ", mistake of age defenses, decoy defenses, and business entity liability.",
            ],
            "style": "body",
        }
        strong = {"font": "Source Sans 3 SemiBold"}
        card = set_type(block, profile, body={"align": "justify"}, strong=strong)
        assert () == card.findings()

    def test_spaces_opened_otherwise_than_placed_are_told(self, set_type: SetType) -> None:
        """A line whose spaces are wider than layout made them, or not opened at all, is no longer in its place."""
        card = set_type({"text": POLICY, "style": "body"}, body={"align": "justify"})
        assert "text-moved" in card.painted_with(lambda run: replace(run, word_space=run.word_space * 1.1))
        assert "text-moved" in card.painted_with(lambda run: replace(run, word_space=0.0))


class TestDivided:
    @pytest.mark.parametrize("font", ["Source Sans 3 Regular", "Barlow Condensed Bold"])
    @pytest.mark.parametrize("text", ["accomplishment accomplishment", "accom\u00adplishment, accom\u00adplished"])
    def test_a_divided_word_reads_as_one(self, set_type: SetType, font: str, text: str) -> None:
        """Whether a dictionary divides it or its author: its hyphen is drawn, and readers get the word undivided."""
        block = {"columns": [{"text": text, "style": "body"}], "tracks": ["55pt"]}
        body = {"font": font, "size": "11pt", "hyphenate": "\u00ad" not in text}
        card = set_type(block, body=body)
        drawn = [run.pieces[-1].text for run in card.texts()]
        assert "\u00ad" in drawn
        assert () == card.findings()
        assert [] == failures(card.pdf)
        whole = text.replace("\u00ad", "")
        assert [f"{whole}."] == read_aloud(card.pdf)
        assert whole.split() == words_of(card.pdf)
        assert whole.split() == PdfReader(io.BytesIO(card.pdf)).pages[0].extract_text().replace("\u00ad\n", "").split()

    def test_poppler_gets_a_soft_hyphen(self, set_type: SetType) -> None:
        """And no hard one, which would be part of the word."""
        if shutil.which("pdftotext") is None:
            pytest.skip("poppler-utils is not installed")
        block = {"columns": [{"text": "accomplishment", "style": "body"}], "tracks": ["45pt"]}
        card = set_type(block, body={"hyphenate": True})
        command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
        text = subprocess.run(command, input=card.pdf, capture_output=True, check=True).stdout.decode()
        assert ["accom\u00ad", "plishment"] == text.split()

    def test_beside_a_hyphen_that_is_written(self, set_type: SetType) -> None:
        """The glyph that both share is read as what it stands for in each place."""
        block = {"columns": [{"text": "well-known accomplishment", "style": "body"}], "tracks": ["45pt"]}
        card = set_type(block, body={"hyphenate": True})
        assert () == card.findings()
        assert [] == failures(card.pdf)
        assert ["well-known accomplishment."] == read_aloud(card.pdf)

    def test_a_link_is_described_without_soft_hyphens(self, set_type: SetType) -> None:
        """What a reader says of a link, and what no room is told of, are the words as anybody writes them."""
        block = {"text": [{"text": "Accomplishments", "link": "https://example.org/a"}], "style": "body"}
        card = set_type({"columns": [block], "tracks": ["50pt"]}, body={"hyphenate": True})
        assert () == card.findings()
        annotations = PdfReader(io.BytesIO(card.pdf)).pages[0].annotations or ()
        assert ["Accomplishments"] == [note.get_object()["/Contents"] for note in annotations]

    def test_a_hyphen_that_is_not_drawn_is_told(self, set_type: SetType) -> None:
        """Two halves of a word without it are two words to the eye."""
        block = {"columns": [{"text": "accomplishment", "style": "body"}], "tracks": ["45pt"]}
        card = set_type(block, body={"hyphenate": True})

        def without(run: TextRun) -> TextRun:
            return replace(run, pieces=tuple([piece for piece in run.pieces if piece.text != "\u00ad"]))

        assert {"text-changed", "tag-text"} <= card.painted_with(without)


HEADED = {
    "repeat": "issues as issue",
    "stack": [
        {"text": "What a state did", "style": "head"},
        {"text": "{issue.title}: {issue.grade}", "style": "body"},
    ],
}


class TestCapitals:
    def test_an_article_is_no_grade(self, set_type: SetType) -> None:
        """Though it looks like one where the style sets it in capitals."""
        card = set_type(HEADED, head={"case": "upper"}, body={})
        assert ["WHAT", "A", "STATE", "DID", "Laws:", "F"] == words_of(card.pdf)
        assert () == card.findings()

    def test_a_wrong_grade_beside_it_is_told(self, set_type: SetType) -> None:
        """The article stands for no other letter."""
        card = set_type(HEADED, head={"case": "upper"}, body={})
        (article,) = (piece for run in card.texts() for piece in run.pieces if piece.text == "A")

        def graded(run: TextRun) -> TextRun:
            return replace(run, pieces=tuple([article if piece.text == "F" else piece for piece in run.pieces]))

        assert {"fact-wrong", "text-changed"} <= card.painted_with(graded)


class TestRuns:
    def test_words_go_on_from_run_to_run(self, set_type: SetType) -> None:
        """A figure of the layout's own, its unit in another style, is known for what it is."""
        text = ["Set in up to 12.5", {"text": "pt", "style": "small"}, " type"]
        card = set_type({"text": text, "style": "body"}, body={}, small={"size": "7pt"})
        assert ["Set", "in", "up", "to", "12.5pt", "type"] == words_of(card.pdf)
        assert () == card.findings()

    def test_other_figures_are_told(self, set_type: SetType) -> None:
        """Those that are no part of the layout's words."""
        card = set_type({"text": ["Up to 12.5", "pt and 3"], "style": "body"}, body={})
        digits = {piece.text: piece for run in card.texts() for piece in run.pieces}
        assert "3" in digits

        def raised(run: TextRun) -> TextRun:
            return replace(run, pieces=tuple([digits["3"] if piece.text == "and" else piece for piece in run.pieces]))

        assert "figure-unknown" in card.painted_with(raised)


BIG = {"text": ["Small ", {"text": "Big", "style": "big"}], "style": "body"}
TALL = {"text": "gap goal policy gjpq Ångström ÅÉÑ policy", "style": "body"}
LINK = {"text": [{"text": "read more", "link": "https://example.org/5"}], "style": "body"}


class TestCrowded:
    @pytest.mark.parametrize(
        ("block", "styles", "message", "remedy"),
        [
            (
                BIG,
                {"body": {}, "big": {"size": "40pt", "leading": "40pt"}},
                "“Big” is set in 40 pt, which its block has no room for",
                {"body": {"leading": "55.9pt"}, "big": {"size": "40pt", "leading": "40pt"}},
            ),
            (
                TALL,
                {"body": {"size": "24pt", "leading": "19pt"}},
                "“Ångström ÅÉÑ policy” reaches into the line above, “gap goal policy gjpq”",
                {"body": {"size": "24pt", "leading": "26.5pt"}},
            ),
            (
                {"stack": [{"text": "gjpq", "style": "body"}, {"text": "ÅÉÑ", "style": "body"}]},
                {"body": {"size": "18pt", "leading": "13pt"}},
                "“ÅÉÑ” stands on “gjpq”",
                {"body": {"size": "18pt", "leading": "20pt"}},
            ),
        ],
        ids=["a large run", "tight lines", "tight blocks"],
    )
    def test_type_without_room_is_overset(
        self, set_type: SetType, block: Any, styles: dict[str, Any], message: str, remedy: dict[str, Any]
    ) -> None:
        """It is told with its line and its remedy, and is no fault of the program's; the remedy helps."""
        card = set_type(block, **styles)
        with pytest.raises(DiagnosticError) as caught:
            prove_card(card.project, card.composed, card.frames, card.pdf)
        assert not isinstance(caught.value, RejectedError)
        problems = caught.value.diagnostics
        assert {"overset"} == {problem.code for problem in problems}
        assert [problem for problem in problems if message in problem.message]
        assert all(problem.span.line and problem.hint for problem in problems)
        assert () == crowded(set_type(block, **remedy).frames)
        assert () == set_type(block, **remedy).findings()

    def test_check_tells_it_too(self, set_type: SetType, tmp_path: Path) -> None:
        """Before anything is painted."""
        set_type(TALL, body={"size": "24pt", "leading": "19pt"})
        report = check_edition(Workspace(tmp_path.resolve(), shipped_folder()), "edition", "layouts/own.yaml")
        assert ["overset"] == [problem.code for problem in report.problems]

    def test_letters_that_were_moved_are_no_fault_of_the_layout(self, set_type: SetType) -> None:
        """Text that stands on another where layout did not put it is a rejected card."""
        card = set_type(TALL, body={"size": "24pt", "leading": "30pt"})
        frames = [replace(frame, root=changed(frame.root, _lowered)) for frame in card.frames]
        pdf = paint_pdf(frames, card.project.profile, card.project.subsets)
        with pytest.raises(RejectedError):
            prove_card(card.project, card.composed, card.frames, pdf)

    @pytest.mark.parametrize("leading", ["9pt", "12pt"])
    def test_a_link_in_the_first_line_stays_in_the_live_area(self, set_type: SetType, leading: str) -> None:
        """Its area is as high as its letters may be, and no higher than its text has room for."""
        card = set_type(LINK, body={"font": "Barlow Condensed Bold", "leading": leading})
        assert () == card.findings()

    @pytest.mark.parametrize(
        ("block", "style"),
        [
            (
                {"fraction": {"over": "14", "under": "27.5"}, "over_style": "body", "under_style": "body"}
                | {"bar": {"weight": "1pt", "swatch": "ink"}, "bar_width": "25pt", "clearance": "3pt"},
                {"font": "Source Sans 3 SemiBold", "size": "48pt", "leading": "39.4pt"},
            ),
            (
                {"text": "{state.name}", "style": "body"},
                {"font": "Barlow Condensed Bold", "size": "48pt", "leading": "41.4pt"}
                | {"tracking": "0.07em", "align": "right"},
            ),
        ],
        ids=["a fraction", "a tracked title"],
    )
    def test_large_type_stands_where_it_should(self, set_type: SetType, block: Any, style: dict[str, Any]) -> None:
        """Figures are lower than the room that letters need, and nothing is seen of the tracking after the last."""
        assert () == set_type(block, body=style).findings()


def _lowered(run: TextRun) -> TextRun:
    """A run of the first line put on the second."""
    return replace(run, baseline=run.baseline + 24) if run.text.startswith("gap") else run
