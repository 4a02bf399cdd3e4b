"""`cardprint kit`: everything that a newsroom wants in one archive, and nothing that was not proved."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

TOP = Path(__file__).parents[2]
UNTIL = "2021-11-17 00:01 EST"
PREFIX = "embargoed-until-2021-11-17-0001-EST-"


class Kit:
    """An archive that somebody got."""

    def __init__(self, path: Path, prefix: str = "") -> None:
        with zipfile.ZipFile(path) as found:
            self.files = {name: found.read(name) for name in found.namelist()}
        self.manifest = json.loads(self.files[f"{prefix}manifest.json"])

    def verify(self) -> None:
        """Every file is there as the manifest says, and no other but the manifest."""
        told = {entry["name"]: (entry["size"], entry["sha256"]) for entry in self.manifest["files"]}
        there = {
            name: (len(data), hashlib.sha256(data).hexdigest())
            for name, data in self.files.items()
            if not name.endswith("manifest.json")
        }
        assert there == told


@pytest.fixture
def sample(cardprint: Command) -> str:
    """An invented edition of three places."""
    assert 0 == cardprint("sample", "-o", "trial", "--count", "3").returncode
    return "trial"


def test_kit_holds_every_form_of_the_card(cardprint: Command, tmp_path: Path) -> None:
    """Each is what its name says; every hash of the manifest verifies; a second run gives the same archive."""
    done = cardprint("kit", "ms", "-o", "out/kit.zip")
    assert (0, "out/kit.zip") == (done.returncode, done.stdout.strip())
    kit = Kit(tmp_path / "out" / "kit.zip")
    kit.verify()
    name = "2021-mississippi"
    starts = {
        f"cards/{name}.pdf": b"%PDF-1.7",
        f"print/{name}.print.pdf": b"%PDF-1.",
        f"vector/{name}.svg": b"<?xml",
        f"html/{name}.html": b"<!DOCTYPE html>",
    }
    assert [True] * 4 == [kit.files[file].startswith(start) for file, start in starts.items()]
    sizes = {"300dpi": (2550, 3300), "web": (1224, 1584), "social": (1200, 630)}
    for kind, size in sizes.items():
        assert size == Image.open(io.BytesIO(kit.files[f"images/{name}.{kind}.png"])).size
    assert {
        "book.pdf",
        "fact-sheet.pdf",
        "fact-sheet.md",
        "captions.csv",
        "data.csv",
        "data.json",
        "README.txt",
    } < kit.files.keys()
    proved = {proof["file"]: (proof["proof"], proof["passed"]) for proof in kit.manifest["proofs"]}
    cards = {f"cards/{name}.pdf": ("full", True), f"print/{name}.print.pdf": ("full", True)}
    assert {**cards, "book.pdf": ("book", True), "fact-sheet.pdf": ("fast", True)} == proved
    first = (tmp_path / "out" / "kit.zip").read_bytes()
    assert 0 == cardprint("kit", "mississippi", "-o", "again.zip", "--no-cache").returncode
    assert first == (tmp_path / "again.zip").read_bytes()


def test_every_picture_has_a_caption(cardprint: Command, tmp_path: Path) -> None:
    """And an alternative text, which the drawing carries itself."""
    cardprint("kit", "ms", "-o", "kit.zip")
    kit = Kit(tmp_path / "kit.zip")
    rows = list(csv.DictReader(io.StringIO(kit.files["captions.csv"].decode("utf-8-sig"), newline="")))
    pictures = {name for name in kit.files if name.startswith(("images/", "vector/"))}
    assert pictures == {row["file"] for row in rows}
    assert all(row["alternative text"] and row["caption"] for row in rows)
    drawing = next(row for row in rows if row["file"].endswith(".svg"))
    assert drawing["alternative text"] in kit.files[drawing["file"]].decode("utf-8").replace("&amp;", "&")


def test_state_that_cannot_be_made_is_left_out_and_named(cardprint: Command, tmp_path: Path, sample: str) -> None:
    """On the terminal, in the manifest and in the README; the others are in the kit, and the exit code says so."""
    first = sorted((tmp_path / sample / "states").iterdir())[0]
    first.write_text(first.read_text(encoding="utf-8").replace("score: ", "score: 9", 1), encoding="utf-8")
    done = cardprint("kit", "--all", "--data", sample, "-o", "kit.zip")
    assert 1 == done.returncode
    assert first.stem in done.stderr
    kit = Kit(tmp_path / "kit.zip")
    kit.verify()
    assert 2 == len(kit.manifest["states"])
    assert 1 == len(kit.manifest["left_out"])
    name = kit.manifest["left_out"][0]["what"]
    assert f"could not be made: {name}." in " ".join(kit.files["README.txt"].decode("utf-8").split())
    assert not any(first.stem in file for file in kit.files)


def test_state_without_a_file_is_left_out_and_named(cardprint: Command, tmp_path: Path, sample: str) -> None:
    """Like one that cannot be made, in the book of the kit, too; not in a kit of the others that were asked for."""
    first = sorted((tmp_path / sample / "states").iterdir())[0]
    first.unlink()
    done = cardprint("kit", "--all", "--data", sample, "-o", "kit.zip")
    kit = Kit(tmp_path / "kit.zip")
    kit.verify()
    (left,) = kit.manifest["left_out"]
    name = left["what"]
    assert first.stem == name.lower().replace(" ", "-")
    told = f"no-results: 1 state has no file in {sample}/states and is left out: {name}."
    assert (1, True) == (done.returncode, told in done.stderr.replace("\\", "/").splitlines())
    assert f"could not be made: {name}." in " ".join(kit.files["README.txt"].decode("utf-8").split())
    contents = PdfReader(io.BytesIO(kit.files["book.pdf"])).pages[1].extract_text()
    assert f"cannot be made: {name}." in " ".join(contents.split())
    others = [path.stem for path in sorted((tmp_path / sample / "states").iterdir())]
    assert 0 == cardprint("kit", *others, "--data", sample, "-o", "two.zip").returncode
    assert not Kit(tmp_path / "two.zip").manifest["left_out"]


def test_kit_says_nothing_of_where_it_was_made(cardprint: Command, tmp_path: Path, sample: str) -> None:
    """Though it leaves out states, with the reasons: it is the same from wherever the data are looked at."""
    folder = tmp_path / sample / "states"
    (folder / "alaska.yaml").unlink()
    wrong = folder / "arizona.yaml"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("state: Arizona", "state: Arizone"), encoding="utf-8")
    asked = ("alabama", "alaska", "arizona", "--data")
    assert 1 == cardprint("kit", *asked, sample, "-o", "one.zip").returncode
    done = cardprint("kit", *asked, "../../trial", "-o", "../../two.zip", folder=folder)
    assert 'There is no state "Arizone"' in done.stderr
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    first, second = Kit(tmp_path / "one.zip").manifest["left_out"]
    assert ["no-results: There are no results of Alaska: the edition has no states/alaska.yaml."] == [
        told.partition(" Write")[0] for told in first["problems"]
    ]
    assert second["problems"][0].startswith('unknown-state: There is no state "Arizone"')


@pytest.mark.parametrize("arguments", [("--per-state", "-o", "kits"), ("-o", "kit.zip")])
def test_two_cards_of_one_name(cardprint: Command, tmp_path: Path, sample: str, arguments: tuple[str, ...]) -> None:
    """The first one has it; the second is told and left out, and no kit takes the other's place."""
    for name, old, new in (
        ("framework.yaml", "-{state.slug}", "-{state.address}"),
        ("jurisdictions.yaml", "slug: alabama,", "slug: alabama, address: card,"),
        ("jurisdictions.yaml", "slug: alaska,", "slug: alaska, address: card,"),
    ):
        file = tmp_path / sample / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = cardprint("kit", "alabama", "alaska", "--data", sample, *arguments)
    assert 1 == done.returncode
    assert 'same-file-name: "sample-2021-card" would name the card of Alaska and that of Alabama.' in done.stderr
    (path,) = tmp_path.rglob("*.zip")
    assert [path.relative_to(tmp_path).as_posix()] == done.stdout.split()
    assert ["alabama"] == list(Kit(path).manifest["states"])


