"""From names in files to the files themselves: what a layout extends, its theme, icons, pictures and fonts."""

from cardprint.resolve.assets import (
    FontFiles,
    fonts_named,
    load_marks_face,
    load_shipped_faces,
    resolve_icons,
    resolve_pictures,
)
from cardprint.resolve.inheritance import resolve_layout
from cardprint.resolve.inputs import Inputs, Place
from cardprint.resolve.sizes import at_size, size_names

__all__ = [
    "FontFiles",
    "Inputs",
    "Place",
    "at_size",
    "fonts_named",
    "load_marks_face",
    "load_shipped_faces",
    "resolve_icons",
    "resolve_layout",
    "resolve_pictures",
    "size_names",
]
