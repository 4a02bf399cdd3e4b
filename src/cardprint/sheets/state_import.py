"""One state's part of an import: what changes, whether the result passes the audit, and its file's new text."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from cardprint.load import parse_yaml
from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.sheets.fields import FieldName, Fields, Part, Value, field_names, fields_node, read_fields
from cardprint.sheets.rows import BLANK, SheetResults, Spot
from cardprint.sheets.state_edit import edit_state
from cardprint.sheets.yaml_text import new_file
from cardprint.validate import validate_state

_ABSENCES = frozenset(("missing-issue", "missing-row"))
"""What the audit says of results that are not there; said better here, where the blank cells are known."""


class Change(Struct, frozen=True):
    """A field of a state that gets another value; None where there is none."""

    state: Jurisdiction
    field: FieldName
    old: Value | None
    new: Value | None


class Target(Struct, frozen=True):
    """What an import goes into. `files` are the states' files as they are, by slug; `folder` is where the states' files
    are, as shown."""

    framework: Framework
    jurisdictions: Mapping[str, Jurisdiction]
    files: Mapping[str, Source]
    folder: str

    def source_name(self, slug: str) -> str:
        return self.files[slug].name if slug in self.files else f"{self.folder}/{slug}.yaml"


class StateImport(Struct, frozen=True):
    """A state as its file is (`old`) and as it would be (`new`). `blank` are the places of blank cells, `empty` the
    fields in rows that are blank as a whole: these leave everything as it is, for nobody has filled them in."""

    target: Target
    place: Jurisdiction
    old: Fields
    new: Fields
    blank: Mapping[FieldName, Span]
    empty: Collection[FieldName]
    spoilt: frozenset[Spot]

    @classmethod
    def of(cls, target: Target, place: Jurisdiction, results: SheetResults) -> StateImport:
        """Raises `DiagnosticError` if the state's file cannot be read."""
        source = target.files.get(place.slug)
        old = read_fields(parse_yaml(source), target.framework) if source else {}
        empty = results.empty.get(place.slug, {})
        blank, new = dict(empty), dict(old)
        for name, given in results.fields.get(place.slug, {}).items():
            if given.value == BLANK:
                new.pop(name, None)
                blank[name] = given.span
            else:
                new[name] = given
        spoilt = frozenset(results.spoilt.get(place.slug, ()))
        return cls(target, place, old, new, blank, empty.keys(), spoilt)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The fields that get another value, in the order in which people read them."""
        return tuple(
            Change(self.place, name, old, new)
            for name in field_names(self.target.framework)
            if (name.part, name.row) not in self.spoilt
            and (old := _value(self.old, name)) != (new := _value(self.new, name))
        )

    def audit(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the state as it would be, warnings included, if anything about it changes."""
        if not self.changes:
            return ()
        own = tuple(self._absences())
        sound = {name: given for name, given in self.new.items() if (name.part, name.row) not in self.spoilt}
        node = fields_node(self.place.name, self.target.source_name(self.place.slug), sound, self.target.framework)
        try:
            return (*own, *validate_state(node, self.target.framework, self.target.jurisdictions)[1])
        except DiagnosticError as error:
            left_out = bool(own or self.spoilt)
            return (*own, *(found for found in error.diagnostics if not (left_out and _is_absence(found))))

    def _absences(self) -> Iterator[Diagnostic]:
        """The results that other results call for, at the first of the blank cells where they would stand."""
        framework = self.target.framework
        given = {(name.part, name.row) for name in self.new} | self.spoilt
        issues = [(Part.ISSUE, issue.id) for issue in framework.issues]
        extra = [(Part.EXTRA_CREDIT, row.id) for row in framework.extra_credit]
        blank: dict[Spot, Span] = {}
        for name, span in self.blank.items():
            blank.setdefault((name.part, name.row), span)
        # With a published grade of its own source the issues may stand without extra credit, there being no total.
        summed = (
            any(name.part is Part.OVERALL for name in self.new) and FieldName(Part.OVERALL, "source") not in self.new
        )
        for spots, others in ((issues, issues), (extra, extra + issues * summed)):
            there = [spot for spot in others if spot in given]
            for spot in spots:
                if there and spot not in given and spot in blank:
                    wanted, found = (f"{part.value} {row}" for part, row in (spot, there[0]))
                    message = f"{self.place.name} has results of {found} and none of {wanted}."
                    hint = "Fill them in, or empty the others."
                    yield Diagnostic("missing-results", message, blank[spot], hint=hint)

    @property
    def kept(self) -> bool:
        """Whether the file gives anything for which there is an empty row."""
        return any(name in self.old for name in self.empty)

    @property
    def old_bytes(self) -> bytes | None:
        """The state's file as it is."""
        source = self.target.files.get(self.place.slug)
        return source.data if source else None

    def new_bytes(self) -> bytes:
        """The state's file as it would be, read back and audited once more.

        Raises `DiagnosticError`: uneditable-file, and what is wrong in parts of the file that sheets do not hold."""
        framework, source = self.target.framework, self.target.files.get(self.place.slug)
        name = self.target.source_name(self.place.slug)
        if source is None:
            data = new_file(self.place.name, self.new, framework).encode("utf-8")
        else:
            mark = codecs.BOM_UTF8 if source.data.startswith(codecs.BOM_UTF8) else b""
            text = source.data.removeprefix(mark).decode("utf-8")
            data = mark + edit_state(name, text, self.new, framework).encode("utf-8")
        try:
            self._validate(Source(name, data))
        except DiagnosticError as error:
            raise DiagnosticError(self._placed_in_old(error.diagnostics, name)) from None
        return data

    def _validate(self, source: Source) -> None:
        validate_state(parse_yaml(source), self.target.framework, self.target.jurisdictions)

    def _placed_in_old(self, found: Iterable[Diagnostic], name: str) -> Iterator[Diagnostic]:
        """Problems of the file as it would be, at their lines in the file as it is, where it has them already."""
        places = {}
        try:
            if self.place.slug in self.target.files:
                self._validate(self.target.files[self.place.slug])
        except DiagnosticError as error:
            places = {(one.code, one.path): one.span for one in error.diagnostics}
        return (replace(one, span=places.get((one.code, one.path), Span(name))) for one in found)


def _value(fields: Fields, name: FieldName) -> Value | None:
    given = fields.get(name)
    return None if given is None else given.value


def _is_absence(found: Diagnostic) -> bool:
    return found.code in _ABSENCES or (found.code == "missing-key" and not found.path)
