"""A PDF file as a store of objects: what every reader of the syntax gives to whoever asks what the objects mean."""

from __future__ import annotations

import zlib
from typing import Final

from cardprint.verify.reading.syntax import text_of
from cardprint.verify.reading.values import MOST_BYTES, Array, DamagedFileError, Dict, Name, Ref, Stream, Value

_NUMBERS: Final = (int, float)
_LONGEST_CHAIN: Final = 16
_NO_DICT: Final[Dict] = {}
_FLATE: Final = frozenset({"FlateDecode", "Fl"})


class PdfFile:
    """Objects by number, and forgiving getters: what is missing or of the wrong kind reads as nothing."""

    trailer: Dict

    def __init__(self) -> None:
        self._loaded: dict[int, Value] = {}
        self._packed: dict[int, bytes] = {}
        self._budget = MOST_BYTES

    def load(self, number: int) -> Value:
        """The indirect object of that number, None if the file has none. Raises `DamagedFileError`."""
        raise NotImplementedError

    def source(self, number: int) -> bytes | None:
        """How the file spells the object of that number, where it is at hand: in an object stream."""
        return self._packed.get(number)

    def resolve(self, value: Value) -> Value:
        """The value itself, or the object that it refers to. Each object is read once."""
        if type(value) is not Ref:
            return value
        number = value.number
        if number not in self._loaded:
            self._loaded[number] = self.load(number)
        found = self._loaded[number]
        return found if type(found) is not Ref else self._follow(found)

    def _follow(self, value: Ref) -> Value:
        """What a reference to a reference leads to in the end."""
        found: Value = value
        for _ in range(_LONGEST_CHAIN):
            if type(found) is not Ref:
                return found
            found = self._loaded.setdefault(found.number, self.load(found.number))
        raise DamagedFileError("references lead in a circle")

    def dict(self, value: Value) -> Dict:
        """A dictionary, also that of a stream."""
        if type(value) is Ref:
            value = self.resolve(value)
        if type(value) is dict:
            return value
        return value.entries if isinstance(value, Stream) else _NO_DICT

    def array(self, value: Value) -> Array:
        if type(value) is Ref:
            value = self.resolve(value)
        return value if isinstance(value, list) else []

    def stream(self, value: Value) -> Stream | None:
        value = self.resolve(value)
        return value if isinstance(value, Stream) else None

    def name(self, value: Value) -> str:
        if type(value) is Ref:
            value = self.resolve(value)
        return value if isinstance(value, Name) else ""

    def text(self, value: Value) -> str | None:
        """A text string as text, None where there is none."""
        if value is None:
            return None
        value = self.resolve(value)
        return text_of(value) if isinstance(value, bytes) else None

    def number(self, value: Value) -> float | None:
        value = self.resolve(value)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def integer(self, value: Value) -> int | None:
        value = self.resolve(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def numbers(self, value: Value) -> list[float]:
        """The numbers of an array; empty if it holds anything else."""
        items = self.array(value)
        if all(type(item) in _NUMBERS for item in items):
            return items  # type: ignore[return-value] # all of them are numbers
        numbers = [self.number(item) for item in items]
        return [] if None in numbers else numbers  # type: ignore[return-value] # None is ruled out

    def box(self, value: Value) -> tuple[float, float, float, float] | None:
        """A rectangle as left, bottom, right, top (§7.9.5)."""
        numbers = self.numbers(value)
        if len(numbers) != 4:
            return None
        left, right = sorted(numbers[::2])
        bottom, top = sorted(numbers[1::2])
        return left, bottom, right, top

    def data(self, stream: Stream) -> bytes:
        """The data of a stream in the clear. Raises `DamagedFileError`, also for streams that unfold without end."""
        filters = self.resolve(stream.entries.get("Filter"))
        if isinstance(filters, list) and len(filters) == 1:
            filters = self.resolve(filters[0])
        if filters is None or filters == []:
            data = stream.raw
        elif isinstance(filters, Name) and filters in _FLATE and not self.dict(stream.entries.get("DecodeParms")):
            data = inflate(stream.raw, self._budget)
        else:
            from cardprint.verify.reading.filters import unfilter

            data = unfilter(self, stream)
        self._budget -= len(data)
        if self._budget <= 0:
            raise DamagedFileError("the streams unfold to more than a reader can bear")
        return data


def inflate(raw: bytes, most: int) -> bytes:
    """Deflated data in the clear. Raises `DamagedFileError` if there are more than `most` bytes, or if it is broken."""
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(raw, max(most, 1))
    except zlib.error as error:
        raise DamagedFileError(f"a stream cannot be inflated ({error})") from None
    if machine.unconsumed_tail:
        raise DamagedFileError("a stream unfolds to more than a reader can bear")
    if not machine.eof:
        raise DamagedFileError("a deflated stream is cut off")
    return data
