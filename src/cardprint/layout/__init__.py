"""Content to frames: measure, fit, place. Nothing here reads a file, a clock or a YAML key."""

from cardprint.layout.debug import with_skeleton
from cardprint.layout.explain import Explained, explain_page
from cardprint.layout.page import fit, fit_pages, last_rung, lay_out, lay_out_pages, oversets_on

__all__ = [
    "Explained",
    "explain_page",
    "fit",
    "fit_pages",
    "last_rung",
    "lay_out",
    "lay_out_pages",
    "oversets_on",
    "with_skeleton",
]
