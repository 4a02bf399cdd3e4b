"""The second layout: one page for an edition, and what becomes of cards of states that are not complete."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

TOP = Path(__file__).parents[2]
FACTS = Path(__file__).parents[1] / "fixtures" / "overall-grades.csv"

Command = Callable[..., subprocess.CompletedProcess[str]]
Lines = Callable[[bytes], list[str]]


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """The postal code of each state."""
    listed = yaml.safe_load((TOP / "data" / "jurisdictions.yaml").read_text(encoding="utf-8"))
    return {place["name"]: place["postal"] for place in listed}


@pytest.fixture
def overview(cardprint: Command, tmp_path: Path) -> Callable[[str], bytes]:
    """The page of an edition."""

    def page(edition: str) -> bytes:
        done = cardprint("render", "--layout", "national-overview", "--data", TOP / "data" / edition, "-o", "out")
        assert (0, "") == (done.returncode, done.stderr)
        assert Path("out", f"{edition}-national-overview.pdf") == Path(done.stdout.strip())
        return (tmp_path / "out" / f"{edition}-national-overview.pdf").read_bytes()

    return page


def listed(page: bytes) -> list[list[tuple[str, str]]]:
    """For each list of the page its items, each as what a screen reader says for label and body."""
    tree: Any = PdfReader(io.BytesIO(page)).root_object["/StructTreeRoot"]
    return [[spoken(item) for item in kids(found)] for found in of_kind(tree["/K"].get_object(), "/L")]


def kids(element: Any) -> list[Any]:
    inner = element["/K"]
    inner = inner if isinstance(inner, list) else [inner]
    return [kid.get_object() for kid in inner if not isinstance(kid.get_object(), int)]


def of_kind(element: Any, kind: str) -> list[Any]:
    if element.get("/S") == kind:
        return [element]
    return [found for kid in kids(element) if "/S" in kid for found in of_kind(kid, kind)]


def spoken(item: Any) -> tuple[str, str]:
    """The replacement text of an item's two parts; empty where the text itself is read."""
    parts = [part for part in kids(item) if "/S" in part]
    while len(parts) == 1:
        parts = [part for part in kids(parts[0]) if "/S" in part]
    first, second = parts
    return str(first.get("/ActualText", "")), str(second.get("/ActualText", ""))


def test_every_state_is_on_the_map_with_its_letter(
    overview: Callable[[str], bytes], lines: Lines, places: dict[str, str]
) -> None:
    """Postal code, mark and letter stand beside one another in the order of names, as the list of facts has them."""
    text = lines(overview("2021"))
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["edition"] == "2021"]
    mark = {"named": "", "derived by elimination": "*"}
    expected = [line for row in rows for line in (places[row["state"]] + mark[row["basis"]], row["grade"])]
    start = text.index("AL*")
    assert expected == text[start : start + 2 * 51]


def test_headline_counts_and_average(overview: Callable[[str], bytes], lines: Lines) -> None:
    """Forty of fifty-one; 1 C, 10 D, 40 F, no A and no B; 47.9; 31 derived."""
    text = lines(overview("2021"))
    assert "40 OF 51 GRADED F" == text[0]
    assert "STATES BY OVERALL GRADE A 0 B 0 C 1 D 10 F 40 AL* F" in " ".join(text)
    assert {"47.9", "National average score", "31*"} <= set(text)


def test_it_is_one_page_and_says_what_it_is(overview: Callable[[str], bytes]) -> None:
    """Letter size, a title of its own, links to the sources."""
    pdf = PdfReader(io.BytesIO(overview("2021")))
    (page,) = pdf.pages
    assert (612, 792) == (page.mediabox.width, page.mediabox.height)
    assert pdf.metadata is not None
    assert "2021 Report Card on Child & Youth Sex Trafficking: national overview" == pdf.metadata.title
    annotations: Any = page["/Annots"]
    links = {link.get_object()["/A"]["/URI"] for link in annotations}
    with FACTS.open(encoding="utf-8", newline="") as file:
        sources = {row["source"] for row in csv.DictReader(file) if row["edition"] == "2021"}
    assert {source for source in sources if source.startswith("https://")} == links


def test_a_screen_reader_hears_a_list_of_states(overview: Callable[[str], bytes], places: dict[str, str]) -> None:
    """Each by its name, derived letters said to be so; the letter alone is read as it stands."""
    counts, states = listed(overview("2021"))
    assert [("Grade A:", ""), ("Grade B:", ""), ("Grade C:", ""), ("Grade D:", ""), ("Grade F:", "")] == counts
    assert [f"{name}:" for name in places] == [name for name, _ in states]
    said = dict(states)
    assert ("F, derived", "", "") == (said["Alabama:"], said["Alaska:"], said["Florida:"])
    assert 31 == sum(body == "F, derived" for body in said.values())


def test_a_letter_that_nobody_knows_is_left_open(overview: Callable[[str], bytes], lines: Lines) -> None:
    """Of 2023 that of the District of Columbia: its tile is there, and the headline does not count it."""
    page = overview("2023")
    text = lines(page)
    assert "F: 32 OF 50 KNOWN GRADES" == text[0]
    assert ["DC", "–"] == text[text.index("DC") :][:2]
    assert "not known" == dict(listed(page)[1])["District of Columbia:"]


