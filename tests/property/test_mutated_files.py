"""Sound files damaged at random: whatever is done to them, diagnostics come out, or pages, and nothing else."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.layout_spec import Per
from cardprint.model.node import MappingNode, Node, SequenceNode
from cardprint.model.source import Source
from cardprint.pipeline import open_project, render_card, render_edition
from cardprint.tasks.checking import check_edition
from cardprint.workspace import Workspace, shipped_folder

TOP = Path(__file__).parents[2]
LONGEST = 2.0
"""Seconds that any input may take."""


class Subject(NamedTuple):
    """A file to damage, and the edition, the layout and the state that it is then tried with."""

    file: str
    data: str
    layout: str
    state: str


TINY = ("tiny/edition", "tiny/layouts/tiny.yaml", "freedonia")
CARD, OVERVIEW = ("2021", "layouts/report-card.yaml", "mississippi"), ("2021", "layouts/national-overview.yaml", "")
YAML = [
    Subject("tiny/edition/framework.yaml", *TINY),
    Subject("tiny/edition/jurisdictions.yaml", *TINY),
    Subject("tiny/edition/states/freedonia.yaml", *TINY),
    Subject("tiny/layouts/tiny.yaml", *TINY),
    Subject("tiny/layouts/themes/plain.yaml", *TINY),
    Subject("2021/framework.yaml", *CARD),
    Subject("2021/states/mississippi.yaml", *CARD),
    Subject("2021/states/alabama.yaml", *OVERVIEW),
    Subject("2021/fonts/fonts.yaml", *CARD),
    Subject("layouts/report-card.yaml", *CARD),
    Subject("layouts/national-overview.yaml", *OVERVIEW),
    Subject("layouts/themes/shared-hope.yaml", *CARD),
]
OTHERS = [Subject("layouts/icons/gavel.svg", *CARD), Subject("2021/fonts/regular.ttf", *CARD)]

SCALARS = (
    "NO", "010", "1.10", "-1", "0", "1e9", "999999999999", ".5", "~", "", "true", "null", "{state.name}", "{",
    "}}", "{{", "{}", "{state.name|date}", "{issues}", "{a.b}", "9pt", "0pt", "-3mm", "9999in", "0.001pt",
    "auto", "0fr", "45", "..", "../x.yaml", "/etc/passwd", "report-card.yaml", "x" * 300, "w " * 400,
    "a\u202eb", "日本", "ʻ", "\u00ad", "#fff", "e\u0301", "😀", "a\nb", "\ufeff", "issues as issue",
    "state as state", "not state", "h1", "middle", "none", "edition", "2021-02-30", "&a", "*a", "!x", "<<",
    "https://", "javascript:alert(1)", "klingon", "Bold", "ink", "gavel", "set",
)  # fmt: skip
LENGTHS = ("0pt", "0.01pt", "1pt", "7pt", "12pt", "72pt", "300pt", "900pt", "1in", "auto", "1fr", "999fr")
NUMBERS = ("0", "0.5", "1", "2", "2.5", "3", "10", "17.5", "99", "100", "1000")
PIECES = (
    b" ", b"\n", b'"', b"'", b"{", b"}", b"[", b"]", b":", b",", b"- ", b"#", b"&a ", b"*a", b"0", b"-", b"|",
    b">", b"%", b"\t", b"\xc3\xa9", b"\xff", b"\x00", b"\r", b"  ", b"<", b"/>", b"=",
)  # fmt: skip

Tree = Any
"""Nodes that can be changed: lists, mappings as `Pairs`, scalars as (text, quoted)."""


class Pairs(list[list[Any]]):
    """A mapping as a list of key and value."""


def tree_of(node: Node) -> Tree:
    match node:
        case SequenceNode():
            return [tree_of(item) for item in node.items]
        case MappingNode():
            return Pairs([key, tree_of(value)] for key, value in node)
    return node.text, node.quoted


def yaml_of(tree: Tree) -> str:
    """A tree as YAML in brackets, scalars in quotes where they were or have to be."""
    if isinstance(tree, Pairs):
        return f"{{{', '.join(f'{json.dumps(key, ensure_ascii=False)}: {yaml_of(value)}' for key, value in tree)}}}"
    if isinstance(tree, list):
        return f"[{', '.join(map(yaml_of, tree))}]"
    text, quoted = tree
    plain = not quoted and re.fullmatch(r"[A-Za-z0-9.~-]([A-Za-z0-9 .%+-]*[A-Za-z0-9.%])?", text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def slots(tree: Tree) -> Iterator[tuple[list[Any], int]]:
    """Every place of a value inside a tree, as a list and an index in it."""
    if isinstance(tree, list):
        for index, part in enumerate(tree):
            holder, at = (part, 1) if isinstance(tree, Pairs) else (tree, index)
            yield holder, at
            yield from slots(holder[at])


def change(tree: Tree, random: Random) -> None:
    """Put something else in the place of one value, or take from or add to what it holds."""
    places = list(slots(tree))
    if not places:
        return
    holder, at = random.choice(places)
    value = holder[at]
    match random.randrange(8):
        case 0 if isinstance(value, list) and value:
            del value[random.randrange(len(value))]
        case 1 if isinstance(value, list) and value:
            value.append(copy.deepcopy(random.choice(value)))
        case 2:
            other, place = random.choice(places)
            holder[at] = copy.deepcopy(other[place])
        case 3:
            holder[at] = [value] if random.random() < 0.5 else Pairs([["stack", value]])
        case 4:
            holder[at] = (random.choice(SCALARS), random.random() < 0.4)
        case _ if isinstance(value, tuple):
            holder[at] = (random.choice(alike(value[0])), value[1])


def alike(text: str) -> tuple[str, ...]:
    """Scalars of the same kind."""
    if re.fullmatch(r"-?[0-9.]+(pt|mm|in)", text):
        return LENGTHS
    return NUMBERS if re.fullmatch(r"-?[0-9.]+", text) else SCALARS


def damage(data: bytes, random: Random) -> bytes:
    """Change, delete, insert or double some bytes."""
    damaged = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at, length = random.randrange(len(damaged) + 1), random.choice((1, 1, 4, 30))
        match random.randrange(4):
            case 0:
                damaged[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del damaged[at : at + length]
            case 2:
                damaged[at:at] = random.choice(PIECES)
            case 3:
                damaged[at:at] = damaged[at : at + length]
    return bytes(damaged)


class Ground:
    """Copies of sound files, one of which is damaged at a time."""

    def __init__(self, here: Path) -> None:
        self.here = here
        shutil.copytree(TOP / "tests" / "fixtures" / "tiny", here / "tiny")
        shutil.copytree(TOP / "layouts", here / "layouts")
        (here / "2021" / "states").mkdir(parents=True)
        shutil.copy(TOP / "data" / "2021" / "framework.yaml", here / "2021")
        for state in ("alabama", "florida", "mississippi"):
            shutil.copy(TOP / "data" / "2021" / "states" / f"{state}.yaml", here / "2021" / "states")
        (here / "2021" / "fonts").mkdir()
        shutil.copy(
            TOP / "fonts" / "source-sans-3" / "SourceSans3-Regular.ttf", here / "2021" / "fonts" / "regular.ttf"
        )
        self.sound = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
        self.list_font()

    def list_font(self) -> None:
        """Let the list of fonts tell of the font as it is, so that only its own tables can be wrong."""
        folder = self.here / "2021" / "fonts"
        digest = hashlib.sha256((folder / "regular.ttf").read_bytes()).hexdigest()
        entry = f'- {{name: Source Sans 3 Regular, family: S, file: regular.ttf, sha256: "{digest}"}}\n'
        (folder / "fonts.yaml").write_text(entry, encoding="utf-8")
        self.sound.setdefault(folder / "fonts.yaml", entry.encode())

    def try_out(self, subject: Subject, damaged: bytes) -> str:
        """Check and render with the damaged file, and tell what came of it. What passes the check can be rendered."""
        path = self.here / subject.file
        path.write_bytes(damaged)
        if path.suffix == ".ttf":
            self.list_font()
        started = time.process_time()
        workspace = Workspace(self.here, shipped_folder())
        data, layout = self.here / subject.data, self.here / subject.layout
        report = check_edition(workspace, data, layout)
        refused = refusal(workspace, data, layout, subject.state)
        assert LONGEST > time.process_time() - started
        for file, sound in self.sound.items():
            if file == path or file.name == "fonts.yaml":
                file.write_bytes(sound)
        for problem in report.problems:
            assert problem.message
            assert str(problem).isprintable(), problem
        if "rejected" in refused or report.errors:
            return ", ".join(sorted(refused))
        assert refused in (set(), {"missing-field"}, {"font-broken"}, {"unknown-state"})
        return "a page"


def refusal(workspace: Workspace, data: Path, layout: Path, state: str) -> set[str]:
    """Why there is no page, in codes; nothing if there is one."""
    try:
        project = open_project(workspace, data, layout)
        if project.layout.per is Per.EDITION:
            render_edition(project)
        else:
            render_card(project, state)
    except DiagnosticError as error:
        return {diagnostic.code for diagnostic in error.diagnostics}
    return set()


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Made once; every example puts the file that it damaged back."""
    return Ground(tmp_path_factory.mktemp("mutated").resolve())


randoms = st.randoms(use_true_random=False)


@given(subject=st.sampled_from(YAML), random=randoms)
def test_values_of_yaml_files_may_be_anything(ground: Ground, subject: Subject, random: Random) -> None:
    """Values exchanged, doubled, deleted, nested: the file is read as YAML and then judged."""
    path = ground.here / subject.file
    tree = tree_of(parse_yaml(Source(subject.file, ground.sound[path])))
    for _ in range(random.choice((1, 1, 2, 4))):
        change(tree, random)
    event(ground.try_out(subject, yaml_of(tree).encode()))


@settings(max_examples=settings().max_examples // 2)
@given(subject=st.sampled_from(YAML + OTHERS), random=randoms)
def test_bytes_of_any_file_may_be_anything(ground: Ground, subject: Subject, random: Random) -> None:
    """Icons and fonts, too."""
    event(ground.try_out(subject, damage(ground.sound[ground.here / subject.file], random)))


@pytest.mark.parametrize("subject", YAML + OTHERS, ids=lambda subject: subject.file)
def test_undamaged_files_pass(ground: Ground, subject: Subject) -> None:
    """The twin of all examples."""
    assert "a page" == ground.try_out(subject, ground.sound[ground.here / subject.file])
