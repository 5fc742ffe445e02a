"""Progress with an estimate of the time left: a bar on a terminal, plain lines elsewhere; always on stderr."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress(Protocol):
    """Is told of each finished piece of work."""

    def advance(self, what: str) -> None:
        """Count one piece and name it."""
        ...


@contextmanager
def progress(total: int, title: str) -> Iterator[Progress]:
    """Show the progress of `total` pieces of work while the block runs."""
    if sys.stderr.isatty():
        with _bar(total, title) as shown:
            yield shown
    else:
        yield _Lines(total, title)


@contextmanager
def _bar(total: int, title: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, TextColumn("{task.fields[what]}"), console=Console(stderr=True)) as bar:
        yield _Bar(bar, bar.add_task(title, total=total, what=""))


class _Bar:
    def __init__(self, bar: "Bar", task: "TaskID") -> None:
        self._bar, self._task = bar, task

    def advance(self, what: str) -> None:
        """Move the bar."""
        self._bar.update(self._task, advance=1, what=what)


class _Lines:
    """A line for each tenth of the work."""

    def __init__(self, total: int, title: str) -> None:
        self._total, self._title, self._done, self._start = total, title, 0, time.monotonic()

    def advance(self, what: str) -> None:
        """Print a line when another tenth is done."""
        self._done += 1
        tenths = 10 * self._done // max(self._total, 1)
        if tenths > 10 * (self._done - 1) // max(self._total, 1):
            spent = time.monotonic() - self._start
            left = spent / self._done * (self._total - self._done)
            line = f"{self._title}: {self._done} of {self._total}, about {left:.0f} s left ({what})"
            print(line, file=sys.stderr, flush=True)
