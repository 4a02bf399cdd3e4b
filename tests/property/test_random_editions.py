"""Editions and layouts made up at random, sound by construction: every card is made, or told to have no room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cardprint.layout import lay_out
from cardprint.model.content import Block, Cell, GridCell, Row, Run
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.frame import FrameItem, Group, TextRun
from cardprint.model.geometry import IDENTITY, Matrix
from cardprint.pipeline import ComposedCard, Project, compose_card, open_project, render_card
from cardprint.tasks.checking import Standing, check_edition
from cardprint.workspace import Workspace, shipped_folder

Tree = Any
"""A file as lists, dictionaries, strings, numbers, truth values and null."""

WORDS = (
    "law", "a", "gaps", "accountability", "non-criminalization", "Victim-Centered", "18+", "J.", "Hawaiʻi",
    "São", "Doña\u00a0Ana", "sur\u00advi\u00advor", "—", "“quoted”", "U.S.C.", "naïve", "{state.name}", "{{",
    "}", "<b>", "&amp;", "# no", "- dash", "key: value", "'", '"', "\\", "@", "%s", "*x", "!y", "yes", "NO",
    "null", "~", "010", "office", "sharedhope.org/toolkit", "e\u0301", "…", "¿qué?", "1.10", "2021-11-17", "§",
    "½",
)  # fmt: skip
PLAIN_WORDS = tuple(word for word in WORDS if not set(word) & set("{}<>"))
"""Those of strings that may hold placeholders."""

SWATCHES = {
    "ink": {"rgb": "#12233F", "cmyk": [95, 82, 45, 50]},
    "white": {"rgb": "#FFFFFF", "cmyk": [0, 0, 0, 0]},
    "tint": {"rgb": "#F4F1E6", "cmyk": [4, 4, 10, 0]},
}
FONTS = ("Source Sans 3 Regular", "Source Sans 3 SemiBold", "Barlow Condensed Medium")
RULES = (Decimal("0.5"), Decimal("2.5")), (Decimal(1), Decimal(4)), (Decimal("0.25"), Decimal(1)), (Decimal(2),) * 2


class Files(NamedTuple):
    """The files of a project by name; `results` are the states of which there are results."""

    texts: dict[str, str]
    results: frozenset[str]


class Scope(NamedTuple):
    """What templates may name at some place, by kind."""

    texts: tuple[str, ...]
    lists: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()


PAGE = Scope(
    texts=(
        "{state.name}", "{state.in_text|upper}", "{state.name|possessive}", "{state.postal|lower}", "{edition.title}",
        "{edition.released|date}", "{publisher.name}", "{overall.grade}", "{overall.score}", "{overall.maximum}",
        "{issues|count}", "{extra_credit|count}",
    ),
    lists=(("issues", "issue"), ("extra_credit", "row"), ("resources", "resource"), ("foot", "line")),
    flags=("issues", "extra_credit", "resources", "foot", "state.revised", "state.revision", "edition.laws_as_of"),
)  # fmt: skip
INSIDE = {
    "issue": Scope(
        ("{issue.id}", "{issue.title}", "{issue.grade}", "{issue.score}", "{issue.maximum}", "{issue.highlights}"),
        flags=("issue.icon",),
    ),
    "row": Scope(("{row.badge}", "{row.title}", "{row.points}", "{row.highlights}", "{row.badge_expansion}")),
    "resource": Scope(("{resource.heading}", "{resource.id}"), lists=(("resource.paragraphs", "paragraph"),)),
    "paragraph": Scope(("{paragraph}",)),
    "line": Scope(("{line}",)),
}
LOOP = Scope(("{loop.number}", "{loop.count}"), flags=("loop.first", "loop.last"))


def dumped(tree: Tree) -> str:
    """A tree as YAML in brackets: strings in quotes, numbers exact."""
    match tree:
        case dict():
            return f"{{{', '.join(f'{dumped(key)}: {dumped(value)}' for key, value in tree.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(dumped, tree))}]"
        case Decimal():
            return f"{tree:f}"
    return json.dumps(tree, ensure_ascii=False)


def words(most: int = 12, plain: bool = False) -> st.SearchStrategy[str]:
    """A text of up to so many words."""
    return st.lists(st.sampled_from(PLAIN_WORDS if plain else WORDS), min_size=1, max_size=most).map(" ".join)


@st.composite
def runs(draw: st.DrawFn) -> Tree:
    """A paragraph of the framework."""
    texts = st.sampled_from(("{state.name}", "{edition.title}", " law, ", "{publisher.name|possessive}")) | words(
        6, plain=True
    )
    addresses = st.sampled_from(("https://example.org/{state.address}", "mailto:a@example.org"))
    linked = st.fixed_dictionaries({"text": texts}, optional={"link": addresses, "emphasis": st.just("label")})
    return draw(st.lists(texts | linked, min_size=1, max_size=4))


@st.composite
def frameworks(draw: st.DrawFn) -> Tree:
    """A framework whose sums come out."""
    step, most = draw(st.sampled_from(RULES))
    issues = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        named = draw(st.integers(0, 4))
        unnamed = draw(st.integers(0 if named else 1, 2))
        goals = []
        for goal in range(1, named + 1):
            name = f"goal {number}{'abcd'[goal - 1]} {draw(words(3)).translate(str.maketrans('', '', '{}'))}"
            shared = {"phrase": "training for {}", "term": name} if draw(st.booleans()) else {"phrase": name}
            goals.append({"id": f"{number}.{goal}", **shared})
        issue = {"id": f"{number}", "title": draw(words(6)), "unnamed": unnamed, "goals": goals}
        icon = {"icon": draw(st.sampled_from(("gavel", "scales")))} if draw(st.booleans()) else {}
        issue |= {"maximum": most * (named + unnamed), **icon}
        issues.append(issue)
    letters = draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=5, unique=True))
    floors = sorted(
        draw(st.sets(st.integers(1, 100), min_size=len(letters) - 1, max_size=len(letters) - 1)), reverse=True
    )
    rows = [
        {"id": f"row-{n}", "badge": "18+", "badge_expansion": draw(words(3)), "title": draw(words(4))}
        | {"beneficiary": draw(words(3)), "each": step * draw(st.integers(1, 3))}
        for n in range(draw(st.integers(0, 2)))
    ]
    paragraphs = st.lists(runs(), min_size=1, max_size=2)
    wordings = {"one": "One: {list}.", "many": "Many: {list}."}
    optional = {"laws_as_of": "2021-07-01"} if draw(st.booleans()) else {}
    return {
        "sample": draw(st.booleans()),
        "edition": {"id": "2031", "title": draw(words(8)), "language": "en-US", "released": "2031-05-06", **optional}
        | {"file_name": "{edition.id}-{state.slug}"},
        "publisher": {"name": draw(words(4))},
        "grammar": "english",
        "points": {"step": step, "goal_maximum": most},
        "grades": {
            "scale": [{"letter": letter, "from": floor} for letter, floor in zip(letters, [*floors, 0], strict=True)],
            "issue": "percent-of-maximum",
            "card": draw(st.sampled_from(("points", "percent-of-maximum"))),
        },
        "issues": issues,
        "extra_credit": rows,
        "sentences": {"accomplished": {"none": "None.", **wordings}, "gaps": wordings}
        | {"extended": {"one": "{list} for {beneficiary}.", "many": "{list} for {beneficiary}."}},
        "resources": [
            {"id": f"more-{n}", "heading": draw(words(4, plain=True)), "paragraphs": draw(paragraphs)}
            for n in range(draw(st.integers(0, 2)))
        ],
        "foot": draw(st.lists(runs(), max_size=2)),
    }  # fmt: skip


@st.composite
def results(draw: st.DrawFn, framework: Tree) -> Tree:
    """Results that the framework can give: points for each goal, or lists and a score that they allow."""
    step, most = framework["points"]["step"], framework["points"]["goal_maximum"]
    steps = int(most / step)
    issues = []
    for issue in framework["issues"]:
        goals, unnamed = [goal["id"] for goal in issue["goals"]], issue["unnamed"]
        points = {goal: step * draw(st.integers(0, steps)) for goal in goals}
        extra = step * draw(st.integers(0, unnamed * steps))
        entry: Tree = {"id": issue["id"], "score": sum(points.values(), Decimal(0)) + extra}
        if draw(st.booleans()) and goals:
            entry["points"] = points
        else:
            entry["accomplished"] = [goal for goal in goals if points[goal] == most]
            entry["gaps"] = [goal for goal in goals if points[goal] != most]
        if draw(st.booleans()):
            entry["highlights"] = draw(words(40))
        issues.append(entry)
    every = [goal["id"] for issue in framework["issues"] for goal in issue["goals"]]
    chosen = st.lists(st.sampled_from(every), unique=True) if every else st.just([])
    rows = [{"id": row["id"], "protections": draw(chosen)} for row in framework["extra_credit"]]
    optional = {"revised": "2031-06-07", "revision": draw(words(9))} if draw(st.booleans()) else {}
    return {"issues": issues, "extra_credit": rows, **optional}


@st.composite
def styles(draw: st.DrawFn) -> Tree:
    """Type that can be read; of one line, of several, in capitals, with tabular figures."""
    made: Tree = {}
    leading = draw(st.integers(28, 40))
    for name in ("body", "strong", "head"):
        size = draw(st.integers(14, 38)) / 2
        made[name] = {
            "font": draw(st.sampled_from(FONTS)),
            "size": f"{size}pt",
            "leading": f"{leading}pt",
            "swatch": "ink",
            "tracking": f"{draw(st.integers(-1, 8)) / 100}em",
            "align": draw(st.sampled_from(("left", "center", "right", "justify"))),
            "case": draw(st.sampled_from(("as-written", "upper"))),
            "figures": draw(st.sampled_from(("default", "tabular"))),
            "breaking": draw(st.sampled_from(("total", "greedy"))),
            "fallback": [FONTS[0]],
        }
    made["head"]["smallest"] = "6pt"
    made["on-ink"] = {"like": "strong", "swatch": "white", "size": "9pt", "leading": "12pt"}
    return made


lengths = st.integers(0, 24).map(lambda points: f"{points / 2}pt")
sizes = st.integers(4, 60).map(lambda points: f"{points}pt")
strokes = st.integers(1, 8).map(lambda weight: {"weight": f"{weight / 4}pt", "swatch": "ink"})
tracks = st.sampled_from(("auto", "1fr", "2fr", "40pt", "1in"))
names = st.sampled_from(("body", "body", "strong", "head"))


@st.composite
def templates(draw: st.DrawFn, scope: Scope) -> str:
    """A text of a layout."""
    parts = draw(st.lists(st.sampled_from(scope.texts) | words(3, plain=True), min_size=1, max_size=2))
    rich = {"{line}", "{paragraph}"} & set(parts)
    return rich.pop() if rich else " ".join(parts)


@st.composite
def leaves(draw: st.DrawFn, scope: Scope) -> Tree:
    """A block that holds no other."""
    kind = draw(st.sampled_from(("text", "text", "text", "tile", "fraction", "icon", "rule", "spacer")))
    short = [
        text for text in scope.texts if any(word in text for word in ("grade", "score", "number", "count", "badge}"))
    ]
    figure = st.sampled_from(short or ["A"])
    match kind:
        case "text":
            run: Tree = draw(templates(scope))
            if draw(st.booleans()):
                run = [{"text": run, "style": draw(names)}, {"text": " law", "link": "https://example.org/a"}]
            return {"text": run, "style": draw(names), "as": draw(st.sampled_from(("p", "h2", "span")))}
        case "tile":
            return {"tile": draw(figure), "style": "on-ink", "width": "60pt", "height": draw(sizes), "fill": "ink"}
        case "fraction":
            texts = {"over": draw(figure), "under": draw(figure)}
            both = {"over_style": "strong", "under_style": "body", "bar": draw(strokes), "bar_width": draw(sizes)}
            return {"fraction": texts, **both, "clearance": "4pt"}
        case "icon":
            return {"icon": "gavel", "size": draw(sizes), "swatch": "ink"}
        case "rule":
            return {"rule": draw(strokes)}
    return {"spacer": draw(lengths), "grow": draw(st.integers(0, 2))}


@st.composite
def blocks(draw: st.DrawFn, scope: Scope, depth: int) -> Tree:
    """A block, perhaps of others, perhaps repeated or on a condition."""
    common: Tree = {}
    if scope.lists != () and draw(st.booleans()):
        path, variable = draw(st.sampled_from(scope.lists))
        common["repeat"] = f"{path} as {variable}"
        inside = INSIDE[variable]
        others = tuple(pair for pair in scope.lists if pair[1] != variable)
        outer = scope.texts if variable in ("issue", "row", "resource") else ()
        scope = Scope((*inside.texts * 2, *outer, *LOOP.texts), (*inside.lists, *others), (*inside.flags, *LOOP.flags))
    if scope.flags and draw(st.integers(0, 3)) == 0:
        common["when"] = f"{draw(st.sampled_from(('', 'not ')))}{draw(st.sampled_from(scope.flags))}"
    if depth == 0 or draw(st.integers(0, 2)) == 0:
        return common | draw(leaves(scope))
    child = blocks(scope, depth - 1)
    children = st.lists(child, min_size=1, max_size=3)
    match draw(st.sampled_from(("stack", "stack", "columns", "table", "box", "grid", "rotate"))):
        case "stack":
            return common | {"stack": draw(children), "gap": draw(lengths)}
        case "columns":
            inner = [part for part in draw(children) if not {"repeat", "when"} & part.keys()]
            widths = draw(st.lists(tracks, min_size=len(inner), max_size=len(inner)))
            return common | ({"columns": inner, "tracks": widths, "gap": draw(lengths)} if inner else {"spacer": "1pt"})
        case "table":
            row = {"cells": [{"cell": draw(child)}, {"cell": draw(st.none() | child)}], "inset": draw(lengths)}
            wide = {"cells": [{"cell": draw(child), "columns": 2, "header": "column"}], "below": draw(strokes)}
            parts = {"table": [row, {"cells": [{"cell": draw(child)}], "weight": 1}], "head": [wide]}
            return common | parts | {"tracks": draw(st.lists(tracks, min_size=2, max_size=2))}
        case "box":
            looks = {"inset": draw(lengths), "fill": "tint", "radius": draw(lengths), "border": draw(strokes)}
            return common | {"box": draw(child), **looks}
        case "grid":
            cells = [{"cell": draw(child), "column": n, "row": 0} for n in range(draw(st.integers(1, 3)))]
            return common | {"grid": cells, "size": [3, 1], "cell_height": "80pt", "gap": draw(lengths)}
    return common | {"rotate": draw(child), "angle": draw(st.sampled_from((90, 270)))}


@st.composite
def layouts(draw: st.DrawFn) -> Tree:
    """A page of some size with anything on it, and what may be adjusted."""
    layout = {
        "page": {
            "size": draw(st.sampled_from(("letter", "a4", "a3", "tabloid"))),
            "margins": draw(sizes),
            "bleed": "9pt",
        },
        "theme": {"swatches": SWATCHES, "styles": draw(styles())},
        "document": {"title": "{state.name}: {edition.title}"},
        "body": draw(blocks(PAGE, 3)),
    }
    if draw(st.booleans()):
        scope = draw(st.sampled_from(("card", "set")))
        step = {"lower": "tracking", "styles": ["body", "strong"], "by": "0.02em", "floor": "-0.03em"}
        layout["copyfit"] = {"scope": scope, "steps": [step]}
    return layout


@st.composite
def projects(draw: st.DrawFn) -> Files:
    """A framework, two or three states, one of them perhaps without results, and a layout."""
    framework = draw(frameworks())
    texts = {"framework.yaml": dumped(framework), "card.yaml": dumped(draw(layouts()))}
    places, complete = [], set()
    for number in range(draw(st.integers(1, 2))):
        name, slug = f"{['Old', 'New'][number]} {draw(words(3))}", f"place-{number}"
        places.append({"name": name, "slug": slug, "postal": "XY"[number], "tile": [number, 0]})
        record: Tree = {"state": name}
        if draw(st.integers(0, 3)):
            record |= draw(results(framework))
            complete.add(slug)
        texts[f"states/{slug}.yaml"] = dumped(record)
    texts["jurisdictions.yaml"] = dumped(places)
    return Files(texts, frozenset(complete))


def set_words(block: Block | Row | Cell | GridCell | Run | None) -> Iterator[str]:
    """The words of a page's content, in reading order."""
    if isinstance(block, Run):
        yield block.text
        return
    for name in ("runs", "text", "over", "under", "child", "children", "rows", "cells", "block"):
        part = getattr(block, name, None)
        for inner in part if isinstance(part, tuple) else (part,):
            if inner is not None:
                yield from set_words(inner)


