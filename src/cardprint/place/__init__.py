"""Place: a finished card on the page of another PDF, which stays as it is otherwise. pypdf reads it."""

from cardprint.place.art import read_art
from cardprint.place.errors import PlaceError
from cardprint.place.placing import Placement, place_all_in_file, place_in_file, place_on_page
from cardprint.place.sheet import fitted

__all__ = ["PlaceError", "Placement", "fitted", "place_all_in_file", "place_in_file", "place_on_page", "read_art"]
