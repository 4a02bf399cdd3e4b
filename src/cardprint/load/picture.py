"""Raster pictures: PNG and JPEG files that a PDF can take as they are."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import TYPE_CHECKING

from cardprint.load.refusal import refusal
from cardprint.model.diagnostics import Span
from cardprint.model.icon import Picture
from cardprint.model.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 36_000_000
"""A Letter page at 600 dpi has 33.7 million."""
MAX_SCANS = 100
"""Progressive files have about ten; each pass costs as much time as a picture."""

_SCAN = b"\xff\xda"
_JPEG = b"\xff\xd8\xff"
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", _JPEG)
_MODES = {"1", "L", "LA", "P", "RGB", "RGBA", "CMYK"}
_ORIENTATION_TAG = 0x0112
_DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise for broken files; SyntaxError is its own choice."""
_EXPORT_HINT = "Export it as PNG or JPEG with 8 bits a channel."


def load_picture(source: Source) -> Picture:
    """The picture in a PNG or JPEG file, decoded once to know that it is whole.

    Raises `DiagnosticError`: file-too-large, picture-kind, picture-broken, picture-too-large, picture-turned.
    """
    data, place = source.data, Span(source.name)
    if len(data) > MAX_BYTES:
        message = f"The picture has {len(data):,} bytes; at most {MAX_BYTES:,} are read."
        raise refusal("file-too-large", message, place, "Save it smaller.")
    if not data.startswith(_SIGNATURES):
        raise refusal("picture-kind", "The file is neither PNG nor JPEG.", place, _EXPORT_HINT)
    if data.startswith(_JPEG) and data.count(_SCAN) > MAX_SCANS:
        message = f"The JPEG file is built up in more than {MAX_SCANS} passes."
        raise refusal("picture-too-large", message, place, "Export it as a baseline JPEG.")
    width, height = _check(data, place)
    return Picture(source.name, data, width, height, hashlib.sha256(data).hexdigest())


def _check(data: bytes, place: Span) -> tuple[int, int]:
    """The picture's pixels. Pillow is imported here because few cards have pictures."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            _refuse_unusable(image, place)
            image.load()
            return image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = f"The picture has far more than {MAX_PIXELS:,} pixels."
        raise refusal("picture-too-large", message, place, "Save it smaller.") from None
    except _DECODER_ERRORS as error:
        message = f"The picture cannot be decoded: {_reason(error)}."
        raise refusal("picture-broken", message, place, "Export it again.") from None


def _reason(error: Exception) -> str:
    """What Pillow says, without the address of what it was given, which is another each time."""
    return "it is damaged" if " at 0x" in str(error) else str(error)


def _refuse_unusable(image: Image, place: Span) -> None:
    if image.width * image.height > MAX_PIXELS:
        message = f"The picture has {image.width:,} × {image.height:,} pixels; at most {MAX_PIXELS:,} are read."
        raise refusal("picture-too-large", message, place, "Save it smaller; 300 pixels to a printed inch are plenty.")
    if image.mode not in _MODES:
        message = f"The picture's pixels are of the kind {image.mode}, which a PDF does not take as it is."
        raise refusal("picture-kind", message, place, _EXPORT_HINT)
    if getattr(image, "n_frames", 1) > 1:
        raise refusal("picture-kind", "The file holds several pictures.", place, "Export one.")
    if image.getexif().get(_ORIENTATION_TAG, 1) != 1:
        message = "The picture is stored lying and turned upright by a note that PDF does not read."
        raise refusal("picture-turned", message, place, "Open it, turn it upright and save it again.")
