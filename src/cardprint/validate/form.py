"""Forms: mappings with known keys, each key a field that says what it holds."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from cardprint.model.diagnostics import Collector, DiagnosticError
from cardprint.model.node import Entry, MappingNode, Node, ScalarNode, SequenceNode
from cardprint.validate.names import NO_NAMES, Names
from cardprint.validate.place import At, RefusedError
from cardprint.validate.reader import Definitions, List, Reader, Schema
from cardprint.validate.spelling import nearest

T = TypeVar("T")


class Field(Generic[T]):
    """A key of a form. On a form that was read it gives the key's value."""

    name: str
    key: str

    def __init__(self, reader: Reader[Any], doc: str, *, needed: bool, default: object, key: str) -> None:
        self.reader = reader
        self.doc = doc
        self.needed = needed
        self.default = default
        self.key = key

    def __set_name__(self, owner: type[Form], name: str) -> None:
        self.name = name
        self.key = self.key or name

    @overload
    def __get__(self, form: None, owner: type[Form]) -> Field[T]: ...
    @overload
    def __get__(self, form: Form, owner: type[Form]) -> T: ...
    def __get__(self, form: Form | None, owner: type[Form]) -> Field[T] | T:
        if form is None:
            return self
        return form.get(self)


def required(reader: Reader[T], doc: str, *, key: str = "") -> Field[T]:
    """A key that must be there. `key` is its name in the file where Python cannot say it."""
    return Field(reader, doc, needed=True, default=None, key=key)


@overload
def optional(reader: Reader[T], doc: str, *, key: str = "") -> Field[T | None]: ...
@overload
def optional(reader: Reader[T], doc: str, *, default: T, key: str = "") -> Field[T]: ...
def optional(reader: Reader[T], doc: str, *, default: T | None = None, key: str = "") -> Field[Any]:
    """A key that may be left out; then its value is `default`."""
    return Field(reader, doc, needed=False, default=default, key=key)


