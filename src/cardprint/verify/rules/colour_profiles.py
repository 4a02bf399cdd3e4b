"""The output intent: a profile whose header says what its stream says, and colours that it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cardprint.model.finding import Finding
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.values import DamagedFileError

_COMPONENTS: Final = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}


def verify_output_intent(document: Document) -> Iterator[Finding]:
    """Judge the profile that gives the file's colours their meaning."""
    file = document.file
    intents = [file.dict(value) for value in file.array(document.catalog.get("OutputIntents"))]
    if not any(file.name(intent.get("S")) == "GTS_PDFA1" for intent in intents):
        yield Finding("output-intent-missing", "The file does not say what its colours mean (OutputIntents).")
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
