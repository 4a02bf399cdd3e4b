"""Mistakes in layouts and themes: each is reported once, with its code, at the character where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.diagnostics import Diagnostic

Place = tuple[str, int, int]
Changed = Callable[[str, str, str], list[Diagnostic]]
Mistaken = Callable[[str, str, str, str], tuple[list[Place], list[Place]]]


LAYOUT_MISTAKES = [
    # page
    ("size: letter", "size: ‸leter", "unknown-choice"),
    ("size: letter", "size: ‸[8.5in]", "too-few"),
    ("size: letter", "size: [8.5in, ‸11]", "missing-unit"),
    ("margins: 0.5in", "margins: ‸0.5", "missing-unit"),
    ("margins: 0.5in", "margins: ‸0.5 in", "bad-length"),
    ("margins: 0.5in", "margins: ‸1cm", "bad-length"),
    ("margins: 0.5in", "margins: ‸-1pt", "out-of-range"),
    ("margins: 0.5in", "margins: ‸[1pt, 2pt]", "wrong-count"),
    ("margins: 0.5in", "margins: ‸5in", "out-of-range"),
    ("bleed: 0.125in", "bleed: ‸2in", "out-of-range"),
    # swatches
    ('rgb: "#14694B"', 'rgb: ‸"#14694"', "bad-colour"),
    ("cmyk: [94, 82, 44, 48]", "cmyk: [94, 82, 44, ‸148]", "out-of-range"),
    ("cmyk: [94, 82, 44, 48]", "cmyk: ‸[94, 82, 44]", "too-few"),
    # styles
    ("font: Plain", "font: ‸Plane", "unknown-font"),
    ("size: 8.5pt, leading: 11pt, swatch: ink", "size: 8.5pt, leading: 11pt, swatch: ‸inc", "unknown-swatch"),
    ("size: 8.5pt", "size: ‸5pt", "out-of-range"),
    ("leading: 11pt", "leading: ‸8pt", "tight-leading"),
    ("leading: 44pt", "leading: ‸30pt", "tight-leading"),
    ("like: body", "like: ‸bodi", "unknown-style"),
    ("like: body", "like: ‸strong", "style-cycle"),
    ("body: {font: Plain, ", "body: ‸{", "missing-key"),
    ("tracking: 0.02em", "tracking: ‸0.02", "bad-length"),
    ("tracking: 0.02em", "tracking: ‸2em", "out-of-range"),
    ("smallest: 30pt", "smallest: ‸50pt", "out-of-range"),
    ("case: upper", "case: ‸uppercase", "unknown-choice"),
    # copyfit
    ("lower: leading", "lower: ‸leadings", "unknown-choice"),
    ("by: 0.25pt", "by: ‸0.25em", "wrong-kind"),
    ("by: 0.25pt", "by: ‸0pt", "out-of-range"),
    ("floor: 9pt", "floor: ‸8pt", "tight-leading"),
    ("floor: 9pt", "floor: ‸12pt", "out-of-range"),
    ("by: 0.25pt, floor: 9pt", "by: 0.01pt, floor: ‸9pt", "too-many"),
    ("styles: [body]", "styles: [‸bold]", "unknown-style"),
    # blocks
    ("    - {image: picture.png, width: 20pt}", "    - ‸{imag: picture.png, width: 20pt}", "no-kind"),
    ("    - {image: picture.png, width: 20pt}", "    - ‸{image: picture.png, spacer: 20pt}", "two-kinds"),
    ("    - {image: picture.png, width: 20pt}", "    - ‸picture.png", "wrong-type"),
    ("    - {image: picture.png, width: 20pt}", "    - ‸{image: picture.png}", "missing-key"),
    ("image: picture.png", "image: ‸pictures.png", "unknown-picture"),
    ("icon: gavel", "icon: ‸gravel", "unknown-icon"),
    ("alt: A gavel", "‸alte: A gavel", "unknown-key"),
    ("style: display, as: h1", "style: ‸dispaly, as: h1", "unknown-style"),
    ("style: display, as: h1", "style: display, as: ‸h7", "unknown-choice"),
    ("angle: 270", "angle: ‸180", "unknown-choice"),
    ("bleed: [left]", "bleed: [‸lefd]", "unknown-choice"),
    ("rules: {top: {weight: 1pt, swatch: ink}}", "rules: {top: {weight: ‸1, swatch: ink}}", "missing-unit"),
    ("weight: 0.5pt, swatch: ink", "weight: 0.5pt, swatch: ‸inky", "unknown-swatch"),
    ("emphasis: {label: strong}", "emphasis: {label: ‸stronk}", "unknown-style"),
    # tables and columns
    ("tracks: [1fr, 2fr]", "tracks: ‸[1fr]", "wrong-count"),
    ("tracks: [1fr, 2fr]", "tracks: [1fr, ‸0fr]", "bad-length"),
    ("tracks: [38pt, auto, 1fr]", "tracks: [‸38, auto, 1fr]", "missing-unit"),
    ("height: 30pt, fill", "height: ‸0pt, fill", "out-of-range"),
    ('rows: "{extra_credit|count}"', "rows: ‸0", "out-of-range"),
    ('rows: "{extra_credit|count}"', 'rows: ‸"{state.name}"', "wrong-kind"),
    ('rows: "{extra_credit|count}"', 'rows: ‸"{extra_credit|count} rows"', "wrong-kind"),
    ("          weight: 1\n", "          weight: ‸one\n", "bad-number"),
    # repeat and when
    ("repeat: issues as issue", "repeat: ‸issues", "bad-repeat"),
    ("repeat: issues as issue", "repeat: ‸overall as issue", "wrong-kind"),
    ("repeat: issues as issue", "repeat: ‸issus as issue", "unknown-path"),
    ("repeat: issues as issue", "repeat: ‸issues as state", "name-taken"),
    ("when: extra_credit", "when: ‸extra_credits", "unknown-path"),
    ("when: extra_credit", "when: ‸extra_credit > 1", "bad-condition"),
    ("when: extra_credit", "when: ‸loop.first", "unknown-path"),
    # templates
    ("{issue.highlights}", "‸{issue.highlight}", "unknown-path"),
    ("{issue.highlights}", "‸{issue}", "wrong-kind"),
    ("{issue.highlights}", "‸{issues}", "wrong-kind"),
    ("{issue.highlights}", "‸{edition.sample}", "wrong-kind"),
    ("{issue.highlights}", "‸{issue.highlights|date}", "wrong-kind"),
    ("{issue.highlights}", "‸{row.highlights}", "unknown-path"),
    ('text: "{paragraph}"', 'text: "On: ‸{paragraph}"', "wrong-kind"),
    ('title: "{state.name}: {edition.title}"', 'title: "{state.name}: ‸{editions.title}"', "unknown-path"),
    ('link: "https://example.org"', 'link: ‸"javascript:alert(1)"', "bad-address"),
    ('link: "https://example.org"', 'link: ‸"#contents"', "bad-address"),
    ("tracks: [1fr, 2fr]", 'tracks: [1fr, 2fr]\n      link: ‸"https://example.org"', "missing-key"),
]


@pytest.mark.parametrize(("good", "bad", "code"), LAYOUT_MISTAKES)
def test_mistakes_in_a_layout(mistaken: Mistaken, good: str, bad: str, code: str) -> None:
    """A mistake in a layout or its theme has one report, at its place."""
    expected, found = mistaken("layout", good, bad, code)
    assert expected == found


LAYOUTS_THAT_PASS = [
    ("size: letter", "size: [210mm, 297mm]"),
    ("margins: 0.5in", "margins: [36pt, 36pt, 36pt, 36pt]"),
    ("leading: 44pt", "leading: 33pt"),
    ("like: body", "like: display"),
    ("tracking: 0.02em", "tracking: -1%"),
    ("tracks: [38pt, auto, 1fr]", "tracks: [38pt, 0.5fr, 1fr]"),
    ('rows: "{extra_credit|count}"', "rows: 2"),
    ("when: extra_credit", "when: not overall.score"),
    ("{issue.highlights}", "{loop.number} of {loop.count}: {{{issue.score}}}"),
    ("{issue.highlights}", "{edition.released|date}, {edition.released}"),
    ("{issue.icon}", "icon-{issue.id}"),
    ("icon: gavel", "icon: gavel, grow: 0.5"),
]


@pytest.mark.parametrize(("good", "other"), LAYOUTS_THAT_PASS)
def test_what_is_near_a_mistake_and_is_none_passes(changed: Changed, good: str, other: str) -> None:
    """Other ways to say a thing rightly."""
    assert [] == changed("layout", good, other)


def test_a_colour_without_quotes_is_a_comment(changed: Changed) -> None:
    """The report says so, since the file shows a colour there."""
    (found,) = changed(
        "layout",
        'grade-a: {rgb: "#14694B", cmyk: [85, 30, 75, 20]}',
        "grade-a:\n      cmyk: [85, 30, 75, 20]\n      rgb: #14694B",
    )
    assert "empty-value" == found.code
    assert "Put the colour in quotes." == found.hint


def test_a_swatch_picked_by_grade_is_tried_with_every_grade(changed: Changed) -> None:
    """A grade without a swatch is found before a state earns it; case by filter counts."""
    found = changed("layout", "grade-f:", "grade-e:")
    assert ['There is no swatch "grade-f", which fill names for the grade F.'] == [d.message for d in found]
    assert 3 == len(changed("layout", "grade-{issue.grade|lower}", "grade-{issue.grade}"))


def test_names_that_are_nearly_right_are_suggested(changed: Changed) -> None:
    """A style, a field and a key, each with the name that was probably meant."""
    assert 'Did you mean "display"?' == changed("layout", "style: display, as", "style: dsplay, as")[0].hint
    assert 'Did you mean "highlights"?' == changed("layout", "issue.highlights", "issue.hilights")[0].hint
    assert 'Did you mean "alt"?' == changed("layout", "alt: A", "alte: A")[0].hint


def test_a_variable_outside_its_repeat_is_explained(changed: Changed) -> None:
    """Outside the repeat nothing is called issue; the remedy is the repeat."""
    (found,) = changed("layout", 'text: "{state.name}", style: display', 'text: "{issue.title}", style: display')
    assert ("unknown-path", "Add repeat: issues as issue to this block or one around it.") == (found.code, found.hint)


def test_a_broken_theme_does_not_hide_mistakes_in_the_blocks(changed: Changed) -> None:
    """The names of styles that cannot be read are known all the same, so that only real mistakes are reported."""
    found = changed("layout", "font: Plain, size: 8.5pt", "font: Plain, size: 8.5")
    assert ["missing-unit"] == [d.code for d in found]


def test_a_broken_repeat_does_not_make_its_variable_unknown(changed: Changed) -> None:
    """Where the list is misspelt, only that is reported."""
    assert ["unknown-path"] == [d.code for d in changed("layout", "repeat: issues as issue", "repeat: isues as issue")]
