"""What templates can name on the pages of a book and on a fact sheet."""

from __future__ import annotations

from typing import Final

from cardprint.model.fact_sheet import FACT_NAMES
from cardprint.model.scope import EDITION_SCOPE, Kind, ListShape, RecordShape

PART: Final = RecordShape({"title": Kind.TEXT, "target": Kind.TEXT, "page": Kind.TEXT})
"""A part of a book: `target` is the name of its page, for links, and `page` what the page is called."""

ENTRY: Final = RecordShape(
    {**PART.fields, "postal": Kind.TEXT, "ap": Kind.TEXT, "grade": Kind.TEXT, "score": Kind.NUMBER}
)
"""A card of a book, likewise, with the overall result that it shows."""

BOOK_SCOPE: Final = RecordShape(
    {
        **EDITION_SCOPE.fields,
        "page": RecordShape({"label": Kind.TEXT, "continued": Kind.FLAG}),
        "parts": ListShape(PART),
        "entries": ListShape(ENTRY),
        "halves": ListShape(RecordShape({"entries": ListShape(ENTRY)})),
        "left_out": Kind.TEXT,
    }
)
"""What a layout may name that draws pages of a book: its cover, its contents, what stands at the foot of every page.

`page` is the page that is drawn; `continued` says that it is not the first of its kind. `parts` stand before the cards;
`entries` are the cards that this page of the contents lists, and `halves` the same in two columns. `left_out` names
the states of which there is no card."""

FACT: Final = RecordShape(
    {
        "heading": Kind.TEXT,
        "sentences": Kind.TEXT,
        "label_head": Kind.TEXT,
        "text_head": Kind.TEXT,
        "value_head": Kind.TEXT,
        "rows": ListShape(RecordShape({"label": Kind.TEXT, "text": Kind.TEXT, "value": Kind.TEXT})),
        "note": Kind.TEXT,
    }
)
"""A fact: sentences that tell it, the list behind them with the heads of its columns, and what must be known of it."""

FACTS_SCOPE: Final = RecordShape(
    {
        "edition": EDITION_SCOPE.fields["edition"],
        "publisher": EDITION_SCOPE.fields["publisher"],
        "foot": EDITION_SCOPE.fields["foot"],
        "against": Kind.TEXT,
        "facts": ListShape(FACT),
        "notes": Kind.TEXT,
        **dict.fromkeys(FACT_NAMES, ListShape(FACT)),
    }
)
"""What a layout may name that draws the fact sheet of an edition.

`facts` are all that the data give, in order; each is there by its name, too, in a list that is empty where it is not
given. `against` is the title of the earlier edition, if there is one to compare; `notes` say what was counted."""
