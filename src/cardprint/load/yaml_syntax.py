"""What a YAML parser's complaint means to somebody who has never read the YAML specification.

libyaml and PyYAML's own parser word the same complaint differently; the needles below are what both say.
Few complaints name the cause ("did not find expected key"), so most explanations look at the line itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from msgspec import Struct

from cardprint.load.text import character_name, split_lines
from cardprint.load.yaml_quotes import quotes_and_comments
from cardprint.model.diagnostics import Diagnostic, Span

_STRANGE_SPACE = re.compile(r"(?:^\s*(?:-\s*)*|^[^:]*:|[{,]\s*\w+:)([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_COLON_HINT = 'Put the whole text in quotes: title: "Report: 2021".'
_INDENT_HINT = "Indent it exactly as the lines that it belongs with."
_QUOTE_HINT = (
    'Put the whole text in one pair of quotes; inside double quotes write a quotation mark as \\", '
    "inside single quotes write an apostrophe twice."
)


class _Complaint(Struct, frozen=True):
    """A parser's complaint beside the text that it speaks of. Lines and columns count from 0 here."""

    problem: str
    line: int
    column: int
    opened_line: int
    opened_column: int
    lines: list[str]

    @property
    def content(self) -> str:
        return self._line(self.line)

    @property
    def before(self) -> str:
        """The line up to the complaint."""
        return self.content[: self.column]

    @property
    def character(self) -> str:
        """What stands at the complaint; empty at the end of a line."""
        return self.content[self.column : self.column + 1]

    @property
    def opener(self) -> str:
        """What stands where the thing complained of began."""
        return self._line(self.opened_line)[self.opened_column : self.opened_column + 1]

    @property
    def opening(self) -> tuple[int, int]:
        """Where the thing complained of began."""
        return self.opened_line, self.opened_column

    @property
    def previous(self) -> tuple[int, str]:
        """The nearest line above that says something: its number from 1, and its text."""
        for index in range(min(self.line, len(self.lines)) - 1, -1, -1):
            stripped = self.lines[index].strip()
            if stripped and not stripped.startswith("#"):
                return index + 1, stripped
        return 0, ""

    def _line(self, index: int) -> str:
        return self.lines[index] if 0 <= index < len(self.lines) else ""


class _Explanation(Struct, frozen=True):
    """Code, sentence and remedy; and the place, if it is not that of the complaint."""

    code: str
    message: str
    hint: str
    place: tuple[int, int] | None = None


def explain_syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    """The parser's error as a diagnostic: what stands there, what was expected, and the remedy."""
    problem = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    opened = error.context_mark or mark
    if mark is None or opened is None:
        return Diagnostic("yaml-syntax", f"The file cannot be read as YAML: {problem}.", Span(file))
    complaint = _Complaint(problem, mark.line, mark.column, opened.line, opened.column, split_lines(text))
    found = _explain(complaint)
    line, column = found.place or (mark.line, mark.column)
    return Diagnostic(
        found.code, found.message, Span(file, line + 1, column + 1, line + 1, column + 2), hint=found.hint
    )


def _explain(complaint: _Complaint) -> _Explanation:
    stranger = _strange_space(complaint) or _comment_in_text(complaint)
    if stranger is not None:
        return stranger
    for needles, explain in _EXPLANATIONS:
        if any(needle in complaint.problem for needle in needles):
            return explain(complaint)
    return _Explanation(
        "yaml-syntax",
        f"The line cannot be read as YAML: {complaint.problem}.",
        "Check the indentation, the quotes and the colons here and in the line above.",
    )


def _strange_space(complaint: _Complaint) -> _Explanation | None:
    """A space that looks like one and is none to YAML, where the line complained of or the one before it needs one."""
    previous, _ = complaint.previous
    for line in (complaint.line, complaint.opened_line, previous - 1):
        found = _STRANGE_SPACE.search(complaint.lines[line]) if 0 <= line < len(complaint.lines) else None
        if found:
            message = f"The space here is {character_name(found[1])}, which is none to YAML."
            return _Explanation("yaml-space", message, "Type an ordinary space instead of it.", (line, found.start(1)))
    return None


