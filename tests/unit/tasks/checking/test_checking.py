"""An edition and a layout looked through: all problems at once, and how far each state is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cardprint.pipeline import RequestError
from cardprint.tasks.checking import CheckReport, Standing, check_edition
from cardprint.workspace import Workspace, shipped_folder

TINY = Path(__file__).parents[3] / "fixtures" / "tiny"


class Folder:
    """A copy of the made-up edition and its layouts, to be edited and checked."""

    def __init__(self, here: Path) -> None:
        self.here = here
        self.workspace = Workspace(here, shipped_folder())

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the only `old` in a file."""
        path = self.here / name
        text = path.read_text(encoding="utf-8")
        assert 1 == text.count(old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def check(self, layout: str = "layouts/tiny.yaml", *, demand_all: bool = False) -> CheckReport:
        return check_edition(self.workspace, "edition", layout, demand_all=demand_all)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Without a mistake; Grand Fenwick has no file."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    return Folder(tmp_path.resolve())


def places(report: CheckReport) -> list[tuple[str, str]]:
    """Where problems are, and their codes."""
    return [(str(problem.span), problem.code) for problem in report.problems]


def standings(report: CheckReport) -> dict[str, Standing]:
    return {state.slug: state.standing for state in report.states}


FREEDONIA, SYLVANIA = "edition/states/freedonia.yaml", "edition/states/sylvania.yaml"


class TestASoundEdition:
    def test_has_no_problems(self, folder: Folder) -> None:
        """Its states are complete; who has no file is named."""
        report = folder.check()
        assert ((), 0, 0) == (report.problems, report.errors, report.warnings)
        assert {"freedonia": Standing.COMPLETE, "sylvania": Standing.COMPLETE} == standings(report)
        assert ["grand-fenwick"] == [place.slug for place in report.without_file]
        assert ("1933", "tiny") == (report.edition, report.layout)

    @pytest.mark.parametrize(("headings", "told"), [("hp", []), ("pp", ["no title"]), ("hh", ["2 titles"])])
    def test_has_cards_with_one_title(self, folder: Folder, headings: str, told: list[str]) -> None:
        """By it listeners find where a card begins: none or several are no mistake, and warned of."""
        first, second = (", as: h1" if heading == "h" else "" for heading in headings)
        (folder.here / "layouts/own.yaml").write_text(
            "extends: tiny.yaml\n"
            "body:\n"
            "  stack:\n"
            f'    - {{text: "{{state.name}}", style: text{first}}}\n'
            f'    - {{text: "{{edition.title}}", style: text{second}}}\n',
            encoding="utf-8",
        )
        report = folder.check("layouts/own.yaml")
        assert (0, len(told)) == (report.errors, report.warnings)
        assert told == [problem.message.split(" has ")[1].split(" (")[0] for problem in report.problems]

    def test_the_shipped_one_is_incomplete_and_not_wrong(self, tmp_path: Path) -> None:
        """Of 2021 only Mississippi's results are known."""
        report = check_edition(Workspace(tmp_path.resolve(), shipped_folder()))
        assert () == report.problems
        assert ["mississippi"] == [state.slug for state in report.states if state.standing is Standing.COMPLETE]
        assert {"", "the results of the issues and extra credit"} == {state.lacks for state in report.states}

    @pytest.mark.parametrize("edition", ["2021", "2022", "2023"])
    def test_the_shipped_overviews_are_sound(self, edition: str, tmp_path: Path) -> None:
        """Their page is composed and fitted, too."""
        workspace = Workspace(tmp_path.resolve(), shipped_folder())
        report = check_edition(workspace, shipped_folder() / "data" / edition, "national-overview")
        assert () == report.problems


class TestNoProblemHidesAnother:
    def test_everything_is_told_at_once(self, folder: Folder) -> None:
        """Framework, jurisdictions, layout, theme and every state, each with its line."""
        folder.change("edition/framework.yaml", "step: 0.5", "step: 0.4")
        folder.change("edition/jurisdictions.yaml", "tile: [2, 0]", "tile: [1, 0]")
        folder.change("layouts/tiny.yaml", "style: text", "style: txt")
        folder.change("layouts/themes/plain.yaml", "size: 9pt", "size: 9px")
        folder.change(FREEDONIA, "score: 3.5", "scoer: 3.5")
        folder.change(SYLVANIA, "accomplished", "\taccomplished")
        assert [
            ("edition/framework.yaml:10:35", "off-step"),
            ("edition/jurisdictions.yaml:3:86", "duplicate-name"),
            (f"{FREEDONIA}:3:15", "unknown-key"),
            (f"{SYLVANIA}:3:27", "tab"),
            ("layouts/themes/plain.yaml:5:45", "bad-length"),
            ("layouts/tiny.yaml:12:62", "unknown-style"),
        ] == places(folder.check())

    def test_a_broken_theme_does_not_hide_the_layout_s_own(self, folder: Folder) -> None:
        """What depends on the theme is not guessed at."""
        folder.change("layouts/base.yaml", "theme: themes/plain.yaml", "theme: themes/plane.yaml")
        folder.change("layouts/tiny.yaml", "size: 12pt", "size: 12")
        codes = [code for _, code in places(folder.check())]
        assert ["missing-file", "theme-not-read", "missing-unit"] == codes

    def test_fonts_icons_and_pictures_are_told_beside_the_layout(self, folder: Folder) -> None:
        """A font changed, an icon with a script, and a picture that is none."""
        fonts, icons = folder.here / "edition" / "fonts", folder.here / "layouts" / "icons"
        fonts.mkdir()
        (fonts / "a.ttf").write_bytes((shipped_folder() / "fonts/source-sans-3/SourceSans3-Regular.ttf").read_bytes())
        entry = f'- {{name: Source Sans 3 Regular, family: S, file: a.ttf, sha256: "{"0" * 64}"}}\n'
        (fonts / "fonts.yaml").write_text(entry, encoding="utf-8")
        icons.mkdir()
        (icons / "gavel.svg").write_text("<svg><script/></svg>", encoding="utf-8")
        (folder.here / "layouts" / "seal.png").write_bytes(b"PNG")
        folder.change("layouts/tiny.yaml", "    - repeat:", "    - {image: seal.png, width: 9px}\n    - repeat:")
        assert {"font-changed", "svg-view-box", "picture-kind", "bad-length"} == {
            code for _, code in places(folder.check())
        }

    def test_states_are_audited_though_the_layout_is_broken(self, folder: Folder) -> None:
        """Whether the framework's sums come out does not depend on how cards look."""
        folder.change("layouts/base.yaml", "page:", "pgae:")
        folder.change(FREEDONIA, "score: 3.5", "score: 1")
        report = folder.check()
        assert (f"{FREEDONIA}:3:22", "impossible-score") in places(report)
        assert {"freedonia": Standing.WRONG, "sylvania": Standing.UNTRIED} == standings(report)

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [("released: 1933-11-17", "released: 1933-17-11", "bad-date"), ("publisher:", "publihser:", "unknown-key")],
    )
    def test_states_are_audited_where_the_framework_is_wrong_in_other_parts(
        self, folder: Folder, old: str, new: str, code: str
    ) -> None:
        """A date of release decides no score."""
        folder.change("edition/framework.yaml", old, new)
        folder.change(FREEDONIA, "score: 3.5", "score: 1")
        report = folder.check()
        assert [code, "impossible-score"] == [found for _, found in places(report)]
        assert {"freedonia": Standing.WRONG, "sylvania": Standing.UNTRIED} == standings(report)

    def test_states_are_not_audited_by_what_is_wrong_itself(self, folder: Folder) -> None:
        """Else one mistake would be told of every state."""
        folder.change("edition/framework.yaml", "issues:", "isues:")
        folder.change(FREEDONIA, "score: 3.5", "score: 1")
        assert "impossible-score" not in {code for _, code in places(folder.check())}

    def test_keys_of_states_are_checked_though_the_framework_is_broken(self, folder: Folder) -> None:
        """As far as can be said without it."""
        folder.change("edition/framework.yaml", "edition:", "edition: [")
        folder.change(FREEDONIA, "score: 3.5", "scoer: 3.5")
        report = folder.check()
        assert (f"{FREEDONIA}:3:15", "unknown-key") in places(report)
        assert ("", None) == (report.edition, report.per)


