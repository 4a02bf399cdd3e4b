"""A state's results as single fields: what is in its file and what a spreadsheet says, in one form.

A field has one value, spelled in one way: a number in plain digits, a status by its word, a text with single spaces,
a list of goals in the framework's order. Two results are the same if their fields are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import cast

from msgspec import Struct

from cardprint.model.dataset import Framework, Issue
from cardprint.model.diagnostics import Span
from cardprint.model.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from cardprint.model.numbers import spelled

ACCOMPLISHED, GAP = "accomplished", "gap"

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Part(Enum):
    """The part of a state's file that a field belongs to."""

    STATE = ""
    ISSUE = "issue"
    EXTRA_CREDIT = "extra credit"
    OVERALL = "overall"


class FieldName(Struct, frozen=True):
    """Which field: `row` is the id of the issue or row of extra credit, `goal` that of a goal with a status."""

    part: Part
    key: str
    row: str = ""
    goal: str = ""

    def __str__(self) -> str:
        place = f"{self.part.value} {self.row}".strip()
        key = f"goal {self.goal}" if self.goal else self.key
        return f"{place} · {key}" if place else key


Value = str | tuple[str, ...]


class Given(Struct, frozen=True):
    """A field's value and where it stands."""

    value: Value
    span: Span


Fields = Mapping[FieldName, Given]

NUMBERS = frozenset(("score", "points"))
STATE_KEYS = ("source", "revised", "revision", "correction")
ISSUE_KEYS = ("score", "grade", "highlights")
EXTRA_KEYS = ("protections", "points", "highlights")
OVERALL_KEYS = ("grade", "score", "basis", "source")


def field_names(framework: Framework) -> Iterator[FieldName]:
    """Every field that a state can have, in the order in which people read them."""
    for issue in framework.issues:
        yield from goal_names(issue)
        yield from (FieldName(Part.ISSUE, key, issue.id) for key in ISSUE_KEYS)
    for row in framework.extra_credit:
        yield from (FieldName(Part.EXTRA_CREDIT, key, row.id) for key in EXTRA_KEYS)
    yield from (FieldName(Part.OVERALL, key) for key in OVERALL_KEYS)
    yield from (FieldName(Part.STATE, key) for key in STATE_KEYS)


def goal_names(issue: Issue) -> Iterator[FieldName]:
    """The fields of an issue's goals."""
    return (FieldName(Part.ISSUE, "goal", issue.id, goal.id) for goal in issue.goals)


def spell_number(text: str) -> str:
    """A number in its shortest form: 8.50 → 8.5. What is no number stays as it is."""
    return spelled(Decimal(text)) if _NUMBER.fullmatch(text) else text


def single_spaced(text: str) -> str:
    """A text as one line with single spaces; spaces that do not break stay what they are."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip()


def is_number(value: Value) -> bool:
    """Whether a goal's field holds points and no status."""
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def in_order(ids: tuple[str, ...], framework: Framework) -> tuple[str, ...]:
    """Ids of goals in the framework's order, unknown ones last."""
    places = {goal: place for place, goal in enumerate(framework.goals)}
    return tuple(sorted(ids, key=lambda goal: places.get(goal, len(places))))


def read_fields(node: Node, framework: Framework) -> dict[FieldName, Given]:
    """The fields of a state's file. What does not have the form of a field is left to validation."""
    fields: dict[FieldName, Given] = {}
    for key in STATE_KEYS:
        _read(node, FieldName(Part.STATE, key), fields)
    for key in OVERALL_KEYS:
        _read(child(node, "overall"), FieldName(Part.OVERALL, key), fields)
    for issue in framework.issues:
        entry = entry_of(node, "issues", issue.id)
        if entry is not None:
            _read_issue(entry, issue, fields)
    for row in framework.extra_credit:
        entry = entry_of(node, "extra_credit", row.id)
        for key in EXTRA_KEYS[1:]:
            _read(entry, FieldName(Part.EXTRA_CREDIT, key, row.id), fields)
        protections = child(entry, "protections")
        if protections is not None:
            value = in_order(texts(protections), framework)
            fields[FieldName(Part.EXTRA_CREDIT, "protections", row.id)] = Given(value, protections.span)
    return fields


def _read_issue(entry: Node, issue: Issue, fields: dict[FieldName, Given]) -> None:
    for key in ISSUE_KEYS:
        _read(entry, FieldName(Part.ISSUE, key, issue.id), fields)
    points = child(entry, "points")
    lists = {ACCOMPLISHED: child(entry, "accomplished"), GAP: child(entry, "gaps")}
    for name in goal_names(issue):
        if points is not None:
            node = child(points, name.goal)
            if isinstance(node, ScalarNode):
                fields[name] = Given(spell_number(node.text), node.span)
            continue
        for status, listed in lists.items():
            if listed is not None and name.goal in texts(listed):
                fields[name] = Given(status, listed.span)


