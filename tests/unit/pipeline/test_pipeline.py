"""The order of the stages, on a made-up edition: what is found, what is told, and what comes out."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.frame import PageFrame
from cardprint.model.profile import OutputProfile
from cardprint.paint import FontSource, paint_pdf
from cardprint.pipeline import (
    UNDATED,
    FailedCard,
    Project,
    RejectedError,
    RenderedCard,
    RequestError,
    find_state,
    open_project,
    render_card,
    render_cards,
    state_slugs,
)
from cardprint.workspace import Workspace, shipped_folder

ICC = shipped_folder() / "layouts/press/fogra39-coated.icc"
TINY = Path(__file__).parents[2] / "fixtures" / "tiny"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with copies of the made-up edition and its layouts, to be spoilt."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    return tmp_path.resolve()


def opened(here: Path, layout: str = "layouts/tiny.yaml", **environment: str) -> Project:
    """The edition in `here`, opened."""
    return open_project(Workspace(here, shipped_folder(), environment), "edition", layout)


def opened_for(here: Path, profile: str, layout: str = "layouts/tiny.yaml") -> Project:
    """The edition in `here`, opened for an output profile."""
    return open_project(Workspace(here, shipped_folder()), "edition", layout, profile=profile)


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace a text that the file must hold."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(act: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """The diagnostics that `act` raises."""
    with pytest.raises(DiagnosticError) as caught:
        act()
    return caught.value.diagnostics


class TestProfiles:
    def test_a_print_card_has_a_name_of_its_own(self, here: Path) -> None:
        """So that both can lie in one folder; and it is no screen card."""
        cards = [render_card(opened_for(here, profile), "sylvania") for profile in ("screen", "print")]
        assert ["1933-sylvania", "1933-sylvania.print"] == [card.file_name for card in cards]
        assert [b"GTS_PDFX" in card.pdf for card in cards] == [False, True]

    def test_the_hash_of_a_print_card_counts_the_icc_profile(self, here: Path) -> None:
        """The condition is part of what it was made from; screens know nothing of it."""
        own = here / "layouts" / "own.yaml"
        text = "extends: tiny.yaml\nprint: {output_intent: {profile: own.icc, condition: Our press}}\n"
        own.write_text(text, encoding="utf-8")
        (here / "layouts" / "own.icc").write_bytes(ICC.read_bytes())
        opened_for(here, "screen", "layouts/own.yaml")
        before = opened_for(here, "print", "layouts/own.yaml")
        (here / "layouts" / "own.icc").write_bytes(ICC.read_bytes()[:-1] + b"!")
        after = opened_for(here, "print", "layouts/own.yaml")
        assert before.profile.press is not None
        assert "Our press" == before.profile.press.spec.condition
        assert before.key != after.key

    def test_a_missing_icc_profile_is_told_with_the_line_that_names_it(self, here: Path) -> None:
        """For screens it is not asked for."""
        own = here / "layouts" / "own.yaml"
        text = "extends: tiny.yaml\nprint:\n  output_intent: {profile: gone.icc, condition: X}\n"
        own.write_text(text, encoding="utf-8")
        opened_for(here, "screen", "layouts/own.yaml")
        (problem,) = problems(lambda: opened_for(here, "print", "layouts/own.yaml"))
        assert ("missing-file", 3) == (problem.code, problem.span.line)
        assert "gone.icc" in problem.message

    @pytest.mark.parametrize(
        "block",
        [
            "{box: , height: 9pt, fill: ink, bleed: [top]%s}",
            "{box: {box: , height: 9pt, fill: ink, bleed: [top]}%s}",
            "{table: [{cells: [{cell: {box: , fill: ink, bleed: [top]}}]%s}], tracks: [1fr]}",
            "{table: [{cells: [{cell: {box: , fill: ink, bleed: [top]}%s}]}], tracks: [1fr]}",
            "{grid: [{cell: {box: , fill: ink, bleed: [top]}, column: 0, row: 0%s}], size: [1, 1], cell_height: 9pt}",
        ],
    )
    def test_a_ground_for_screens_only_may_bleed(self, here: Path, block: str) -> None:
        """What is not printed, or stands in something that is not, needs no bleed."""

        def opened_with(only: str) -> Project:
            text = f"extends: tiny.yaml\npage: {{bleed: 0pt}}\nbody:\n  stack:\n    - {block % only}\n"
            (here / "layouts" / "own.yaml").write_text(text, encoding="utf-8")
            return opened_for(here, "print", "layouts/own.yaml")

        for only in ("", ", only: print"):
            assert ["no-bleed"] == [problem.code for problem in problems(partial(opened_with, only))]
        assert 0.0 == opened_with(", only: screen").layout.pages[0].page.bleed

    def test_what_no_press_can_do_is_told_before_anything_is_drawn(self, here: Path) -> None:
        """Too much ink, words in the safety margin, a ground that bleeds where the page does not: each with its line.
        On screens nobody minds."""
        own = here / "layouts" / "own.yaml"
        own.write_text(
            "page: {size: letter, margins: 5pt}\n"
            "theme:\n"
            "  swatches:\n"
            '    heavy: {rgb: "#000000", cmyk: [90, 90, 90, 90]}\n'
            '    spot: {rgb: "#000000", cmyk: [90, 90, 90, 90], spot: Heavy}\n'
            "  styles: {}\n"
            "document: {title: x}\n"
            "body:\n"
            "  stack:\n"
            "    - {box: , height: 9pt, fill: heavy, bleed: [top]}\n",
            encoding="utf-8",
        )
        opened_for(here, "screen", "layouts/own.yaml")
        found = problems(lambda: opened_for(here, "print", "layouts/own.yaml"))
        assert {("ink-limit", 4), ("safety-margin", 1), ("no-bleed", 10)} == {
            (problem.code, problem.span.line) for problem in found
        }

    def test_a_card_that_no_press_can_print_is_blamed_on_its_layout(self, here: Path) -> None:
        """What only the finished page shows, with the line of the block; it is no fault of cardprint's to report."""
        own = here / "layouts" / "own.yaml"
        text = (
            "extends: tiny.yaml\n"
            "body:\n"
            "  stack:\n"
            '    - {text: "{state.name}", style: head}\n'
            "    - {rule: {weight: 0.1pt, swatch: ink}}\n"
        )
        own.write_text(text, encoding="utf-8")
        render_card(opened_for(here, "screen", "layouts/own.yaml"), "sylvania")
        with pytest.raises(RejectedError) as caught:
            render_card(opened_for(here, "print", "layouts/own.yaml"), "sylvania")
        assert [("hairline", 5)] == [(finding.rule, finding.span.line) for finding in caught.value.findings]
        (verdict,) = (problem for problem in caught.value.diagnostics if problem.code == "rejected")
        assert "Change the layout" in verdict.hint

    def test_a_profile_that_does_not_exist_is_a_fault_of_the_request(self, here: Path) -> None:
        """Like a layout that does not exist."""
        with pytest.raises(RequestError, match="unknown-profile"):
            opened_for(here, "prnt")


