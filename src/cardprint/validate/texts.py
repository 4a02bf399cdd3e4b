"""Readers of scalars that are text: names, ids, choices, dates, addresses, paths of files."""

from __future__ import annotations

import datetime as dt
import re
from abc import abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from cardprint.model.node import ScalarNode
from cardprint.validate.place import HIDDEN, At, is_null, shown, span_inside
from cardprint.validate.reader import Definitions, Reader, Schema
from cardprint.validate.spelling import remedy

T = TypeVar("T")

LONGEST_TEXT = 5000
"""Characters in one text; a card has room for far fewer."""

_YAML_WORDS = frozenset(
    form for word in ("yes", "no", "true", "false", "on", "off") for form in (word, word.title(), word.upper())
)
_COUNTS = re.compile(r"#[0-9]{1,3}\b")
_CURLY = "“”„‟‘’‚‛«»"
"""Quotation marks that word processors type, and that are none to YAML."""

_LOOKS_LIKE_NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_,.:]*(?:[eE][-+]?[0-9]+)?|\.[0-9_]+|0[xob][0-9a-fA-F_]+|\.(?:inf|nan))"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"
)


class Scalar(Reader[T]):
    """A value that is one scalar. Subclasses parse its text."""

    def read(self, at: At) -> T:
        node = at.node
        if not isinstance(node, ScalarNode) or is_null(node):
            raise at.wrong_type(self.expected)
        _refuse_hidden(node, at)
        return self.parse(node, at)

    @abstractmethod
    def parse(self, node: ScalarNode, at: At) -> T:
        """The value of a scalar that holds something, or `RefusedError` once it is reported."""


def _refuse_hidden(node: ScalarNode, at: At) -> None:
    if node.text.isascii() and node.text.isprintable():
        return
    found = HIDDEN.search(node.text)
    if found:
        import unicodedata  # needed only when something is wrong

        name = unicodedata.name(found[0], "control character").lower()
        message = f"Found the hidden character U+{ord(found[0]):04X} ({name}) in {at.label}."
        span = span_inside(at.span, node.text, *found.span())
        raise at.refusal("hidden-character", message, "Delete it; it often comes with pasted text.", span=span)


def refuse_lost_words(node: ScalarNode, at: At) -> None:
    """Refuse a free text that ends in a comment: its writer may well have meant a # that belongs to it.

    A single word may have a comment, unless that begins with a number, as in District #5."""
    comment = node.comment
    if comment is None or (" " not in node.text.strip() and not _COUNTS.match(comment.text)):
        return
    message = f"A comment begins here, so that {at.label} would lose “{shown(comment.text)}”."
    hint = "Put the whole text in quotes; or if a comment is meant, give it a line of its own."
    raise at.refusal("lost-words", message, hint, span=comment.span)


def read_text(node: ScalarNode, at: At, expected: str, longest: int) -> str:
    """The text of a scalar, in one paragraph. What YAML would take for a truth value must be in quotes."""
    text = node.text.rstrip("\n")  # which `|` and `>` leave behind
    if not node.quoted and text in _YAML_WORDS:
        message = f"Found {text} for {at.label}, which is a truth value in YAML, expected {expected}."
        raise at.refusal("ambiguous-text", message, f'Write "{text}" in quotes.')
    if not text.strip():
        raise at.refusal(
            "empty-text", f"Found an empty text for {at.label}, expected {expected}.", "Remove the key or fill it in."
        )
    if "\n" in text:
        message = f"Found a line break in {at.label}, expected one paragraph."
        raise at.refusal("line-break", message, "Join the lines; > lets YAML join them, blank lines apart.")
    if len(text) > longest:
        raise at.refusal("too-long", f"{at.label} has {len(text)} characters; at most {longest} fit.", "Shorten it.")
    return text


class Text(Scalar[str]):
    """A text as written."""

    def __init__(self, expected: str = "a text", longest: int = LONGEST_TEXT) -> None:
        self.expected = expected
        self.longest = longest

    def parse(self, node: ScalarNode, at: At) -> str:
        refuse_lost_words(node, at)
        return read_text(node, at, self.expected, self.longest)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


