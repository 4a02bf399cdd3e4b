"""Named colours. Blocks name swatches; the output profile decides which ink a swatch becomes."""

from __future__ import annotations

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span


class Swatch(Struct, frozen=True, cache_hash=True):
    """A named colour with its twin for print.

    `rgb` is sRGB, each channel 0 to 255; `cmyk` is ink coverage in percent, each 0 to 100;
    `spot` names the ink when the swatch is printed as a spot colour, `cmyk` being its alternate. `span` is its line in
    the theme.
    """

    name: str
    rgb: tuple[int, int, int]
    cmyk: tuple[float, float, float, float]
    spot: str | None = None
    span: Span = NOWHERE

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return "#{:02x}{:02x}{:02x}".format(*self.rgb)