class TestFilesThatAreNotRead:
    @pytest.mark.parametrize(
        ("name", "words"),
        [("ruritania.yml", "Rename it"), ("grades.xlsx", "sheet import"), ("issue-1.csv", "sheet import")],
    )
    def test_are_told(self, folder: Folder, name: str, words: str) -> None:
        """Whoever put results there expects to see them."""
        (folder.here / "edition" / "states" / name).write_bytes(b"PK\3\4")
        (found,) = folder.check().problems
        assert (f"edition/states/{name}", "unread-file", True) == (str(found.span), found.code, words in found.hint)

    def test_a_workbook_under_a_state_s_name_is_told(self, folder: Folder) -> None:
        """With the command that reads it."""
        (folder.here / FREEDONIA).write_bytes(b"PK\3\4\0\0")
        (found,) = folder.check().problems
        assert ("not-text", True) == (found.code, "cardprint sheet import" in found.hint)


class TestCardsAreTried:
    def test_what_has_no_room_is_told(self, folder: Folder) -> None:
        """With the line to shorten; the other state is not touched by it."""
        folder.change(FREEDONIA, "gaps: [", f"highlights: {'word ' * 400}, gaps: [")
        report = folder.check()
        assert {"overset"} == {code for _, code in places(report)}
        assert {"freedonia": Standing.WRONG, "sylvania": Standing.COMPLETE} == standings(report)

    def test_what_no_font_has_is_told(self, folder: Folder) -> None:
        """Rather than drawn as a box."""
        folder.change(FREEDONIA, "gaps: [", "highlights: Whistling 口笛, gaps: [")
        assert [(f"{FREEDONIA}:3:62", "no-glyph")] * 2 == places(folder.check())

    def test_a_mistake_of_all_states_is_told_once(self, folder: Folder) -> None:
        """With the number of the others."""
        folder.change("edition/framework.yaml", "title: Laws", "title: 法")
        (problem,) = folder.check().problems
        assert "edition/framework.yaml:18:5" == str(problem.span)
        assert problem.message.endswith(" The same holds for 1 more state.")

    def test_a_name_of_two_files_is_told(self, folder: Folder) -> None:
        """The second card would take the place of the first."""
        folder.change("edition/framework.yaml", "-{state.slug}", "-{state.postal|lower}{state.postal}")
        assert [] == places(folder.check())

    def test_the_page_of_a_whole_edition_is_tried(self, folder: Folder) -> None:
        """What it asks for and nobody gives is an error: there is no other page."""
        layout = folder.here / "layouts" / "map.yaml"
        page = "page: {size: [1in, 1in], margins: 0in}\ntheme: themes/plain.yaml\ndocument: {title: t}\nper: edition\n"
        layout.write_text(f'{page}body: {{text: "{{edition.title}}", style: text}}\n', encoding="utf-8")
        assert [] == places(folder.check("layouts/map.yaml"))
        layout.write_text(f'{page}body: {{text: "{{edition.laws_as_of}}", style: text}}\n', encoding="utf-8")
        assert [("edition/framework.yaml:3:3", "missing-field")] == places(folder.check("layouts/map.yaml"))
        layout.write_text(f"{page}body: {{spacer: 2in}}\n", encoding="utf-8")
        assert [("layouts/map.yaml:5:7", "overset")] == places(folder.check("layouts/map.yaml"))


