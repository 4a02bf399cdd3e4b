"""One kit on its way into its archive: cards as they come, then what is told of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from cardprint import __version__
from cardprint.kits.cards import CardFiles, Trio
from cardprint.package.archive import Archive
from cardprint.package.contents import Contents, LeftOut, Proof, manifest, readme
from cardprint.package.figures import Figures, figures_csv, figures_json, table
from cardprint.workspace import Workspace
from cardprint.workspace.program import library_versions

_CAPTION_HEADS: Final = ("file", "state", "alternative text", "caption")


class Parcel:
    """A kit that is being packed. `path` is where it will be; `states` are the names of those in it, by slug."""

    def __init__(self, path: Path, trio: Trio, archive: Archive) -> None:
        self.path = path
        self.states: dict[str, str] = {}
        self._trio = trio
        self._archive = archive
        self._proofs: list[Proof] = []
        self._captions: list[tuple[str, str, str, str]] = []
        self._figures: list[Figures] = []

    @property
    def size(self) -> int:
        """The bytes of all files so far."""
        return self._archive.size

    def add(self, slug: str, name: str, card: CardFiles, figures: Figures) -> None:
        """Put a card in."""
        for file, data in card.files:
            self._archive.add(file, data)
        self.states[slug] = name
        self._proofs.extend(card.proofs)
        self._captions.extend(card.captions)
        self._figures.append(figures)

    def add_files(self, files: Iterable[tuple[str, bytes]], proofs: Iterable[Proof] = ()) -> None:
        """Put in what belongs to no single card, under names that an embargo adds to."""
        for name, data in files:
            self._archive.add(f"{self._prefix}{name}", data)
        self._proofs.extend(replace(proof, file=f"{self._prefix}{proof.file}") for proof in proofs)

    def finish(self, left_out: Iterable[LeftOut]) -> None:
        """Put in captions, figures, README and manifest. Nothing can be added after that."""
        framework = self._trio.screen.framework
        self.add_files(
            [
                ("captions.csv", table([_CAPTION_HEADS, *self._captions])),
                ("data.csv", figures_csv(framework, self._figures)),
                ("data.json", figures_json(framework, self._figures)),
            ]
        )
        contents = Contents(
            framework=framework,
            states=self.states,
            entries=self._archive.entries,
            proofs=self._proofs,
            left_out=tuple(left_out),
            versions={"cardprint": __version__, **dict(sorted(library_versions().items()))},
            embargo=self._trio.screen.embargo,
        )
        self.add_files([("README.txt", readme(contents))])
        self.add_files([("manifest.json", manifest(contents))])

    @property
    def _prefix(self) -> str:
        embargo = self._trio.screen.embargo
        return embargo.file_prefix if embargo is not None else ""


@contextmanager
def packing(workspace: Workspace, path: Path, trio: Trio) -> Iterator[Parcel]:
    """A kit that appears at `path` when the block ends, or not at all if something is raised."""
    embargo = trio.screen.embargo
    if embargo is not None:
        path = path.with_name(f"{embargo.file_prefix}{path.name}")
    with workspace.writing(path) as file:
        archive = Archive(file, trio.screen.info_date)
        try:
            yield Parcel(path, trio, archive)
        except BaseException:
            with suppress(OSError, ValueError):  # of a file that nobody gets; what was raised first is what went wrong
                archive.close()
            raise
        archive.close()
