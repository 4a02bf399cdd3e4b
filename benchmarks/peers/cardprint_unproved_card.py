"""cardprint without its proof."""

from benchmarks.peers.cardprint_card import Engine as ProvedEngine
from benchmarks.peers.unproved import leave_out_the_proof


class Engine(ProvedEngine):
    """The same cards, not read back."""

    def __init__(self) -> None:
        leave_out_the_proof()