class TestProject:
    def test_it_holds_only_the_faces_that_its_styles_name(self, here: Path) -> None:
        """Fonts are most of the work of a start: of the six shipped, two are read here."""
        assert {"Source Sans 3 Regular", "Source Sans 3 SemiBold"} == set(opened(here).fonts)

    def test_it_holds_only_the_icons_that_can_be_asked_for(self, here: Path) -> None:
        """The framework names one of the shipped six."""
        assert {"gavel"} == set(opened(here).layout.theme.icons)

    def test_an_icon_that_the_data_misspells_is_told_in_the_data(self, here: Path) -> None:
        """The layout, which takes what it is given, is not where the mistake is."""
        rewrite(here / "edition" / "framework.yaml", "icon: gavel", "icon: gavle")
        (diagnostic,) = problems(lambda: opened(here))
        assert ("unknown-icon", "edition/framework.yaml") == (diagnostic.code, diagnostic.span.file)
        assert 'Did you mean "gavel"?' == diagnostic.hint

    def test_icons_are_listed_where_none_is_near(self, here: Path) -> None:
        """Whoever names one in the data or in a layout cannot know what there is; a picture may be any file."""
        rewrite(here / "edition" / "framework.yaml", "icon: gavel", "icon: hammer")
        (diagnostic,) = problems(lambda: opened(here))
        assert diagnostic.hint.startswith("Choose from gavel, graduation-cap, hand-heart")
        assert diagnostic.hint.endswith("or put a file hammer.svg into icons/ beside the layout.")
        rewrite(here / "layouts" / "tiny.yaml", 'icon: "{issue.icon}"', "icon: bulb")
        (diagnostic,) = problems(lambda: opened(here))
        assert diagnostic.hint.startswith("Choose from gavel, graduation-cap, hand-heart")
        rewrite(here / "layouts" / "tiny.yaml", "icon: bulb, size: 12pt, swatch: ink", "image: seal.png, width: 9pt")
        (diagnostic,) = problems(lambda: opened(here))
        assert diagnostic.hint.startswith("Put the file into the folder of the layout")

    def test_icons_of_the_data_do_not_matter_to_a_layout_without_icons(self, here: Path) -> None:
        """The twin: such a layout works with any data."""
        rewrite(here / "edition" / "framework.yaml", "icon: gavel", "icon: gavle")
        rewrite(here / "layouts" / "tiny.yaml", 'icon: "{issue.icon}", size: 12pt, swatch: ink', "spacer: 1pt")
        assert {} == opened(here).layout.theme.icons

    def test_an_icon_that_the_layout_misspells_is_told_with_the_nearest(self, here: Path) -> None:
        """Only icons that are used are read, yet the suggestion knows all of them."""
        rewrite(here / "layouts" / "tiny.yaml", "{issue.icon}", "scale")
        (diagnostic,) = problems(lambda: opened(here))
        assert ("layouts/tiny.yaml", 'Did you mean "scales"?') == (diagnostic.span.file, diagnostic.hint)

    def test_an_icon_template_brings_the_icons_that_it_can_give(self, here: Path) -> None:
        """A name with a fixed part is looked up by that part."""
        rewrite(here / "layouts" / "tiny.yaml", "{issue.icon}", "gav{issue.icon}")
        assert {"gavel"} == set(opened(here).layout.theme.icons)

    def test_an_icon_beside_the_layout_comes_before_the_shipped_one(self, here: Path) -> None:
        """A user's own gavel is used without a change to the data."""
        (here / "layouts" / "icons").mkdir()
        icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0,0H8V8Z"/></svg>'
        (here / "layouts" / "icons" / "gavel.svg").write_text(icon, encoding="utf-8")
        assert 8 == opened(here).layout.theme.icons["gavel"].width

    def test_a_font_list_beside_the_data_comes_before_the_shipped_one(self, here: Path) -> None:
        """A house font takes the place of the shipped one by taking its name."""
        data = (shipped_folder() / "fonts" / "source-sans-3" / "SourceSans3-Italic.ttf").read_bytes()
        (here / "edition" / "fonts").mkdir()
        (here / "edition" / "fonts" / "own.ttf").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        entry = f'- {{name: Source Sans 3 Regular, family: Own, file: own.ttf, sha256: "{digest}"}}\n'
        (here / "edition" / "fonts" / "fonts.yaml").write_text(entry, encoding="utf-8")
        fonts = opened(here).fonts
        assert {
            "Source Sans 3 Regular": "Own",
            "Source Sans 3 SemiBold": "Source Sans 3",
        } == {name: face.family for name, face in fonts.items()}

    def test_a_font_that_is_not_the_listed_file_is_refused(self, here: Path) -> None:
        """Another version of a font breaks lines elsewhere: that must not happen unseen."""
        shutil.copytree(shipped_folder() / "fonts", here / "edition" / "fonts")
        with (here / "edition" / "fonts" / "source-sans-3" / "SourceSans3-Regular.ttf").open("ab") as file:
            file.write(b"\0")
        (diagnostic,) = problems(lambda: opened(here))
        assert ("font-changed", "edition/fonts/fonts.yaml") == (diagnostic.code, diagnostic.span.file)

    def test_everything_wrong_in_all_files_is_told_at_once(self, here: Path) -> None:
        """Whoever mends three files need not run three times."""
        rewrite(here / "edition" / "framework.yaml", "publisher:", "publishr:")
        rewrite(here / "edition" / "jurisdictions.yaml", "slug: sylvania", "slgu: sylvania")
        rewrite(here / "layouts" / "tiny.yaml", "tracks:", "trakcs:")
        files = {diagnostic.span.file for diagnostic in problems(lambda: opened(here))}
        assert {"edition/framework.yaml", "edition/jurisdictions.yaml", "layouts/tiny.yaml"} == files

    def test_without_jurisdictions_of_its_own_an_edition_uses_the_shipped_ones(self, here: Path) -> None:
        """The fifty-one do not have to be copied."""
        (here / "edition" / "jurisdictions.yaml").unlink()
        assert "District of Columbia" == find_state(opened(here), "dc").name

    @pytest.mark.parametrize(
        ("layout", "code", "hint"),
        [
            ("report-crad", "unknown-layout", "Did you mean report-card?"),
            ("layouts/none.yaml", "missing-file", "Check the path; it counts from the folder that you are in."),
        ],
    )
    def test_a_layout_that_does_not_exist_is_a_bad_request(self, here: Path, layout: str, code: str, hint: str) -> None:
        """The nearest of the shipped names is suggested."""
        with pytest.raises(RequestError) as caught:
            opened(here, layout)
        (diagnostic,) = caught.value.diagnostics
        assert (code, hint) == (diagnostic.code, diagnostic.hint)

    def test_a_folder_of_data_that_does_not_exist_is_a_bad_request(self, here: Path) -> None:
        """The command line is what has to change."""
        with pytest.raises(RequestError, match="missing-folder"):
            open_project(Workspace(here, shipped_folder()), "editoin", "layouts/tiny.yaml")

    def test_a_folder_without_a_framework_is_a_bad_request(self, here: Path) -> None:
        """One folder too high or too low is the usual slip."""
        with pytest.raises(RequestError, match=r"no-edition: There is no framework.yaml in the current folder\."):
            open_project(Workspace(here, shipped_folder()), ".", "layouts/tiny.yaml")

    def test_its_cards_are_dated_by_the_release(self, here: Path) -> None:
        """Not by the clock: the same files give the same card tomorrow."""
        assert dt.datetime(1933, 11, 17, tzinfo=dt.UTC) == opened(here).info_date

    def test_source_date_epoch_goes_before_the_release(self, here: Path) -> None:
        """As reproducible builds have it."""
        assert dt.datetime(1970, 1, 2, tzinfo=dt.UTC) == opened(here, SOURCE_DATE_EPOCH="86400").info_date

    def test_without_a_release_cards_have_the_earliest_date(self, here: Path) -> None:
        """A date that is plainly no date, rather than today's."""
        rewrite(here / "edition" / "framework.yaml", "  released: 1933-11-17\n", "")
        assert UNDATED == opened(here).info_date


