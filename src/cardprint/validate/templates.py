"""Templates: strings with placeholders, `{dotted.path|filter}`; parsing them, and readers that check what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from cardprint.model.diagnostics import Span
from cardprint.model.navigation import PAGE_LINK
from cardprint.model.node import ScalarNode
from cardprint.model.scope import LINK, Kind
from cardprint.model.template import FILTERS, Placeholder, Template
from cardprint.validate.place import At, RefusedError, shown, span_inside
from cardprint.validate.reader import Definitions, Schema
from cardprint.validate.scopes import ScopeError, describe, shape_at, shape_of
from cardprint.validate.spelling import nearest, remedy
from cardprint.validate.texts import LONGEST_TEXT, Scalar, read_text, refuse_lost_words

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
_PLACEHOLDER = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)((?:\|\w+)*)", re.ASCII)
_MOST_PLACEHOLDERS = 100


def read_template(at: At, text: str) -> Template:
    """The template in the text of a scalar; its faulty placeholders are reported and left out."""
    parts: list[str | Placeholder] = []
    literal = ""
    for token in _TOKEN.finditer(text):
        span = span_inside(at.span, text, *token.span())
        if token[0] in ("{{", "}}"):
            literal += token[0][0]
        elif token[0] in ("{", "}"):
            message = f"Found a single {token[0]} in {at.label}, which belongs to no placeholder."
            hint = f"Write {token[0] * 2} for a brace, or complete the placeholder."
            at.error("bad-template", message, hint, span=span)
        elif token[1] is None:
            literal += token[0]
        elif (placeholder := _placeholder(token[1], at, span)) is not None:
            parts += [literal, placeholder] if literal else [placeholder]
            literal = ""
    if literal:
        parts.append(literal)
    if len(parts) > _MOST_PLACEHOLDERS:
        raise at.refusal("too-long", f"{at.label} has more than {_MOST_PLACEHOLDERS} parts.", "Split the text.")
    return Template(tuple(parts), at.span)


def _placeholder(inner: str, at: At, span: Span) -> Placeholder | None:
    match = _PLACEHOLDER.fullmatch(inner)
    if match is None:
        message = f"Found {{{shown(inner)}}} in {at.label}; a placeholder is a dotted path and filters, nothing else."
        squeezed = "".join(inner.split())
        hint = "Write it as in {state.name} or {edition.released|date}; braces that are text are doubled."
        if inner != squeezed and _PLACEHOLDER.fullmatch(squeezed):
            hint = f"Write {{{squeezed}}} without spaces."
        at.error("bad-template", message, hint, span=span)
        return None
    filters = tuple(match[2].split("|")[1:])
    unknown = [name for name in filters if name not in FILTERS]
    for name in unknown:
        message = f'There is no filter "{shown(name)}" for {{{shown(inner)}}}.'
        at.error("unknown-filter", message, remedy(name, FILTERS), span=span)
    return None if unknown else Placeholder(tuple(match[1].split(".")), filters, span)


class TemplateText(Scalar[Template]):
    """A template that becomes text. With `rich` it may be a single placeholder for rich text instead."""

    def __init__(self, expected: str = "a text, perhaps with placeholders such as {state.name}", *, rich: bool = False):
        self.expected = expected
        self.rich = rich

    def parse(self, node: ScalarNode, at: At) -> Template:
        refuse_lost_words(node, at)
        before = len(at.log.diagnostics)
        template = read_template(at, read_text(node, at, self.expected, LONGEST_TEXT))
        for part in template.parts:
            if isinstance(part, Placeholder):
                self.check_placeholder(part, template, at)
        self.check(template, at)
        if len(at.log.diagnostics) > before:
            raise RefusedError
        return template

    def check_placeholder(self, placeholder: Placeholder, template: Template, at: At) -> None:
        """Report a placeholder that names nothing, or nothing that can stand in a text."""
        if at.names.scope is None:
            return
        written = spell_placeholder(placeholder)
        try:
            shape = shape_of(placeholder, at.names.scope)
        except ScopeError as error:
            at.error(error.code, f"{written}: {error.message}", error.hint, span=placeholder.span)
            return
        if shape in (Kind.TEXT, Kind.NUMBER, Kind.DATE) or (shape is Kind.RICH and self.rich and template.sole):
            return
        hint = "Name one of its fields."
        if shape is Kind.RICH:
            hint = "Let it be the whole of a text block's text." if self.rich else "Show it in a text block of its own."
        elif shape is Kind.FLAG:
            hint = "Ask for it with when."
        message = f"{written} is {describe(shape)}, which cannot stand in this text."
        at.error("wrong-kind", message, hint, span=placeholder.span)

    def check(self, template: Template, at: At) -> None:
        """Report what is wrong with the template as a whole."""

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


class LinkTemplate(TemplateText):
    """The address of a link. Its scheme is written out, so that data never decides it; or it is that of a link that
    stands in the data and was judged there. In a book, # and the name of a page."""

    _start = re.compile(r"(?:https?://|mailto:|#)\S*")

    def __init__(self) -> None:
        super().__init__("an address that begins with https:, http: or mailto:")

    def check(self, template: Template, at: At) -> None:
        first = template.parts[0] if template.parts else ""
        literals = [part for part in template.parts if isinstance(part, str)]
        if isinstance(first, Placeholder) and template.sole and self._is_judged(first, at):
            return
        inside = isinstance(first, str) and first.startswith(PAGE_LINK)
        if inside and at.names.scope is not None and "page" not in at.names.scope.fields:
            message = f"Found {at.found} for {at.label}; only in a book are there other pages to lead to."
            at.error("bad-address", message, "Write the whole address as a browser shows it, or say per: book.")
        elif not isinstance(first, str) or not self._start.fullmatch(first):
            message = f"Found {at.found} for {at.label}, expected {self.expected}."
            at.error("bad-address", message, "Write the whole address as a browser shows it, without spaces.")
        elif not all(part.isascii() and part.isprintable() and " " not in part for part in literals):
            message = f"The address {at.found} holds a character that addresses cannot have."
            at.error("bad-address", message, "Write spaces as %20 and other characters in percent form too.")

    def schema(self, definitions: Definitions) -> Schema:
        return {**super().schema(definitions), "pattern": "^(?:https?://|mailto:|#|\\{)"}

    @staticmethod
    def _is_judged(placeholder: Placeholder, at: At) -> bool:
        """Whether this is the address of a link in the data, as it stands there."""
        *path, last = placeholder.path
        if at.names.scope is None or placeholder.filters or last != "address" or not path:
            return False
        with suppress(ScopeError):
            return shape_at(path, at.names.scope) is LINK
        return False


