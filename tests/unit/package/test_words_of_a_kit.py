"""Captions and figures say what the data say."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from msgspec.structs import replace

from cardprint.load.table import read_table
from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.diagnostics import Diagnostic, Severity, Span
from cardprint.model.source import Source
from cardprint.model.workbook import FORMULA_SIGNS
from cardprint.package.archive import Entry
from cardprint.package.captions import caption, card_alt_text, social_alt_text
from cardprint.package.contents import Contents, LeftOut, Proof, manifest, readme
from cardprint.package.figures import figures_csv, figures_json, state_figures, table
from cardprint.pipeline import ComposedCard, Project
from cardprint.validate.embargo import parse_embargo


@pytest.fixture
def framework(shipped: Project) -> Framework:
    return shipped.framework


@pytest.fixture
def record(mississippi: ComposedCard) -> StateRecord:
    return mississippi.record


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_alternative_text_has_every_figure_of_the_card(framework: Framework, record: StateRecord) -> None:
    """Letter, points, each issue, extra credit, in the order of the card."""
    text = card_alt_text(framework, record)
    assert text.startswith(
        "2021 Report Card on Child & Youth Sex Trafficking, card of Mississippi: overall grade D, 68 points"
    )
    assert "; 3. Continuum of Care: F, 8.5 of 15 points; " in text
    assert text.endswith("Extra credit, Youth: 2 points; Extra credit, Child Labor Trafficking: 5 points.")


def test_social_picture_is_described_by_what_is_on_it(framework: Framework, record: StateRecord) -> None:
    """The state, its grade and points, the edition, the publisher."""
    expected = "Mississippi: overall grade D, 68 points. 2021 Report Card on Child & Youth Sex Trafficking, Shared Hope"
    assert social_alt_text(framework, record).startswith(expected)


def test_caption_is_a_sentence(framework: Framework, record: StateRecord) -> None:
    """It begins with the state's name as a sentence does, says who published when, and that a sample is one."""
    assert caption(framework, record) == (
        "Mississippi received an overall grade of D, with 68 points, in the 2021 Report Card on Child & Youth Sex "
        "Trafficking, published by Shared Hope International on November 17, 2021."
    )
    district = replace(record, jurisdiction=replace(record.jurisdiction, name="District of Columbia", article="the"))
    told = caption(replace(framework, sample=True), replace(district, total=Decimal(1)))
    assert told.startswith("The District of Columbia received an overall grade of D, with 1 point, in the")
    assert told.endswith("The data are a sample.")


def test_table_has_a_line_for_each_state(framework: Framework, record: StateRecord) -> None:
    """Heads and cells are as many; scores are exact."""
    heads, line = rows(figures_csv(framework, [state_figures(record)]))
    assert len(heads) == len(line)
    told = dict(zip(heads, line, strict=True))
    assert ("Mississippi", "MS", "D", "68") == tuple(line[:4])
    assert ("F", "8.5") == (told["3. Continuum of Care: grade"], told["3. Continuum of Care: score of 15"])
    assert "5" == told["extra credit, Child Labor Trafficking: points"]


def test_state_without_results_has_empty_cells(framework: Framework, record: StateRecord) -> None:
    """What is not known is empty in the table, and null or left out in JSON."""
    bare = replace(record, issues=None, extra_credit=None, total=None)
    _, line = rows(figures_csv(framework, [state_figures(bare)]))
    assert ["Mississippi", "MS", "D", *[""] * 15] == line
    assert state_figures(bare)["overall"] == {"grade": "D", "score": None}


def test_json_has_numbers_as_numbers(framework: Framework, record: StateRecord) -> None:
    """With the goals of each issue."""
    document = json.loads(figures_json(framework, [state_figures(record)]))
    third = document["states"][0]["issues"][2]
    assert (8.5, 15, ["3.1", "3.2"]) == (third["score"], third["maximum"], third["accomplished"])
    assert "2021-11-17" == document["edition"]["released"]


def test_spreadsheets_run_nothing() -> None:
    """A cell that would be a formula is a text, and read as what it was by whoever knows the guard."""
    for sign in FORMULA_SIGNS:
        data = table([["State", "Note"], ["Ohio", f"{sign}1"]])
        assert ["Ohio", f"'{sign}1"] == rows(data)[1]
        assert f"{sign}1" == read_table(Source("a.csv", data), "a").rows[1].cells[2].text
    assert [["'=1+1", "a,b"]] == rows(table([["=1+1", "a,b"]]))


def contents(framework: Framework) -> Contents:
    return Contents(
        framework,
        {"mississippi": "Mississippi"},
        [Entry("cards/ms.pdf", 3, "ab" * 32), Entry("data.csv", 1, "cd" * 32)],
        [Proof("cards/ms.pdf", (Diagnostic("low-contrast", "Hm.", severity=Severity.WARNING),))],
        [LeftOut("Texas", (Diagnostic("missing-field", "The score of issue 2 is missing."),))],
        {"cardprint": "1"},
        parse_embargo("2021-11-17 00:01 EST"),
    )


def test_manifest_tells_everything(framework: Framework) -> None:
    """Files with hashes, proofs with findings, states that are left out with the reason, and the embargo."""
    document = json.loads(manifest(contents(framework)))
    assert {"name": "data.csv", "size": 1, "sha256": "cd" * 32} == document["files"][1]
    assert [True, ["low-contrast: Hm."]] == [document["proofs"][0][key] for key in ("passed", "findings")]
    assert "Texas" == document["left_out"][0]["what"]
    assert "missing-field" in document["left_out"][0]["problems"][0]
    assert "2021-11-17T00:01:00-05:00" == document["embargo"]["until"]


def test_manifest_says_of_no_file_with_an_error_that_it_passed(framework: Framework) -> None:
    """Whoever packed it."""
    packed = replace(contents(framework), proofs=[Proof("cards/ms.pdf", (Diagnostic("text-missing", "Hm."),))])
    assert json.loads(manifest(packed))["proofs"][0]["passed"] is False


def test_manifest_does_not_tell_where_the_publisher_keeps_files(framework: Framework) -> None:
    """Neither as the place of a problem nor in its words; all else of it is there."""
    large = Diagnostic(
        "file-too-large",
        '"jo/states/texas.yaml" has 11 bytes; it may have 10.',
        Span("jo/states/texas.yaml"),
        hint="Cut.",
    )
    packed = replace(contents(framework), left_out=[LeftOut("Texas", (large,))])
    told = json.loads(manifest(packed))["left_out"][0]["problems"]
    assert ['file-too-large: "texas.yaml" has 11 bytes; it may have 10. Cut.'] == told


def test_readme_tells_what_is_there_and_what_is_not(framework: Framework) -> None:
    """In lines that every editor shows; what the kit does not have is not promised."""
    text = readme(contents(framework)).decode("ascii")
    lines = text.split("\r\n")
    assert "2021 REPORT CARD ON CHILD & YOUTH SEX TRAFFICKING" == lines[0]
    assert max(map(len, lines)) <= 78
    assert "EMBARGOED UNTIL 00:01 EST, NOVEMBER 17, 2021. Nothing in this kit may be" in lines
    assert any(line.startswith("cards/") for line in lines)
    assert any(line.startswith("manifest.json") for line in lines)
    assert not any(line.startswith("html/") for line in lines)
    assert "could not be made: Texas." in " ".join(lines)