class TestStates:
    @pytest.mark.parametrize("name", ["grand-fenwick", "GF", "gf", "Grand Fenwick", "GRAND  FENWICK", "grand_fenwick"])
    def test_a_state_goes_by_slug_postal_code_or_name_in_any_case(self, here: Path, name: str) -> None:
        """However people type it."""
        assert "grand-fenwick" == find_state(opened(here), name).slug

    @pytest.mark.parametrize(
        ("name", "slug"),
        [("Miss.", "mississippi"), ("miss", "mississippi"), ("N.M.", "new-mexico"), ("D.C.", "district-of-columbia")],
    )
    def test_a_state_goes_by_its_abbreviation(self, here: Path, name: str, slug: str) -> None:
        """As newspapers have it, with points or without."""
        (here / "edition" / "jurisdictions.yaml").unlink()
        assert slug == find_state(opened(here), name).slug

    @pytest.mark.parametrize(
        ("name", "hint"),
        [("fredonia", "Did you mean Freedonia?"), ("Grand Fenwik", "Did you mean Grand Fenwick?"), ("zz", "Give a")],
    )
    def test_an_unknown_one_suggests_the_nearest(self, here: Path, name: str, hint: str) -> None:
        """Where none is near, what may be given."""
        project = opened(here)
        with pytest.raises(RequestError) as caught:
            find_state(project, name)
        assert caught.value.diagnostics[0].hint.startswith(hint)

    def test_the_edition_s_states_are_those_with_a_file(self, here: Path) -> None:
        """In order, whatever the disk's order is."""
        assert ("freedonia", "sylvania") == state_slugs(opened(here))

    def test_a_state_without_a_file_has_no_results(self, here: Path) -> None:
        """The message names the file that would be read."""
        (diagnostic,) = problems(lambda: render_card(opened(here), "GF"))
        assert ("no-results", True) == (diagnostic.code, "states/grand-fenwick.yaml" in diagnostic.message)