def texts_of(item: FrameItem, matrix: Matrix = IDENTITY) -> Iterator[tuple[TextRun, Matrix]]:
    """Every run of text of a frame, in reading order, with what maps it into the page."""
    if isinstance(item, TextRun):
        yield item, matrix
    elif isinstance(item, Group):
        inner = item.matrix.then(matrix) if item.matrix else matrix
        for part in item.items:
            yield from texts_of(part, inner)


def squeezed(texts: Iterator[str]) -> str:
    """Texts without what lines end in, and without what nobody sees."""
    return "".join("".join(texts).replace("\u00ad", "").split())


def check_words(project: Project, card: ComposedCard) -> None:
    """All words of the card stand on the page, in their order, and inside its margins."""
    frame, _ = lay_out(card.pages[0], project.fonts)
    placed = list(texts_of(frame.root))
    assert squeezed(set_words(card.pages[0].body)) in squeezed(run.text for run, _ in placed)
    if card.pages[0].sample is not None:
        return  # whose bands stand in the margins
    page = frame.page
    for run, matrix in placed:
        for x in (run.x, run.x + run.width - run.tracking):
            across, down = matrix.apply(x, run.baseline)
            assert page.margins.left - 0.1 <= across <= page.trim.width - page.margins.right + 0.1, run.text
            assert page.margins.top - 0.1 <= down <= page.trim.height - page.margins.bottom + 0.1, run.text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every example is written in turn."""
    return tmp_path_factory.mktemp("random").resolve()


def written(files: Files, folder: Path) -> Workspace:
    """A workspace with these files and no others."""
    (folder / "states").mkdir(exist_ok=True)
    for path in (folder / "states").iterdir():
        path.unlink()
    for name, text in files.texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Workspace(folder, shipped_folder())


@given(files=projects())
def test_what_is_sound_becomes_a_card_or_has_no_room(files: Files, folder: Path) -> None:
    """No other outcome; of a state without results it is told what is missing. Every word stands inside the margins,
    and what `check` says beforehand comes true."""
    workspace = written(files, folder)
    project = open_project(workspace, folder, folder / "card.yaml")
    report = check_edition(workspace, folder, folder / "card.yaml")
    for state in report.states:
        codes = refusal(project, state.slug)
        event(", ".join(sorted(codes)) or "a card")
        if codes == {"overset"}:
            assert state.standing is Standing.WRONG
        elif state.slug not in files.results:
            assert codes <= {"missing-field"}
            assert state.standing is (Standing.INCOMPLETE if codes else Standing.COMPLETE)
        else:
            assert not codes
            assert state.standing is Standing.COMPLETE


def refusal(project: Project, state: str) -> set[str]:
    """Why there is no card of a state, in codes; nothing if there is one, whose words are then checked."""
    try:
        card = compose_card(project, state)
        check_words(project, card)
        assert render_card(project, state).pdf.startswith(b"%PDF-")
    except DiagnosticError as error:
        return {diagnostic.code for diagnostic in error.diagnostics}
    return set()
