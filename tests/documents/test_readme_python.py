"""The Python of README.md that works on files does so as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from cardprint.pipeline import Project, render_card

ROOT = Path(__file__).parents[2]


def test_the_example_of_cards_in_documents_works(
    shipped: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run in a folder with a card and a report, it leaves three documents with the card in them."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- python: card.pdf, report.pdf -->\n```python\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    (tmp_path / "card.pdf").write_bytes(render_card(shipped, "mississippi").pdf)
    (tmp_path / "report.pdf").write_bytes((ROOT / "tests/fixtures/hosts/libreoffice.pdf").read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(found[1], "README.md", "exec"), {})  # noqa: S102 -- our own words
    for name, page in (("placed", 2), ("pypdf", 2), ("reportlab", 1)):
        document = pypdfium2.PdfDocument(tmp_path / f"{name}.pdf")
        assert "ISSUE GRADE SCORE" in document[page - 1].get_textpage().get_text_range()
