"""The addresses that the data promise: links lead to them, or they stand on the page to be read.

`same_files`: the card was made in the layout that the promise counts on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding
from cardprint.model.promise import Promise
from cardprint.verify.reading.passages import Passage
from cardprint.verify.rules.links import TaggedLink, same_address
from cardprint.verify.rules.sections import PASSAGE, folded


def verify_addresses(promise: Promise, links: Sequence[TaggedLink], *, same_files: bool) -> Iterator[Finding]:
    """Links lead to promised addresses only, under the promised words, and to every one that the layout shows."""
    for link in links:
        meant = [promised for promised in promise.addresses if folded(promised.text) == folded(link.text)]
        for page, annotation in link.annotations:
            address = annotation.address or ""
            if any(same_address(promised.address, address) for promised in meant):
                continue
            rect = annotation.areas[0] if annotation.areas else None
            if meant:
                message = f"The link “{link.text}” leads to {address}; the data say {meant[0].address}."
                yield Finding("link-address", message, page, rect, meant[0].span)
            elif not any(same_address(promised.address, address) for promised in promise.addresses):
                message = f"The link “{link.text}” leads to {address}, an address that the data do not have."
                yield Finding("link-address", message, page, rect)
    led_to = [annotation.address or "" for link in links for _, annotation in link.annotations]
    for promised in promise.addresses:
        if promised.required and not any(same_address(promised.address, address) for address in led_to):
            severity = Severity.ERROR if same_files or led_to else Severity.WARNING
            yield Finding(
                "link-missing", f"No link leads to {promised.address}.", span=promised.span, severity=severity
            )


def verify_printed_addresses(promise: Promise, passages: Sequence[Passage], *, same_files: bool) -> Iterator[Finding]:
    """The words that would be links stand on the page."""
    words = PASSAGE.join(folded(passage.drawn) for passage in passages)
    severity = Severity.ERROR if same_files else Severity.WARNING
    for promised in promise.addresses:
        if promised.required and folded(promised.text) not in words:
            message = f"“{promised.text}” stands nowhere on the page."
            yield Finding("address-missing", message, span=promised.span, severity=severity)
