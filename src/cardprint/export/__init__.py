"""Export: cards in other forms than PDF.

Pictures come from the finished PDF, drawings from frames, web pages from content. Each is imported from its own module
where it is needed: none of them is for most commands.
"""

from cardprint.export.raster import rasterize, rasterize_pages

__all__ = ["rasterize", "rasterize_pages"]
