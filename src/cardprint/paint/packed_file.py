"""The file with its objects packed: object streams and a cross-reference stream (ISO 32000-1 §7.5.7 and §7.5.8).

A book has a hundred structure elements to a page; packed they take a fifth of their room. A card stays plain, which is
faster to write and to read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from cardprint.paint.card_document import CardDocument, IndirectObject
from cardprint.paint.syntax import deflated_stream, reference

_HEADER: Final = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n"
_TOGETHER: Final = 200
"""Objects in one stream: a reader that wants one unpacks them all."""

_LEVEL: Final = 9
_IN_FILE, _IN_STREAM = 1, 2
_ENTRY_LENGTHS: Final = (1, 4, 2)
_END_OF_STREAM: Final = b"endstream"


def packed_file(
    document: CardDocument, catalog: IndirectObject, info: IndirectObject, version: tuple[int, int]
) -> bytes:
    """The whole file of a document's objects, of PDF `version`. Its identifier is a hash of all."""
    bodies = {obj.number: obj.format(document) for obj in document.objects}
    identifier = hashlib.sha256(b"".join(bodies.values())).hexdigest()[:32].upper()
    small = [number for number, body in bodies.items() if not body.endswith(_END_OF_STREAM)]
    entries = {0: (0, 0, 65535)}
    parts = [_HEADER % version]
    at = len(parts[0])
    for number, body in _in_file(bodies, small, entries):
        entries[number] = (_IN_FILE, at, 0)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        at += len(parts[-1])
    table = len(entries)
    entries[table] = (_IN_FILE, at, 0)
    rows = b"".join([_row(entries[number]) for number in range(len(entries))])
    trailer = (
        f"/Type/XRef/Size {len(entries)}/W[{' '.join(map(str, _ENTRY_LENGTHS))}]/Root {reference(catalog.number)}"
        f"/Info {reference(info.number)}/ID[<{identifier}><{identifier}>]"
    )
    parts.append(b"%d 0 obj\n%b\nendobj\n" % (table, deflated_stream(trailer, rows, _LEVEL)))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)


def _in_file(
    bodies: dict[int, bytes], small: Sequence[int], entries: dict[int, tuple[int, int, int]]
) -> Iterator[tuple[int, bytes]]:
    """The objects that stand in the file themselves: streams as they are, and the others packed into streams, for which
    `entries` learns where each is."""
    packed = set(small)
    yield from ((number, body) for number, body in bodies.items() if number not in packed)
    following = max(bodies) + 1
    for start in range(0, len(small), _TOGETHER):
        numbers = small[start : start + _TOGETHER]
        offsets, at = [], 0
        for index, number in enumerate(numbers):
            entries[number] = (_IN_STREAM, following, index)
            offsets.append(f"{number} {at}")
            at += len(bodies[number]) + 1
        head = " ".join(offsets).encode("ascii") + b"\n"
        data = head + b"".join([bodies[number] + b"\n" for number in numbers])
        yield following, deflated_stream(f"/Type/ObjStm/N {len(numbers)}/First {len(head)}", data, _LEVEL)
        following += 1


def _row(entry: tuple[int, int, int]) -> bytes:
    return b"".join([value.to_bytes(length, "big") for value, length in zip(entry, _ENTRY_LENGTHS, strict=True)])