class TestCards:
    def test_a_card_has_its_file_name_and_its_bytes(self, here: Path) -> None:
        """The name is the edition's pattern, filled."""
        card = render_card(opened(here), "FR")
        assert ("Freedonia", "1933-freedonia", b"%PDF-") == (card.state.name, card.file_name, card.pdf[:5])

    def test_the_same_files_give_the_same_bytes(self, here: Path) -> None:
        """Also from another project in the same process, opened elsewhere."""
        elsewhere = open_project(Workspace(here.parent, shipped_folder()), here / "edition", here / "layouts/tiny.yaml")
        assert render_card(opened(here), "FR").pdf == render_card(elsewhere, "FR").pdf

    @pytest.mark.parametrize("name", ["edition/framework.yaml", "layouts/base.yaml", "edition/states/freedonia.yaml"])
    def test_any_change_to_what_a_card_is_made_from_shows_in_its_file(self, here: Path, name: str) -> None:
        """The file carries a hash of its inputs: even a comment makes another one."""
        before = render_card(opened(here), "FR").pdf
        with (here / name).open("a", encoding="utf-8") as file:
            file.write("# looked through\n")
        assert render_card(opened(here), "FR").pdf != before

    def test_a_change_to_another_state_does_not_show(self, here: Path) -> None:
        """The twin: a card is made from its own state's file."""
        before = render_card(opened(here), "FR").pdf
        with (here / "edition/states/sylvania.yaml").open("a", encoding="utf-8") as file:
            file.write("# looked through\n")
        assert render_card(opened(here), "FR").pdf == before

    def test_each_state_has_its_result_in_the_order_asked_for(self, here: Path) -> None:
        """A bad file in the middle stops nobody; a state named twice is made once."""
        rewrite(here / "edition" / "states" / "sylvania.yaml", "score", "scoer")
        results = list(render_cards(opened(here), ["nowhere", "SY", "FR", "freedonia", "GF"]))
        kinds = [(type(result), result.state if isinstance(result, FailedCard) else "") for result in results]
        assert [(FailedCard, "nowhere"), (FailedCard, "SY"), (RenderedCard, ""), (FailedCard, "GF")] == kinds

    def test_a_fault_in_one_card_stops_no_other(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not even one of cardprint's own, which is kept for the report."""
        faults = [RuntimeError("out of ink")]

        def fail_once(pages: Sequence[PageFrame], profile: OutputProfile, fonts: FontSource) -> bytes:
            if faults:
                raise faults.pop()
            return paint_pdf(pages, profile, fonts)

        monkeypatch.setattr("cardprint.pipeline.paint_pdf", fail_once)
        first, second = render_cards(opened(here), ["FR", "SY"])
        assert isinstance(first, FailedCard)
        assert ("out of ink", RenderedCard) == (str(first.error), type(second))

    def test_two_cards_of_one_file_name_are_refused(self, here: Path) -> None:
        """The second would overwrite the first without a word."""
        rewrite(here / "edition" / "framework.yaml", "{state.slug}", "{state.address}")
        rewrite(here / "edition" / "jurisdictions.yaml", "address: sylvania", "address: freedonia")
        first, second = render_cards(opened(here), ["FR", "SY"])
        assert isinstance(first, RenderedCard)
        assert isinstance(second, FailedCard)
        assert "same-file-name" in str(second.error)
        assert "Freedonia" in str(second.error)

    @pytest.mark.parametrize("pattern", ["../{state.slug}", "a:{state.slug}"])
    def test_a_file_name_that_is_none_is_refused(self, here: Path, pattern: str) -> None:
        """An edition cannot write outside the folder that the user named."""
        rewrite(here / "edition" / "framework.yaml", "{edition.id}-{state.slug}", pattern)
        assert "file-name" in problems(lambda: render_card(opened(here), "FR"))[0].code


@pytest.mark.parametrize("profile", ["screen", "print"])
def test_columns_may_be_a_link_as_a_whole(here: Path, profile: str) -> None:
    """Their address is one that the layout shows, whatever words stand in them; on paper they are words like any."""
    linked = """body:
  stack:
    - columns:
        - {text: "{state.name}", style: text, as: span}
        - {text: laws, style: text, as: span}
      tracks: [1fr, 1fr]
      link: "https://example.org/{state.slug}"
      leads_to: "The page of {state.name}"
"""
    rewrite(here / "layouts" / "tiny.yaml", "body:\n  stack:\n", linked)
    (page,) = PdfReader(io.BytesIO(render_card(opened_for(here, profile), "freedonia").pdf)).pages
    leads_to = [note["/A"]["/URI"] for note in page.annotations or ()]
    assert leads_to == (["https://example.org/freedonia"] if profile == "screen" else [])
