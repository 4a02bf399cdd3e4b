"""Every example in layouts/README.md and data/README.md works as it stands: it is valid, and a page is drawn with it.

What follows `yaml` on an example's fence says what it is, or what it is a part of.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
import yaml

from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.layout_spec import Per
from cardprint.pipeline import open_project, render_card, render_edition
from cardprint.tasks.book import make_book, open_book
from cardprint.tasks.facts import make_facts, open_facts
from cardprint.validate.forms_blocks import BLOCK
from cardprint.workspace import Workspace, shipped_folder

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "layouts" / "README.md", ROOT / "data" / "README.md")

BASE = """\
page: {size: letter, margins: 0.5in}
theme: themes/shared-hope.yaml
document: {title: "{state.name}"}
"""
BODY = 'body: {text: "{state.name}", style: highlights}\n'


class Example(NamedTuple):
    """An example, what it is, and where: "layouts:88"."""

    kind: str
    text: str
    place: str


def examples() -> Iterator[Example]:
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        for match in re.finditer(r"^```yaml *(.*)\n((?:.*\n)*?)```$", page, flags=re.MULTILINE):
            line = page.count("\n", 0, match.start()) + 1
            yield Example(match[1], match[2], f"{path.parent.name}:{line}")


EXAMPLES = tuple(examples())


class Desk:
    """A folder with the shipped edition, of its states Mississippi alone, and a layout that lacks its body."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edition = folder / "edition"
        shipped = shipped_folder()
        for part in ("edition/states", "edition/pictures", "pictures"):
            (folder / part).mkdir(parents=True)
        shutil.copy(shipped / "data/2021/framework.yaml", self.edition)
        shutil.copy(shipped / "data/2021/states/mississippi.yaml", self.edition / "states")
        for picture in ("pictures/seal.svg", "edition/pictures/wordmark.svg"):
            shutil.copy(shipped / "layouts/icons/gavel.svg", folder / picture)
        self.write("base.yaml", BASE)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def draw(self, layout: str) -> bytes:
        """The page of Mississippi, or that of the edition, by a shipped layout or a file."""
        project = open_project(Workspace(self.folder, shipped_folder()), "edition", layout)
        if project.layout.per is Per.EDITION:
            return render_edition(project).pdf
        if project.layout.per is Per.FACTS:
            return make_facts(open_facts(project.workspace, "edition", layout=layout)).pdf
        if project.layout.per is Per.BOOK:
            self.write("edition/layouts/book-contents.yaml", (self.folder / layout).read_text(encoding="utf-8"))
            return make_book(open_book(project.workspace, "edition")).pdf
        return render_card(project, "mississippi").pdf


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def draw_layout(desk: Desk, text: str) -> None:
    """A layout, or parts of one, the others being those of a small layout."""
    if "extends" not in yaml.safe_load(text):
        text = f"extends: base.yaml\n{text}{'' if 'body' in yaml.safe_load(text) else BODY}"
    desk.write("layout.yaml", text)
    desk.draw("layout.yaml")


def draw_theme(desk: Desk, text: str) -> None:
    """Parts of a theme, merged over the shipped one."""
    draw_layout(desk, f"theme:\n{_indented(text)}")


def draw_block(desk: Desk, text: str) -> None:
    """A block, as the body of a page."""
    draw_layout(desk, f"body:\n{_indented(text)}")


def draw_fonts(desk: Desk, text: str) -> None:
    """A list of fonts beside the data, their files with it; a style is set in each."""
    desk.write("edition/fonts/fonts.yaml", text)
    for entry in yaml.safe_load(text):
        desk.write(f"edition/fonts/{entry['file']}", "")
        shutil.copy(shipped_folder() / "fonts" / entry["file"], desk.edition / "fonts" / entry["file"])
        draw_theme(desk, f"styles:\n  highlights: {{font: {entry['name']}}}\n")


def draw_framework(desk: Desk, text: str) -> None:
    """Parts of a framework, in place of those of the shipped one. With other issues nothing is known of a state."""
    shipped, own = yaml.safe_load((desk.edition / "framework.yaml").read_text(encoding="utf-8")), yaml.safe_load(text)
    desk.write("edition/framework.yaml", yaml.safe_dump({**shipped, **own}, allow_unicode=True))
    if "issues" in own:
        desk.write("edition/states/mississippi.yaml", "state: Mississippi\n")
        draw_layout(desk, BODY)
    else:
        desk.draw("report-card")


def draw_state(desk: Desk, text: str) -> None:
    """A state's file. Where it gives no more than the overall grade, that is what is drawn."""
    desk.write("edition/states/mississippi.yaml", text)
    if "issues" in yaml.safe_load(text):
        desk.draw("report-card")
    else:
        draw_layout(desk, 'body: {text: "{overall.grade}", style: highlights}\n')


def draw_jurisdictions(desk: Desk, text: str) -> None:
    """A list of jurisdictions, to which Mississippi is added."""
    desk.write("edition/jurisdictions.yaml", f"{text}- {{name: Mississippi, slug: mississippi, postal: MS}}\n")
    desk.draw("report-card")


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


DRAW: Final[dict[str, Callable[[Desk, str], None]]] = {
    "layout": draw_layout,
    "theme": draw_theme,
    "block": draw_block,
    "fonts": draw_fonts,
    "framework": draw_framework,
    "state": draw_state,
    "jurisdictions": draw_jurisdictions,
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.place} {example.kind}")
def test_an_example_works_as_it_stands(example: Example, desk: Desk) -> None:
    """No key is unknown, every name is known, and all of it has room on a page."""
    DRAW[example.kind](desk, example.text)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("layout", "margins:", "margin:"),
        ("theme", "rgb:", "rbg:"),
        ("block", "style:", "stlye:"),
        ("fonts", "family:", "famliy:"),
        ("framework", "goal_maximum:", "goal_maxmum:"),
        ("state", "gaps:", "gasp:"),
        ("jurisdictions", "slug:", "slgu:"),
    ],
)
def test_a_mistake_in_an_example_is_found(kind: str, old: str, new: str, desk: Desk) -> None:
    """The twin, for examples of each kind: a misspelt key."""
    text = next(example.text for example in EXAMPLES if example.kind == kind and old in example.text)
    with pytest.raises(DiagnosticError, match="unknown-key"):
        DRAW[kind](desk, text.replace(old, new))


def test_every_kind_of_block_has_an_example() -> None:
    """One that is added needs one."""
    shown = "".join(example.text for example in EXAMPLES if example.kind == "block")
    assert [] == [kind for kind in BLOCK.forms if not re.search(rf"\b{kind}:", shown)]


def test_nothing_is_shown_in_yaml_that_is_not_run() -> None:
    """Every fence with YAML says what it is, and there are examples at all."""
    assert {example.kind for example in EXAMPLES} == DRAW.keys()
    for path in PAGES:
        fences = re.findall(r"^```(\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert len(fences) == sum(example.place.startswith(path.parent.name) for example in EXAMPLES)
