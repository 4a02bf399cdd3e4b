"""load_picture: PNG and JPEG files that are whole, upright and of a sensible size."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image

from cardprint.load import load_picture
from cardprint.load.picture import MAX_BYTES, MAX_PIXELS, MAX_SCANS
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.source import Source


def _encoded(mode: str = "RGB", kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (30, 20)).save(buffer, kind, **options)
    return buffer.getvalue()


def _refused(data: bytes) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        load_picture(Source("logo.png", data))
    (found,) = caught.value.diagnostics
    assert found.span.file == "logo.png"
    assert found.hint.endswith(".")
    return found


def _png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *((mode, "PNG") for mode in ("RGB", "RGBA", "L", "LA", "P", "1")),
        *((mode, "JPEG") for mode in ("RGB", "L", "CMYK")),
    ],
)
def test_pictures_keep_their_bytes_and_give_their_pixels(mode: str, kind: str) -> None:
    """The file itself goes on; its size in pixels and its hash stand beside it."""
    data = _encoded(mode, kind)
    picture = load_picture(Source("logo.png", data))
    assert (picture.name, picture.data, picture.width, picture.height) == ("logo.png", data, 30, 20)
    assert picture.sha256 == hashlib.sha256(data).hexdigest()


def test_what_only_looks_like_the_passes_of_a_jpeg_is_no_fault_of_a_png() -> None:
    """Its compressed pixels hold every pair of bytes now and then."""
    noise = b"\xff\xda" * (MAX_SCANS + 1)
    buffer = io.BytesIO()
    Image.frombytes("L", (len(noise), 1), noise).save(buffer, "PNG", compress_level=0)
    assert MAX_SCANS < buffer.getvalue().count(b"\xff\xda")
    assert len(noise) == load_picture(Source("logo.png", buffer.getvalue())).width


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "picture-kind", "neither PNG nor JPEG"),
        (_png_header(0, 0), "picture-broken", "cannot be decoded: it is damaged."),
        (b"GIF89a", "picture-kind", "neither PNG nor JPEG"),
        (_encoded(kind="PNG")[:48], "picture-broken", "cannot be decoded"),
        (_encoded(kind="JPEG")[:-200], "picture-broken", "cannot be decoded"),
        (b"\xff\xd8\xff", "picture-broken", "cannot be decoded"),
        (_encoded("I;16"), "picture-kind", "I;16"),
        (_png_header(6001, 6000), "picture-too-large", "6,001 × 6,000"),
        (_png_header(100_000, 100_000), "picture-too-large", f"far more than {MAX_PIXELS:,}"),
        (_encoded(kind="JPEG") + b"\xff\xda" * MAX_SCANS, "picture-too-large", f"more than {MAX_SCANS} passes"),
        (b"\xff\xd8\xff" + bytes(MAX_BYTES), "file-too-large", f"at most {MAX_BYTES:,}"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_unusable_pictures_are_refused_with_their_reason(data: bytes, code: str, words: str) -> None:
    """A picture that cannot be painted as it is says why."""
    found = _refused(data)
    assert found.code == code
    assert words in found.message


def test_turned_photographs_are_refused() -> None:
    """A note that turns the picture is not followed by PDF; a note that leaves it upright does no harm."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert _refused(_encoded(kind="JPEG", exif=exif)).code == "picture-turned"
    exif[0x0112] = 1
    assert load_picture(Source("logo.png", _encoded(kind="JPEG", exif=exif)))


def test_animations_are_refused() -> None:
    """A file of several pictures leaves open which is meant."""
    frames = [Image.new("L", (30, 20), shade) for shade in (0, 255)]
    found = _refused(_encoded("L", "PNG", save_all=True, append_images=frames))
    assert (found.code, found.message) == ("picture-kind", "The file holds several pictures.")
