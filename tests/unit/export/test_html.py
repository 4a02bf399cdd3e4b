from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from cardprint.export.html import write_html
from cardprint.model.content import Run, SampleMarks, Stroke, TextBlock
from cardprint.model.frame import FrameItem, Group, TextRun
from cardprint.model.structure import Role, Tag
from cardprint.pipeline import (
    ComposedCard,
    Project,
    compose_card,
    lay_out_card,
    open_project,
    render_composed,
    shared_rung,
)
from cardprint.verify import read_aloud

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
AXE = next(Path(__file__).parents[2].glob("gate/node_modules/axe-core/axe.min.js"), None)


class Reader(HTMLParser):
    """What a page shows, what it says, and its elements. `opened` are tags with their attributes, in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.shown, self.spoken = "", ""
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self._stack: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode("utf-8").partition("<body>")[2].partition("</body>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))
        if tag not in ("col", "img", "path"):
            self._stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert tag == self._stack.pop()[0]

    def handle_data(self, data: str) -> None:
        if not any(attributes.get("class") == "aloud" for _, attributes in self._stack):
            self.shown += data
        if not any(attributes.get("aria-hidden") for _, attributes in self._stack):
            self.spoken += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.opened if name == tag]


def printed_words(item: FrameItem) -> Iterator[str]:
    """The words of a frame in reading order."""
    if isinstance(item, Group):
        for child in item.items:
            yield from printed_words(child)
    elif isinstance(item, TextRun):
        yield item.text


def letters(text: str) -> str:
    """A text without the spaces and soft hyphens at which lines may end."""
    return re.sub(r"[\s\xad]", "", text)


@pytest.fixture
def page(shipped: Project, mississippi: ComposedCard) -> bytes:
    return write_html(mississippi.pages, shipped.fonts)


def test_words_are_those_of_the_pdf(shipped: Project, mississippi: ComposedCard, page: bytes) -> None:
    """All of them, in the same order, and no others; the engine's marks of sample data are among them."""
    (frame,), _ = lay_out_card(shipped, mississippi, shared_rung(shipped))
    assert letters("".join(printed_words(frame.root))) == letters(Reader(page).shown)


def test_listener_hears_what_the_pdf_says(shipped: Project, mississippi: ComposedCard, page: bytes) -> None:
    """Grades and scores are said in words, as the PDF has them read."""
    spoken = letters(Reader(page).spoken)
    said = read_aloud(render_composed(shipped, mississippi, shared_rung(shipped)).pdf)
    assert "Overall grade: D." in said
    for words in ("Overallgrade:D68points", "1.CriminalProvisionsGrade:A16of17.5pointsPolicygoals", "CLT"):
        assert words in spoken


def test_table_is_a_table(page: bytes) -> None:
    """Its heads say what they are heads of, and every row has the same number of columns."""
    reader = Reader(page)
    scopes = [head["scope"] for head in reader.all("th")]
    assert ["col"] * 4 + ["row"] * 9 == scopes
    assert [1, 1] == [len(reader.all(tag)) for tag in ("table", "h1")]
    assert ["rowgroup", "rowgroup"] == [reader.all(tag)[0]["role"] for tag in ("thead", "tbody")]
    assert "2" == next(head["rowspan"] for head in reader.all("th") if "rowspan" in head)


def test_page_needs_nothing_else(page: bytes) -> None:
    """No script, no file, no address but those of its links; its fonts are in it."""
    text = page.decode("utf-8")
    links = [anchor["href"] or "" for anchor in Reader(page).all("a")]
    assert "https://reportcards.sharedhope.org/mississippi" in links
    assert sorted(links) == sorted(re.findall(r"https?://[^\"<>)]+", text))
    assert "<script" not in text
    assert set(re.findall(r"url\((.{15})", text)) == {"data:font/woff;"}


def test_page_says_what_it_is(page: bytes) -> None:
    """Its language, its title and what it is about."""
    head = page.decode("utf-8").partition("<body>")[0]
    assert '<html lang="en-US">' in head
    assert "<title>Mississippi: 2021 Report Card on Child &amp; Youth Sex Trafficking</title>" in head
    assert '<meta name="description" content="Grades, scores and highlights of Mississippi, by' in head


def test_markup_in_the_data_is_text(shipped: Project, mississippi: ComposedCard) -> None:
    """Whatever a text says, it makes no element and no attribute."""
    style = shipped.layout.theme.styles["highlights"]
    run = Run('<b>"Laws" & grades</b>', style, link='https://example.org/?a="b"&c', expansion='a "b"')
    block = TextBlock(runs=(run,), style=style, role=Role(Tag.P))
    reader = Reader(write_html([replace(mississippi.pages[0], body=block)], shipped.fonts))
    assert '<b>"Laws" & grades</b>' == reader.shown.strip()
    assert ["main", "div", "div", "p", "a", "abbr"] == [tag for tag, _ in reader.opened]
    assert 'https://example.org/?a="b"&c' == reader.all("a")[0]["href"]


def test_marks_stand_at_head_and_foot(shipped: Project, mississippi: ComposedCard) -> None:
    """Words that the engine puts on a page are on its web page, too, before all others and after them."""
    style = shipped.layout.theme.styles["foot"]
    swatch = style.swatch
    marks = SampleMarks(Run("SAMPLE DATA", style), swatch, Run("SAMPLE", style), Stroke(1.0, swatch))
    shown = Reader(write_html([replace(mississippi.pages[0], sample=marks)], shipped.fonts)).shown.strip()
    assert shown.startswith("SAMPLE DATA")
    assert shown.endswith("SAMPLE DATA")


def test_same_content_gives_the_same_bytes(shipped: Project, mississippi: ComposedCard, page: bytes) -> None:
    """Subset fonts included."""
    assert page == write_html(mississippi.pages, shipped.fonts)


@pytest.mark.skipif(not (CHROMIUM and AXE), reason="needs Chromium, and npm ci --prefix tests/gate")
@pytest.mark.parametrize("width", [1200, 500])
def test_axe_finds_nothing(page: bytes, tmp_path: Path, width: int) -> None:
    """No violation of WCAG 2 that axe-core can see, on a wide screen and on a narrow one."""
    assert CHROMIUM
    assert AXE
    report = (
        "axe.run({resultTypes: ['violations']}).then(found => { const told = document.createElement('pre');"
        "told.id = 'told'; told.textContent = JSON.stringify(found.violations); document.body.append(told); })"
    )
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{report}</script></body>"
    file = tmp_path / "page.html"
    file.write_text(page.decode("utf-8").replace("</body>", script), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000"]
    dumped = subprocess.run(
        [*command, f"--window-size={width},1600", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    told = re.search(r'<pre id="told">(.*?)</pre>', dumped, re.DOTALL)
    assert told is not None
    assert [] == json.loads(unescape(told[1]))


def test_card_of_several_pages_is_one_web_page() -> None:
    """Its pages stand below one another, each with all of its words; printed, each has a sheet of its own."""
    project = open_project(layout="rack-card")
    card = compose_card(project, "ms")
    frames, _ = lay_out_card(project, card, shared_rung(project))
    page = write_html(card.pages, project.fonts)
    sheets = [part for part in Reader(page).all("div") if part.get("class") == "sheet"]
    assert len(card.pages) == len(sheets) > 1
    assert letters("".join(word for frame in frames for word in printed_words(frame.root))) == letters(
        Reader(page).shown
    )
    assert b".sheet+.sheet{break-before:page}" in page
