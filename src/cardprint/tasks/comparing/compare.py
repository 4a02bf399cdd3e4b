"""What changes from one edition, or from finished cards, to another."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher
from itertools import zip_longest

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
    """Compare two editions by what their files say; where one side is finished cards, the cards of both by what they
    say, those of an edition being made in `layout`.

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
    """How two cards of a state differ: their pages, then fact by fact, then text by text, each as it is read aloud and
    as it is shown."""
    pages = str(old.facts.pages), str(new.facts.pages)
    if pages[0] != pages[1]:
        yield CardChange(Change(new.name, "", "pages", *pages), (), ())
    before, after = _numbered(old.facts.facts), _numbered(new.facts.facts)
    for key in (*after, *(key for key in before if key not in after)):
        yield from _fact_changes(new.name, before.get(key), after.get(key))
    yield from _text_changes(new.name, old.facts.texts, new.facts.texts)


def _numbered(facts: Sequence[CardFact]) -> dict[tuple[str, str, int], CardFact]:
    """Facts by part and field, those that share both counted."""
    numbered: dict[tuple[str, str, int], CardFact] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for fact in facts:
        key = fact.part, fact.field
        numbered[*key, seen[key]] = fact
        seen[key] += 1
    return numbered


def _text_changes(state: str, old: Sequence[CardFact], new: Sequence[CardFact]) -> Iterator[CardChange]:
    matcher = SequenceMatcher(None, [text[1:3] for text in old], [text[1:3] for text in new], autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        for before, after in zip_longest(old[old_from:old_to], new[new_from:new_to]):
            if before is None or after is None or before.field == after.field:
                yield from _fact_changes(state, before, after)
            else:
                yield from (*_fact_changes(state, before, None), *_fact_changes(state, None, after))


def _fact_changes(state: str, old: CardFact | None, new: CardFact | None) -> Iterator[CardChange]:
    """What differs between two facts of one kind: to the ear, and to the eye where that is something else."""
    fact = new or old
    if fact is None:
        raise ValueError("a change has an old side or a new one")
    places = old.places if old else (), new.places if new else ()
    heard = old.value or None if old else None, new.value or None if new else None
    seen = old.drawn or None if old else None, new.drawn or None if new else None
    if heard[0] != heard[1]:
        yield CardChange(Change(state, fact.part, fact.field, *heard), *places)
    unheard = heard == (None, None)
    same = bool(fact.part and old and new) or heard[0] == heard[1]  # else it is another text, and told as that
    if seen != heard and same and _solid(seen[0]) != _solid(seen[1]):
        field = fact.field if unheard else f"{fact.field} as shown"
        yield CardChange(Change(state, fact.part, field, *seen), *places)


def _solid(words: str | None) -> str:
    """Words without what the ends of lines add to them."""
    return "".join((words or "").replace("-", "").split())


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
