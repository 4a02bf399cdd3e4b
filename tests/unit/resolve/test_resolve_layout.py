"""`extends` and `theme`: which files a layout is made of, and what wins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardprint.model.diagnostics import Collector, DiagnosticError
from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.resolve import Inputs, Place, resolve_layout
from cardprint.workspace import Workspace

Resolve = Callable[[dict[str, str]], MappingNode]


@pytest.fixture
def resolve(tmp_path: Path) -> Resolve:
    """Writes files and resolves mine/card.yaml among them; shipped/layouts/ holds the shipped layouts."""

    def resolve_files(files: dict[str, str]) -> MappingNode:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        workspace = Workspace(tmp_path.resolve(), tmp_path.resolve() / "shipped")
        problems = Collector()
        layout = resolve_layout(Inputs(workspace), Place(*workspace.file("mine/card.yaml")), problems)
        problems.raise_errors()
        return layout

    return resolve_files


def plain(node: Node | None) -> object:
    """A node as plain lists, dictionaries and strings."""
    match node:
        case MappingNode():
            return {key: plain(value) for key, value in node}
        case SequenceNode():
            return [plain(item) for item in node.items]
        case ScalarNode():
            return node.text
    return None


def test_a_layout_that_extends_nothing_is_itself(resolve: Resolve) -> None:
    """Its theme, named by a path beside it, becomes a mapping."""
    layout = resolve({"mine/card.yaml": "theme: themes/t.yaml\nbody: b\n", "mine/themes/t.yaml": "styles: s\n"})
    assert {"body": "b", "theme": {"styles": "s"}} == plain(layout)


def test_a_layout_wins_over_those_it_extends_key_by_key(resolve: Resolve) -> None:
    """Mappings are merged through any number of files; nothing of `extends` is left."""
    layout = resolve(
        {
            "mine/card.yaml": "extends: middle.yaml\npage: {size: a4}\n",
            "mine/middle.yaml": "extends: deep/base.yaml\npage: {size: a5, bleed: 1pt}\n",
            "mine/deep/base.yaml": "page: {size: letter, margins: 9pt}\nbody: b\n",
        }
    )
    assert {"page": {"size": "a4", "margins": "9pt", "bleed": "1pt"}, "body": "b"} == plain(layout)


def test_a_name_is_looked_for_among_the_shipped_layouts_after_its_own_folder(resolve: Resolve) -> None:
    """A user's layout can build upon a shipped one without saying where that is."""
    layout = resolve(
        {
            "mine/card.yaml": "extends: report.yaml\n",
            "shipped/layouts/report.yaml": "theme: themes/t.yaml\nbody: shipped\n",
            "shipped/layouts/themes/t.yaml": "styles: shipped\n",
        }
    )
    assert {"body": "shipped", "theme": {"styles": "shipped"}} == plain(layout)


def test_a_file_beside_wins_over_a_shipped_one(resolve: Resolve) -> None:
    """The twin: the user's own comes first."""
    files = {"mine/card.yaml": "extends: report.yaml\n", "mine/report.yaml": "body: mine\n"}
    layout = resolve(files | {"shipped/layouts/report.yaml": "body: shipped\n"})
    assert {"body": "mine"} == plain(layout)


def test_a_layout_may_bear_the_name_of_the_shipped_one_that_it_extends(resolve: Resolve) -> None:
    """A file cannot mean itself, so it means the shipped one."""
    layout = resolve(
        {"mine/card.yaml": "extends: card.yaml\npage: p\n", "shipped/layouts/card.yaml": "body: shipped\n"}
    )
    assert {"body": "shipped", "page": "p"} == plain(layout)


def test_layouts_that_extend_one_another_are_an_error(resolve: Resolve) -> None:
    """The message shows the way round."""
    with pytest.raises(DiagnosticError, match=r"extends-cycle: .*mine/card.yaml → mine/b.yaml → mine/card.yaml"):
        resolve({"mine/card.yaml": "extends: b.yaml\n", "mine/b.yaml": "extends: card.yaml\n"})


