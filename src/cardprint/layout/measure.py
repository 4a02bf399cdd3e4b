"""The words of the block protocol: what a block is asked, and what it answers.

Each kind of block is a module with three functions:

- `intrinsic(block, engine)` → the least and the most width that its content can use;
- `measure(block, width, engine)` → the size that it takes at a width, its first baseline, what is overset;
- `place(block, region, engine)` → its group inside a region.

They are repeatable, honest (what measured without overset is placed inside its region), monotone (what fits, fits in
anything larger) and change nothing. Blocks ask about their children through the `Engine`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from msgspec import Struct

from cardprint.layout.copyfit import Setting
from cardprint.model.content import Block, PageGeometry
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.frame import Group
from cardprint.model.geometry import Matrix, Rect, Size
from cardprint.model.typography import FontBook

B = TypeVar("B", bound=Block)
T = TypeVar("T")


class Widths(Struct, frozen=True):
    """A block's intrinsic widths in points: below `least` it is overset, beyond `most` it gains nothing."""

    least: float
    most: float


class Overset(Struct, frozen=True):
    """What does not fit: by how many points, a clause that says why, and the remedy.

    `subject` names the text or block for people; `span` is the line that its words come from."""

    excess: float
    subject: str
    reason: str
    hint: str
    span: Span = NOWHERE


class Measured(Struct, frozen=True):
    """The size that a block takes, its first baseline below its top (None without text), what is overset in it."""

    size: Size
    baseline: float | None = None
    overset: tuple[Overset, ...] = ()


class Engine(Protocol):
    """What a block may ask while it is measured and placed."""

    @property
    def page(self) -> PageGeometry: ...

    @property
    def ground(self) -> Rect:
        """As far as what bleeds off the page is painted."""
        ...

    @property
    def fonts(self) -> FontBook: ...

    @property
    def setting(self) -> Setting: ...

    def intrinsic(self, block: Block) -> Widths:
        """The block's intrinsic widths."""
        ...

    def measure(self, block: Block, width: float) -> Measured:
        """The block's natural size at a width."""
        ...

    def place(self, block: Block, region: Rect) -> Group:
        """The block placed in a region."""
        ...

    def once(self, make: Callable[[B, float, Engine], T], block: B, width: float) -> T:
        """What `make` gives for a block and a width, made once for the page."""
        ...

    def turned(self, matrix: Matrix) -> Engine:
        """The engine for what stands in a group that `matrix` turns: its ground is the page's as seen from there."""
        ...
