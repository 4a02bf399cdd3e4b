"""Names that may occur once only."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TypeVar

from cardprint.validate.form import Field, Form
from cardprint.validate.place import RefusedError

F = TypeVar("F", bound=Form)


class Distinct:
    """Reports every form whose `field` holds what that of an earlier one holds. `thing` says what has it ("goal")."""

    def __init__(self, field: Field[Any], thing: str) -> None:
        self._field = field
        self._thing = thing
        self._seen: dict[object, int] = {}

    def check(self, form: Form) -> None:
        with suppress(RefusedError):
            value = form.get(self._field)
            place = form.place(self._field)
            if value in self._seen:
                given = ", ".join(map(str, value)) if isinstance(value, tuple) else place.found
                key, line = self._field.key, self._seen[value]
                message = f"The {key} {given} is that of another {self._thing}, in line {line}."
                place.error("duplicate-name", message, f"Give each {self._thing} its own {key}.")
            elif value is not None:
                self._seen[value] = place.span.line


def refuse_repeats(forms: Iterable[F], field: Field[Any], thing: str) -> None:
    """Report every form whose `field` holds what that of an earlier one holds."""
    distinct = Distinct(field, thing)
    for form in forms:
        distinct.check(form)