def _read(node: Node | None, name: FieldName, fields: dict[FieldName, Given]) -> None:
    value = child(node, name.key)
    if isinstance(value, ScalarNode):
        text = spell_number(value.text) if name.key in NUMBERS else single_spaced(value.text)
        fields[name] = Given(text, value.span)


def child(node: Node | None, key: str) -> Node | None:
    """What stands under `key`, if `node` is a mapping."""
    return node.get(key) if isinstance(node, MappingNode) else None


def entry_of(node: Node | None, key: str, row: str) -> MappingNode | None:
    """The entry with the id `row` in the list under `key`."""
    for item in items(child(node, key)):
        identity = child(item, "id")
        if isinstance(item, MappingNode) and isinstance(identity, ScalarNode) and identity.text == row:
            return item
    return None


def items(node: Node | None) -> tuple[Node, ...]:
    """The entries of a list."""
    return node.items if isinstance(node, SequenceNode) else ()


def texts(node: Node | None) -> tuple[str, ...]:
    """The texts in a list."""
    return tuple(item.text for item in items(node) if isinstance(item, ScalarNode))


def fields_node(name: str, file: str, fields: Fields, framework: Framework) -> MappingNode:
    """The state's file that would say just these fields, each value at the place where it was given."""
    root = Span(file)
    entries = [_entry("state", ScalarNode(name, True, root))]
    entries += _scalars(fields, Part.STATE, "", STATE_KEYS[:1])
    issues = [node for issue in framework.issues if (node := _issue_node(issue, fields)) is not None]
    extra = [node for row in framework.extra_credit if (node := _extra_node(row.id, fields)) is not None]
    for key, nodes in (("issues", issues), ("extra_credit", extra)):
        if nodes:
            entries.append(_entry(key, SequenceNode(tuple(nodes), nodes[0].span)))
    overall = _scalars(fields, Part.OVERALL, "", OVERALL_KEYS)
    if overall:
        entries.append(_entry("overall", _mapping(overall)))
    entries += _scalars(fields, Part.STATE, "", STATE_KEYS[1:])
    return MappingNode(tuple(entries), root)


def _issue_node(issue: Issue, fields: Fields) -> MappingNode | None:
    scalars = _scalars(fields, Part.ISSUE, issue.id, ISSUE_KEYS)
    goals = {name.goal: fields[name] for name in goal_names(issue) if name in fields}
    if not scalars and not goals:
        return None
    first = scalars[0].value.span if scalars else next(iter(goals.values())).span
    if goals and all(is_number(given.value) for given in goals.values()):
        points = [Entry(_quoted(goal, given.span), _scalar("points", given)) for goal, given in goals.items()]
        scalars.append(_entry("points", _mapping(points)))
    else:
        for key, status in (("accomplished", ACCOMPLISHED), ("gaps", GAP)):
            listed = tuple(_quoted(goal, given.span) for goal, given in goals.items() if given.value == status)
            scalars.append(_entry(key, SequenceNode(listed, listed[0].span if listed else first)))
    return _mapping([_entry("id", _quoted(issue.id, first)), *scalars])


def _extra_node(row: str, fields: Fields) -> MappingNode | None:
    scalars = _scalars(fields, Part.EXTRA_CREDIT, row, EXTRA_KEYS[1:])
    protections = fields.get(FieldName(Part.EXTRA_CREDIT, "protections", row))
    if protections is not None:
        listed = tuple(_quoted(goal, protections.span) for goal in protections.value)
        scalars.append(_entry("protections", SequenceNode(listed, protections.span)))
    if not scalars:
        return None
    return _mapping([_entry("id", _quoted(row, scalars[0].value.span)), *scalars])


def _scalars(fields: Fields, part: Part, row: str, keys: tuple[str, ...]) -> list[Entry]:
    found = [(key, fields.get(FieldName(part, key, row))) for key in keys]
    return [_entry(key, _scalar(key, given)) for key, given in found if given is not None]


def _scalar(key: str, given: Given) -> ScalarNode:
    return ScalarNode(cast("str", given.value), key not in NUMBERS and key != "revised", given.span)


def _quoted(text: str, span: Span) -> ScalarNode:
    return ScalarNode(text, True, span)


def _entry(key: str, value: Node) -> Entry:
    return Entry(ScalarNode(key, False, value.span), value)


def _mapping(entries: list[Entry]) -> MappingNode:
    return MappingNode(tuple(entries), entries[0].value.span)