class TestTightness:
    LADDER = "copyfit: {scope: %s, steps: [{lower: leading, styles: [text], by: 0.5pt, floor: 9pt}]}\n"
    LONG = "A long sentence about laws that goes on for a while. " * 18

    @pytest.mark.parametrize("scope", ["set", "card"])
    def test_says_how_far_copyfit_goes_and_for_whom(self, folder: Folder, scope: str) -> None:
        """As a run over the same cards would, and as no mistake."""
        layout = folder.here / "layouts/tiny.yaml"
        layout.write_text(layout.read_text(encoding="utf-8") + self.LADDER % scope, encoding="utf-8")
        assert folder.check().tightness is None
        folder.change(SYLVANIA, "score: 3.5,", f'score: 3.5, highlights: "{self.LONG}",')
        report = folder.check()
        assert report.tightness is not None
        assert ((), "sylvania", scope == "set") == (report.problems, report.tightness.state, report.tightness.shared)
        assert (1, True) == (report.tightness.cards, 0 < report.tightness.rung <= report.tightness.of)


@pytest.mark.parametrize(("profile", "codes"), [("screen", []), ("print", ["ink-limit"])])
def test_what_only_a_press_cannot_do_is_told_for_print(folder: Folder, profile: str, codes: list[str]) -> None:
    """At the line of the theme, before a card is made for it."""
    text = "extends: tiny.yaml\ntheme: {swatches: {ink: {rgb: '#111111', cmyk: [100, 100, 100, 52]}}}\n"
    (folder.here / "layouts/mine.yaml").write_text(text, encoding="utf-8")
    report = check_edition(folder.workspace, "edition", "layouts/mine.yaml", profile=profile)
    assert codes == [problem.code for problem in report.problems]


