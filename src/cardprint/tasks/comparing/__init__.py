"""Two editions, or an edition and finished cards, compared: what changes, and a proof of it to be signed."""

from cardprint.tasks.comparing.compare import Comparison, compare
from cardprint.tasks.comparing.proof import make_proof

__all__ = ["Comparison", "compare", "make_proof"]
