"""What the stages hand on for the Mississippi card, as text that shows any change line by line.

The stored dumps change with the layout, the theme and the data; accepting a change is one command, which the failure
names. They tell files without lines, so that a comment in a file does not touch them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cardprint.layout import lay_out
from cardprint.model.content import PageContent
from cardprint.model.dump import dump_content, dump_frame
from cardprint.pipeline import ComposedCard, Project

Golden = Callable[[str, str], None]


@pytest.fixture(scope="module")
def content(mississippi: ComposedCard) -> PageContent:
    """The card's content, without what changes although the card does not: version and hash of all inputs."""
    card = mississippi.pages[0]
    return replace(card, info=replace(card.info, producer="cardprint", data_sha256=""))


def test_the_content_is_the_stored_one(content: PageContent, golden: Golden) -> None:
    """Every text, its style, its role, and the file that it is from."""
    golden("mississippi.content.txt", dump_content(content, lines=False))


def test_the_frame_is_the_stored_one(content: PageContent, shipped: Project, golden: Golden) -> None:
    """Every run of text and every shape, where it is painted."""
    frame, _ = lay_out(content, shipped.fonts)
    golden("mississippi.frame.txt", dump_frame(frame, lines=False))


def test_a_change_is_shown_as_a_diff(content: PageContent, golden: Golden, accepting: bool) -> None:
    """The twin: one letter of the title, and the line that has it is told, old and new."""
    if accepting:
        pytest.skip("nothing is compared while changes are accepted")
    changed = replace(content, info=replace(content.info, title=content.info.title.replace("Report", "Retort")))
    with pytest.raises(pytest.fail.Exception) as caught:
        golden("mississippi.content.txt", dump_content(changed, lines=False))
    lines = str(caught.value).splitlines()
    assert [
        '-  info: document-info title="Mississippi: 2021 Report',
        '+  info: document-info title="Mississippi: 2021 Retort',
    ] == [line[:54] for line in lines if line.startswith(("-  ", "+  "))]
    assert "CARDPRINT_ACCEPT=1" in lines[-1]


def test_nothing_is_accepted_under_ci(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Or a build would approve of itself."""
    monkeypatch.setenv("CARDPRINT_ACCEPT", "1")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no place in CI"):
        request.getfixturevalue("accepting")


def test_a_person_may_accept(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The twin: at a desk, where CI is not set."""
    monkeypatch.setenv("CARDPRINT_ACCEPT", "1")
    monkeypatch.delenv("CI", raising=False)
    assert request.getfixturevalue("accepting")
