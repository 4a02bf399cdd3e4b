"""How everything made from sample data is marked: by the engine, whatever a layout or a text of the data says."""

from __future__ import annotations

from typing import Final

from cardprint.compose.filling import Environment
from cardprint.compose.marks_face import MARKS_FACE
from cardprint.model.colour import Swatch
from cardprint.model.content import Run, SampleMarks, Stroke
from cardprint.model.scope import FlagValue, RecordValue
from cardprint.model.typography import Align, TextStyle

_WORDS: Final = "SAMPLE DATA"
_WORD: Final = "SAMPLE"
_LANGUAGE: Final = "en"
_FILE_NAME: Final = "sample-"

_BLACK = Swatch("sample-words", (20, 20, 20), (0.0, 0.0, 0.0, 100.0))
_YELLOW = Swatch("sample-band", (255, 214, 10), (0.0, 14.0, 96.0, 0.0))
_PALE = Swatch("sample-outline", (222, 226, 232), (0.0, 0.0, 0.0, 13.0))

_BAND_STYLE = TextStyle("sample-band", MARKS_FACE, 9.0, 11.0, _BLACK, tracking=0.07, align=Align.CENTER)
_WORD_STYLE = TextStyle("sample-word", MARKS_FACE, 200.0, 200.0, _PALE)


def is_sample(environment: Environment) -> bool:
    """Whether the edition in scope is marked as a sample."""
    match environment["edition"]:
        case RecordValue(fields={"sample": FlagValue(flag=True)}):
            return True
    return False


def sample_marks(language: str) -> SampleMarks:
    """The marks of a page in `language`, which are in English whatever it is."""
    foreign = None if language.partition("-")[0] == _LANGUAGE else _LANGUAGE
    return SampleMarks(
        words=Run(_WORDS, _BAND_STYLE, language=foreign),
        ground=_YELLOW,
        word=Run(_WORD, _WORD_STYLE),
        outline=Stroke(1.25, _PALE),
    )


def sample_title(title: str) -> str:
    """The title of a sample's document."""
    return f"{_WORDS}: {title}"


def sample_file_name(name: str) -> str:
    """The name of a sample's file."""
    return name if name.casefold().startswith(_FILE_NAME) else f"{_FILE_NAME}{name}"
