"""All cards of an edition as one file: what is in it, how readers find their way, and what is left out."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import page as page_validation
import pytest
from pypdf import PdfReader

from cardprint.tasks.book import Book, make_book, open_book
from cardprint.tasks.projects import write_sample
from cardprint.verify import verify_full
from cardprint.workspace import Workspace, shipped_folder

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

STATES = 51


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A folder with a full sample edition."""
    workspace = Workspace(tmp_path_factory.mktemp("desk"), shipped_folder())
    write_sample(workspace, "trial", None, 1)
    return workspace


@pytest.fixture(scope="module")
def book(desk: Workspace) -> Book:
    return make_book(open_book(desk, "trial"))


@pytest.fixture(scope="module")
def reader(book: Book) -> PdfReader:
    return PdfReader(io.BytesIO(book.pdf))


def broken(desk: Workspace, folder: Path, state: str, old: str, new: str) -> Workspace:
    """The sample edition in another folder, one state's file changed."""
    shutil.copytree(desk.here / "trial", folder / "trial")
    file = folder / "trial" / "states" / f"{state}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Workspace(folder, shipped_folder())


def test_book_has_every_card_in_order(book: Book, reader: PdfReader) -> None:
    """Cover, contents, overview, then the states by name; nothing is left out."""
    assert ((), "sample-2021-book") == (book.failed, book.file_name)
    names = [place.name for place in book.states]
    assert (STATES, sorted(names)) == (len(names), names)
    assert book.pages == len(reader.pages) == STATES + 3
    titles = [one.title for one in reader.outline]  # type: ignore[union-attr]
    assert ["Cover", "Contents", "National overview", *names] == titles


def test_contents_lead_where_they_say(book: Book, reader: PdfReader) -> None:
    """The number beside a state is that of the page with its card, which the link opens; so do bookmark and label."""
    pages = {name: reader.get_destination_page_number(to) or 0 for name, to in reader.named_destinations.items()}
    text = reader.pages[1].extract_text()
    links = [one.get_object() for one in reader.pages[1]["/Annots"]]  # type: ignore[attr-defined]
    assert ["overview", *(place.slug for place in book.states)] == [link["/Dest"] for link in links]
    for place, link in zip(book.states, links[1:], strict=True):
        index = pages[place.slug]
        assert f"The report card of {place.name}, page {index + 1}" == link["/Contents"]
        assert re.search(rf"{place.name}\s.*?\b{index + 1}\b", text, re.DOTALL)
        assert place.name.upper() in reader.pages[index].extract_text()
        assert str(index + 1) == reader.page_labels[index]
    assert "Cover" == reader.page_labels[0]
    assert (
        [pages[place.slug] for place in book.states]
        == [
            reader.get_destination_page_number(one)  # type: ignore[arg-type]
            for one in reader.outline[3:]
        ]
    )


def test_every_page_but_the_cover_has_its_folio(reader: PdfReader) -> None:
    """The number of the page, at its foot."""
    assert not reader.pages[0].extract_text().rstrip().endswith("1")
    for number, page in enumerate(reader.pages[1:], start=2):
        assert page.extract_text().rstrip().endswith(str(number))


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_book_conforms(book: Book, standard: str) -> None:
    """It passes the gate that a card passes."""
    report = page_validation.validate_pdf_bytes(book.pdf, profile=standard)
    assert [] == [failure.message for failure in report.failures]


def test_book_passes_the_full_proof(tmp_path: Path) -> None:
    """Also that of whoever knows nothing of how it was made."""
    workspace = Workspace(tmp_path, shipped_folder())
    write_sample(workspace, "few", 3, 1)
    assert () == verify_full(make_book(open_book(workspace, "few")).pdf)


def test_book_is_small_and_the_same_every_time(desk: Workspace, book: Book) -> None:
    """Fonts and structure are shared: 51 cards stay under a megabyte."""
    assert len(book.pdf) < 1_000_000
    assert book.pdf == make_book(open_book(desk, "trial")).pdf


def test_sample_is_stamped_on_every_page(book: Book, reader: PdfReader) -> None:
    """Head and foot, the cover and the contents too."""
    counts = [page.extract_text().count("SAMPLE DATA") for page in reader.pages]
    assert [3] + [2] * (book.pages - 1) == counts  # the cover has the edition's title in capitals


def test_contents_take_as_many_pages_as_they_need(tmp_path: Path) -> None:
    """They are shared out evenly; every card is listed once, the overview on the first page."""
    workspace = Workspace(tmp_path, shipped_folder())
    write_sample(workspace, "many", 120, 1)
    book = make_book(open_book(workspace, "many"))
    reader = PdfReader(io.BytesIO(book.pdf))
    contents = [page for page in reader.pages if "/Annots" in page and "CONTENTS" in page.extract_text()]
    targets = [[one.get_object()["/Dest"] for one in page["/Annots"]] for page in contents]  # type: ignore[attr-defined]
    assert [place.slug for place in book.states] == [name for page in targets for name in page if name != "overview"]
    assert "overview" == targets[0][0]
    assert [40, 40, 40] == [len(page) - ("overview" in page) for page in targets]
    assert ["CONTENTS, CONTINUED" in page.extract_text() for page in contents] == [False, True, True]


def test_state_that_cannot_be_made_is_left_out_and_named(desk: Workspace, tmp_path: Path) -> None:
    """A wrong file stops no other card; the contents say who is missing."""
    workspace = broken(desk, tmp_path, "ohio", "state: Ohio", "state: Ohoi")
    book = make_book(open_book(workspace, "trial"))
    assert ["ohio"] == [one.state for one in book.failed]
    assert STATES - 1 == len(book.states)
    text = " ".join(PdfReader(io.BytesIO(book.pdf)).pages[1].extract_text().split())
    assert "Not in this book, because their data are incomplete or their cards cannot be made: Ohio." in text


