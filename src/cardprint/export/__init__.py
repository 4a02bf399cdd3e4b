"""Export: finished cards in other forms than PDF."""

from cardprint.export.raster import rasterize

__all__ = ["rasterize"]
