"""What a page's content is found to hold: texts, content ids, and what ought not to be there."""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec import Struct, field

from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.painting import PlacedPicture, Shape

_MOST_PROBLEMS: Final = 100


class Problem(NamedTuple):
    """Something in a file that ought not to be: a rule's name and what was found."""

    rule: str
    message: str


class PageContent(Struct):
    """What reading a page's content gave: text in painting order, the content ids met, problems; likewise `shapes` and
    `pictures`, where they were asked for. `unmarked_paint` counts what is painted outside of tags and artifacts."""

    fragments: list[Fragment] = field(default_factory=list)
    mcids: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unmarked_paint: int = 0
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)

    def tell(self, rule: str, message: str) -> None:
        """Add a problem, unless there are more than anybody reads."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(rule, message))
