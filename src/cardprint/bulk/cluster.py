"""Cards made on a Dask cluster (the extra `dask`): the edition is brought to its workers once, bytes come back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from cardprint.edition.asked import RequestError
from cardprint.model.diagnostics import Diagnostic

_CONNECT_SECONDS = 10


class Cluster(Executor):
    """A Dask cluster as an executor. What a lost worker was busy with is done again by another one."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._max_workers = max(1, sum(client.nthreads().values()))

    def ship(self, parcel: bytes) -> Any:
        """Bring bytes to every worker, now or when it comes; what is returned stands for them in a task's arguments."""
        return self._client.scatter(parcel, broadcast=True, hash=False)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = self._executor.submit(function, *arguments, **named)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)


@contextmanager
def connected(address: str) -> Iterator[Callable[[], Executor]]:
    """What makes executors on the cluster whose scheduler is at `address`, for as long as the connection is open.

    Raises `RequestError`: no-dask where it is not installed, no-cluster where nobody answers."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        hint = 'Install it: pip install "cardprint[dask]".'
        raise RequestError([Diagnostic("no-dask", "Dask is not installed.", hint=hint)]) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told with the cards
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        message = f"No Dask scheduler answers at {address} ({type(error).__name__}: {error})."
        raise RequestError([Diagnostic("no-cluster", message, hint="Check the address, or start one.")]) from None
    try:
        yield lambda: Cluster(client)
    finally:
        client.close()