class NameTemplate(TemplateText):
    """A template that becomes the name of a `what` ("swatch"); the names known are those in `Names.<known>`.

    Checked where the name is literal or depends on nothing but grades, each of which is then tried; what other
    data makes of it is seen when a card is composed.
    """

    def __init__(self, what: str, known: str) -> None:
        super().__init__(f"the name of a {what}")
        self.what = what
        self.known = known

    def check(self, template: Template, at: At) -> None:
        known = getattr(at.names, self.known)
        if known is None:
            return
        for name, letter in _names_made(template, at):
            if name not in known:
                case = f" for the grade {letter}" if letter else ""
                message = f'There is no {self.what} "{shown(name)}", which {at.label} names{case}.'
                hint = f'Add a {self.what} "{name}".' if letter else remedy(name, known)
                if self.what == "picture" and nearest(name, known) is None:
                    hint = "Put the file into the folder of the layout or of the data, or correct its path."
                at.error(f"unknown-{self.what}", message, hint)


def _names_made(template: Template, at: At) -> Iterator[tuple[str, str]]:
    """The names that a template can make, each with the grade that makes it; none if they depend on other data."""
    placeholders = [part for part in template.parts if isinstance(part, Placeholder)]
    if not placeholders:
        yield "".join(str(part) for part in template.parts), ""
    elif all(p.path[-1] == "grade" and set(p.filters) <= {"upper", "lower"} for p in placeholders):
        paths = sorted({placeholder.path for placeholder in placeholders})
        for letters in product(at.names.letters, repeat=len(paths)) if len(paths) < 3 else ():
            grades = dict(zip(paths, letters, strict=True))
            parts = [part if isinstance(part, str) else _cased(grades[part.path], part) for part in template.parts]
            yield "".join(parts), " and ".join(letters)


def _cased(letter: str, placeholder: Placeholder) -> str:
    for name in placeholder.filters:
        letter = letter.upper() if name == "upper" else letter.lower()
    return letter


def spell_placeholder(placeholder: Placeholder) -> str:
    """A placeholder as it is written."""
    return "{" + "|".join((".".join(placeholder.path), *placeholder.filters)) + "}"
