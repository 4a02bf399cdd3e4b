"""Reading: the bytes of a finished PDF to text, tags, links and paint, by a reader that shares nothing with paint.

Files come from anywhere. Whatever they hold, reading ends: sizes, depths and counts are bounded, and what cannot be
read is a `DamagedFileError` or a problem in the result, never another exception.
"""