class TestInheritedCopyfit:
    """Steps that another layout was written with, under type of one's own."""

    STEPS = "copyfit: {steps: [{lower: size, styles: [text], by: 0.2pt, floor: 8pt}]}\n"

    def mine(self, folder: Folder, size: str, rest: str = "") -> list[tuple[str, str]]:
        """What is wrong with a layout that changes nothing but the size of type, or has the steps itself."""
        tiny = folder.here / "layouts/tiny.yaml"
        text = tiny.read_text(encoding="utf-8").removesuffix(self.STEPS)
        tiny.write_text(text + self.STEPS, encoding="utf-8")
        text = f"extends: tiny.yaml\ntheme: {{styles: {{text: {{size: {size}, leading: 40pt}}}}}}\n{rest}"
        (folder.here / "layouts/mine.yaml").write_text(text, encoding="utf-8")
        return places(folder.check("layouts/mine.yaml"))

    def test_may_take_nothing_of_smaller_type(self, folder: Folder) -> None:
        """They are left out; nobody has to know of them."""
        assert [] == self.mine(folder, "7.8pt")

    def test_steps_of_one_s_own_must_take_something(self, folder: Folder) -> None:
        """A floor above the type is a slip."""
        assert [("layouts/mine.yaml:3:67", "out-of-range")] == self.mine(folder, "7.8pt", self.STEPS)

    def test_too_large_type_is_told_where_it_is_said(self, folder: Folder) -> None:
        """Not in the file of the other layout; the remedy that is named is one."""
        assert [("layouts/mine.yaml:2:31", "too-many")] == self.mine(folder, "28.2pt")
        found = self.mine(folder, "28.2pt", "copyfit: {steps: []}\n")
        assert "too-many" not in [code for _, code in found]


class TestIncompleteStates:
    @pytest.fixture
    def incomplete(self, folder: Folder) -> Folder:
        """Of Freedonia only the overall grade is known."""
        text = "state: Freedonia\noverall: {grade: F, basis: named, source: https://example.org}\n"
        (folder.here / FREEDONIA).write_text(text, encoding="utf-8")
        return folder

    def test_are_no_problem(self, incomplete: Folder) -> None:
        """They are told with what they lack."""
        report = incomplete.check()
        assert () == report.problems
        freedonia, sylvania = report.states
        assert (Standing.INCOMPLETE, Standing.COMPLETE) == (freedonia.standing, sylvania.standing)
        assert "the results of the issues" == freedonia.lacks
        assert freedonia.missing

    def test_are_a_problem_if_all_are_demanded(self, incomplete: Folder) -> None:
        """The twin, at the file to complete."""
        report = incomplete.check(demand_all=True)
        assert {(f"{FREEDONIA}:1:1", "missing-field")} == set(places(report))
        assert report.errors

    def test_many_missing_fields_are_told_as_one(self, tmp_path: Path) -> None:
        """Nobody reads 1,150 lines."""
        report = check_edition(Workspace(tmp_path.resolve(), shipped_folder()), demand_all=True)
        assert 50 == report.errors
        assert {"incomplete-state"} == {problem.code for problem in report.problems}
        assert "Alabama lacks the results of the issues and extra credit." in report.problems[0].message


class TestFiles:
    def test_a_state_s_file_that_is_not_read_is_a_warning(self, folder: Folder) -> None:
        """Whoever wrote it waits for a card."""
        (folder.here / "edition/states/osterlich.yml").write_text("state: Osterlich\n", encoding="utf-8")
        report = folder.check()
        assert [("edition/states/osterlich.yml", "unread-file")] == places(report)
        assert (0, 1) == (report.errors, report.warnings)

    def test_a_state_that_nobody_lists_is_told_at_its_file(self, folder: Folder) -> None:
        """A file has to be renamed, or a jurisdiction to be added."""
        (folder.here / "edition/states/osterlich.yaml").write_text("state: Osterlich\n", encoding="utf-8")
        assert [("edition/states/osterlich.yaml:1:8", "unknown-state")] == places(folder.check())

    def test_what_does_not_exist_is_a_request_error(self, folder: Folder) -> None:
        """A folder without a framework, or no such layout."""
        for data, layout in (("layouts", None), ("edition", "tinny"), ("nowhere", None)):
            with pytest.raises(RequestError):
                check_edition(folder.workspace, data, layout)
