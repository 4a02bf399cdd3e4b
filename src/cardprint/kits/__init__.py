"""Press kits: everything that a newsroom wants of an edition in one archive, made in one run."""

from cardprint.kits.order import KitOrder
from cardprint.kits.run import MadeKits, make_kits

__all__ = ["KitOrder", "MadeKits", "make_kits"]
