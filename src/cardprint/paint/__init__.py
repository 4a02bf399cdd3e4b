"""Paint: finished page frames to PDF. The only stage that knows ReportLab."""

from cardprint.paint.document import paint_pdf
from cardprint.paint.errors import FrameError
from cardprint.paint.font_file import dump_font, parse_font
from cardprint.paint.fonts import EmbeddedFont, FontMemory, FontSource, embed_font
from cardprint.paint.tounicode import GlyphTexts

__all__ = [
    "EmbeddedFont",
    "FontMemory",
    "FontSource",
    "FrameError",
    "GlyphTexts",
    "dump_font",
    "embed_font",
    "paint_pdf",
    "parse_font",
]
