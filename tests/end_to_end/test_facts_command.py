"""The fact sheet: every figure recounted from the files by brute force, and nothing told that is not known."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as page_validation
import pytest
import yaml
from pypdf import PdfReader

from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.fact_sheet import Fact
from cardprint.tasks.facts import FactFiles, make_facts, open_facts
from cardprint.tasks.projects import write_sample
from cardprint.tasks.verifying import VerifiedFile, verify_files
from cardprint.verify import verify_full
from cardprint.workspace import Workspace, shipped_folder

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

LETTERS = "ABCDF"
Counted = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two sample editions of one framework, a year apart."""
    workspace = Workspace(tmp_path_factory.mktemp("desk"), shipped_folder())
    write_sample(workspace, "later", None, 1)
    write_sample(workspace, "earlier", None, 2)
    change(workspace.here / "earlier" / "framework.yaml", 'id: "2021"', 'id: "2020"')
    change(workspace.here / "earlier" / "framework.yaml", "released: 2021", "released: 2020")
    return workspace


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def made(desk: Workspace) -> FactFiles:
    return make_facts(open_facts(desk, "later", "earlier"))


def counted(edition: Path) -> Counted:
    """Letter, score, scores of issues and gaps of each state, added up from its YAML by the plainest means."""
    framework = yaml.safe_load((edition / "framework.yaml").read_text(encoding="utf-8"))
    named = {goal["id"] for issue in framework["issues"] for goal in issue["goals"]}
    found: Counted = {}
    for file in (edition / "states").iterdir():
        state = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (every scalar a string)
        scores, gaps = {}, set()
        for issue in state["issues"]:
            points = {goal: Decimal(number) for goal, number in issue.get("points", {}).items()}
            scores[issue["id"]] = Decimal(issue["score"]) if "score" in issue else sum(points.values(), Decimal(0))
            gaps |= {*issue.get("gaps", []), *(goal for goal, number in points.items() if number < Decimal("2.5"))}
        extra = sum(len(row.get("protections", [])) for row in state["extra_credit"])
        total = sum(scores.values()) + extra
        letter = next(letter for letter, least in zip(LETTERS, (90, 80, 70, 60, 0), strict=True) if total >= least)
        found[state["state"]] = {
            "letter": letter,
            "total": total,
            "scores": scores,
            "gaps": gaps & named,
            "named": named,
        }
    return found


def fact(made: FactFiles, name: str) -> Fact:
    return next(fact for fact in made.sheet.facts if fact.name == name)


def rows(made: FactFiles, name: str) -> list[tuple[str, str, str]]:
    return [(row.label, row.text, row.value) for row in fact(made, name).rows]


class TestRecounted:
    def test_grades(self, desk: Workspace, made: FactFiles) -> None:
        """Each state stands once, under its letter, and the figures are the lengths of the lists."""
        states = counted(desk.here / "later")
        expected = []
        for letter in LETTERS:
            names = sorted(name for name, state in states.items() if state["letter"] == letter)
            expected += [(letter, ", ".join(names), str(len(names)))] if names else []
        assert expected == rows(made, "grades")

    def test_scores(self, desk: Workspace, made: FactFiles) -> None:
        """A rank is one more than how many have more points; equal scores share a row."""
        totals = {name: state["total"] for name, state in counted(desk.here / "later").items()}
        for label, names, value in (*rows(made, "scores"), *rows(made, "lowest_scores")):
            score = Decimal(value)
            assert sorted(name for name, total in totals.items() if total == score) == names.split(", ")
            assert int(label) == 1 + sum(total > score for total in totals.values())
        assert str(max(totals.values()).normalize()) == f"{Decimal(rows(made, 'scores')[0][2]).normalize()}"
        assert min(totals.values()) == Decimal(rows(made, "lowest_scores")[0][2])
        mean = sum(totals.values()) / len(totals)
        assert f"{mean:.1f}".removesuffix(".0") in fact(made, "scores").sentences[0]

    def test_issues(self, desk: Workspace, made: FactFiles) -> None:
        """Means of the scores, from the largest share of the points to the smallest."""
        states = counted(desk.here / "later").values()
        shares = []
        for label, _, value in rows(made, "issues"):
            mean = sum(state["scores"][label] for state in states) / len(states)
            shown, maximum = value.split(" (")[0].split(" of ")
            assert abs(mean - Decimal(shown)) <= Decimal("0.05")
            shares.append(mean / Decimal(maximum))
        assert sorted(shares, reverse=True) == shares
        assert 6 == len(shares)

    @pytest.mark.parametrize(("name", "missed"), [("missed", True), ("met", False)])
    def test_goals(self, desk: Workspace, made: FactFiles, name: str, missed: bool) -> None:
        """How many states have a gap, or none; no goal that is not listed has more."""
        states = counted(desk.here / "later").values()
        tally: Counter[str] = Counter()
        for state in states:
            tally.update(state["gaps"] if missed else state["named"] - state["gaps"])
        listed = {label: int(value) for label, _, value in rows(made, name)}
        assert all(tally[goal] == number for goal, number in listed.items())
        assert max(number for goal, number in tally.items() if goal not in listed) < min(listed.values())

    def test_changes(self, desk: Workspace, made: FactFiles) -> None:
        """Every state whose letter changed stands in one row; gains and losses are differences of totals."""
        before, after = counted(desk.here / "earlier"), counted(desk.here / "later")
        moved = {
            name: f"{before[name]['letter']} to {after[name]['letter']}"
            for name in after
            if before[name]["letter"] != after[name]["letter"]
        }
        told = {name: label for label, names, _ in rows(made, "letters") for name in names.split(", ")}
        assert moved == told
        up = sum(LETTERS.index(way[0]) > LETTERS.index(way[-1]) for way in moved.values())
        assert f"Since the 2020 edition, {up} states have moved up" in fact(made, "letters").sentences[0]
        gained = {name: after[name]["total"] - before[name]["total"] for name in after}
        for name, best in (("gains", max(gained.values())), ("losses", min(gained.values()))):
            for label, state, value in rows(made, name):
                assert Decimal(label.replace("−", "-")) == gained[state]
                assert value == f"{before[state]['total']:f} to {after[state]['total']:f}".replace(".0", "")
            assert Decimal(rows(made, name)[0][0].replace("−", "-")) == best


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_sheet_conforms_and_passes_the_full_proof(made: FactFiles, standard: str) -> None:
    """It passes the gate that a card passes."""
    report = page_validation.validate_pdf_bytes(made.pdf, profile=standard)
    assert [] == [failure.message for failure in report.failures]
    assert () == verify_full(made.pdf)


