"""Contrasts of a card as a list of colours, and the nearest colour that would pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardprint.paint import paint_pdf
from cardprint.pipeline import ComposedCard, Project, lay_out_card
from cardprint.verify import ColourPair, hexadecimal, measure_contrasts
from cardprint.verify.contrasts import nearest_passing
from cardprint.verify.rules.contrast import contrast

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
CHANNEL = st.integers(0, 255).map(lambda level: level / 255)
COLOUR = st.tuples(CHANNEL, CHANNEL, CHANNEL)


def unit(colour: tuple[int, int, int]) -> tuple[float, float, float]:
    red, green, blue = (channel / 255 for channel in colour)
    return red, green, blue


class TestNearestPassing:
    @given(COLOUR, COLOUR, st.sampled_from([3.0, 4.5]))
    def test_it_passes(self, colour: tuple[float, ...], ground: tuple[float, ...], least: float) -> None:
        """As a colour of whole levels, as themes write it; there is one wherever black or white would do."""
        found = nearest_passing(colour, ground, least)  # type: ignore[arg-type]
        possible = max(contrast(WHITE, ground), contrast(BLACK, ground))  # type: ignore[arg-type]
        assert (found is None) == (possible < least)
        if found is not None:
            assert contrast(unit(found), ground) >= least  # type: ignore[arg-type]

    def test_it_is_near_and_keeps_its_hue(self) -> None:
        """A gold that is too light on white becomes a darker gold, by no more than it must."""
        found = nearest_passing(unit((0xE0, 0xA5, 0x26)), WHITE, 4.5)
        assert found is not None
        assert 4.5 <= contrast(unit(found), WHITE) < 4.6
        red, green, blue = found
        assert red > green > blue

    def test_it_goes_where_less_has_to_change(self) -> None:
        """On a dark ground text is made lighter."""
        found = nearest_passing(unit((120, 120, 120)), unit((40, 40, 40)), 4.5)
        assert found is not None
        assert found > (120, 120, 120)


@pytest.fixture(scope="module")
def pairs(shipped: Project, mississippi: ComposedCard) -> tuple[ColourPair, ...]:
    """Those of the Mississippi card."""
    frames, _ = lay_out_card(shipped, mississippi, None)
    return measure_contrasts(paint_pdf(frames))


class TestMeasured:
    def test_every_pair_once(self, pairs: tuple[ColourPair, ...]) -> None:
        """Nearest to failing first; on the shipped card none fails, so that none has a colour that would pass."""
        assert len(pairs) == len({(pair.colour, pair.ground, pair.least) for pair in pairs})
        shares = [pair.ratio / pair.least for pair in pairs]
        assert sorted(shares) == shares
        assert {(False, None)} == {(pair.fails, pair.passing) for pair in pairs}

    def test_colours_are_those_of_the_theme(self, pairs: tuple[ColourPair, ...], shipped: Project) -> None:
        """To the level."""
        known = {swatch.hex.upper() for swatch in shipped.layout.theme.swatches.values()}
        assert {hexadecimal(pair.colour) for pair in pairs} <= known
        assert {hexadecimal(pair.ground) for pair in pairs} <= known

    def test_a_file_that_cannot_be_read_has_none(self) -> None:
        """The proof tells of it."""
        assert () == measure_contrasts(b"no PDF")
