"""Many cards at once: only what changed, in several processes where that pays, nothing lost on the way.

What is imported here is light. The engine is loaded when there is a card to make: a run that finds nothing changed
only hashes files.
"""

from cardprint.bulk.events import CardEvent, Event, Started, Status, Summary, Tightened, Waiting
from cardprint.bulk.order import Order, Variant
from cardprint.bulk.run import render_bulk

__all__ = [
    "CardEvent",
    "Event",
    "Order",
    "Started",
    "Status",
    "Summary",
    "Tightened",
    "Variant",
    "Waiting",
    "render_bulk",
]