def _comment_in_text(complaint: _Complaint) -> _Explanation | None:
    """A line of a text that begins with # ends it, and the parser stumbles over the next one."""
    line = complaint.line - 1
    above = complaint.lines[line] if 0 <= line < len(complaint.lines) else ""
    column = len(above) - len(above.lstrip())
    indented = column and len(complaint.content) - len(complaint.content.lstrip()) >= column
    if not re.match(r"\s*#[^\s#]", above) or not indented:
        return None
    message = "This line is a comment, which ends the text above it."
    return _Explanation("yaml-comment", message, "Put the whole text in quotes if the # belongs to it.", (line, column))


def _colon(complaint: _Complaint) -> _Explanation:
    """A "key:" where none can be: a colon inside a text, a key under a value, or a fault in the line above."""
    if re.search(r":\s|[\"'\]}]\s*$", complaint.before.lstrip("- ")) or not complaint.before.strip():
        return _Explanation("yaml-colon", "A colon with a space after it stands inside a text.", _COLON_HINT)
    number, previous = complaint.previous
    if number and not re.search(r":(\s|$)", previous):
        return _missing_colon(number, previous)
    return _Explanation(
        "yaml-indentation",
        "This key is indented as if it belonged to the text in the line above.",
        "Indent it exactly as the keys beside it; or, if it belongs to the line above, leave nothing after that colon.",
    )


def _no_colon(complaint: _Complaint) -> _Explanation:
    number = complaint.opened_line + 1
    found = _missing_colon(number, complaint.lines[number - 1] if number <= len(complaint.lines) else "")
    return _Explanation(found.code, found.message, found.hint, complaint.opening)


def _missing_colon(number: int, content: str) -> _Explanation:
    if re.match(r"\s*-[^\s-]", content):
        return _Explanation("yaml-indentation", f"In line {number} no space follows the dash.", "Write it as - item.")
    if re.search(r"\w:\S", content):
        return _Explanation("yaml-colon", f"In line {number} no space follows the colon.", "Write it as key: value.")
    return _Explanation(
        "yaml-colon",
        f'Line {number} is not of the form "key: value".',
        "Add the colon; or indent the line if it continues the text above.",
    )


def _unexpected(complaint: _Complaint) -> _Explanation:
    """Something where a key, a list item or the end of the file was expected."""
    if complaint.character in "]}" and complaint.character:
        message = f"The closing {complaint.character} has no opening one."
        return _Explanation("yaml-brackets", message, "Delete it, or put the text in quotes if it belongs to it.")
    before = complaint.before.rstrip()
    if before.endswith(('"', "'")):
        if before.count(before[-1]) % 2:
            message = "More text follows a closing quote whose text began in a line above."
            return _Explanation("yaml-quotes", message, f"Close the quote in that line. {_QUOTE_HINT}")
        return _Explanation("yaml-quotes", "More text follows the closing quote.", _QUOTE_HINT)
    if before.endswith(("]", "}")):
        message = f"More text follows the closing {before[-1]}."
        return _Explanation("yaml-brackets", message, "Put the whole text in quotes if the brackets belong to it.")
    if before.lstrip("- "):
        message = "More text follows where the value has ended."
        return _Explanation("yaml-syntax", message, "Put the whole text in quotes.")
    if complaint.character == ":":
        return _Explanation("yaml-colon", "The key before the colon is missing.", "Write it as key: value.")
    if complaint.content.lstrip().startswith("- "):
        message = "A list item stands where a key is expected."
        hint = "Indent it under the key whose list it belongs to, as far as the items beside it."
        return _Explanation("yaml-indentation", message, hint)
    return _Explanation("yaml-indentation", "The indentation of this line fits none of the lines above.", _INDENT_HINT)


def _no_item(complaint: _Complaint) -> _Explanation:
    found = _unexpected(complaint)
    if found.code != "yaml-indentation":
        return found
    message = 'A list item is expected here, beginning with "- ".'
    return _Explanation("yaml-indentation", message, "Begin it with a dash, or indent it under the item it belongs to.")


def _dash(_: _Complaint) -> _Explanation:
    return _Explanation(
        "yaml-indentation",
        "A list begins in the middle of a line.",
        "Give each item a line of its own; or put the text in quotes if the dash belongs to it.",
    )