class Form:
    """A mapping with known keys. Subclasses list them as fields; `what` names the thing, article included."""

    what: ClassVar[str] = "a mapping"
    keys: ClassVar[dict[str, Field[Any]]] = {}
    inherits: ClassVar[bool] = False
    """Whether a file may leave required keys to the file that it extends, so that its schema requires none."""

    one_of: ClassVar[tuple[str, ...]] = ()
    """Keys of which one must be there; `check` sees to it."""

    def __init_subclass__(cls, what: str, *, inherits: bool = False) -> None:
        cls.what = what
        cls.inherits = inherits
        own = {field.key: field for field in vars(cls).values() if isinstance(field, Field)}
        cls.keys = {**cls.keys, **own}

    def __init__(self, at: At) -> None:
        self.at = at
        self._values: dict[str, Any] = {}
        self._places: dict[str, At] = {}
        self.misspelt: set[str] = set()

    @classmethod
    def read(cls, at: At) -> Self:
        """Every key read, those that were refused left out. Only what is no mapping is refused as a whole."""
        node = at.node
        if not isinstance(node, MappingNode):
            raise at.wrong_type(cls.what)
        form = cls(at)
        before = None
        for entry in node.entries:
            if entry.key.text not in cls.keys:
                form._refuse_key(entry, before)
            before = entry
        inner = at
        for field in cls.keys.values():
            form._read_field(field, node, inner)
            inner = form.onward(field, inner)
        with suppress(RefusedError):
            form.check()
        return form

    def _refuse_key(self, entry: Entry, before: Entry | None) -> None:
        from cardprint.validate.unknown_keys import explain_unknown_key  # needed only when something is wrong

        name = entry.key.text
        self.misspelt.add(nearest(name, self.keys) or "")
        message, hint = explain_unknown_key(entry, before, self.keys, self.what)
        self.at.key(name, entry.value).error("unknown-key", message, hint, span=entry.key.span)

    def _read_field(self, field: Field[Any], node: MappingNode, at: At) -> None:
        value = node.get(field.key)
        if value is not None:
            place = self._places[field.name] = at.key(field.key, value)
            with suppress(RefusedError):
                self._values[field.name] = field.reader.read(place)
        elif not field.needed:
            self._values[field.name] = field.default
        else:
            self.miss(field)

    def onward(self, field: Field[Any], at: At) -> At:  # noqa: ARG002
        """Where the keys after `field` are read: a place that knows the names which `field` brings into play."""
        return at

    def check(self) -> None:
        """Report what is wrong with the values together. A refused value ends the check."""

    def get(self, field: Field[T]) -> T:
        """What `field` gives: the value read or its default; `RefusedError` if it was refused or is missing."""
        try:
            value: T = self._values[field.name]
        except KeyError:
            raise RefusedError from None
        return value

    def place(self, field: Field[Any]) -> At:
        """Where `field` stands; the whole form if it is left out."""
        return self._places.get(field.name, self.at)

    def gives(self, field: Field[Any]) -> bool:
        """Whether the file has the key, readable or not."""
        return field.name in self._places

    def whole(self, field: Field[Any]) -> bool:
        """Whether the list or table in `field`, if any, was read without losing an entry."""
        with suppress(RefusedError):
            value, node = self.get(field), self.place(field).node
            if not self.gives(field) or isinstance(node, ScalarNode):
                return True
            return len(value) == len(node.items if isinstance(node, SequenceNode) else node.entries)
        return False

    def miss(self, field: Field[Any]) -> None:
        """Report that `field` is needed, unless a misspelt key was probably meant for it."""
        if field.key in self.misspelt:
            return
        message = f'The key "{field.key}" is missing in {self.what}, expected {field.reader.expected}.'
        self.at.error("missing-key", message, f"Add {field.key}.")

    @classmethod
    def schema(cls, definitions: Definitions) -> Schema:
        return definitions.reference(cls.__name__.removesuffix("Form"), cls.own_schema)

    @classmethod
    def own_schema(cls, definitions: Definitions) -> Schema:
        """This form's schema itself, not a reference to it."""
        schema: Schema = {
            "title": cls.what.removeprefix("the ").removeprefix("an ").removeprefix("a ").capitalize(),
            "description": " ".join((cls.__doc__ or "").split()),
            "type": "object",
            "properties": {
                key: {**field.reader.schema(definitions), "description": field.doc} for key, field in cls.keys.items()
            },
            "additionalProperties": False,
        }
        if cls.needed() and not cls.inherits:
            schema["required"] = cls.needed()
        return schema

    @classmethod
    def needed(cls) -> list[str]:
        """The keys that must be there."""
        return [key for key, field in cls.keys.items() if field.needed]


F = TypeVar("F", bound=Form)


class Nested(Reader[F]):
    """A mapping described by a form."""

    takes = MappingNode

    def __init__(self, form: type[F]) -> None:
        self.form = form
        self.expected = form.what

    def read(self, at: At) -> F:
        return self.form.read(at)

    def schema(self, definitions: Definitions) -> Schema:
        return self.form.schema(definitions)


def read_form(form: type[F], node: Node, names: Names = NO_NAMES) -> F:
    """The form of a whole file. What is wrong in it is in the log of its place.

    Raises `DiagnosticError` for a file that is no mapping at all."""
    log = Collector()
    with suppress(RefusedError):
        return form.read(At(node, log, names=names))
    raise DiagnosticError(log.diagnostics)


def read_list(entries: List[F], node: Node) -> tuple[tuple[F, ...], Collector]:
    """The forms of a file that is a list, and what is wrong in them.

    Raises `DiagnosticError` for a file that is no list at all."""
    log = Collector()
    with suppress(RefusedError):
        return entries.read(At(node, log)), log
    raise DiagnosticError(log.diagnostics)