class Word(Scalar[str]):
    """A text of a set form, such as a slug. `example` shows it; one that looks like a number must be in quotes."""

    pattern = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"

    def __init__(self, expected: str = "an id", example: str = "", pattern: str = "", longest: int = 60) -> None:
        self.expected = f'{expected} such as "{example}"' if example else expected
        self.pattern = pattern or self.pattern
        self.longest = longest

    def parse(self, node: ScalarNode, at: At) -> str:
        text = node.text
        if not node.quoted and _LOOKS_LIKE_NUMBER.fullmatch(text):
            message = f"Found {shown(text)} for {at.label} without quotes, which YAML takes for a number or a date."
            raise at.refusal("unquoted-id", message, f'Write it in quotes: "{shown(text)}".')
        text = read_text(node, at, self.expected, self.longest)
        if not re.fullmatch(self.pattern, text):
            inner = text.strip(_CURLY)
            hint = self.hint() if inner == text else f'Use straight quotes: "{shown(inner)}".'
            raise at.unexpected("bad-word", self.expected, hint)
        return text

    def hint(self) -> str:
        return "Use letters, digits and, between them, points, hyphens and underscores."

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.longest}


class Slug(Word):
    """A name in small letters, as it stands in names of files."""

    pattern = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def hint(self) -> str:
        return "Use small letters and digits, with single hyphens between words."


class Postal(Word):
    """A postal code or another short code in capitals."""

    pattern = "[A-Z0-9]+(?:-[A-Z0-9]+)*"

    def hint(self) -> str:
        return "Use capital letters and digits, with single hyphens between parts."


class Language(Word):
    """A language by its BCP 47 tag."""

    pattern = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"

    def hint(self) -> str:
        return "Write the language in small letters and the country in capitals."


class Sha256(Word):
    """The SHA-256 of a file in hexadecimal digits."""

    pattern = "[0-9a-fA-F]{64}"

    def hint(self) -> str:
        return "Write its 64 hexadecimal digits."


class FilePath(Word):
    """The path of a file inside a folder, with forward slashes; it cannot lead out of the folder."""

    pattern = r"(?!(?:.*/)?\.{1,2}(?:/|$))[^/\\:\x00-\x1f][^\\:\x00-\x1f]*"

    def __init__(self, expected: str, endings: tuple[str, ...], longest: int = 250) -> None:
        either = "|".join(re.escape(ending) for ending in endings)
        super().__init__(expected, pattern=f"{self.pattern}(?:{either})", longest=longest)
        self.endings = endings

    def hint(self) -> str:
        endings = " or ".join(self.endings)
        return f"Write a path inside the folder, with forward slashes and without .., that ends in {endings}."


class Choice(Scalar[T], Generic[T]):
    """One of a few words."""

    def __init__(self, options: Mapping[str, T]) -> None:
        self.options = options
        words = list(options)
        self.expected = f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]

    def parse(self, node: ScalarNode, at: At) -> T:
        if node.text not in self.options:
            raise at.unexpected("unknown-choice", self.expected, remedy(node.text, self.options))
        return self.options[node.text]

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"enum": list(self.options)}


class Flag(Scalar[bool]):
    """true or false."""

    expected = "true or false"

    def parse(self, node: ScalarNode, at: At) -> bool:
        if node.quoted or node.text not in ("true", "false"):
            meant = {"yes": "true", "on": "true", "true": "true"}.get(node.text.lower(), "true or false")
            meant = "false" if node.text.lower() in ("no", "off", "false") else meant
            raise at.refusal("bad-flag", f"Found {at.found} for {at.label}, expected true or false.", f"Write {meant}.")
        return node.text == "true"

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "boolean"}


class Date(Scalar[dt.date]):
    """A day, ISO 8601."""

    expected = "a date such as 2021-11-17"

    def parse(self, node: ScalarNode, at: At) -> dt.date:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
            with suppress(ValueError):
                return dt.date.fromisoformat(node.text)
            raise at.refusal("bad-date", f"There is no day {at.found}, which {at.label} names.", "Correct the date.")
        raise at.unexpected("bad-date", self.expected, "Write year-month-day with four, two and two digits.")

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "format": "date"}


class Citation(Scalar[str]):
    """Where something is from: addresses on the web, reached by https, or publications; semicolons part several."""

    expected = "a source: an address that begins with https:, or a publication and its date"
    _scheme = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\s)")
    _address = re.compile(r"https://[^/?#\s]+\S*", re.ASCII)

    def parse(self, node: ScalarNode, at: At) -> str:
        refuse_lost_words(node, at)
        text = read_text(node, at, self.expected, 2000)
        for part in text.split("; "):
            if self._scheme.match(part) and not (part.isascii() and self._address.fullmatch(part)):
                hint = "Write the whole address as a browser shows it, without spaces."
                raise at.unexpected("bad-address", self.expected, hint)
        return text

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "minLength": 1, "maxLength": 2000}
