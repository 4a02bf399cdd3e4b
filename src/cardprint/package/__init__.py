"""Bundles: archives that are the same every time, lists of what is in them, and words about the pictures."""
