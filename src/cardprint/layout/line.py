"""A short text on a line of its own, centred by its ink: letters in tiles, figures of fractions."""

from __future__ import annotations

from cardprint.layout.paragraph import paragraph
from cardprint.layout.shaping import face_shaper
from cardprint.model.content import Run
from cardprint.model.frame import TextRun
from cardprint.model.typography import FontBook


def line_width(run: Run, fonts: FontBook) -> float:
    """The advance of the text on one line, in points."""
    return paragraph((run,), run.style, fonts).full_width


def centred_line(run: Run, centre: float, baseline: float, fonts: FontBook, optical: bool = True) -> list[TextRun]:
    """The text on a baseline about `centre`: by its ink if `optical`, by its advance otherwise (tabular figures)."""
    text = paragraph((run,), run.style, fonts)
    lines = text.lines(float("inf"))
    if not lines:
        return []
    (line,) = lines
    style = run.style
    left, right = 0.0, line.width
    if optical and len(line.pieces) == 1:
        shaped = line.pieces[0].shaped
        ink = face_shaper(shaped.face).ink(shaped)
        scale = style.size / shaped.face.units_per_em
        left = ink[0] * scale
        right = ink[1] * scale + style.tracking * style.size * (len(shaped.glyphs) - 1)
    x = centre - (left + right) / 2
    runs = []
    for piece in line.pieces:
        runs.append(
            TextRun(
                x=x,
                baseline=baseline,
                width=piece.width,
                pieces=(piece.shaped, text.closing.shaped) if piece is line.pieces[-1] else (piece.shaped,),
                size=style.size,
                swatch=style.swatch,
                tracking=style.tracking * style.size,
                span=run.span,
            )
        )
        x += piece.width
    return runs
