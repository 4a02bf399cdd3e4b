"""The rung of copyfit on which a finished file was set is found in the file."""

from __future__ import annotations

from collections.abc import Sequence

from cardprint.layout import lay_out_pages
from cardprint.model.frame import PageFrame
from cardprint.paint import paint_pdf
from cardprint.pipeline import ComposedCard, Project
from cardprint.verify import nearest_layout


def on_rungs(project: Project, card: ComposedCard, *rungs: int) -> list[Sequence[PageFrame]]:
    return [lay_out_pages(card.pages, project.fonts, rung)[0] for rung in rungs]


def test_the_layout_of_a_file_is_found(shipped: Project, mississippi: ComposedCard) -> None:
    """Of all rungs the one on which every text stands where it was placed; the rest are not laid out."""
    rungs = on_rungs(shipped, mississippi, 0, 1, 2, 3, 4)
    asked = iter(rungs)
    assert nearest_layout(paint_pdf(tuple(rungs[3])), asked) is rungs[3]
    assert next(asked) is rungs[4]


def test_the_nearest_layout_of_an_altered_file(shipped: Project, mississippi: ComposedCard) -> None:
    """If the file is none of them, the one that it has most in common with."""
    rungs = on_rungs(shipped, mississippi, 0, 3, 6)
    (other,) = on_rungs(shipped, mississippi, 4)
    found = nearest_layout(paint_pdf(tuple(other)), rungs)
    assert found is rungs[1] or found is rungs[2]


def test_no_layout_is_near(shipped: Project, mississippi: ComposedCard) -> None:
    """A file that cannot be read has none, nor has one for which there is no layout."""
    rungs = on_rungs(shipped, mississippi, 0)
    assert nearest_layout(b"no PDF", rungs) is None
    assert nearest_layout(paint_pdf(tuple(rungs[0])), []) is None