def verified(desk: Workspace, sheet: FactFiles, data: str) -> VerifiedFile:
    (desk.here / "sheet.pdf").write_bytes(sheet.pdf)
    (file,) = verify_files(desk, ["sheet.pdf"], data)
    return file


@pytest.mark.parametrize("against", [None, "earlier"])
def test_sheet_can_be_verified_later(desk: Workspace, against: str | None) -> None:
    """It is compared with the data as they are now, and with the earlier edition that lies beside them; when either has
    changed, it is told that it was not, and that it was made from other data."""
    folder = f"verified-{against or 'alone'}"
    for edition in ("earlier", "later"):
        shutil.copytree(desk.here / edition, desk.here / folder / edition)
    data = f"{folder}/later"
    sheet = make_facts(open_facts(desk, data, against and f"{folder}/{against}"))
    found = verified(desk, sheet, data)
    assert ((), "edition 2021") == (found.findings, found.subject)
    framework = desk.here / folder / (against or "later") / "framework.yaml"
    framework.write_text(framework.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    (finding,) = verified(desk, sheet, data).findings
    assert "not-compared" == finding.rule
    assert "Name the folder" not in finding.hint


def test_page_and_text_say_the_same(made: FactFiles) -> None:
    """Every sentence and every entry stands in both, and both are marked as a sample."""
    page = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages).split())
    for one in made.sheet.facts:
        for sentence in one.sentences:
            assert sentence in made.markdown
            assert sentence.replace(" ", "") in page.replace(" ", "")
        for row in one.rows:
            assert f"| {row.label} | {row.text} | {row.value} |" in made.markdown
    assert made.markdown.startswith("**SAMPLE DATA**\n")
    assert 4 == page.count("SAMPLE DATA")


def test_one_page_without_another_edition(desk: Workspace, made: FactFiles) -> None:
    """The second page is drawn only where there is something to compare; the same every time."""
    alone = make_facts(open_facts(desk, "later"))
    assert (1, 2) == tuple(len(PdfReader(io.BytesIO(one.pdf)).pages) for one in (alone, made))
    assert alone.pdf == make_facts(open_facts(desk, "later")).pdf
    assert not {"letters", "gains", "losses"} & {fact.name for fact in alone.sheet.facts}


def test_real_edition_says_what_is_known_and_no_more(tmp_path: Path) -> None:
    """Of 2021 the letters are known, some derived, and Mississippi's results: these are compared with nothing."""
    sheet = make_facts(open_facts(Workspace(tmp_path, shipped_folder()))).sheet
    (grades,) = sheet.facts
    assert ("Of 51 states, one earned a C, 10 a D, and 40 an F. None earned an A or a B.",) == grades.sentences
    assert "No source names 31 of these letters: they are the grade left when all others are known." == grades.note
    assert "“States” includes the District of Columbia." in sheet.notes
    assert "Results by issue are known for Mississippi only, and are not compared." in sheet.notes
    assert "Overall scores are known for Florida, Idaho, and Mississippi only, and are not ranked." in sheet.notes


