"""A peer's whole command: `python -m benchmarks.peers.command MODULE CARDS OUT JOBS`.

The cards of the folder CARDS become PDFs in the folder OUT. Each of JOBS processes takes its share; none imports more
than its engine needs.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path


def _make(module: str, cards: Path, folder: Path, share: int, jobs: int) -> None:
    from benchmarks.peers.worker import open_engine, read_cards

    engine = open_engine(module)
    for card in read_cards(engine, cards)[share::jobs]:
        (folder / f"{card['slug']}.pdf").write_bytes(engine.render(card))


def _fork(module: str, cards: Path, folder: Path, share: int, jobs: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        _make(module, cards, folder, share, jobs)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _main(module: str, cards: Path, folder: Path, jobs: int) -> int:
    folder.mkdir(parents=True)
    children = [_fork(module, cards, folder, share, jobs) for share in range(1, jobs)]
    _make(module, cards, folder, 0, jobs)
    return max([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children], default=0)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
