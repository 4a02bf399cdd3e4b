"""cardprint without its proof, for benchmarks only: `python -m benchmarks.peers.unproved render …` is the command.

There is no such switch in cardprint itself: what was not read back is not delivered.
"""

from __future__ import annotations


def leave_out_the_proof() -> None:
    """From now on cards of this process, and of those that it forks, count as proved when they are painted."""
    import cardprint.pipeline

    cardprint.pipeline.prove_card = lambda *_, **__: ()


if __name__ == "__main__":
    leave_out_the_proof()
    from cardprint.cli import main

    main()