def _reserved(complaint: _Complaint) -> _Explanation:
    sign = complaint.opener if complaint.opener in ("*", "&", "!", "%") else complaint.character
    if not sign:
        message = "The line ends where a value is expected."
        return _Explanation("yaml-syntax", message, "Fill it in, or close the bracket that is open.")
    return _Explanation("yaml-reserved-character", f"A text cannot begin with {sign} here.", "Put the text in quotes.")


def _open_quote(complaint: _Complaint) -> _Explanation:
    message = "The quote that opens here is never closed."
    return _Explanation("yaml-quotes", message, f"Close it. {_QUOTE_HINT}", complaint.opening)


def _escape(_: _Complaint) -> _Explanation:
    return _Explanation(
        "yaml-escape",
        "A backslash in double quotes begins a code, and this one is not known.",
        "Write the backslash twice, or use single quotes.",
    )


def _brackets(complaint: _Complaint) -> _Explanation:
    kind, close = ("list", "]") if "]" in complaint.problem else ("mapping", "}")
    lost = _lost_quote(complaint)
    if lost is not None:
        return lost
    where = f"line {complaint.opened_line + 1}, column {complaint.opened_column + 1}"
    _, comments = quotes_and_comments(complaint.lines, complaint.opening, (complaint.line, complaint.column))
    for comment in comments:
        if close in comment.text:
            line = f"In line {comment.line + 1} a comment begins with “{comment.text}”"
            message = f"{line}, so that the {kind} in brackets from {where} lacks its closing {close}."
            hint = "Put the text in quotes if the # belongs to it."
            return _Explanation("yaml-brackets", message, hint, (comment.line, comment.column))
    message = f"The {kind} in brackets from {where} goes on here without a comma, or lacks its closing {close}."
    hint = "Add what is missing; or put the text in quotes if the bracket belongs to it."
    ends = complaint.line != complaint.opened_line or not complaint.character
    return _Explanation("yaml-brackets", message, hint, complaint.opening if ends else None)


def _lost_quote(complaint: _Complaint) -> _Explanation | None:
    """A quote that was forgotten lets the text before it go on to the next one: over lines, or right up to words."""
    quoted, _ = quotes_and_comments(complaint.lines, complaint.opening, (complaint.line, complaint.column))
    if not quoted:
        return None
    last = quoted[-1]
    one_line = last.start[0] == last.end[0]
    if last.end != (complaint.line, complaint.column) or complaint.character in " #":
        return None
    if one_line and not set(complaint.before[last.start[1] :]) & set(",:[]{}"):
        return None
    end = f"column {last.end[1]}" if one_line else f"line {last.end[0] + 1}"
    message = f"The text in quotes that begins here goes on to {end}: its closing quote is missing."
    return _Explanation("yaml-quotes", message, "Close it where the text ends.", last.start)


def _colon_in_brackets(complaint: _Complaint) -> _Explanation:
    """libyaml takes no colon inside brackets that is followed by a sign."""
    after = complaint.content[complaint.column + 1 :].lstrip()
    if after[:1] in ("", ",", "]", "}"):
        return _Explanation("yaml-colon", "No value follows the colon.", "Fill it in, or delete the key.")
    return _Explanation("yaml-colon", "No space follows the colon.", "Write it as key: value.")


def _block_text(complaint: _Complaint) -> _Explanation:
    sign = complaint.opener if complaint.opener in ("|", ">") else "| or >"
    return _Explanation(
        "yaml-reserved-character",
        f"After {sign} a text of several lines begins, and nothing else may stand in its first line.",
        "Begin the text in the next line; or put it in quotes if the sign belongs to it.",
    )


_EXPLANATIONS: tuple[tuple[tuple[str, ...], Callable[[_Complaint], _Explanation]], ...] = (
    (("mapping values are not allowed", "mapping keys are not allowed"), _colon),
    (("could not find expected ':'",), _no_colon),
    (("block collection",), _no_item),
    (("block mapping", "document start"), _unexpected),
    (("entries are not allowed",), _dash),
    (("document indicator", "document separator", "unexpected end of stream"), _open_quote),
    (("escape", "hexdecimal", "hexadecimal"), _escape),
    (("',' or",), _brackets),
    (("unexpected ':'",), _colon_in_brackets),
    (("comment or line break", "comment or a line break", "indentation indicator", "chomping"), _block_text),
    (("cannot start any token", "alphabetic or numeric", "node content", "tag handle", "a directive"), _reserved),
)
