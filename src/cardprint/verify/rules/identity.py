"""What a file says it was made from is what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding
from cardprint.model.promise import Promise
from cardprint.verify.reading.metadata import CARD, Metadata


def identity_agrees(promise: Promise, metadata: Metadata) -> bool:
    """Whether the file says that it was made from the very files that the promise comes from."""
    return not promise.data_sha256 or metadata.xmp.get(f"{CARD}dataSHA256", "") == promise.data_sha256


def verify_identity(promise: Promise, metadata: Metadata) -> Iterator[Finding]:
    """What the file says it was made from is what it is compared with."""
    edition = metadata.xmp.get(f"{CARD}edition", "")
    if promise.edition and edition != promise.edition:
        said = f"edition {edition}" if edition else "no edition"
        yield Finding("other-edition", f"The card names {said}; the data are those of edition {promise.edition}.")
    if not identity_agrees(promise, metadata):
        made = metadata.xmp.get(f"{CARD}dataSHA256", "")[:12]
        message = (
            "The card was made from other files than these: data, layout or fonts have changed since "
            f"(its hash is {made or 'not told'}, theirs {promise.data_sha256[:12]})."
        )
        yield Finding("other-data", message, severity=Severity.WARNING)
