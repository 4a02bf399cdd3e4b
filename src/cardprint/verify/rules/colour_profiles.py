"""The output intent: a profile whose header says what its stream says, and colours that it covers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from cardprint.model.finding import Finding
from cardprint.model.press import Press
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.values import DamagedFileError, Dict

_COMPONENTS: Final = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}


def verify_output_intent(document: Document, press: Press | None = None) -> Iterator[Finding]:
    """Judge the profile that gives the file's colours their meaning; for a `press` it must be that of its condition."""
    file = document.file
    intents = [file.dict(value) for value in file.array(document.catalog.get("OutputIntents"))]
    if not any(file.name(intent.get("S")) == "GTS_PDFA1" for intent in intents):
        yield Finding("output-intent-missing", "The file does not say what its colours mean (OutputIntents).")
    if press is not None:
        yield from _verify_condition(document, intents, press)
    for intent in intents:
        try:
            profile = file.stream(intent.get("DestOutputProfile"))
            data = b"" if profile is None else file.data(profile)
        except DamagedFileError as error:
            yield Finding("icc-damaged", f"The colour profile cannot be read: {error}.")
            continue
        if profile is None or len(data) < 128 or data[36:40] != b"acsp":
            yield Finding("icc-damaged", "The output intent has no colour profile.")
            continue
        components, expected = file.integer(profile.entries.get("N")), _COMPONENTS.get(data[16:20])
        if components != expected:
            message = f"The colour profile is for {expected} components; its stream says {components} (N)."
            yield Finding("icc-components", message)
        if int.from_bytes(data[:4]) != len(data):
            yield Finding("icc-damaged", "The colour profile is not as long as it says.")


def _verify_condition(document: Document, intents: Sequence[Dict], press: Press) -> Iterator[Finding]:
    """The printing condition is told in the way of PDF/X, and is the one that the layout names (ISO 15930-7 §6.2)."""
    file = document.file
    intent = next((intent for intent in intents if file.name(intent.get("S")) == "GTS_PDFX"), None)
    if intent is None:
        yield Finding("output-intent-missing", "The file does not say for which printing condition it is (GTS_PDFX).")
        return
    if len({repr(other.get("DestOutputProfile")) for other in intents}) > 1:
        yield Finding("output-intents-differ", "The file’s output intents do not share one colour profile.")
    condition = file.text(intent.get("OutputConditionIdentifier"))
    if condition != press.spec.condition:
        message = f"The file is for the printing condition {condition or 'of no name'}, not for {press.spec.condition}."
        yield Finding("other-condition", message)
    try:
        profile = file.stream(intent.get("DestOutputProfile"))
        data = b"" if profile is None else file.data(profile)
    except DamagedFileError:
        return  # told as icc-damaged
    if hashlib.sha256(data).hexdigest() != press.icc.sha256:
        message = "The file's colour profile is not that of the printing condition that the layout names."
        yield Finding("other-condition", message)
