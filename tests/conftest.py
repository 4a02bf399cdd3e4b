"""What tests of several kinds need: the project's own faces, its Mississippi card, and leave to accept a change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cardprint.load import load_font
from cardprint.model.source import Source
from cardprint.model.typography import FontBook

if TYPE_CHECKING:
    from cardprint.pipeline import ComposedCard, Project

FONTS = Path(__file__).parents[1] / "fonts"
FILES = {
    "Barlow Condensed Medium": "barlow-condensed/BarlowCondensed-Medium.ttf",
    "Barlow Condensed SemiBold": "barlow-condensed/BarlowCondensed-SemiBold.ttf",
    "Barlow Condensed Bold": "barlow-condensed/BarlowCondensed-Bold.ttf",
    "Source Sans 3 Regular": "source-sans-3/SourceSans3-Regular.ttf",
    "Source Sans 3 SemiBold": "source-sans-3/SourceSans3-SemiBold.ttf",
    "Source Sans 3 Italic": "source-sans-3/SourceSans3-Italic.ttf",
}


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests, and the programs that they start, share a cache of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARDPRINT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def faces() -> FontBook:
    """Every face that comes with the project, by its name."""
    return {
        name: load_font(Source(file, (FONTS / file).read_bytes()), name, name.rpartition(" ")[0])
        for name, file in FILES.items()
    }


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """What cardprint ships, opened in a folder and an environment that hold nothing."""
    from cardprint.pipeline import open_project  # tests of a single stage do without
    from cardprint.workspace import Workspace, shipped_folder

    return open_project(Workspace(tmp_path_factory.mktemp("empty"), shipped_folder()))


@pytest.fixture(scope="session")
def mississippi(shipped: Project) -> ComposedCard:
    """The card that the project is about, before it is laid out."""
    from cardprint.pipeline import compose_card

    return compose_card(shipped, "mississippi")


@pytest.fixture
def accepting() -> bool:
    """Whether stored dumps and pictures are replaced by what comes out now: asked for with CARDPRINT_ACCEPT=1 by
    somebody who then looks through the change. Where CI is set nobody looks, and the test fails instead."""
    asked = os.environ.get("CARDPRINT_ACCEPT", "") == "1"
    if asked and os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail("CARDPRINT_ACCEPT=1 has no place in CI: accept the change where you can look at it.", pytrace=False)
    return asked
