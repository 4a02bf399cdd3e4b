"""Typst without tags and standards."""

from benchmarks.peers.typst_card import Engine as TaggedEngine


class Engine(TaggedEngine):
    """The same cards as plain PDFs."""

    standards = ()
    tags = False
