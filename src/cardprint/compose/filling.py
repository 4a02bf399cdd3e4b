"""Filling templates: paths are read in the scope, filters applied, and what is missing is gathered."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from cardprint.compose.grammar import Grammar
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.layout_spec import Condition, Repeat
from cardprint.model.scope import (
    DateValue,
    FlagValue,
    ListValue,
    MissingValue,
    NumberValue,
    RecordValue,
    RichValue,
    TextValue,
    Value,
)
from cardprint.model.template import Placeholder, Template

Environment = Mapping[str, Value]
"""The names in scope: the card's own and, inside a repeat, its variable and `loop`."""


class Words(NamedTuple):
    """A filled template. `span` is where its words come from: the value that gave the longest part of them,
    or the template itself."""

    text: str
    span: Span


class Asked(NamedTuple):
    """A missing value and the line that asked for it."""

    value: MissingValue
    asked_at: Span


class Filler:
    """Fills templates in one grammar and keeps what it found missing; a missing value fills as nothing."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.missing: list[Asked] = []

    def read(self, path: Sequence[str], environment: Environment, asked_at: Span) -> Value | None:
        """The value at `path`; None, and gathered, where the data does not give it."""
        value = _look_up(path, environment)
        if type(value) is MissingValue:
            self.missing.append(Asked(value, asked_at))
            return None
        return value

    def fill(self, template: Template, environment: Environment) -> Words:
        """The template's text with every placeholder replaced. Values are literal: nothing in them is filled again."""
        longest, span = 0, template.span
        texts = []
        for part in template.parts:
            if isinstance(part, str):
                text, origin = part, template.span
            else:
                text, origin = self._value(part, environment)
            if len(text) > longest:
                longest, span = len(text), origin if origin.file else template.span
            texts.append(text)
        return Words("".join(texts), span)

    def origin(self, template: Template, environment: Environment, character: str) -> Span:
        """Where a character of the filled template comes from: the value that has it, however it is capitalized."""
        for part in template.parts:
            text, span = (part, template.span) if isinstance(part, str) else self._value(part, environment)
            forms = unicodedata.normalize("NFC", text) + unicodedata.normalize("NFC", text.upper())
            if span.file and character in forms:
                return span
        return template.span

    def text(self, template: Template, environment: Environment) -> str:
        """The filled template where nobody asks whence its words came."""
        return "".join(
            [part if isinstance(part, str) else self._value(part, environment)[0] for part in template.parts]
        )

    def _value(self, placeholder: Placeholder, environment: Environment) -> tuple[str, Span]:
        """The text of a placeholder's value, and where the value is from."""
        value = _look_up(placeholder.path, environment)
        if type(value) is MissingValue:
            self.missing.append(Asked(value, placeholder.span))
            return "", NOWHERE
        return self.words_of(value, placeholder), value.span

    def words_of(self, value: Value, placeholder: Placeholder) -> str:
        """A value that is given as its placeholder prints it."""
        if type(value) is TextValue and not placeholder.filters:
            return value.text
        return self._filtered(value, placeholder.filters)

    def holds(self, condition: Condition, environment: Environment) -> bool:
        """Whether the condition's value is given, true and not empty. Every number counts as given, 0 too.

        An optional value that is missing is false; a required one is gathered as missing."""
        value = _look_up(condition.path, environment)
        if type(value) is MissingValue and not value.optional:
            self.missing.append(Asked(value, condition.span))
        return _is_given(value) is not condition.negated

    def repeated(self, repeat: Repeat, environment: Environment) -> list[Environment]:
        """One environment for each item of the repeat's list, its variable and `loop` joined to the names in scope."""
        value = self.read(repeat.path, environment, repeat.span)
        if value is None:
            return []
        if not isinstance(value, ListValue):
            raise TypeError(f"{'.'.join(repeat.path)} is no list")
        count = len(value.items)
        return [
            {**environment, repeat.variable: item, "loop": _loop(number, count)}
            for number, item in enumerate(value.items, start=1)
        ]

    def _filtered(self, value: Value, filters: Sequence[str]) -> str:
        text: str | None = None
        for name in filters:
            match name, value:
                case "date", DateValue():
                    text = self._grammar.long_date(value.date)
                case "count", ListValue():
                    text = str(len(value.items))
                case "upper", _:
                    text = self._plain(value, text).upper()
                case "lower", _:
                    text = self._plain(value, text).lower()
                case "possessive", _:
                    text = self._grammar.possessive(self._plain(value, text))
                case _:
                    raise TypeError(f"the filter {name} does not apply to {type(value).__name__}")
        return self._plain(value, text)

    def _plain(self, value: Value, text: str | None) -> str:
        """`text`, if a filter made one already, else the value as it is printed without a filter."""
        if text is not None:
            return text
        match value:
            case TextValue():
                return value.text
            case NumberValue():
                return self._grammar.number(value.number)
            case DateValue():
                return value.date.isoformat()
            case FlagValue():
                return str(value.flag).lower()
            case RichValue():
                return "".join(run.text for run in value.runs)
            case _:
                raise TypeError(f"{type(value).__name__} has no text")


def _look_up(path: Sequence[str], environment: Environment) -> Value:
    """The value at `path`; a record that is missing stands for each of its fields."""
    value = environment[path[0]]
    for name in path[1:]:
        if type(value) is RecordValue:
            value = value.fields[name]
        elif type(value) is MissingValue:
            break
        else:
            raise TypeError(f"{'.'.join(path)} names no field")
    return value


def _is_given(value: Value) -> bool:
    match value:
        case MissingValue():
            return False
        case FlagValue():
            return value.flag
        case TextValue():
            return bool(value.text)
        case ListValue():
            return bool(value.items)
        case RichValue():
            return any(run.text for run in value.runs)
        case _:
            return True


@lru_cache(maxsize=1024)
def _loop(number: int, count: int) -> RecordValue:
    return RecordValue(
        {
            "number": NumberValue(Decimal(number)),
            "count": NumberValue(Decimal(count)),
            "first": FlagValue(number == 1),
            "last": FlagValue(number == count),
        }
    )