def test_editions_of_which_only_letters_are_known(tmp_path: Path) -> None:
    """Letters are compared; the sheet says that what the cards asked is not in the data."""
    sheet = make_facts(open_facts(Workspace(tmp_path, shipped_folder()), *shipped("2023", "2021"))).sheet
    assert ["grades", "letters"] == [fact.name for fact in sheet.facts]
    assert any(note.startswith("What the cards of the 2023 edition asked is not in the data") for note in sheet.notes)


def shipped(*editions: str) -> list[Path]:
    return [shipped_folder() / "data" / edition for edition in editions]


def test_incomplete_states_are_named_and_not_counted(desk: Workspace, tmp_path: Path) -> None:
    """Each fact says of how many it speaks; a file that is wrong is told, too."""
    shutil.copytree(desk.here / "later", tmp_path / "later")
    (tmp_path / "later" / "states" / "ohio.yaml").write_text("state: Ohio\n", encoding="utf-8")
    (tmp_path / "later" / "states" / "utah.yaml").write_text("state: Uthah\n", encoding="utf-8")
    made = make_facts(open_facts(Workspace(tmp_path, shipped_folder()), "later"))
    assert ["utah"] == [one.state for one in made.failed]
    assert "No overall grade is known for Ohio and Utah." in made.sheet.notes
    assert "Results by issue are not known for Ohio and Utah." in made.sheet.notes
    assert fact(made, "grades").sentences[0].startswith("Of the 49 states with a known grade, ")
    assert fact(made, "lowest_scores").sentences[0].startswith("Of the 49 states with a known score, ")
    assert fact(made, "issues").sentences[0].startswith("Of the 49 states with results by issue, ")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("phrase: mistake of age defenses", "phrase: mistake of age", "other-framework"),
        ("{letter: A, from: 90}", "{letter: A, from: 89.9}", "other-framework"),
        ("released: 2020-11-17", "released: 2022-11-17", "not-earlier"),
    ],
)
def test_editions_of_other_frameworks_are_not_compared(
    desk: Workspace, tmp_path: Path, old: str, new: str, code: str
) -> None:
    """Years compare only inside one framework, and in one direction."""
    for edition in ("later", "earlier"):
        shutil.copytree(desk.here / edition, tmp_path / edition)
    change(tmp_path / "earlier" / "framework.yaml", old, new)
    with pytest.raises(DiagnosticError) as caught:
        make_facts(open_facts(Workspace(tmp_path, shipped_folder()), "later", "earlier"))
    assert code in {problem.code for problem in caught.value.diagnostics}


def test_sample_is_never_compared_with_what_is_real(desk: Workspace) -> None:
    """A real sheet with invented changes would be believed."""
    with pytest.raises(DiagnosticError) as caught:
        make_facts(open_facts(desk, shipped("2021")[0], "earlier"))
    assert "sample-mixed" in {problem.code for problem in caught.value.diagnostics}


def test_command_writes_page_and_text(cardprint: Command, tmp_path: Path) -> None:
    """Where it is told to; their names say which edition, and that it is a sample."""
    done = cardprint("facts", "-o", "press")
    paths = [f"press/2021-fact-sheet.{ending}" for ending in ("pdf", "md")]
    assert (0, paths, "") == (done.returncode, done.stdout.replace("\\", "/").split(), done.stderr)
    assert "one earned a C, 10 a D, and 40 an F" in (tmp_path / paths[1]).read_text(encoding="utf-8")


def test_nothing_to_count(cardprint: Command, tmp_path: Path) -> None:
    """An edition without results has no facts; nothing is written."""
    cardprint("sample", "-o", "trial", "--count", "2")
    shutil.rmtree(tmp_path / "trial" / "states")
    (tmp_path / "trial" / "states").mkdir()
    done = cardprint("facts", "--data", "trial", "-o", "out")
    assert (1, "") == (done.returncode, done.stdout)
    assert "no-facts: There is nothing to count" in done.stderr
    assert not (tmp_path / "out").exists()


def test_layout_of_another_kind_is_a_usage_error(cardprint: Command) -> None:
    """The message names the command that it is for."""
    done = cardprint("facts", "--layout", "report-card")
    assert (2, "") == (done.returncode, done.stdout)
    assert "wrong-layout" in done.stderr
