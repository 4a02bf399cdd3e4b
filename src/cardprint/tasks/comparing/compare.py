"""What changes from one edition, or from finished cards, to another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher

from msgspec import Struct

from cardprint.model.change import ADDED, REMOVED, Change
from cardprint.model.diagnostics import Collector, Diagnostic
from cardprint.tasks.comparing.facts import changes_between, framework_facts, state_facts
from cardprint.tasks.comparing.sides import Card, EditionSide, Side, open_side
from cardprint.verify import CardFact, Place
from cardprint.workspace import Workspace


class CardChange(Struct, frozen=True):
    """A change between two cards, and where each shows it."""

    change: Change
    old_places: tuple[Place, ...]
    new_places: tuple[Place, ...]


class Comparison(Struct, frozen=True):
    """Two sides and their differences: what all cards share first, then state by state. `problems` say what could not
    be compared."""

    old: Side
    new: Side
    changes: tuple[Change, ...]
    problems: tuple[Diagnostic, ...]


def compare(
    workspace: Workspace,
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    layout: str | os.PathLike[str] | None = None,
) -> Comparison:
    """Compare two editions by what their files say; where one side is finished cards, the cards of both by what is read
    on them, those of an edition being made in `layout`.

    Raises `RequestError` for what does not exist, else `DiagnosticError` with all that is wrong."""
    first, second = open_side(workspace, old, layout), open_side(workspace, new, layout)
    problems = Collector([*getattr(first, "warnings", ()), *getattr(second, "warnings", ())])
    changes = list(_states(first, second))
    if isinstance(first, EditionSide) and isinstance(second, EditionSide):
        shared = changes_between(
            "", framework_facts(first.project.framework), framework_facts(second.project.framework)
        )
        for slug, record in second.records.items():
            if slug in first.records:
                before, after = state_facts(first.records[slug]), state_facts(record)
                changes += changes_between(record.jurisdiction.name, before, after)
        return Comparison(first, second, (*shared, *_in_order(changes)), tuple(problems.diagnostics))
    for one, other in card_pairs(first, second, problems, set(second.states.values())):
        changes += [each.change for each in card_changes(one, other)]
    return Comparison(first, second, tuple(_in_order(changes)), tuple(problems.diagnostics))


def card_pairs(old: Side, new: Side, problems: Collector, names: Set[str]) -> Iterator[tuple[Card, Card]]:
    """The cards of the states called `names`, as far as both sides have them. What cannot be made goes to `problems`;
    only of two editions a state may be without a card, if its data are not complete."""
    slugs = [slug for slug, name in new.states.items() if name in names and slug in old.states]
    lenient = isinstance(old, EditionSide) and isinstance(new, EditionSide)
    before = dict(old.cards(slugs, problems, lenient=lenient))
    for slug, after in new.cards(slugs, problems, lenient=lenient):
        if slug in before:
            yield before.pop(slug), after


def card_changes(old: Card, new: Card) -> Iterator[CardChange]:
    """How two cards of a state differ: fact by fact, then text by text."""
    before = {(fact.part, fact.field): fact for fact in old.facts.facts}
    after = {(fact.part, fact.field): fact for fact in new.facts.facts}
    for key in (*after, *(key for key in before if key not in after)):
        one, other = before.get(key), after.get(key)
        if one is None or other is None or one.value != other.value:
            yield _card_change(new.name, one, other)
    yield from _text_changes(new.name, old.facts.texts, new.facts.texts)


def _text_changes(state: str, old: Sequence[CardFact], new: Sequence[CardFact]) -> Iterator[CardChange]:
    matcher = SequenceMatcher(None, [text.value for text in old], [text.value for text in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        for at in range(max(old_to - old_from, new_to - new_from)):
            before = old[old_from + at] if old_from + at < old_to else None
            after = new[new_from + at] if new_from + at < new_to else None
            yield _card_change(state, before, after)


def _card_change(state: str, old: CardFact | None, new: CardFact | None) -> CardChange:
    fact = new or old
    if fact is None:
        raise ValueError("a change has an old side or a new one")
    change = Change(state, fact.part, fact.field, old.value if old else None, new.value if new else None)
    return CardChange(change, old.places if old else (), new.places if new else ())


def _states(old: Side, new: Side) -> Iterator[Change]:
    """States that only one side has."""
    of_cards = not (isinstance(old, EditionSide) and isinstance(new, EditionSide))
    for slug, name in new.states.items():
        if slug not in old.states and (not of_cards or new.has_card(slug)):
            yield Change(name, "", "state", None, ADDED)
    for slug, name in old.states.items():
        if slug not in new.states and (not of_cards or old.has_card(slug)):
            yield Change(name, "", "state", REMOVED, None)


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """State by state, each state's changes as they come."""
    return sorted(changes, key=lambda change: change.state)
