"""The values that the stages hand to one another: immutable, typed, with no behaviour beyond arithmetic."""
