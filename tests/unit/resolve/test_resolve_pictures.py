"""Pictures: whose folder a path counts from, and which files are read at all."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import Collector, DiagnosticError, Span
from cardprint.model.icon import Icon, Picture
from cardprint.model.node import MappingNode
from cardprint.model.source import Source
from cardprint.resolve import Inputs, Place, resolve_pictures
from cardprint.workspace import Workspace

Resolve = Callable[[str, Mapping[str, Span]], dict[str, Picture | Icon]]


def png(width: int) -> bytes:
    """A grey picture of `width` by 1 pixels (ISO 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(width + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.fixture
def resolve(tmp_path: Path) -> Resolve:
    """Resolves the pictures of a layout; each folder's picture has a width of its own."""
    files = {
        "looks/seal.png": 1,
        "data/seal.png": 2,
        "data/logo.png": 3,
        "secret.png": 5,
        "shipped/layouts/star.png": 4,
    }
    for name, width in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(png(width))
    workspace = Workspace(tmp_path.resolve(), tmp_path.resolve() / "shipped")

    def pictures(layout: str, named: Mapping[str, Span]) -> dict[str, Picture | Icon]:
        node = parse_yaml(Source("looks/card.yaml", layout.encode()))
        assert isinstance(node, MappingNode)
        place = Place(workspace.folder("looks"), "card.yaml")
        problems = Collector()
        found = resolve_pictures(Inputs(workspace), place, node, workspace.folder("data"), named, problems)
        problems.raise_errors()
        return found

    return pictures


NAMED_AT = Span("data/framework.yaml", 4, 30)


@pytest.mark.parametrize(("path", "width"), [("seal.png", 1), ("logo.png", 3), ("star.png", 4)])
def test_a_path_counts_from_the_layout_then_the_data_then_the_shipped(resolve: Resolve, path: str, width: int) -> None:
    """The nearest folder that has it wins."""
    assert width == resolve(f"body: {{image: {path}}}\n", {})[path].width


def test_a_path_of_the_data_counts_from_the_data(resolve: Resolve) -> None:
    """A publisher's wordmark is not the layout's picture of the same name."""
    assert 2 == resolve('body: {image: "{publisher.wordmark}"}\n', {"seal.png": NAMED_AT})["seal.png"].width


def test_a_picture_that_is_an_svg_is_an_outline(resolve: Resolve, tmp_path: Path) -> None:
    """Wordmarks are best kept as outlines."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0,0H8V8Z"/></svg>'
    (tmp_path / "data" / "mark.svg").write_text(svg, encoding="utf-8")
    assert isinstance(resolve("body: {image: mark.svg}\n", {})["mark.svg"], Icon)


def test_a_picture_that_the_data_names_in_vain_is_told_where_it_is_named(resolve: Resolve) -> None:
    """The mistake is in the data, whatever the layout does with it."""
    with pytest.raises(DiagnosticError, match=r"framework.yaml:4:30: missing-file"):
        resolve("body: {}\n", {"none.png": NAMED_AT})


@pytest.mark.parametrize("path", ["none.png", "../secret.png", "{state.slug}.png"])
def test_a_path_of_the_layout_without_a_file_is_left_to_validation(resolve: Resolve, path: str) -> None:
    """The twin: validation knows the line, and what else could be meant."""
    assert {} == resolve(f'body: {{image: "{path}"}}\n', {})