def test_a_theme_that_extends_itself_is_an_error(resolve: Resolve) -> None:
    """Without a shipped file of its name a file that extends itself extends nothing."""
    with pytest.raises(DiagnosticError, match="extends-cycle"):
        resolve({"mine/card.yaml": "theme: t.yaml\n", "mine/t.yaml": "extends: t.yaml\n"})


def test_a_theme_named_by_a_path_replaces_the_inherited_one(resolve: Resolve) -> None:
    """Two themes are not mixed unless one says that it extends the other."""
    layout = resolve(
        {
            "mine/card.yaml": "extends: base.yaml\ntheme: b.yaml\n",
            "mine/base.yaml": "theme: a.yaml\n",
            "mine/a.yaml": "swatches: {ink: a}\nstyles: a\n",
            "mine/b.yaml": "swatches: {link: b}\n",
        }
    )
    assert {"theme": {"swatches": {"link": "b"}}} == plain(layout)


def test_a_theme_written_inline_is_laid_over_the_inherited_one(resolve: Resolve) -> None:
    """The twin: to change one swatch is to write one swatch."""
    layout = resolve(
        {
            "mine/card.yaml": "extends: base.yaml\ntheme: {swatches: {ink: mine}}\n",
            "mine/base.yaml": "theme: a.yaml\n",
            "mine/a.yaml": "swatches: {ink: a, link: a}\n",
        }
    )
    assert {"theme": {"swatches": {"ink": "mine", "link": "a"}}} == plain(layout)


def test_an_inline_theme_may_extend_a_file(resolve: Resolve) -> None:
    """It then replaces the inherited one, as its file would."""
    layout = resolve(
        {
            "mine/card.yaml": "extends: base.yaml\ntheme: {extends: b.yaml, styles: mine}\n",
            "mine/base.yaml": "theme: {swatches: a}\n",
            "mine/b.yaml": "styles: b\nswatches: b\n",
        }
    )
    assert {"theme": {"styles": "mine", "swatches": "b"}} == plain(layout)


def test_a_missing_base_points_at_the_line_that_names_it(resolve: Resolve) -> None:
    """Where the typing mistake is."""
    with pytest.raises(DiagnosticError) as caught:
        resolve({"mine/card.yaml": "body: b\nextends: bsae.yaml\n"})
    (diagnostic,) = caught.value.diagnostics
    assert ("missing-file", 2, 10) == (diagnostic.code, diagnostic.span.line, diagnostic.span.column)
    assert diagnostic.hint == "Put it there, or correct the name."


@pytest.mark.parametrize("name", ["report-card", "reprot-card.yaml", "reprot-card"])
def test_a_missing_base_that_is_nearly_a_shipped_one_is_suggested(resolve: Resolve, name: str) -> None:
    """A slip of the keys, or the ending left out."""
    with pytest.raises(DiagnosticError, match=r"card.yaml:1:10: missing-file: .* Did you mean report-card.yaml"):
        resolve({"mine/card.yaml": f"extends: {name}\n", "shipped/layouts/report-card.yaml": "body: b\n"})


@pytest.mark.parametrize("text", ["- a\n", "extends: [a, b]\n", "theme: t.yaml\n"])
def test_what_is_no_mapping_or_no_name_is_an_error(resolve: Resolve, text: str) -> None:
    """Lists where names or mappings belong are told, not tripped over."""
    with pytest.raises(DiagnosticError, match="wrong-type"):
        resolve({"mine/card.yaml": text, "mine/t.yaml": "- a\n"})


def test_a_base_outside_the_folder_is_refused(resolve: Resolve) -> None:
    """A layout from somebody else reads its own folder and the shipped ones only."""
    with pytest.raises(DiagnosticError, match="outside-root"):
        resolve({"mine/card.yaml": "extends: ../other.yaml\n", "other.yaml": "body: b\n"})


def test_merged_parts_keep_the_lines_they_come_from(resolve: Resolve) -> None:
    """A problem in a base is shown in the base."""
    layout = resolve({"mine/card.yaml": "extends: base.yaml\npage: p\n", "mine/base.yaml": "\nbody: b\n"})
    body, page = layout.get("body"), layout.get("page")
    assert body is not None
    assert page is not None
    assert ("mine/base.yaml", 2) == (body.span.file, body.span.line)
    assert ("mine/card.yaml", 2) == (page.span.file, page.span.line)
