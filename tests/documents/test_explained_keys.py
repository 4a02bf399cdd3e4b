"""layouts/README.md and data/README.md explain every key, and none that does not exist.

A section is headed by the name that messages have for a thing ("A text block"): so it is known which form it explains.
Its keys stand in the first column of its table, the words among which a value is chosen anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from cardprint.model.page_scopes import BOOK_SCOPE, FACTS_SCOPE
from cardprint.model.scope import CARD_SCOPE, EDITION_SCOPE, LOOP, Kind, ListShape, RecordShape, Shape
from cardprint.model.template import FILTERS
from cardprint.validate import json_schema
from cardprint.validate.forms_blocks import BlockForm
from cardprint.validate.forms_layout import PAGE_SIZES
from cardprint.validate.schema import Kind as File

ROOT = Path(__file__).parents[2]
LAYOUTS, DATA = ROOT / "layouts" / "README.md", ROOT / "data" / "README.md"
EXPLAINS: Final[dict[Path, tuple[File, ...]]] = {
    LAYOUTS: ("layout", "theme", "fonts"),
    DATA: ("framework", "state", "jurisdictions"),
}

BOOK_OWN: Final = RecordShape(
    {name: shape for name, shape in BOOK_SCOPE.fields.items() if name not in EDITION_SCOPE.fields}
)
"""What can be named in a book and on no other page."""

IN_COMMON: Final = ("block", "repeated part")
"""The sections that explain keys of many forms."""

PAGES = pytest.mark.parametrize("page", EXPLAINS, ids=lambda page: page.parent.name)


class Section(NamedTuple):
    """What stands under a heading, examples left out: the words in code, and the cells of its tables by rows."""

    words: list[str]
    tables: list[list[list[str]]]

    @property
    def keys(self) -> set[str]:
        return {key for row in chain(*self.tables) for key in in_code(row[0])}


def in_code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def plain(heading: str) -> str:
    """A heading, or the title of a form, without its article."""
    return re.sub(r"^(?:a|an|the) ", "", heading.lower())


def sections(page: str) -> dict[str, Section]:
    """The sections of a page by their headings."""
    page = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    found = {}
    for part in re.split(r"^#+ ", page, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        tables = [
            [row.strip("|").split("|") for row in table.splitlines()[2:]]
            for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
        ]
        found[plain(heading)] = Section(in_code(text), tables)
    return found


def forms(files: tuple[File, ...]) -> dict[str, Mapping[str, Any]]:
    """The schemas of the keys of every form in these files, by the form's name."""
    schemas = [json_schema(file) for file in files]
    parts = [part for schema in schemas for part in (schema, *schema["$defs"].values()) if "properties" in part]
    return {plain(part["title"]): part["properties"] for part in parts}


def choices(schema: Mapping[str, Any]) -> Iterator[str]:
    """The words among which a key's value, or an entry of its list, is chosen."""
    for part in (schema, schema.get("items", {}), *schema.get("oneOf", ())):
        yield from map(str, part.get("enum", ()))


def unexplained(text: str, files: tuple[File, ...]) -> set[str]:
    """What a page does not explain: forms, their keys, and the words that these may be."""
    found, missing = sections(text), set()
    common = {key for name in IN_COMMON if name in found for key in found[name].keys} & BlockForm.keys.keys()
    shared = [word for name in IN_COMMON if name in found for word in found[name].words]
    for name, keys in forms(files).items():
        section = found.get(name, Section([], []))
        missing |= {f"{name}: {key}" for key in keys.keys() - section.keys - common}
        for key in keys:
            words = {*section.words, *(shared if key in common else ())}
            missing |= {f"{name}: {key}: {word}" for word in {*choices(keys[key])} - words}
    return missing


def invented(text: str, files: tuple[File, ...]) -> set[str]:
    """The keys that a page explains and that do not exist."""
    found = sections(text)
    return {
        f"{name}: {key}"
        for name, keys in forms(files).items()
        if name in found
        for key in found[name].keys - keys.keys()
    }


