"""Widths of columns, after CSS Grid's track sizing: fixed, as wide as the content wants, shares of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from cardprint.layout.measure import Widths
from cardprint.model.content import AutoTrack, FixedTrack, FlexTrack, Track

_NOTHING = Widths(0.0, 0.0)


def resolve_tracks(
    tracks: Sequence[Track], contents: Callable[[], Sequence[Widths]], gap: float, width: float
) -> list[float]:
    """The width of each track in points, for a grid `width` points wide with `gap` between tracks. `contents` is what
    stands in each, asked only where a track is as wide as its content.

    Auto tracks take what their content can use; when fixed and auto tracks want more than there is, the auto ones
    give way towards their content's least width. Shares never get less than nothing."""
    room = width - gap * (len(tracks) - 1)
    fixed = sum(track.width for track in tracks if isinstance(track, FixedTrack))
    has_auto = any(isinstance(track, AutoTrack) for track in tracks)
    wants = contents() if has_auto else [_NOTHING] * len(tracks)
    autos = [want for track, want in zip(tracks, wants, strict=True) if isinstance(track, AutoTrack)]
    squeeze = _squeeze(autos, room - fixed)
    taken = fixed + sum(_auto_width(content, squeeze) for content in autos)
    shares = sum(track.share for track in tracks if isinstance(track, FlexTrack))
    per_share = max(0.0, room - taken) / shares if shares else 0.0
    resolved: list[float] = []
    for track, want in zip(tracks, wants, strict=True):
        match track:
            case FixedTrack():
                resolved.append(track.width)
            case AutoTrack():
                resolved.append(_auto_width(want, squeeze))
            case FlexTrack():
                resolved.append(track.share * per_share)
            case _:
                assert_never(track)
    return resolved


def _squeeze(autos: Sequence[Widths], room: float) -> float:
    """How far auto tracks go from their most (0) to their least width (1) to fit the room."""
    over = sum(content.most for content in autos) - room
    give = sum(content.most - content.least for content in autos)
    if over <= 0 or give <= 0:
        return 0.0
    return min(1.0, over / give)


def _auto_width(content: Widths, squeeze: float) -> float:
    return content.most - (content.most - content.least) * squeeze


def intrinsic_width(tracks: Sequence[Track], contents: Sequence[Widths], gap: float) -> Widths:
    """The intrinsic widths of a grid: its tracks' and the gaps between them.

    A share is as wide as the track that asks most of its shares needs it to be (CSS Grid §12.7.1)."""
    least = most = gap * (len(tracks) - 1)
    least_share = most_share = shares = 0.0
    for track, content in zip(tracks, contents, strict=True):
        match track:
            case FixedTrack():
                least += track.width
                most += track.width
            case AutoTrack():
                least += content.least
                most += content.most
            case FlexTrack():
                shares += track.share
                least_share = max(least_share, content.least / track.share)
                most_share = max(most_share, content.most / track.share)
            case _:
                assert_never(track)
    return Widths(least + least_share * shares, most + most_share * shares)


def positions(widths: Sequence[float], gap: float, x: float = 0.0) -> list[float]:
    """The left edge of each track, the first one's at `x`."""
    edges: list[float] = []
    for width in widths:
        edges.append(x)
        x += width + gap
    return edges
