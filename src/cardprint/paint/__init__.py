"""Paint: finished page frames to PDF. The only stage that knows ReportLab."""

from cardprint.paint.document import paint_pdf
from cardprint.paint.errors import FrameError
from cardprint.paint.fonts import EmbeddedFont, FontMemory, FontSource

__all__ = ["EmbeddedFont", "FontMemory", "FontSource", "FrameError", "paint_pdf"]
