"""Fonts, icons and pictures: the user's own before the shipped ones, and only those that are used."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from cardprint.load import load_font, load_picture, parse_icon
from cardprint.load.font import MAX_BYTES as MOST_FONT_BYTES
from cardprint.load.picture import MAX_BYTES as MOST_PICTURE_BYTES
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.icon import Icon, Picture
from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.model.source import Source
from cardprint.model.typography import FontFace
from cardprint.resolve.inputs import Inputs, Place
from cardprint.validate import FontEntry, validate_fonts
from cardprint.workspace import Root, fail

_MARKS_FACE = "Barlow Condensed SemiBold"
_MOST_LISTED = 12
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

_face = lru_cache(maxsize=64)(load_font)
"""Equal files give one face, so that what is remembered of it (shaped words) serves the next project as well."""


class FontFiles(Struct, frozen=True):
    """The faces that a theme can name, each with its entry in a fonts.yaml and the file that it tells of. Not `whole`:
    a list could not be read, so that there may be more."""

    files: Mapping[str, tuple[FontEntry, Place]]
    whole: bool = True

    @property
    def names(self) -> Collection[str] | None:
        """The faces' names; None where not all are known."""
        return self.files.keys() if self.whole else None

    @classmethod
    def listed(cls, inputs: Inputs, roots: Iterable[Root], problems: Collector) -> FontFiles:
        """Those in fonts/ of `roots`, the first that lists a name winning, then the shipped ones. What is wrong in a
        list goes to `problems`."""
        lists = [Place(root, "fonts/fonts.yaml") for root in dict.fromkeys(roots)]
        lists = [place for place in lists if inputs.workspace.has(place.root, place.name)]
        lists.append(Place(inputs.workspace.shipped_root("fonts"), "fonts.yaml"))
        files: dict[str, tuple[FontEntry, Place]] = {}
        broken = len(problems.diagnostics)
        for place in lists:
            with problems.gathering():
                for entry in validate_fonts(inputs.parse(place.root, place.name)):
                    files.setdefault(entry.name, (entry, place.beside(entry.file)))
        return cls(files, whole=len(problems.diagnostics) == broken)

    def load(self, inputs: Inputs, names: Iterable[str], problems: Collector) -> dict[str, FontFace]:
        """The faces of these names, read once each; those that nobody lists are left out, for validation to report.

        What is wrong with a file goes to `problems`: font-changed where it is not the one that its list tells of."""
        faces = {}
        for name in dict.fromkeys(names):
            if name in self.files:
                entry, place = self.files[name]
                with problems.gathering():
                    faces[name] = _load_face(inputs, entry, place)
        return faces


def fonts_named(node: MappingNode) -> list[str]:
    """The names of all faces that the styles of a layout ask for, `node` being the layout with its theme."""
    fallbacks = [item for value in _under(node, "fallback") if isinstance(value, SequenceNode) for item in value.items]
    asked = [*_under(node, "font"), *fallbacks]
    return [name.text for name in asked if isinstance(name, ScalarNode)]


def load_marks_face(inputs: Inputs) -> FontFace:
    """The face of the engine's own marks: always the shipped one, whatever fonts of their own data and layout have."""
    return load_shipped_faces(inputs, [_MARKS_FACE])[_MARKS_FACE]


def load_shipped_faces(inputs: Inputs, names: Iterable[str]) -> dict[str, FontFace]:
    """Faces that come with cardprint, by their names."""
    problems = Collector()
    faces = FontFiles.listed(inputs, (), problems).load(inputs, names, problems)
    problems.raise_errors()
    return faces


