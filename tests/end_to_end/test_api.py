"""`cardprint.render` and the typed pieces behind it, alone, in threads and in processes."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import cardprint

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"
EDITION, LAYOUT = TINY / "edition", TINY / "layouts" / "tiny.yaml"


def card(state: str) -> bytes:
    """A card of the made-up edition."""
    return cardprint.render(state, EDITION, LAYOUT)


def test_a_card_is_bytes() -> None:
    """Nothing is written, nothing printed."""
    assert card("Freedonia").startswith(b"%PDF-")


def test_cards_made_in_threads_are_those_made_alone() -> None:
    """No state is shared that one card could spoil for another, not even with the same project."""
    states = ["freedonia", "sylvania"] * 4
    alone = {state: card(state) for state in set(states)}
    project = cardprint.open_project(data=EDITION, layout=LAYOUT)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(card, states)) == [alone[state] for state in states]
        together = pool.map(lambda state: cardprint.render_card(project, state).pdf, states)
        assert list(together) == [alone[state] for state in states]


def test_cards_made_in_processes_are_those_made_alone() -> None:
    """Spawned, as on Windows and macOS."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(cardprint.render, "freedonia", EDITION, LAYOUT).result() == card("freedonia")


def test_errors_travel_between_processes() -> None:
    """A diagnostic keeps its kind and its parts when it is pickled."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        with pytest.raises(cardprint.RequestError) as caught:
            pool.submit(cardprint.render, "Fredonia", EDITION, LAYOUT).result()
        assert "Did you mean Freedonia?" == caught.value.diagnostics[0].hint


def test_importing_cardprint_loads_no_engine() -> None:
    """A program that may make a card some day does not pay for it at its start."""
    program = "import cardprint, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"reportlab", "pydantic", "uharfbuzz", "fontTools", "yaml", "pypdfium2", "click", "rich"}
    assert heavy.isdisjoint(done.stdout.split())


def test_an_unknown_attribute_is_none_of_the_public_names() -> None:
    """Lazy loading does not swallow misspellings."""
    assert not hasattr(cardprint, "rendr")
    assert all(hasattr(cardprint, name) for name in cardprint.__all__)
