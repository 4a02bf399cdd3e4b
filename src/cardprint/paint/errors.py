"""What paint refuses: frames that break the contract between layout and paint."""

from __future__ import annotations

from cardprint.model.diagnostics import Span


class FrameError(ValueError):
    """A page frame that cannot become a tagged PDF: a fault of the program, never of a user's file."""

    def __init__(self, message: str, span: Span) -> None:
        place = str(span)
        super().__init__(f"{place}: {message}" if place else message)
