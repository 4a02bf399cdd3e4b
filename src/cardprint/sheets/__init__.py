"""Spreadsheets of an edition: written from its files, and read back into them field by field."""

from cardprint.sheets.exchange import (
    Edition,
    edition_workbook,
    open_edition,
    plan_import,
    write_export,
    write_import,
)
from cardprint.sheets.importing import ImportPlan
from cardprint.sheets.state_import import Change

__all__ = [
    "Change",
    "Edition",
    "ImportPlan",
    "edition_workbook",
    "open_edition",
    "plan_import",
    "write_export",
    "write_import",
]
