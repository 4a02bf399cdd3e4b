"""JSON Schema of the files, for editors: made from the same forms that read them."""

from __future__ import annotations

import importlib
import json
from typing import Any, Literal

from cardprint.validate.form import Form
from cardprint.validate.reader import Definitions, Reader

Kind = Literal["layout", "theme", "framework", "state", "jurisdictions", "fonts"]

_READERS: dict[Kind, tuple[str, str]] = {
    "layout": ("forms_layout", "LayoutForm"),
    "theme": ("forms_theme", "ThemeForm"),
    "framework": ("forms_framework", "FrameworkForm"),
    "state": ("forms_state", "StateForm"),
    "jurisdictions": ("jurisdictions", "JURISDICTIONS"),
    "fonts": ("fonts", "FONTS"),
}

KINDS = tuple(_READERS)


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of one kind of file. It knows the form of a file, not what its names stand
    for: sums, ids and paths in templates are checked by reading the file."""
    module, name = _READERS[kind]
    described: type[Form] | Reader[Any] = getattr(importlib.import_module(f"cardprint.validate.{module}"), name)
    definitions = Definitions()
    if isinstance(described, Reader):
        schema = {"title": kind.capitalize(), **described.schema(definitions)}
    else:
        schema = described.own_schema(definitions)
        if "extends" in described.keys:
            schema.pop("required", None)
            needed = [[*described.needed(), key] for key in described.one_of] or [described.needed()]
            schema["anyOf"] = [{"required": keys} for keys in (["extends"], *needed)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "$defs": dict(sorted(definitions.schemas.items())),
    }


def schema_text(kind: Kind) -> str:
    """The schema as the text of a file, which is the same every time."""
    return f"{json.dumps(json_schema(kind), indent=2, ensure_ascii=False)}\n"
