"""How all that is made from sample data, or under embargo, is marked: by the engine, whatever layout or data say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from cardprint.compose.filling import Environment
from cardprint.compose.marks_face import MARKS_FACE
from cardprint.model.colour import Swatch
from cardprint.model.content import Run, SampleMarks, Stroke
from cardprint.model.scope import FlagValue, RecordValue
from cardprint.model.typography import Align, TextStyle

if TYPE_CHECKING:
    from cardprint.model.embargo import Embargo

_WORDS: Final = "SAMPLE DATA"
_WORD: Final = "SAMPLE"
_EMBARGO_WORD: Final = "EMBARGO"
_LANGUAGE: Final = "en"
_FILE_NAME: Final = "sample-"

_BLACK = Swatch("sample-words", (20, 20, 20), (0.0, 0.0, 0.0, 100.0))
_YELLOW = Swatch("sample-band", (255, 214, 10), (0.0, 14.0, 96.0, 0.0))
_RED = Swatch("embargo-band", (255, 138, 128), (0.0, 57.0, 40.0, 0.0))
"""Light enough for what layouts put into the margin in ink, such as the numbers of pages."""

_PALE = Swatch("sample-outline", (222, 226, 232), (0.0, 0.0, 0.0, 13.0))

_EMBARGO_SIZE: Final = 11.0
_BAND_STYLE = TextStyle("sample-band", MARKS_FACE, 9.0, 11.0, _BLACK, tracking=0.07, align=Align.CENTER)
_WORD_STYLE = TextStyle("sample-word", MARKS_FACE, 200.0, 200.0, _PALE)


def is_sample(environment: Environment) -> bool:
    """Whether the edition in scope is marked as a sample."""
    match environment["edition"]:
        case RecordValue(fields={"sample": FlagValue(flag=True)}):
            return True
    return False


def page_marks(language: str, *, sample: bool, embargo: Embargo | None) -> SampleMarks | None:
    """The marks of a page in `language`, which are in English whatever it is; None for one that needs none.

    A sample under embargo says both, in the colours of a sample."""
    if not sample and embargo is None:
        return None
    foreign = None if language.partition("-")[0] == _LANGUAGE else _LANGUAGE
    words = " · ".join([*([_WORDS] if sample else []), *([embargo.words] if embargo is not None else [])])
    style = _BAND_STYLE if embargo is None else replace(_BAND_STYLE, size=_EMBARGO_SIZE)
    return SampleMarks(
        words=Run(words, style, language=foreign),
        ground=_YELLOW if sample else _RED,
        word=Run(_WORD if sample else _EMBARGO_WORD, _WORD_STYLE),
        outline=Stroke(1.25, _PALE),
    )


def sample_title(title: str) -> str:
    """The title of a sample's document."""
    return f"{_WORDS}: {title}"


def sample_file_name(name: str) -> str:
    """The name of a sample's file."""
    return name if name.casefold().startswith(_FILE_NAME) else f"{_FILE_NAME}{name}"
