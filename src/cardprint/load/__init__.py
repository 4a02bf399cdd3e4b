"""Load: bytes to nodes, icons, fonts and pictures, each with its place. Knows no file system, only `Source`."""

from __future__ import annotations

from cardprint.load.font import load_font
from cardprint.load.icon import parse_icon
from cardprint.load.merge import merge_nodes
from cardprint.load.picture import load_picture
from cardprint.load.yaml_nodes import parse_yaml

__all__ = ["load_font", "load_picture", "merge_nodes", "parse_icon", "parse_yaml"]
