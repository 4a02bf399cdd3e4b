"""What a card must say, told by the data alone: no layout, no frame, no PDF had a part in it.

`verify` looks for it in the text of a finished file. How much of it the layout shows is told fact by fact, so that a
layout may leave things out; what it shows must be right.
"""

from __future__ import annotations

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span


class Fact(Struct, frozen=True):
    """One thing that the card says.

    `kind` names the same fact of every subject ("score"), `what` this one for people ("the score of issue 2"), `text`
    is how it is written. A `figure` is a number or a letter grade: it is found as a word of its own and compared by
    value. `shown` says that the layout prints it, `spoken` that the layout has it read aloud."""

    kind: str
    what: str
    text: str
    figure: bool = False
    shown: bool = True
    spoken: bool = True
    span: Span = NOWHERE


class Subject(Struct, frozen=True):
    """Something that the card grades: an issue, a row of extra credit. `name` is how the card calls it; what is said of
    it stands in its table row, or else between its name and the next one's. Subjects of one `group` are told alike."""

    group: str
    what: str
    name: Fact
    facts: tuple[Fact, ...]


class PromisedAddress(Struct, frozen=True):
    """An address that the card leads to, and the words that are the link, empty where whole columns of any words are;
    `required`: the layout shows it."""

    address: str
    text: str = ""
    required: bool = True
    span: Span = NOWHERE


class Promise(Struct, frozen=True):
    """Everything that one card must say.

    `subjects` stand in reading order; `facts` are said of the whole card, anywhere outside of the subjects' rows.
    `letters` are those of the grade scale; a lone one that was not promised is a wrong grade, as a number is a wrong
    score. `furniture` are other words that the layout prints: figures in them are no facts. `edition` and `data_sha256`
    are what the file must say it was made from; empty: not compared."""

    title: str
    language: str
    subjects: tuple[Subject, ...]
    facts: tuple[Fact, ...]
    addresses: tuple[PromisedAddress, ...]
    letters: tuple[str, ...]
    furniture: tuple[str, ...] = ()
    edition: str = ""
    data_sha256: str = ""
