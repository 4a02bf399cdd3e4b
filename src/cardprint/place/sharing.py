"""What cards of an edition have in common, put into a document once: their fonts, their colour profile."""

from __future__ import annotations

from pypdf.generic import IndirectObject

from cardprint.model.art import ArtObject, CardArt
from cardprint.place.host import Host


class SharedObjects:
    """The objects of art that a document holds already, by their bodies."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._known: dict[ArtObject, IndirectObject] = {}

    def add(self, art: CardArt) -> IndirectObject:
        """Put the art into the document, and return its form. Only what is not there yet is added."""
        placed: dict[int, IndirectObject] = {}
        waiting = list(range(len(art.objects)))
        while waiting:
            ready = [at for at in waiting if all(part in placed for part in art.objects[at] if isinstance(part, int))]
            for at in ready:
                placed[at] = self._placed(_resolved(art.objects[at], placed))
            waiting = [at for at in waiting if at not in placed]
            if not ready:  # what is left refers to itself in a circle, and is this card's own
                placed.update(zip(waiting, self._host.reserve(len(waiting)), strict=True))
                for at in waiting:
                    self._host.fill(placed[at], b"".join(_bytes(_resolved(art.objects[at], placed))))
                break
        return placed[0]

    def _placed(self, body: ArtObject) -> IndirectObject:
        if body not in self._known:
            self._known[body] = self._host.add(b"".join(_bytes(body)))
        return self._known[body]


def _resolved(body: ArtObject, placed: dict[int, IndirectObject]) -> ArtObject:
    """A body whose references are object numbers of the document."""
    return tuple(placed[part].idnum if isinstance(part, int) else part for part in body)


def _bytes(body: ArtObject) -> list[bytes]:
    return [b"%d 0 R" % part if isinstance(part, int) else part for part in body]
