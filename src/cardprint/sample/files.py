"""The files of an invented edition, as text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from itertools import count as counting
from typing import Final

from msgspec.structs import replace

from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.diagnostics import Span
from cardprint.model.node import Entry, MappingNode, Node
from cardprint.model.numbers import spelled
from cardprint.model.source import Source
from cardprint.sample.results import Chance, SampleIssue, SampleResults, invent_results

SAMPLE_HEADER: Final = "# Made by `cardprint sample`"
"""How the framework of an invented edition begins: only a folder with such a file is ever replaced."""

_INVENTED: Final = "Invented by cardprint"
_PLAIN: Final = re.compile(r"[A-Z][A-Za-z’]*(?: [A-Za-z’]+)*(?: [0-9]+)?")
_YAML_WORDS: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def sample_files(
    source: Source, node: Node, framework: Framework, places: Sequence[Jurisdiction], count: int, seed: int
) -> Iterator[tuple[str, bytes]]:
    """The names and the bytes of the files of an edition with `count` jurisdictions, which depends on `seed` alone.

    `framework` is that of the file `source`, parsed to `node`: the sample has it too, but says in its title that it is
    one. The jurisdictions are `places` and, when there are no more, numbered variants of them ("Ohio 2"). What is
    invented for one does not depend on how many there are."""
    yield "framework.yaml", _framework_file(source, node, framework, seed).encode()
    chosen = list(islice(_numbered(places), count))
    yield "jurisdictions.yaml", "".join(_jurisdiction_lines(chosen)).encode()
    for place in chosen:
        results = invent_results(framework, Chance(f"{seed}/{place.slug}"))
        yield f"states/{place.slug}.yaml", _state_file(place, results, framework).encode()


def _numbered(places: Sequence[Jurisdiction]) -> Iterator[Jurisdiction]:
    """The places, then their second, third … variants, as long as somebody asks.

    A variant has its name in AP style, too: what can be left out of the file makes a long list quicker to read."""
    yield from places
    for number in counting(2):
        for place in places:
            name, slug = f"{place.name} {number}", f"{place.slug}-{number}"
            yield Jurisdiction(
                name, slug, f"{place.postal}{number}", slug.replace("-", ""), name, article=place.article
            )


def _framework_file(source: Source, node: Node, framework: Framework, seed: int) -> str:
    """The framework's file with `sample: true`, another title, and a head that says what it is."""
    text = source.data.decode("utf-8-sig")
    head = f"{SAMPLE_HEADER} with --seed {seed}: its results are invented, its framework is that of {source.name}.\n"
    edits = []
    title, marked = _value(_value(node, "edition"), "title"), _value(node, "sample")
    if title is not None:
        edits.append((title.span, json.dumps(f"{framework.edition.title} (sample data)", ensure_ascii=False)))
    if marked is not None:
        edits.append((marked.span, "true"))
    else:
        head += "sample: true\n"
    figures = _entry(node, "figures")
    if figures is not None:  # they were published, and of real states
        edits.append((replace(figures.value.span, line=figures.key.span.line, column=1), ""))
    # Comments at the head of the file tell of it, not of what is made from it.
    return head + _from_line(_edited(text, edits), node.span.line)


def _value(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, MappingNode) else None


def _entry(node: Node, key: str) -> Entry | None:
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((entry for entry in entries if entry.key.text == key), None)


def _edited(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """The text with something else at each span."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for span, words in sorted(edits, key=lambda edit: (edit[0].line, edit[0].column), reverse=True):
        begin = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        text = text[:begin] + words + text[end:]
    return text


def _from_line(text: str, number: int) -> str:
    return "\n".join(text.split("\n")[number - 1 :])


def _jurisdiction_lines(places: Iterable[Jurisdiction]) -> Iterator[str]:
    yield "# The jurisdictions of this sample. Those with a number are variants, so that there are enough.\n"
    for place in places:
        fields = {"name": _text(place.name), "slug": place.slug, "postal": json.dumps(place.postal)}
        if place.address != place.slug.replace("-", ""):
            fields["address"] = json.dumps(place.address)
        if place.ap != place.name:
            fields["ap"] = json.dumps(place.ap, ensure_ascii=False)
        if place.article is not None:
            fields["article"] = json.dumps(place.article, ensure_ascii=False)
        if place.tile is not None:
            fields["tile"] = f"[{place.tile[0]}, {place.tile[1]}]"
        yield f"- {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}\n"


def _state_file(place: Jurisdiction, results: SampleResults, framework: Framework) -> str:
    lines = [f"state: {_text(place.name)}", f"source: {_text(_INVENTED)}", "issues:"]
    for issue in results.issues:
        lines.extend(_issue_lines(issue))
    if results.protections:
        lines.append("extra_credit:")
        for row, goals in results.protections:
            lines.append(f"  - {{id: {_quoted(row)}, protections: {_ids(goal.id for goal in goals)}}}")
    letter = json.dumps(results.letter, ensure_ascii=False)
    lines.append(f"overall: {{grade: {letter}, score: {_number(results.total)}}}")
    released = framework.edition.released
    if results.revised_after is not None and released is not None:
        lines.append(f"revised: {released + dt.timedelta(days=results.revised_after)}")
        lines.append("revision: A score has been corrected.")
    return "\n".join(lines) + "\n"


def _issue_lines(issue: SampleIssue) -> Iterator[str]:
    """An issue in one line, its highlights in another."""
    fields = [f"id: {_quoted(issue.issue.id)}"]
    if issue.points is None or issue.issue.unnamed:
        fields.append(f"score: {_number(issue.score)}")
    if issue.points is None:
        fields.append(f"accomplished: {_ids(goal.id for goal in issue.accomplished)}")
        fields.append(f"gaps: {_ids(goal.id for goal in issue.gaps)}")
    else:
        points = ", ".join(f"{_quoted(goal.id)}: {_number(value)}" for goal, value in issue.points)
        fields.append(f"points: {{{points}}}")
    if issue.highlights is None:
        yield f"  - {{{', '.join(fields)}}}"
        return
    yield f"  - {fields[0]}"
    for field in fields[1:]:
        yield f"    {field}"
    yield f"    highlights: {_text(issue.highlights)}"


def _ids(ids: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, ids))}]"


@lru_cache(maxsize=1024)
def _quoted(name: str) -> str:
    """An id in quotes; there are few, and they recur in every file."""
    return json.dumps(name, ensure_ascii=False)


_number = lru_cache(maxsize=1024)(spelled)
"""Few numbers, which recur in every file."""


def _text(text: str) -> str:
    """A text as YAML has it: plain where nothing in it could mean more than it shows."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _YAML_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
