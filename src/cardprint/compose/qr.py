"""QR codes (ISO/IEC 18004): an address becomes modules, the dark ones one outline, with the quiet zone around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cardprint.model.diagnostics import Collector, Span
from cardprint.model.geometry import mm
from cardprint.model.icon import Icon, PathCommand

QUIET_ZONE: Final = 4
"""Modules kept free on every side (ISO/IEC 18004, 6.3.8)."""

LEAST_MODULE: Final = mm(0.33)
"""The smallest module, 13 thousandths of an inch: what telephones still read from paper at arm's length. The standard
leaves it to the application."""

_SCHEMES: Final = ("https://", "http://", "mailto:")

_Corner = tuple[int, int]


def qr_icon(address: str, level: str, size: float, span: Span, collector: Collector) -> Icon | None:
    """The code of `address` with error correction `level` (L, M, Q or H) as an outline, the view box being its quiet
    zone. `size` is the side in points at which it is printed.

    None, and collected, for an address that no code holds (`qr-too-long`) or modules that nothing reads
    (`qr-too-fine`)."""
    import segno  # few layouts have a code

    try:
        code = segno.make_qr(address, error=level, boost_error=False)
    except segno.DataOverflowError:
        message = f"No QR code with error correction {level} holds an address of {len(address):,} characters."
        collector.error("qr-too-long", message, span, hint="Lead to a shorter address.")
        return None
    modules = [tuple(bool(module) for module in row) for row in code.matrix]
    side = len(modules) + 2 * QUIET_ZONE
    if size / side < LEAST_MODULE:
        message = (
            f"The QR code of {address} has {side} modules a side, quiet zone included: at {size:g}pt each is "
            f"{size / side / mm(1):.2f} mm, expected at least {LEAST_MODULE / mm(1):.2f} mm."
        )
        hint = (
            f"Make it {side * LEAST_MODULE + 0.05:.1f}pt or larger, lower its error correction, or shorten the address."
        )
        collector.error("qr-too-fine", message, span, hint=hint)
        return None
    outline = tuple(command for loop in _loops(modules) for command in _drawn(loop))
    return Icon(f"QR code of {address}", float(side), float(side), outline)


def leads_somewhere(address: str, alt: str, span: Span, collector: Collector) -> bool:
    """Whether `address` is one that a code can lead to, and `alt` says which; else it is collected (`bad-address`,
    `qr-unexplained`)."""
    told = next((address.removeprefix(scheme) for scheme in _SCHEMES if address.startswith(scheme)), "")
    if not told or not address.isascii() or " " in address:
        message = f'Found "{address}" for a QR code, expected an address that begins with https:, http: or mailto:.'
        collector.error("bad-address", message, span, hint="Name a whole address.")
        return False
    if told not in alt:
        message = f"The description of this QR code does not say where it leads: {told} is not in it."
        collector.error("qr-unexplained", message, span, hint="Put the address into alt, or leave alt out.")
        return False
    return True


def _loops(modules: Sequence[Sequence[bool]]) -> Iterator[list[_Corner]]:
    """The outlines of the dark areas, each dark on its right hand: outer ones clockwise, holes the other way round."""
    steps: dict[_Corner, list[_Corner]] = {}
    for start, end in _edges(modules):
        steps.setdefault(start, []).append(end)
    while steps:
        corner = next(iter(steps))
        loop, heading = [corner], (0, 0)
        while corner in steps:
            # Where two dark modules touch at a corner only, the turn to the right keeps them apart.
            ends = steps[corner]
            turn = (-heading[1], heading[0])
            chosen = next((end for end in ends if (end[0] - corner[0], end[1] - corner[1]) == turn), ends[0])
            ends.remove(chosen)
            if not ends:
                del steps[corner]
            heading = (chosen[0] - corner[0], chosen[1] - corner[1])
            corner = chosen
            loop.append(corner)
        yield _straightened(loop[:-1])


def _edges(modules: Sequence[Sequence[bool]]) -> Iterator[tuple[_Corner, _Corner]]:
    """Every side of a dark module beyond which it is light, with the dark on its right hand (y down)."""
    size = len(modules)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and modules[y][x]

    for y in range(size):
        for x in range(size):
            if not modules[y][x]:
                continue
            if not dark(x, y - 1):
                yield (x, y), (x + 1, y)
            if not dark(x + 1, y):
                yield (x + 1, y), (x + 1, y + 1)
            if not dark(x, y + 1):
                yield (x + 1, y + 1), (x, y + 1)
            if not dark(x - 1, y):
                yield (x, y + 1), (x, y)


def _straightened(loop: list[_Corner]) -> list[_Corner]:
    """The loop without the corners at which it goes straight on."""
    return [
        corner
        for before, corner, after in zip([loop[-1], *loop[:-1]], loop, [*loop[1:], loop[0]], strict=True)
        if (corner[0] - before[0]) * (after[1] - corner[1]) != (corner[1] - before[1]) * (after[0] - corner[0])
    ]


def _drawn(loop: list[_Corner]) -> Iterator[PathCommand]:
    (x, y), *corners = [(x + QUIET_ZONE, y + QUIET_ZONE) for x, y in loop]
    yield ("M", float(x), float(y))
    for x, y in corners:
        yield ("L", float(x), float(y))
    yield ("Z",)
