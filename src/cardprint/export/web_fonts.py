"""Faces as they travel inside a web page: WOFF files with no more than the characters that it needs."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any, Final

from cardprint.model.typography import FontFace

_ALWAYS: Final = frozenset(range(0x20, 0x7F))
"""Kept whatever the words are, so that most pages share one subset."""

_NAMES_KEPT: Final = (0, 13, 14)
"""Copyright and licence. Without its other names a subset does not pass for the face itself, as the OFL asks."""

_FEATURES: Final = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum")


def subset_woff(face: FontFace, characters: frozenset[int]) -> bytes:
    """The face with those of `characters` (code points) that it covers. Equal arguments give equal bytes."""
    return _subset(face, (characters | _ALWAYS) & face.coverage)


@lru_cache(maxsize=32)
def _subset(face: FontFace, characters: frozenset[int]) -> bytes:
    # fontTools is slow to load, and only web pages need it here.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font: Any = TTFont(io.BytesIO(face.data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    options = Options(
        hinting=False,
        glyph_names=False,
        layout_features=list(_FEATURES),
        name_IDs=list(_NAMES_KEPT),
        notdef_outline=True,
        recalc_timestamp=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(characters))
    subsetter.subset(font)
    font.flavor = "woff"
    file = io.BytesIO()
    font.save(file, reorderTables=True)
    return file.getvalue()
