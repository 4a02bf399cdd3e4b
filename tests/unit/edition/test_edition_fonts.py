"""The fonts of an edition: the same for all its cards, whatever is in the cache and whoever else gets a card."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path

import pytest
from msgspec.structs import replace

from cardprint.edition import fonts as edition_fonts
from cardprint.paint import FontMemory, dump_font, parse_font
from cardprint.paint.fonts import embed_font
from cardprint.paint.tounicode import glyph_texts
from cardprint.pipeline import Project, open_project, render_card
from cardprint.workspace import Workspace, shipped_folder
from cardprint.workspace.cache import NO_CACHE, Cache

TINY = Path(__file__).parents[2] / "fixtures" / "tiny"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with copies of the made-up edition and its layouts, to be spoilt."""
    shutil.copytree(TINY, tmp_path / "here")
    return (tmp_path / "here").resolve()


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts that other tests have made are forgotten, and theirs are remembered."""
    monkeypatch.setattr(edition_fonts, "_MEMORIES", OrderedDict())


def opened(here: Path, cache: Cache = NO_CACHE) -> Project:
    """The made-up edition, opened in a process that has made no fonts yet."""
    edition_fonts._MEMORIES.clear()
    return open_project(Workspace(here, shipped_folder(), cache=cache), "edition", "layouts/tiny.yaml")


def prepared(project: Project) -> dict[str, bytes]:
    """The fonts of the edition by the names of their faces."""
    assert isinstance(project.subsets, edition_fonts.EditionFonts)
    names = {face.sha256: name for name, face in project.fonts.items()}
    return {names[sha256]: dump_font(font) for sha256, font in project.subsets.memory().prepared.items()}


def letters(dumped: bytes) -> set[str]:
    """What the glyphs of a font stand for."""
    return set(parse_font(dumped).texts.values())


def test_they_hold_what_the_edition_can_say(here: Path) -> None:
    """Every letter of every name in the face of names, and no more; every goal and both sentences in that of text."""
    fonts = prepared(opened(here))
    assert set("FreedoniaGrand FenwickSylvania") == letters(fonts["Source Sans 3 SemiBold"])
    text = letters(fonts["Source Sans 3 Regular"])
    assert set("Laws: Goals accomplished: whistling and chewing gum. Gap") - {"f"} <= text
    assert "×" not in text


def test_no_card_needs_more_than_that(here: Path) -> None:
    """As long as its words are the edition's own, whatever was accomplished."""
    project = opened(here)
    fonts = project.subsets
    assert isinstance(fonts, edition_fonts.EditionFonts)
    for accomplished, gaps, score in ('"1.1", "1.2"', "", "5"), ("", '"1.1", "1.2"', "0.5"), ('"1.2"', '"1.1"', "4"):
        results = f"{{id: '1', score: {score}, accomplished: [{accomplished}], gaps: [{gaps}]}}"
        (here / "edition/states/sylvania.yaml").write_text(f"state: Sylvania\nissues: [{results}]", encoding="utf-8")
        render_card(project, "SY")
        assert {} == dict(fonts.memory()._made)


@pytest.mark.parametrize("words", ["Quiz: 7 % of 38 laws; “Zoe’s” – no", "Doña Ana, Hawaiʻi & Bogotá (§ 5)"])
def test_nor_does_one_with_words_of_its_own(here: Path, words: str) -> None:
    """Letters, figures and signs that people commonly write are in the fonts of all cards."""
    project = opened(here)
    state = here / "edition/states/sylvania.yaml"
    state.write_text(
        state.read_text(encoding="utf-8").replace("score: 3.5,", f'score: 3.5, highlights: "{words}",'),
        encoding="utf-8",
    )
    assert isinstance(project.subsets, edition_fonts.EditionFonts)
    render_card(project, "SY")
    assert {} == dict(project.subsets.memory()._made)


def test_no_print_card_needs_more_either(here: Path) -> None:
    """Its slug shows the hash of its data, whatever that is."""
    edition_fonts._MEMORIES.clear()
    workspace = Workspace(here, shipped_folder(), cache=NO_CACHE)
    project = open_project(workspace, "edition", "layouts/tiny.yaml", profile="print")
    fonts = project.subsets
    assert isinstance(fonts, edition_fonts.EditionFonts)
    for state in ("freedonia", "sylvania"):
        render_card(project, state)
    assert {} == dict(fonts.memory()._made)