def test_state_without_a_file_is_left_out_and_named(cardprint: Command, tmp_path: Path) -> None:
    """On the terminal and in the contents; of many, the terminal names some."""
    cardprint("sample", "-o", "trial", "--count", "14")
    files = sorted((tmp_path / "trial" / "states").iterdir())
    files[0].unlink()
    done = cardprint("book", "--data", "trial", "-o", "one.pdf")
    told = "no-results: 1 state has no file in trial/states and is left out: Alabama.\n"
    assert (1, told) == (done.returncode, done.stderr.replace("\\", "/"))
    text = " ".join(PdfReader(tmp_path / "one.pdf").pages[1].extract_text().split())
    assert "their cards cannot be made: Alabama." in text
    for path in files[1:12]:
        path.unlink()
    done = cardprint("book", "--data", "trial", "-o", "two.pdf")
    assert done.stderr.startswith("no-results: 12 states have no file in trial")
    assert done.stderr.endswith(", Delaware, District of Columbia, Florida and 2 more.\n")


def test_state_that_nobody_asked_for_is_not_missed(desk: Workspace, tmp_path: Path) -> None:
    """Though its file is wrong; one that was asked for is named all the same."""
    workspace = broken(desk, tmp_path, "ohio", "state: Ohio", "state: Ohoi")
    book = make_book(open_book(workspace, "trial"), ["alabama"])
    assert ((), 1) == (book.failed, len(book.states))
    assert "Not in this book" not in PdfReader(io.BytesIO(book.pdf)).pages[1].extract_text()
    asked = make_book(open_book(workspace, "trial"), ["alabama", "ohio"])
    assert ["ohio"] == [one.state for one in asked.failed]


def test_command_writes_the_book(cardprint: Command, tmp_path: Path) -> None:
    """Mississippi alone is known in full: the others are named, and the exit code says that something is missing."""
    done = cardprint("book", "-o", "press/all.pdf")
    assert (1, "press/all.pdf (4 pages, 1 card)\n") == (done.returncode, done.stdout.replace("\\", "/"))
    assert "Of 51, 50 states are incomplete for the layout report-card and not drawn: Alabama, " in done.stderr
    assert (tmp_path / "press" / "all.pdf").read_bytes().startswith(b"%PDF")


def test_command_of_a_whole_edition_ends_well(cardprint: Command) -> None:
    """Exit code 0; the file is named after the edition, as a sample."""
    cardprint("sample", "-o", "trial", "--count", "2")
    done = cardprint("book", "--data", "trial")
    assert (0, "sample-2021-book.pdf (5 pages, 2 cards)\n", "") == (done.returncode, done.stdout, done.stderr)


def test_book_can_be_verified_later(cardprint: Command, tmp_path: Path) -> None:
    """It is compared with the data as they are now; when these have changed, it is told that it was not."""
    cardprint("sample", "-o", "trial", "--count", "2")
    cardprint("book", "--data", "trial")
    done = cardprint("verify", "sample-2021-book.pdf", "--data", "trial")
    assert (0, "") == (done.returncode, done.stderr)
    state = next((tmp_path / "trial" / "states").iterdir())
    state.write_text(state.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    done = cardprint("verify", "sample-2021-book.pdf", "--data", "trial")
    assert 3 == done.returncode
    assert "not-compared" in done.stdout + done.stderr


def test_edition_without_a_card_has_no_book(cardprint: Command, tmp_path: Path) -> None:
    """Nothing is written, and every reason is told."""
    cardprint("sample", "-o", "trial", "--count", "2")
    for file in (tmp_path / "trial" / "states").iterdir():
        file.write_text("state: Nowhere\n", encoding="utf-8")
    done = cardprint("book", "--data", "trial")
    assert (1, "") == (done.returncode, done.stdout)
    assert "empty-book: No card of the edition can be made." in done.stderr
    assert [] == list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "book.txt"), "name a file that ends in .pdf"),
        (("--layout", "national-overview"), "wrong-layout"),
        (("--layout", "book-cover"), 'The layout "book-cover" draws pages of a book'),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(cardprint: Command, arguments: tuple[str, ...], words: str) -> None:
    """Nothing is made."""
    done = cardprint("book", *arguments)
    assert (2, "") == (done.returncode, done.stdout)
    assert words in done.stderr


def test_own_layouts_come_first(cardprint: Command, tmp_path: Path) -> None:
    """A cover of the edition's own, in its folder layouts/; a link to no page is told by its line."""
    cardprint("sample", "-o", "trial", "--count", "2")
    cover = tmp_path / "trial" / "layouts" / "book-cover.yaml"
    cover.parent.mkdir()
    text = (
        "extends: book-cover.yaml\nbody:\n  stack:\n"
        "    - {{text: [{{text: Our own cover, link: '#{}'}}], style: entry, as: h1}}\n"
    )
    cover.write_text(text.format("contents"), encoding="utf-8")
    assert 0 == cardprint("book", "--data", "trial").returncode
    pdf = (tmp_path / "sample-2021-book.pdf").read_bytes()
    assert "Our own cover" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    cover.write_text(text.format("contens"), encoding="utf-8")
    done = cardprint("book", "--data", "trial")
    assert 1 == done.returncode
    assert "layouts/book-cover.yaml:4:" in done.stderr
    assert "unknown-page: The book has no page #contens. Did you mean #contents?" in done.stderr
