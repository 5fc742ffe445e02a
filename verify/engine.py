"""Tasks run in processes that a time-out can kill, or on a cluster; either is an executor of futures."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Protocol, Self, TypeVar

from verify.errors import UsageError

T = TypeVar("T")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Engine(Protocol):
    """Runs functions elsewhere; a function that exceeds its limit ends with TimeoutError."""

    def submit(self, seconds: float, function: Callable[..., T], *args: object) -> "Future[T]":
        """Return the future result of `function(*args)`, which may take `seconds` at most."""
        ...

    def __enter__(self) -> Self:
        """Start."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; kill what still runs if an error ends the block."""
        ...


class Local:
    """Processes on this machine; one that exceeds its limit is killed and replaced."""

    def __init__(self, jobs: int, *, preload: bool = True) -> None:
        """Prepare `jobs` workers, which start with the first task; with `preload` what they fork from reads the ledger
        meanwhile.
        """
        from multiprocessing.forkserver import ensure_running

        from pebble import ProcessPool

        os.environ.update(ONE_THREAD)  # inherited by the workers; small matrices are slower on many threads
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["verify.preload"] if preload else [])  # once, not in every worker
        ensure_running()
        self._pool = ProcessPool(max_workers=jobs, context=context)

    def submit(self, seconds: float, function: Callable[..., T], *args: object) -> "Future[T]":
        """Return the future result of `function(*args)`."""
        return self._pool.schedule(function, args=args, timeout=seconds)

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers."""
        del error, trace
        self._pool.close() if kind is None else self._pool.stop()
        self._pool.join()


class Dask:
    """A dask.distributed cluster; its workers keep no time limit of their own."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at `address`.

        Raises:
            UsageError: the `cluster` extra is not installed, or nobody answers.
        """
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("engine: dask needs the extra: pip install 'lindiff[cluster]'") from None
        try:
            self._client = Client(address, timeout="10s")
        except (OSError, ValueError) as error:
            raise UsageError(f"engine: expected a dask scheduler at {address}, got {error}") from None

    def submit(self, seconds: float, function: Callable[..., T], *args: object) -> "Future[T]":
        """Return the future result of `function(*args)`."""
        del seconds
        return self._client.get_executor().submit(function, *args)

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        del kind, error, trace
        self._client.close()


def engine(name: str, jobs: int, *, preload: bool = True) -> Engine:
    """Return the engine called `local` or `dask:ADDRESS`; `preload` if the workers will need most of the ledger.

    Raises:
        UsageError: the name is neither.
    """
    if name == "local":
        return Local(jobs, preload=preload)
    if name.startswith("dask:"):
        return Dask(name.removeprefix("dask:"))
    raise UsageError(f"engine: expected local or dask:ADDRESS, got {name!r}")
