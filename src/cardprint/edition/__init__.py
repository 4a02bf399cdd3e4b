"""An edition opened: what was asked for, its project, and what all of its cards share."""
