"""From the nodes of fonts.yaml to the list of faces that themes can name."""

from __future__ import annotations

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.node import Node
from cardprint.validate.distinct import refuse_repeats
from cardprint.validate.form import Nested, read_list
from cardprint.validate.forms_framework import FontForm
from cardprint.validate.reader import List

FONTS = List(Nested(FontForm), "fonts", most=200)


class FontEntry(Struct, frozen=True):
    """A face by name: its family, its file beside the list, and the SHA-256 that the file must have, in hex."""

    name: str
    family: str
    file: str
    sha256: str
    span: Span = NOWHERE


def validate_fonts(node: Node) -> tuple[FontEntry, ...]:
    """The faces in the order of the file. Raises `DiagnosticError` with everything wrong in it."""
    forms, log = read_list(FONTS, node)
    refuse_repeats(forms, FontForm.name, "font")
    log.raise_errors()
    return tuple(FontEntry(form.name, form.family, form.file, form.sha256, form.at.span) for form in forms)