def test_a_card_that_needs_more_gets_a_font_of_its_own(here: Path) -> None:
    """In the face where it does; nobody else's card changes."""
    project = opened(here)
    before = render_card(project, "FR").pdf
    assert isinstance(project.subsets, edition_fonts.EditionFonts)
    state = here / "edition/states/sylvania.yaml"
    state.write_text(
        state.read_text().replace("score: 3.5,", 'score: 3.5, highlights: "Quiz: 7 × 8",'), encoding="utf-8"
    )
    render_card(project, "SY")
    ((key, own),) = project.subsets.memory()._made.items()
    assert project.fonts["Source Sans 3 Regular"].sha256 == key[0]
    assert {"Q", "7", "×"} <= set(own.texts.values())
    assert before == render_card(opened(here), "FR").pdf


@pytest.mark.parametrize("kept", ["nothing", "everything", "glyphs", "fonts", "damaged"])
def test_what_is_in_the_cache_does_not_show(here: Path, tmp_path: Path, kept: str) -> None:
    """Empty, full, in part, or spoilt: the same bytes."""
    alone = render_card(opened(here), "FR").pdf
    cache = Cache(tmp_path / "cache")
    assert alone == render_card(opened(here, cache), "FR").pdf
    for path in (tmp_path / "cache").iterdir():
        if kept == "damaged":
            path.write_bytes(path.read_bytes()[:-20])
        elif (
            kept == "nothing"
            or (kept == "glyphs" and "font-" in path.name)
            or (kept == "fonts" and "glyphs" in path.name)
        ):
            path.unlink()
    assert alone == render_card(opened(here, cache), "FR").pdf


def test_another_state_s_words_do_not_show(here: Path) -> None:
    """A card depends on its own state's file, whoever is there besides."""
    before = render_card(opened(here), "FR").pdf
    (here / "edition/states/sylvania.yaml").unlink()
    assert before == render_card(opened(here), "FR").pdf


def test_another_layout_has_the_same_fonts_if_it_says_the_same(here: Path, tmp_path: Path) -> None:
    """A new theme costs no new subsets: they go by face and glyphs."""
    cache = Cache(tmp_path / "cache")
    render_card(opened(here, cache), "FR")
    before = {path.name for path in (tmp_path / "cache").glob("font-*")}
    theme = here / "layouts/themes/plain.yaml"
    theme.write_text(theme.read_text().replace("#000000", "#202020"), encoding="utf-8")
    render_card(opened(here, cache), "FR")
    assert before == {path.name for path in (tmp_path / "cache").glob("font-*")}


def test_they_travel_as_they_are(here: Path) -> None:
    """Another process gets the fonts, and makes the same cards with them."""
    project = opened(here)
    bare = replace(project, workspace=Workspace(here, shipped_folder()))
    there = pickle.loads(pickle.dumps(bare))  # noqa: S301 (just made)
    assert isinstance(there.subsets, FontMemory)
    assert render_card(project, "FR").pdf == render_card(there, "FR").pdf


def test_with_the_cache_fonttools_is_not_even_imported(here: Path, tmp_path: Path) -> None:
    """It takes longer to load than a card to make. The same command loads it where the cache is empty."""
    program = (
        "import sys; from cardprint.cli import run; "
        "code = run(['render', 'FR', '--data', 'edition', '--layout', 'layouts/tiny.yaml', '-o', 'out']); "
        "print(code, 'fontTools' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=here,
            env={"CARDPRINT_CACHE": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]
    assert ["0 True", "0 False"] == said


class TestFontFile:
    def test_a_font_comes_back_as_it_was(self, here: Path) -> None:
        """Every field of it, numbers included."""
        from cardprint.layout.shaping import face_shaper

        face = opened(here).fonts["Source Sans 3 Regular"]
        font = embed_font(face, glyph_texts(face_shaper(face).shape("Äffin 8.5")))
        again = parse_font(dump_font(font))
        for name in font.__struct_fields__:
            assert getattr(font, name) == getattr(again, name)

    @pytest.mark.parametrize("data", [b"", b"{}", b"[]\n", b'{"glyphs": 3}\n', b"\xff\n"])
    def test_other_bytes_are_refused(self, data: bytes) -> None:
        """Whoever asks makes the font anew."""
        with pytest.raises(ValueError, match="no font"):
            parse_font(data)
