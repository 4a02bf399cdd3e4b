"""Widths of columns."""

from __future__ import annotations

from cardprint.layout.measure import Widths
from cardprint.layout.tracks import intrinsic_width, positions, resolve_tracks
from cardprint.model.content import AutoTrack, FixedTrack, FlexTrack, Track

EMPTY = Widths(0.0, 0.0)
CONTENT = Widths(20.0, 50.0)


def test_fixed_tracks_are_as_asked() -> None:
    """A fixed track is its width, whatever it holds and however much room there is."""
    assert [38.0, 12.0] == resolve_tracks([FixedTrack(38.0), FixedTrack(12.0)], lambda: [CONTENT, EMPTY], 4.0, 300.0)


def test_auto_tracks_take_what_their_content_can_use() -> None:
    """An auto track is as wide as its content on one line, and takes nothing of what is left over."""
    assert [50.0, 5.0] == resolve_tracks([AutoTrack(), AutoTrack()], lambda: [CONTENT, Widths(5.0, 5.0)], 10.0, 300.0)


def test_shares_divide_what_is_left() -> None:
    """2fr is twice as wide as 1fr, after fixed and auto tracks and the gaps between all of them."""
    tracks: list[Track] = [FixedTrack(30.0), AutoTrack(), FlexTrack(1.0), FlexTrack(2.0)]
    assert [30.0, 50.0, 30.0, 60.0] == resolve_tracks(tracks, lambda: [EMPTY, CONTENT, EMPTY, EMPTY], 10.0, 200.0)


def test_auto_tracks_give_way_together() -> None:
    """Where auto tracks want more than there is, each gives way by the same part of what it can give."""
    tracks, contents = [AutoTrack(), AutoTrack()], [Widths(20.0, 60.0), Widths(10.0, 20.0)]
    assert [60.0, 20.0] == resolve_tracks(tracks, lambda: contents, 10.0, 90.0)
    assert [40.0, 15.0] == resolve_tracks(tracks, lambda: contents, 10.0, 65.0)
    assert [20.0, 10.0] == resolve_tracks(tracks, lambda: contents, 10.0, 40.0)


def test_auto_tracks_stop_at_their_least() -> None:
    """No track is narrower than its widest word, even where the region is: the excess shows, it is not hidden."""
    assert [20.0, 20.0] == resolve_tracks([AutoTrack(), AutoTrack()], lambda: [CONTENT, CONTENT], 0.0, 5.0)


def test_shares_of_nothing_are_nothing() -> None:
    """Where fixed tracks take more than there is, shares get nothing, and nothing negative."""
    assert [90.0, 0.0] == resolve_tracks([FixedTrack(90.0), FlexTrack()], lambda: [EMPTY, CONTENT], 5.0, 80.0)


def test_no_tracks() -> None:
    """A grid without tracks has no widths."""
    assert [] == resolve_tracks([], list, 5.0, 80.0)


def test_intrinsic_width_adds_tracks_and_gaps() -> None:
    """A grid needs its fixed tracks, what auto tracks hold, and the gaps."""
    tracks: list[Track] = [FixedTrack(30.0), AutoTrack(), FlexTrack()]
    assert Widths(30 + 20 + 7 + 10, 30 + 50 + 9 + 10) == intrinsic_width(
        tracks, [EMPTY, CONTENT, Widths(7.0, 9.0)], 5.0
    )


def test_intrinsic_width_of_shares_suits_the_neediest() -> None:
    """Shares divide evenly, so the content that needs most of its share sets them all: at this width all fit."""
    tracks, contents = [FlexTrack(1.0), FlexTrack(2.0)], [Widths(20.0, 50.0), Widths(10.0, 20.0)]
    widths = intrinsic_width(tracks, contents, 6.0)
    assert Widths(66.0, 156.0) == widths
    assert [20.0, 40.0] == resolve_tracks(tracks, lambda: contents, 6.0, widths.least)
    assert [50.0, 100.0] == resolve_tracks(tracks, lambda: contents, 6.0, widths.most)


def test_positions_step_over_gaps() -> None:
    """Each track begins where the one before ends, and a gap further."""
    assert [7.0, 22.0, 47.0] == positions([10.0, 20.0, 30.0], 5.0, 7.0)


def test_content_is_not_asked_where_no_track_is_as_wide() -> None:
    """Fixed tracks and shares are as wide whatever stands in them; automatic ones have to ask."""
    asked: list[str] = []

    def contents() -> list[Widths]:
        asked.append("asked")
        return [CONTENT, EMPTY]

    resolve_tracks([FixedTrack(10.0), FlexTrack()], contents, 0.0, 80.0)
    assert not asked
    resolve_tracks([AutoTrack(), FlexTrack()], contents, 0.0, 80.0)
    assert asked
