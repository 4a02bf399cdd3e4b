"""Datasets to measure on: invented by `cardprint sample`, and each card's final text as plain JSON for the peers.

`python -m benchmarks.samples DATA FOLDER` writes that JSON. It says what a card says and nothing of how it looks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import cardprint_command, run_command

if TYPE_CHECKING:
    from cardprint.model.scope import Value


def make_dataset(folder: Path, count: int, seed: int = 1) -> Path:
    """A sample edition of `count` cards in `folder`/data; made once."""
    data = folder / "data"
    if not (data / "framework.yaml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run_command([*cardprint_command(), "sample", "-o", str(data), "--count", str(count), "--seed", str(seed)])
    return data


def make_cards(folder: Path, count: int, seed: int = 1) -> Path:
    """Such an edition with its cards' text in `folder`/cards.json, its icons' outlines in `folder`/icons.json."""
    data = make_dataset(folder, count, seed)
    if not (folder / "icons.json").exists():
        # In a process of its own, so that the one that measures stays small.
        run_command([sys.executable, "-m", "benchmarks.samples", str(data), str(folder)])
    return folder


def _write_cards(data: str, folder: Path) -> None:
    from cardprint.compose import build_scope
    from cardprint.load import parse_yaml
    from cardprint.model.source import Source
    from cardprint.pipeline import open_project, state_slugs
    from cardprint.validate import validate_state

    project = open_project(data=data)
    cards = []
    for slug in state_slugs(project):
        path = Path(data) / "states" / f"{slug}.yaml"
        node = parse_yaml(Source(path.name, path.read_bytes()))
        record, _ = validate_state(node, project.framework, project.jurisdictions)
        cards.append(_card(slug, _plain(build_scope(project.framework, record))))
    (folder / "cards.json").write_text(json.dumps(cards, ensure_ascii=False), encoding="utf-8")
    icons = {
        name: {"size": icon.height, "outline": icon.outline}
        for name, icon in sorted(project.layout.theme.icons.items())
    }
    (folder / "icons.json").write_text(json.dumps(icons), encoding="utf-8")


def _card(slug: str, scope: dict[str, Any]) -> dict[str, Any]:
    """The card as `benchmarks.peers.card.Card` describes it."""
    state, edition = scope["state"], scope["edition"]
    foot = list(scope["foot"])
    if state["revised"]:
        foot.append([_run(f"Revised {state['revised']}: ", "label"), _run(state["revision"] or "")])
    return {
        "slug": slug,
        "name": state["name"],
        "edition": edition["title"],
        "language": edition["language"],
        "author": scope["publisher"]["name"],
        "mark": "SAMPLE DATA",
        "issues": scope["issues"],
        "extra_credit": scope["extra_credit"],
        "overall": scope["overall"],
        "resources": scope["resources"],
        "foot": foot,
    }


def _plain(value: Value) -> Any:
    """A value of the scope without its places: texts, lists, dictionaries; what is missing is None."""
    from cardprint.model.scope import (
        DateValue,
        FlagValue,
        ListValue,
        MissingValue,
        NumberValue,
        RecordValue,
        RichValue,
        TextValue,
    )

    match value:
        case TextValue():
            return value.text
        case NumberValue():
            return f"{value.number.normalize():f}"
        case FlagValue():
            return value.flag
        case DateValue():
            return f"{value.date:%B} {value.date.day}, {value.date.year}"
        case RichValue():
            return [_run(run.text, run.emphasis, run.link) for run in value.runs]
        case ListValue():
            return [_plain(item) for item in value.items]
        case RecordValue():
            return {name: _plain(field) for name, field in value.fields.items()}
        case MissingValue():
            return None


def _run(text: str, emphasis: str | None = None, link: str | None = None) -> dict[str, str | None]:
    return {"text": text, "emphasis": emphasis, "link": link}


if __name__ == "__main__":
    _write_cards(sys.argv[1], Path(sys.argv[2]))
