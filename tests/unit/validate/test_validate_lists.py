"""The lists of jurisdictions and fonts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.dataset import Jurisdiction
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.node import Node
from cardprint.validate import FontEntry, validate_fonts, validate_jurisdictions

NodeOf = Callable[[str], Node]
Reported = Callable[[Callable[[], object]], list[Diagnostic]]


FULL = "- {name: New Mexico, slug: new-mexico, postal: NM, address: newmexico, ap: N.M., tile: [3, 5]}\n"
SHORT = '- {name: Norway, slug: norway, postal: "NO"}\n'
SHA = "0123456789abcdef" * 4


def test_jurisdictions_come_by_slug_in_order(node_of: NodeOf) -> None:
    """What is left out follows from slug and name."""
    places = validate_jurisdictions(node_of(FULL + SHORT))
    assert ["new-mexico", "norway"] == list(places)
    mexico, norway = places.values()
    assert ("newmexico", "N.M.", (3, 5)) == (mexico.address, mexico.ap, mexico.tile)
    assert Jurisdiction("Norway", "norway", "NO", "norway", "Norway", None, norway.span) == norway


def test_an_address_left_out_is_the_slug_run_together(node_of: NodeOf) -> None:
    """As in the addresses of the published cards."""
    places = validate_jurisdictions(node_of("- {name: Old Utopia, slug: old-utopia, postal: OU}"))
    assert "oldutopia" == places["old-utopia"].address


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("- {name: New Mexico, slug: nm, postal: NX}", "duplicate-name"),
        ("- {name: N, slug: new-mexico, postal: NX}", "duplicate-name"),
        ("- {name: N, slug: n, postal: NM}", "duplicate-name"),
        ("- {name: N, slug: n, postal: NX, tile: [3, 5]}", "duplicate-name"),
        ("- {name: N, slug: n, postal: NO}", "ambiguous-text"),
        ("- {name: N, slug: n, postal: nx}", "bad-word"),
        ("- {name: N, slug: N, postal: NX}", "bad-word"),
        ("- {name: N, slug: ../n, postal: NX}", "bad-word"),
        ("- {name: N, slug: n, postal: NX, tile: [3]}", "too-few"),
        ("- {name: N, slug: n, postal: NX, tile: [3, -1]}", "out-of-range"),
        ("- {name: N, slug: n}", "missing-key"),
        ("- n", "wrong-type"),
        ("- {name: N, slug: n, postal: NX, tile: [3, 6]}", ""),
    ],
)
def test_jurisdictions_are_distinct_and_well_formed(node_of: NodeOf, reported: Reported, line: str, code: str) -> None:
    """Names, slugs, postal codes and tiles each occur once."""
    found = reported(lambda: validate_jurisdictions(node_of(FULL + line)))
    assert ([code] if code else []) == [d.code for d in found]


def test_the_tile_of_two_jurisdictions_is_named(node_of: NodeOf, reported: Reported) -> None:
    """Column and row as the file has them."""
    (found,) = reported(
        lambda: validate_jurisdictions(node_of(FULL + "- {name: N, slug: n, postal: NX, tile: [3, 5]}"))
    )
    assert "The tile 3, 5 is that of another jurisdiction, in line 1." == found.message


def test_a_list_that_is_none_is_refused(node_of: NodeOf, reported: Reported) -> None:
    """A mapping at the top of the file, say."""
    assert ["wrong-type"] == [d.code for d in reported(lambda: validate_jurisdictions(node_of("a: b")))]
    assert ["wrong-type"] == [d.code for d in reported(lambda: validate_fonts(node_of("a: b")))]


def test_fonts_come_in_the_order_of_the_file(node_of: NodeOf) -> None:
    """Each with its file and hash."""
    (font,) = validate_fonts(node_of(f'- {{name: Plain, family: Sans, file: a/b.ttf, sha256: "{SHA}"}}'))
    assert FontEntry("Plain", "Sans", "a/b.ttf", SHA, font.span) == font


@pytest.mark.parametrize(
    ("file", "good"),
    [
        ("b.ttf", True),
        ("a/b.c/d.ttf", True),
        ("a/..b.ttf", True),
        ("../b.ttf", False),
        ("a/../../b.ttf", False),
        ("a/./b.ttf", False),
        ("/b.ttf", False),
        ("C:/b.ttf", False),
        ("a\\b.ttf", False),
        ("b.otf", False),
        (".ttf", False),
    ],
)
def test_files_of_fonts_stay_inside_their_folder(node_of: NodeOf, reported: Reported, file: str, good: bool) -> None:
    """A path cannot lead out, on any system."""
    found = reported(lambda: validate_fonts(node_of(f"- {{name: P, family: S, file: '{file}', sha256: '{SHA}'}}")))
    assert ([] if good else ["bad-word"]) == [d.code for d in found]


def test_a_hash_has_64_digits(node_of: NodeOf, reported: Reported) -> None:
    """Fewer are refused; capitals are the same digits."""
    text = "- {{name: P, family: S, file: p.ttf, sha256: '{}'}}"
    assert ["bad-word"] == [d.code for d in reported(lambda: validate_fonts(node_of(text.format(SHA[1:]))))]
    assert [] == reported(lambda: validate_fonts(node_of(text.format(SHA.upper()))))
