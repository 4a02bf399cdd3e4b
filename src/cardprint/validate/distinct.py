"""Names that may occur once only."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TypeVar

from cardprint.validate.form import Field, Form
from cardprint.validate.place import RefusedError

F = TypeVar("F", bound=Form)


def refuse_repeats(forms: Iterable[F], field: Field[Any], thing: str) -> None:
    """Report every form whose `field` holds what an earlier one's holds already. `thing` says what has it ("goal")."""
    seen: dict[object, int] = {}
    for form in forms:
        with suppress(RefusedError):
            value = form.get(field)
            place = form.place(field)
            if value in seen:
                given = ", ".join(map(str, value)) if isinstance(value, tuple) else place.found
                message = f"The {field.key} {given} is that of another {thing}, in line {seen[value]}."
                place.error("duplicate-name", message, f"Give each {thing} its own {field.key}.")
            elif value is not None:
                seen[value] = place.span.line
