"""The face of what the engine itself puts on a page."""

from __future__ import annotations

from typing import Final

MARKS_FACE: Final = "cardprint: marks"
"""The name under which a font book has the face of the marks of samples and of the slug, which no theme can take."""
