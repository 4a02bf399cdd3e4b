"""Nodes to typed values: every problem of a file at once, each with its place and its remedy."""

from __future__ import annotations

from cardprint.validate.fonts import FontEntry, validate_fonts
from cardprint.validate.framework import framework_for_results, validate_framework
from cardprint.validate.jurisdictions import JurisdictionReader, validate_jurisdictions
from cardprint.validate.layout import validate_layout
from cardprint.validate.lengths import points_in
from cardprint.validate.schema import KINDS, json_schema, schema_text
from cardprint.validate.state import check_state_form, validate_state

__all__ = [
    "KINDS",
    "FontEntry",
    "JurisdictionReader",
    "check_state_form",
    "framework_for_results",
    "json_schema",
    "points_in",
    "schema_text",
    "validate_fonts",
    "validate_framework",
    "validate_jurisdictions",
    "validate_layout",
    "validate_state",
]
