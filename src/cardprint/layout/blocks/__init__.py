"""One module for each kind of block: intrinsic, measure, place."""
