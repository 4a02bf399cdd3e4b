"""The eight sentences of the published Mississippi card of 2021, made from the goals' status."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardprint.compose import build_scope
from cardprint.load import parse_yaml
from cardprint.model.node import Node
from cardprint.model.scope import ListValue, RecordValue, RichValue, TextValue
from cardprint.model.source import Source
from cardprint.validate import validate_framework, validate_jurisdictions, validate_state

DATA = Path(__file__).parents[2] / "data"

HIGHLIGHTS = {
    "1": "Policy goals accomplished in areas related to buyer and trafficker accountability under state CSEC laws, "
    "mistake of age defenses, decoy defenses, business entity liability under the trafficking law, and financial "
    "penalties. Gap remains related to buyer accountability under the trafficking law.",
    "2": "Policy goals accomplished in areas related to third party control, non-criminalization for prostitution and "
    "sex trafficking offenses, and child abuse definitions. Gaps remain in areas related to foreign national victims, "
    "screening through child welfare and the juvenile justice system, expanded non-criminalization, juvenile court "
    "jurisdiction, and non-familial trafficking cases.",
    "3": "Policy goals accomplished in areas related to services through a non-punitive system and MDT responses. "
    "Gaps remain in areas related to services through the juvenile justice system, extended foster care services, and "
    "appropriations.",
    "4": "Policy goal accomplished related to civil remedies. Gaps remain in areas related to civil orders of "
    "protection, crime victims’ compensation, vacatur, restitution, and statutes of limitation.",
    "5": "Policy goals accomplished in areas related to victim supports and privileged communications. Gaps remain in "
    "areas related to hearsay exceptions and alternatives to live, in-court testimony.",
    "6": "Policy goals accomplished in areas related to training for child welfare and law enforcement. Gaps remain in "
    "areas related to training for juvenile justice agencies, prosecutors, and school personnel as well as prevention "
    "education in schools.",
    "youth": "Protections related to civil remedies and privileged communications are extended to sex trafficked "
    "youth.",
    "clt": "Protections related to child abuse definitions, services through a non-punitive system, MDT responses, "
    "civil remedies, and privileged communications are extended to child labor trafficking victims.",
}

RESOURCES = {
    "Learn More": [
        "TOOLKIT: To see how Mississippi compares, visit reportcards.sharedhope.org/toolkit.",
        "ISSUE BRIEFS: To better understand a policy goal, visit reportcards.sharedhope.org/issue-briefs.",
    ],
    "Mississippi Specific Resources": [
        "To better understand Mississippi’s grade, access an in-depth analysis of its laws under the advanced "
        "legislative framework and review its historical progress by visiting reportcards.sharedhope.org/mississippi."
    ],
    "Technical Assistance": [
        "For legislators and partner non-profits that assist elected officials in creating legislation, request a "
        "consultation with our Policy Team online at sharedhope.org/legislative-technical-assistance. We will set up a "
        "meeting to discuss your legislative goals and create a customized goal for ongoing technical assistance, bill "
        "drafting services, and legislative support."
    ],
}

ADDRESSES = [
    "https://reportcards.sharedhope.org/toolkit",
    "https://reportcards.sharedhope.org/issue-briefs",
    "https://reportcards.sharedhope.org/mississippi",
    "https://sharedhope.org/legislative-technical-assistance",
]


def _parsed(name: str) -> Node:
    return parse_yaml(Source(f"data/{name}", (DATA / name).read_bytes()))


@pytest.fixture(scope="module")
def card() -> RecordValue:
    """The scope of the shipped Mississippi card."""
    framework = validate_framework(_parsed("2021/framework.yaml"))
    jurisdictions = validate_jurisdictions(_parsed("jurisdictions.yaml"))
    state, warnings = validate_state(_parsed("2021/states/mississippi.yaml"), framework, jurisdictions)
    assert warnings == ()
    return build_scope(framework, state)


def _records(card: RecordValue, name: str) -> list[RecordValue]:
    value = card.fields[name]
    assert isinstance(value, ListValue)
    return [item for item in value.items if isinstance(item, RecordValue)]


def _text(record: RecordValue, name: str) -> str:
    value = record.fields[name]
    assert isinstance(value, TextValue)
    return value.text


def _paragraphs(resource: RecordValue) -> list[RichValue]:
    value = resource.fields["paragraphs"]
    assert isinstance(value, ListValue)
    return [item for item in value.items if isinstance(item, RichValue)]


@pytest.mark.parametrize("row_id", HIGHLIGHTS)
def test_highlights_word_for_word(card: RecordValue, row_id: str) -> None:
    """Each row reads as on the published card, with the typographic apostrophe."""
    rows = _records(card, "issues") + _records(card, "extra_credit")
    assert HIGHLIGHTS[row_id] == next(_text(row, "highlights") for row in rows if _text(row, "id") == row_id)


def test_every_row_is_expected(card: RecordValue) -> None:
    """The card has these eight rows in this order and no other."""
    rows = _records(card, "issues") + _records(card, "extra_credit")
    assert list(HIGHLIGHTS) == [_text(row, "id") for row in rows]


def test_resources_word_for_word(card: RecordValue) -> None:
    """Headings and paragraphs read as on the published card, and every address is a link."""
    resources = _records(card, "resources")
    assert {
        _text(resource, "heading"): ["".join(run.text for run in lines.runs) for lines in _paragraphs(resource)]
        for resource in resources
    } == RESOURCES
    runs = [run for resource in resources for lines in _paragraphs(resource) for run in lines.runs]
    assert [run.link for run in runs if run.link] == ADDRESSES
    assert [run.text for run in runs if run.emphasis == "label"] == ["TOOLKIT:", "ISSUE BRIEFS:"]
