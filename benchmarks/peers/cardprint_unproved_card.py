"""cardprint without its proof, which is for benchmarks only."""

from benchmarks.peers.cardprint_card import Engine as ProvedEngine


class Engine(ProvedEngine):
    """The same cards, not read back."""

    proof = False
