"""The fonts of an edition: one subset of each face for all its cards, made once and kept between runs.

Which glyphs a subset holds follows from the framework, the jurisdictions, the layout and the faces alone, so that a
card's bytes depend neither on other states' results nor on what is in the cache. A card that needs more in some face
gets that face with just so much more.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Final

from cardprint.model.content import PageContent
from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.layout_spec import LayoutSpec, Per
from cardprint.model.profile import OutputProfile
from cardprint.model.typography import FontBook, FontFace
from cardprint.paint import EmbeddedFont, FontMemory, GlyphTexts, dump_font, embed_font, parse_font
from cardprint.workspace.cache import Cache
from cardprint.workspace.program import program_id

_EDITIONS_KEPT: Final = 4
_MEMORIES: Final[OrderedDict[tuple[str, Cache], FontMemory]] = OrderedDict()
_LOCK: Final = Lock()
"""Editions opened again in the same process find their fonts as they left them."""

_ANY_HASH: Final = "0123456789abcdef"
"""Stands for the hash of the data, which a slug shows: every figure that it can have."""

_NEVER: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)

Repertoire = Mapping[str, GlyphTexts]
"""Glyphs with what they stand for, by the hash of their face's file."""


class EditionFonts:
    """Gives every card of an edition the same subsets. Nothing is read or made before a font is asked for.

    It is pickled as the fonts themselves: whoever unpickles it needs neither cache nor repertoire."""

    def __init__(
        self,
        framework: Framework,
        places: Mapping[str, Jurisdiction],
        layout: LayoutSpec,
        fonts: FontBook,
        profile: OutputProfile,
        inputs: Sequence[str],
        cache: Cache,
    ) -> None:
        """`inputs` are the hashes of the files from which everything else was read."""
        self._framework = framework
        self._places = places
        self._layout = layout
        self._fonts = fonts
        self._profile = profile
        self._key = hashlib.sha256(" ".join((program_id(), profile.name, *inputs)).encode("ascii")).hexdigest()
        self._cache = cache

    def shared(self, face: FontFace) -> EmbeddedFont | None:
        """The edition's subset of `face`, if the edition has text in it."""
        return self.memory().shared(face)

    def embedded(self, face: FontFace, texts: GlyphTexts) -> EmbeddedFont:
        """The edition's subset of `face`, with what `texts` need besides, if they do."""
        return self.memory().embedded(face, texts)

    def memory(self) -> FontMemory:
        """The fonts, prepared by whoever asks first."""
        with _LOCK:
            found = _MEMORIES.get((self._key, self._cache))
            if found is None:
                found = _MEMORIES[self._key, self._cache] = self._prepared()
                while len(_MEMORIES) > _EDITIONS_KEPT:
                    _MEMORIES.popitem(last=False)
            return found

    def __reduce__(self) -> tuple[type[FontMemory], tuple[Mapping[str, EmbeddedFont]]]:
        return (FontMemory, (self.memory().prepared,))

    def _prepared(self) -> FontMemory:
        faces = {face.sha256: face for face in self._fonts.values()}
        repertoire = self._repertoire()
        prepared = {sha256: self._made(faces[sha256], texts) for sha256, texts in repertoire.items() if texts}
        return FontMemory(prepared, make=self._made)

    def _repertoire(self) -> Repertoire:
        kept = self._cache.get("glyphs", self._key)
        if kept is not None:
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                texts = json.loads(kept)
                return {sha256: frozenset((glyph, text) for glyph, text in pairs) for sha256, pairs in texts.items()}
        found = edition_repertoire(self._framework, self._places.values(), self._layout, self._fonts, self._profile)
        plain = {sha256: sorted(texts) for sha256, texts in sorted(found.items())}
        self._cache.put("glyphs", self._key, json.dumps(plain, separators=(",", ":")).encode("ascii"))
        return found

    def _made(self, face: FontFace, texts: GlyphTexts) -> EmbeddedFont:
        """The subset of `face` with `texts`, from the cache if it is there."""
        wanted = json.dumps([program_id(), face.sha256, sorted(texts)])
        key = hashlib.sha256(wanted.encode("ascii")).hexdigest()
        kept = self._cache.get("font", key)
        if kept is not None:
            with contextlib.suppress(ValueError):
                return parse_font(kept)
        made = embed_font(face, texts)
        self._cache.put("font", key, dump_font(made))
        return made


def edition_repertoire(
    framework: Framework,
    places: Iterable[Jurisdiction],
    layout: LayoutSpec,
    fonts: FontBook,
    profile: OutputProfile,
) -> Repertoire:
    """The glyphs that the words of framework, jurisdictions and layout can take on a card. A layout of another kind of
    page has none of its own."""
    # Imported where they are needed: most runs find the glyphs in the cache.
    from cardprint.compose.page import compose_pages
    from cardprint.compose.repertoire import repertoire_scopes
    from cardprint.layout.repertoire import shape_repertoire
    from cardprint.paint.tounicode import glyph_texts

    if layout.per is not Per.STATE:
        return {}
    pages: list[PageContent] = []
    for scope in repertoire_scopes(framework, places):
        # What the layout asks for and the framework does not give, no card has either.
        with contextlib.suppress(DiagnosticError):
            pages.extend(compose_pages(layout, scope, fonts, _NEVER, "", _ANY_HASH, profile))
    texts: dict[str, set[tuple[int, str]]] = {}
    for piece in shape_repertoire(pages, layout.copyfit, fonts):
        texts.setdefault(piece.face.sha256, set()).update(glyph_texts(piece))
    return {sha256: frozenset(pairs) for sha256, pairs in texts.items()}
