"""What a file says it was made from is what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding, failed
from cardprint.model.promise import Promise
from cardprint.verify.reading.metadata import CARD, Metadata
from cardprint.verify.reading.passages import Passage
from cardprint.verify.rules.links import TaggedLink
from cardprint.verify.rules.promise import verify_promise

_ITS_OWN_DATA = "Name the folder of the data that it was made from with --data DIR"


def files_agree(promise: Promise, metadata: Metadata) -> bool:
    """Whether the file says that it was made from the very files that the promise comes from."""
    return not promise.data_sha256 or metadata.xmp.get(f"{CARD}dataSHA256", "") == promise.data_sha256


def verify_edition(promise: Promise, metadata: Metadata) -> Iterator[Finding]:
    """The file is of the edition that it is compared with."""
    edition = metadata.xmp.get(f"{CARD}edition", "")
    if promise.edition and edition != promise.edition:
        said = f"edition {edition}" if edition else "no edition"
        message = f"The card names {said}; the data are those of edition {promise.edition}."
        yield Finding("other-edition", message, hint=f"{_ITS_OWN_DATA}.")


def verify_of_other_files(promise: Promise, passages: Sequence[Passage], links: Sequence[TaggedLink] | None) -> Finding:
    """The one thing that is to be said of a card that was made from other files: whether it still says what these say.

    Where it does not, each difference would be one of the data, and no fault of the card."""
    differences = tuple(verify_promise(promise, passages, links, same_files=False))
    if not failed(differences):
        message = "Data, layout or fonts have changed since the card was made from them; it still says what they say."
        return Finding("other-data", message, severity=Severity.WARNING, hint="Render it anew to be sure of its looks.")
    wrong = [difference for difference in differences if difference.severity is Severity.ERROR]
    telling = next((difference for difference in wrong if difference.rule == "fact-wrong"), wrong[0])
    count = f"{len(wrong)} statements differ, for one:" if len(wrong) > 1 else "One statement differs:"
    message = f"The card was made from other data than these. {count} {telling.message}"
    hint = f"{_ITS_OWN_DATA}; if these are its data and have changed since, render it anew."
    return Finding("other-data", message, span=telling.span, hint=hint)
