"""The wheel: what it carries, and that it works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def run(*command: str | Path, folder: Path, **variables: str) -> str:
    """Run a command that must succeed, and give what it prints."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder=TOP)
    (path,) = folder.iterdir()
    return path


def test_the_wheel_is_for_every_system_and_carries_what_a_card_needs(wheel: Path) -> None:
    """Data, layouts, fonts, their licences and the mark of a typed package; nothing of the tests."""
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.name.endswith("-py3-none-any.whl")
    for name in (
        "cardprint/py.typed",
        "cardprint/starter/README.md",
        "cardprint/starter/framework.yaml",
        "cardprint/starter/layouts/themes/my-theme.yaml",
        "cardprint/shipped/data/jurisdictions.yaml",
        "cardprint/shipped/data/2021/framework.yaml",
        "cardprint/shipped/data/2021/states/mississippi.yaml",
        "cardprint/shipped/layouts/report-card.yaml",
        "cardprint/shipped/layouts/icons/gavel.svg",
        "cardprint/shipped/layouts/icons/LICENSE",
        "cardprint/shipped/layouts/schemas/layout.json",
        "cardprint/shipped/fonts/fonts.yaml",
        "cardprint/shipped/fonts/barlow-condensed/BarlowCondensed-Bold.ttf",
        "cardprint/shipped/fonts/barlow-condensed/OFL.txt",
        "cardprint/shipped/fonts/source-sans-3/OFL.txt",
    ):
        assert name in names
    assert [] == [name for name in names if any(part.startswith("test") for part in name.split("/"))]


def test_the_installed_wheel_renders_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    """Its own data, layouts and fonts are found beside it, and messages name them as the project does."""
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-compile", "--target", site)
    run(*pip, wheel, folder=tmp_path)
    where = run(
        sys.executable, "-c", "import cardprint; print(cardprint.__file__)", folder=elsewhere, PYTHONPATH=str(site)
    )
    assert Path(where.strip()).is_relative_to(site)
    printed = run(sys.executable, "-m", "cardprint", "render", "mississippi", folder=elsewhere, PYTHONPATH=str(site))
    assert "2021-mississippi.pdf\n" == printed
    assert (elsewhere / "2021-mississippi.pdf").read_bytes().startswith(b"%PDF-")