def resolve_icons(
    inputs: Inputs, layout: Place, node: MappingNode, named: Mapping[str, Span], problems: Collector
) -> dict[str, Icon]:
    """The icons that `node` can ask for, from icons/ beside the layout, then from the shipped ones.

    `named` are those that the data names, with the places where it does: they count if the layout leaves an icon to
    the data. A name in `node` without a file is left out, for validation to report, and the names nearest to it come
    along or, without such, all, so that it can suggest them. Everything else that is wrong goes to `problems`
    (unknown-icon, and what parsing raises), an empty icon standing in for a broken one."""
    files = _icon_files(inputs, layout)
    wanted: set[str] = set()
    for template in _values(node, "icon"):
        fixed = _PLACEHOLDER.split(template.text)
        if len(fixed) == 1:
            wanted.update([template.text, *_suggested(template.text, files)])
        elif any(fixed):
            pattern = re.compile(".*".join(re.escape(part) for part in fixed))
            wanted.update(name for name in files if pattern.fullmatch(name))
        else:
            wanted.update(named)
    for name in (name for name in named if name in wanted and name not in files):
        nearest = difflib.get_close_matches(name, files, n=1)
        listed = ", ".join(sorted(files)[:_MOST_LISTED])
        more = f" and {len(files) - _MOST_LISTED} more" if len(files) > _MOST_LISTED else ""
        hint = f"Choose from {listed}{more}, or put a file {name}.svg into icons/ beside the layout."
        if nearest:
            hint = f'Did you mean "{nearest[0]}"?'
        problems.error("unknown-icon", f'There is no icon "{name}".', named[name], hint=hint)
    icons = {}
    for name in sorted(wanted & files.keys()):
        icons[name] = Icon(name, 1.0, 1.0, ())
        with problems.gathering():
            icons[name] = parse_icon(inputs.read(files[name].root, files[name].name), name)
    return icons


def resolve_pictures(
    inputs: Inputs, layout: Place, node: MappingNode, data: Root, named: Mapping[str, Span], problems: Collector
) -> dict[str, Picture | Icon]:
    """The pictures that `node` names by a plain path, and those that the data names (`named`, with the lines that do),
    by their paths. An SVG is an outline, everything else a raster.

    A path counts from the layout's folder, then from the data's, then from the shipped layouts; the data's own
    count from the data's folder alone. A path of `node` without a file is left out, for validation to report.
    Everything else that is wrong goes to `problems`, an empty outline standing in for what cannot be read."""
    shipped = inputs.workspace.shipped_root("layouts")
    pictures: dict[str, Picture | Icon] = {}
    for path, span in named.items():
        pictures[path] = Icon(path, 1.0, 1.0, ())
        with problems.gathering():
            pictures[path] = _picture(inputs.read(data, path, span, MOST_PICTURE_BYTES))
    for template in _values(node, "image"):
        path = template.text
        if path in pictures or _PLACEHOLDER.search(path):
            continue
        for place in (layout.beside(path), Place(data, path), Place(shipped, path)):
            if inputs.workspace.has(place.root, place.name):
                pictures[path] = Icon(path, 1.0, 1.0, ())
                with problems.gathering():
                    pictures[path] = _picture(inputs.read(place.root, place.name, template.span, MOST_PICTURE_BYTES))
                break
    return pictures


def _picture(source: Source) -> Picture | Icon:
    return parse_icon(source, source.name) if source.name.lower().endswith(".svg") else load_picture(source)


def _load_face(inputs: Inputs, entry: FontEntry, place: Place) -> FontFace:
    source = inputs.read(place.root, place.name, entry.span, MOST_FONT_BYTES)
    digest = inputs.digests[-1]
    if digest != entry.sha256.lower():
        message = f"{source.name} is not the file that this list tells of: its SHA-256 is {digest}."
        raise fail(
            "font-changed", message, entry.span, hint="Restore the file, or correct sha256 if the change is meant."
        )
    return _face(source, entry.name, entry.family)


def _suggested(name: str, files: Mapping[str, Place]) -> Iterable[str]:
    """The icons to suggest in the place of one that is not there."""
    return () if name in files else difflib.get_close_matches(name, files) or files


def _icon_files(inputs: Inputs, layout: Place) -> dict[str, Place]:
    """Every icon that can be named, with its file."""
    files: dict[str, Place] = {}
    for folder in (layout.beside("icons"), Place(inputs.workspace.shipped_root("layouts"), "icons")):
        for name in inputs.workspace.names(folder.root, folder.name, ".svg"):
            files.setdefault(name, Place(folder.root, f"{folder.name}/{name}.svg"))
    return files


def _values(node: Node, key: str) -> Iterator[ScalarNode]:
    """Every scalar that stands under `key`, anywhere in `node`, in file order."""
    return (value for value in _under(node, key) if isinstance(value, ScalarNode))


def _under(node: Node, key: str) -> Iterator[Node]:
    """Every value that stands under `key`, anywhere in `node`, in file order; of those inside one another, each."""
    match node:
        case MappingNode():
            for name, value in node:
                if name == key:
                    yield value
                yield from _under(value, key)
        case SequenceNode():
            for item in node.items:
                yield from _under(item, key)
        case ScalarNode():
            return