def test_an_edition_of_a_few_letters_is_drawn_too(overview: Callable[[str], bytes], lines: Lines) -> None:
    """Nine of 2022 are known, one of them derived."""
    text = lines(overview("2022"))
    assert "F: 4 OF 9 KNOWN GRADES" == text[0]
    assert {"1*", "42–", "GA*"} <= set(text)


@pytest.mark.parametrize(
    ("left", "headline"),
    [
        (["north", "south"], "1 OF 2 GRADED F"),
        (["south"], "F: 1 OF 1 KNOWN GRADES"),
        (["north"], "KNOWN GRADES: 1 OF 2"),
        ([], "KNOWN GRADES: 0 OF 2"),
    ],
)
def test_the_headline_counts_the_lowest_grade_where_it_was_given(
    cardprint: Command, tmp_path: Path, lines: Lines, left: list[str], headline: str
) -> None:
    """That nobody failed is no headline while grades are missing."""
    assert 0 == cardprint("new", "mine").returncode
    for name in {"north", "south"} - set(left):
        (tmp_path / "mine" / "states" / f"{name}-example.yaml").unlink()
    assert 0 == cardprint("render", "--layout", "national-overview", "--data", "mine", "-o", "out").returncode
    assert headline in lines((tmp_path / "out" / "sample-2026-national-overview.pdf").read_bytes())[:3]


def test_a_headline_where_nobody_has_the_lowest_grade(cardprint: Command, tmp_path: Path, lines: Lines) -> None:
    """And all grades are known."""
    assert 0 == cardprint("new", "mine").returncode
    framework = tmp_path / "mine" / "framework.yaml"
    text = framework.read_text(encoding="utf-8")
    framework.write_text(text.replace("D, from: 60", "D, from: 1"), encoding="utf-8")
    assert 0 == cardprint("render", "--layout", "national-overview", "--data", "mine", "-o", "out").returncode
    page = (tmp_path / "out" / "sample-2026-national-overview.pdf").read_bytes()
    assert "NO F AMONG 2 GRADES" in lines(page)[:3]


def test_the_page_takes_no_state(cardprint: Command, tmp_path: Path) -> None:
    """A usage error, and nothing is written."""
    for arguments in (("mississippi",), ("--all",)):
        done = cardprint("render", *arguments, "--layout", "national-overview", "-o", "out")
        assert (2, "") == (done.returncode, done.stdout)
        assert done.stderr.endswith("draws one page for the whole edition. Name no states.\n")
        assert 1 == done.stderr.count("\n")
    assert not (tmp_path / "out").exists()


def test_cards_take_a_state(cardprint: Command, tiny: tuple[str | Path, ...]) -> None:
    """Also where the layout is named."""
    done = cardprint("render", *tiny)
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith('The layout "tiny" draws a card for each state. Name the states to render.\n')


def test_an_incomplete_state_is_told_what_it_lacks(cardprint: Command, tmp_path: Path) -> None:
    """Each score, grade and sentence that the card reads, by its name, and where the file is; nothing is drawn."""
    done = cardprint("render", "alabama", "-o", "out")
    *told, where = done.stderr.splitlines()
    assert "data/2021/states/alabama.yaml came with cardprint, in " in where
    assert (1, "", []) == (done.returncode, done.stdout, list((tmp_path / "out").glob("*")))
    assert all(": missing-field: The data does not give " in line for line in told)
    wanted = {f"the {field} of issue 1, 2, 3, 4, 5 and 6 of Alabama" for field in ("grade", "score", "highlights")}
    for field in ("points", "highlights"):
        wanted.add(f"the {field} of the extra credit for Youth and Child Labor Trafficking of Alabama")
    wanted.add("the overall score of Alabama")
    assert wanted == {line.partition("does not give ")[2].partition(", which ")[0] for line in told}


def test_all_draws_the_complete_and_names_the_others(
    cardprint: Command, tmp_path: Path, places: dict[str, str]
) -> None:
    """Mississippi's card, one line for the fifty, exit code 1."""
    done = cardprint("render", "--all", "-o", "out")
    assert 1 == done.returncode
    assert ["2021-mississippi.pdf"] == [path.name for path in (tmp_path / "out").glob("*.pdf")]
    line, summary = done.stderr.splitlines()
    assert summary.startswith("51 cards: 1 made, 50 incomplete")
    assert line.startswith("missing-field: Of 51, 50 states are incomplete for the layout report-card")
    named = line.partition("not drawn: ")[2].partition(". ")[0].split(", ")
    assert [name.lower().replace(" ", "-") for name in places if name != "Mississippi"] == named


def test_cards_of_an_edition_without_issues_say_so(cardprint: Command) -> None:
    """Tennessee's A of 2023 is known, and nothing that a card would show."""
    done = cardprint("render", "tennessee", "--data", TOP / "data" / "2023")
    assert 1 == done.returncode
    assert "The data does not give the issues of edition 2023" in done.stderr