def test_cards_in_a_kit_are_those_that_render_makes(cardprint: Command, tmp_path: Path) -> None:
    """For screens and for a press, where what is only on paper has all cards of the edition set tighter."""
    cardprint("sample", "-o", "trial", "--count", "6")
    text = (TOP / "layouts" / "report-card.yaml").read_text(encoding="utf-8")
    gap = "    - spacer: 14pt\n"
    assert gap in text
    (tmp_path / "trial" / "layouts").mkdir()
    own = text.replace(gap, f"{gap}    - {{spacer: 60pt, only: print}}\n", 1)
    (tmp_path / "trial" / "layouts" / "own.yaml").write_text(own, encoding="utf-8")
    asked = ("arkansas", "--data", "trial", "--layout", "own")
    assert 0 == cardprint("kit", *asked, "--per-state", "-o", ".").returncode
    kit = Kit(tmp_path / "sample-2021-arkansas-kit.zip")
    for profile, file in (
        ("screen", "cards/sample-2021-arkansas.pdf"),
        ("print", "print/sample-2021-arkansas.print.pdf"),
    ):
        assert 0 == cardprint("render", *asked, "--profile", profile).returncode
        assert (tmp_path / Path(file).name).read_bytes() == kit.files[file]


def test_kit_without_a_card_is_none(cardprint: Command, tmp_path: Path) -> None:
    """Nothing is written, half or whole."""
    done = cardprint("kit", "texas", "-o", "kit.zip")
    assert (1, "") == (done.returncode, done.stdout)
    assert "There is no kit" in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_embargo_stamps_everything_and_its_twin_nothing(cardprint: Command, tmp_path: Path) -> None:
    """Pages, pictures, names of files and the archive's own; the clean kit of the same run is as if without."""
    done = cardprint("kit", "ms", "-o", "kit.zip", "--embargo", UNTIL, "--release")
    assert [f"{PREFIX}kit.zip", "kit.zip"] == done.stdout.split()
    stamped, clean = Kit(tmp_path / f"{PREFIX}kit.zip", PREFIX), Kit(tmp_path / "kit.zip")
    stamped.verify()
    assert all(Path(name).name.startswith(PREFIX) for name in stamped.files)
    assert {name.replace(PREFIX, "") for name in stamped.files} == clean.files.keys()
    assert "2021-11-17T00:01:00-05:00" == stamped.manifest["embargo"]["until"]
    words = b"EMBARGOED UNTIL 00:01 EST, NOVEMBER 17, 2021"
    html = stamped.files[f"html/{PREFIX}2021-mississippi.html"]
    assert 3 == html.count(words)  # its title, and both bands
    assert stamped.files[f"{PREFIX}fact-sheet.md"].count(words) == 2
    red = (255, 138, 128)
    for kind in ("web", "social"):
        picture = Image.open(io.BytesIO(stamped.files[f"images/{PREFIX}2021-mississippi.{kind}.png"]))
        assert [red, red] == [picture.getpixel((5, 5)), picture.getpixel((5, picture.height - 5))]
    assert not any(words in data for data in clean.files.values())
    (tmp_path / "card.pdf").write_bytes(stamped.files[f"cards/{PREFIX}2021-mississippi.pdf"])
    assert "passes the full proof" in cardprint("verify", "--full", "card.pdf").stdout
    cardprint("kit", "ms", "-o", "alone.zip")
    assert (tmp_path / "alone.zip").read_bytes() == (tmp_path / "kit.zip").read_bytes()


