"""What a kit says of itself: the manifest for programs, the README for journalists."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct

from cardprint.model.dataset import Framework
from cardprint.model.diagnostics import Diagnostic, Severity
from cardprint.model.embargo import Embargo
from cardprint.package.archive import Entry
from cardprint.package.figures import json_bytes

_FORMAT: Final = 1
_WIDTH: Final = 78
_COLUMN: Final = 18
_MANIFEST: Final = "manifest.json"


class Proof(Struct, frozen=True):
    """What a proof of some `kind` found in a file of the kit; a file with an error among the findings is in no kit."""

    file: str
    findings: tuple[Diagnostic, ...] = ()
    kind: str = "full"

    @property
    def passed(self) -> bool:
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


class LeftOut(Struct, frozen=True):
    """A state without a card in the kit, or a document that is not in it, and why."""

    what: str
    problems: tuple[Diagnostic, ...]


class Contents(Struct, frozen=True):
    """Everything that is in a kit. `states` are names, by slug; `versions` are those of the programs that made it."""

    framework: Framework
    states: dict[str, str]
    entries: Sequence[Entry]
    proofs: Sequence[Proof]
    left_out: Sequence[LeftOut]
    versions: dict[str, str]
    embargo: Embargo | None = None


def manifest(contents: Contents) -> bytes:
    """The manifest as JSON: every file with its SHA-256, every proof, every state that is left out."""
    edition = contents.framework.edition
    embargo = contents.embargo
    document = {
        "format": _FORMAT,
        "edition": {
            "id": edition.id,
            "title": edition.title,
            "language": edition.language,
            "publisher": contents.framework.publisher.name,
            "released": edition.released.isoformat() if edition.released else None,
            "sample": contents.framework.sample,
        },
        "embargo": None if embargo is None else {"until": embargo.moment.isoformat(), "words": embargo.words},
        "versions": contents.versions,
        "states": contents.states,
        "proofs": [
            {
                "file": proof.file,
                "proof": proof.kind,
                "passed": proof.passed,
                "findings": list(map(_told, proof.findings)),
            }
            for proof in contents.proofs
        ],
        "left_out": [
            {"what": left.what, "problems": [_told(problem) for problem in left.problems]} for left in contents.left_out
        ],
        "files": [{"name": entry.name, "size": entry.size, "sha256": entry.sha256} for entry in contents.entries],
    }
    return json_bytes(document)


def _told(problem: Diagnostic) -> str:
    """A problem without its place: where the publisher keeps files is nobody's business, and differs by machine."""
    file = problem.span.file
    message = problem.message.replace(f'"{file}"', f'"{PurePosixPath(file).name}"') if file else problem.message
    return f"{problem.code}: {message} {problem.hint}".rstrip()


def readme(contents: Contents) -> bytes:
    """The README as plain text: what is where, what may be printed and when, and what is not here."""
    edition, publisher = contents.framework.edition, contents.framework.publisher
    lines = [edition.title.upper(), f"Press kit by {publisher.name}", ""]
    if contents.embargo is not None:
        lines += _wrapped(f"{contents.embargo.words}. Nothing in this kit may be published before then."), ""
    if contents.framework.sample:
        lines += _wrapped("SAMPLE DATA: the results in this kit are invented, and may not be published."), ""
    states = list(contents.states.values())
    lines += _wrapped(f"Cards of {len(states)} {'state' if len(states) == 1 else 'states'}: {', '.join(states)}."), ""
    prefix = contents.embargo.file_prefix if contents.embargo is not None else ""
    names = {entry.name for entry in contents.entries}
    for name, meaning in _MEANINGS:
        if name == _MANIFEST or f"{prefix}{name}" in names or any(known.startswith(name) for known in names):
            lines += _listed(name, meaning)
    lines += ["", *_wrapped(_USE).split("\n")]
    if publisher.copyright:
        lines += ["", publisher.copyright]
    if contents.left_out:
        left = ", ".join(left.what for left in contents.left_out)
        lines += ["", _wrapped(f"Not in this kit, because they could not be made: {left}.")]
    return ("\r\n".join("\n".join(lines).split("\n")) + "\r\n").encode("utf-8")


_MEANINGS: Final = (
    ("cards/", "The cards as PDF for screens and office printers, tagged for screen readers."),
    ("print/", "The same for a printer, with bleed and marks (PDF/X-4)."),
    (
        "images/",
        "Pictures: .300dpi.png in the quality of print, .web.png for pages, .social.png (1200 x 630 pixels) for social "
        "media.",
    ),
    ("vector/", "The cards as SVG, to be scaled without loss."),
    ("html/", "The cards as web pages that need no other file, for posting."),
    ("book.pdf", "All cards in one document, with an overview."),
    ("fact-sheet.pdf", "Counts and rankings, each with the list behind it."),
    ("fact-sheet.md", "The same as text to copy from."),
    ("captions.csv", "For every picture a description for those who do not see it, and a caption to print."),
    ("data.csv", "The figures of all cards as a table that every spreadsheet opens."),
    ("data.json", "The figures for programs."),
    (_MANIFEST, "Every file with its SHA-256, and what was proved of the cards."),
)

_USE: Final = (
    "Please show cards and pictures whole and unaltered, name the publisher, and use the descriptions in captions.csv "
    "as alternative texts. Each card was read back after it was made: its words and figures are those of the data."
)


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)


def _listed(name: str, meaning: str) -> list[str]:
    first, *rest = textwrap.wrap(meaning, _WIDTH - _COLUMN)
    return [f"{name:{_COLUMN}}{first}", *(f"{'':{_COLUMN}}{line}" for line in rest)]