class TestKeys:
    @PAGES
    def test_every_key_of_every_form_is_explained(self, page: Path) -> None:
        """In the section of its form, with every word that it may be."""
        assert set() == unexplained(page.read_text(encoding="utf-8"), EXPLAINS[page])

    @PAGES
    def test_no_key_is_explained_that_does_not_exist(self, page: Path) -> None:
        """What is renamed in the code is renamed in its explanation."""
        assert set() == invented(page.read_text(encoding="utf-8"), EXPLAINS[page])

    @pytest.mark.parametrize(
        ("page", "old", "new", "missing"),
        [
            (LAYOUTS, "| `leading` | From", "| leading | From", {"style: leading"}),
            (LAYOUTS, "## A stroke\n", "## A line\n", {"stroke: weight", "stroke: swatch"}),
            (LAYOUTS, "`top` (if left out), `middle`, `bottom`, or `baseline`, their", "Their",
             {f"columns: align: {word}" for word in ("top", "middle", "bottom", "baseline")}),
            (DATA, "| `tile` |", "| tile |", {"jurisdiction: tile"}),
        ],
    )  # fmt: skip
    def test_what_is_not_explained_is_missed(self, page: Path, old: str, new: str, missing: set[str]) -> None:
        """The twin: a row, a section or a word taken away."""
        text = page.read_text(encoding="utf-8")
        assert old in text
        assert missing == unexplained(text.replace(old, new), EXPLAINS[page])

    def test_a_key_of_all_blocks_is_missed_for_all(self) -> None:
        """The twin of what is explained once."""
        text = LAYOUTS.read_text(encoding="utf-8").replace("| `grow` |", "| grow |")
        assert {"tile: grow", "table: grow"} < unexplained(text, EXPLAINS[LAYOUTS])

    def test_what_is_invented_is_found(self) -> None:
        """The twin: a key under another name."""
        text = DATA.read_text(encoding="utf-8").replace("| `tile` |", "| `place` |")
        assert {"jurisdiction: place"} == invented(text, EXPLAINS[DATA])


@PAGES
def test_links_lead_somewhere(page: Path) -> None:
    """Each to a file that is there and a heading that it has."""
    for name, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", page.read_text(encoding="utf-8")):
        target = page.parent / name if name else page
        assert target.exists(), name
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), flags=re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, anchor


def fields(shape: Shape) -> list[str]:
    """The names of a record's fields, or of those of a list's items."""
    if isinstance(shape, ListShape):
        return fields(shape.item)
    return list(shape.fields) if isinstance(shape, RecordShape) else []


@pytest.fixture(scope="module")
def layouts() -> dict[str, Section]:
    """The sections of the page about layouts."""
    return sections(LAYOUTS.read_text(encoding="utf-8"))


class TestScope:
    @pytest.mark.parametrize(
        ("number", "scope"),
        [(0, CARD_SCOPE), (1, EDITION_SCOPE), (2, BOOK_OWN), (3, FACTS_SCOPE), (4, RecordShape({"loop": LOOP}))],
        ids=["state", "edition", "book", "facts", "loop"],
    )
    def test_all_that_can_be_named_is_listed(
        self, layouts: dict[str, Section], number: int, scope: RecordShape
    ) -> None:
        """With its fields and no others, or the name of what has the same ones; lists and rich text are called so."""
        rows = {in_code(name)[0]: (what, own) for name, what, own in layouts["what can be named"].tables[number]}
        assert list(scope.fields) == list(rows)
        for name, shape in scope.fields.items():
            what, own = rows[name]
            told = in_code(own)
            if "as in" in own:
                told = fields(scope.fields[told[0]])
            if "as above" not in own:
                assert fields(shape) == told, name
            assert (isinstance(shape, ListShape)) == ("a list" in what), name
            assert (shape is Kind.RICH) == ("(rich text)" in what), name

    def test_every_filter_is_listed(self, layouts: dict[str, Section]) -> None:
        """And none that does not exist."""
        assert set(FILTERS) == layouts["filters"].keys

    def test_every_size_of_page_is_listed(self, layouts: dict[str, Section]) -> None:
        """By its name."""
        assert set(PAGE_SIZES) <= set(layouts["page"].words)