def test_sample_under_embargo_says_both(cardprint: Command, tmp_path: Path, sample: str) -> None:
    """Neither takes the other's place."""
    state = sorted((tmp_path / sample / "states").iterdir())[0].stem
    cardprint("kit", state, "--data", sample, "-o", "kit.zip", "--embargo", UNTIL)
    kit = Kit(tmp_path / f"{PREFIX}kit.zip", PREFIX)
    (html,) = [data for name, data in kit.files.items() if name.endswith(".html")]
    assert 2 == html.count("SAMPLE DATA · EMBARGOED UNTIL 00:01 EST".encode())
    assert kit.manifest["edition"]["sample"]


def test_each_state_may_have_a_kit_of_its_own(cardprint: Command, tmp_path: Path, sample: str) -> None:
    """In a folder, named like its card."""
    done = cardprint("kit", "--all", "--per-state", "--data", sample, "-o", "kits")
    assert 0 == done.returncode
    paths = sorted((tmp_path / "kits").iterdir())
    assert sorted(done.stdout.split()) == [f"kits/{path.name}" for path in paths]
    assert 3 == len(paths)
    for path in paths:
        kit = Kit(path)
        kit.verify()
        (slug,) = kit.manifest["states"]
        assert f"sample-2021-{slug}-kit.zip" == path.name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "kit.zip"], "Name the states of the kit, or --all."),
        (["ms", "--all", "-o", "kit.zip"], "Name states or --all, not both."),
        (["ms", "-o", "kit"], "ends in .zip"),
        (["ms", "-o", "kit.zip", "--release"], "add --embargo"),
        (["ms", "-o", "kits", "--per-state", "--against", "x"], "--against is for the fact sheet"),
        (["ms", "-o", "kit.zip", "--embargo", "soon"], "not a day, a time and a time zone"),
        (["atlantis", "-o", "kit.zip"], 'There is no state "atlantis"'),
        (["ms", "-o", "kit.zip", "--data", "nowhere"], 'There is no folder "nowhere"'),
    ],
)
def test_mistaken_command_is_told(cardprint: Command, tmp_path: Path, arguments: list[str], said: str) -> None:
    """With exit code 2, before anything is made."""
    done = cardprint("kit", *arguments)
    assert 2 == done.returncode
    assert said in done.stderr
    assert [] == list(tmp_path.iterdir())
