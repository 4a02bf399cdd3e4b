"""Jurisdictions by slug, many of them in little room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cardprint.model.dataset import Jurisdiction
from cardprint.model.diagnostics import Span

_SEPARATOR = "\0"  # which no file can hold


class Places(Mapping[str, Jurisdiction]):
    """Jurisdictions by slug, in the order in which they were added. Each is made when it is asked for, so that twenty
    thousand take a few megabytes; two that were asked for by the same slug are equal, and not the same object."""

    def __init__(self) -> None:
        self._packed: dict[str, str] = {}
        self._file = ""

    def add(self, place: Jurisdiction) -> None:
        """Add a jurisdiction. All of them stand in the same file."""
        self._file = place.span.file
        span = (place.span.line, place.span.column, place.span.end_line, place.span.end_column)
        self._packed[place.slug] = _SEPARATOR.join(
            (
                place.name,
                place.postal,
                place.address,
                "" if place.ap == place.name else place.ap,
                place.article or "",
                " ".join(map(str, (*span, *(place.tile or ())))),
            )
        )

    def __getitem__(self, slug: str) -> Jurisdiction:
        name, postal, address, ap, article, numbers = self._packed[slug].split(_SEPARATOR)
        line, column, end_line, end_column, *tile = map(int, numbers.split())
        return Jurisdiction(
            name=name,
            slug=slug,
            postal=postal,
            address=address,
            ap=ap or name,
            tile=(tile[0], tile[1]) if tile else None,
            span=Span(self._file, line, column, end_line, end_column),
            article=article or None,
        )

    def __contains__(self, slug: object) -> bool:
        return slug in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
