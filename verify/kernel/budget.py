"""A decision has a budget of work, counted in operations and not in seconds, so that it is the same every time."""

from collections.abc import Iterator
from contextlib import contextmanager

MAX_WORK = 25_000_000
_left: list[int] = []


class Undecidable(Exception):
    """The question is outside of what the kernel can decide; the text says why."""


@contextmanager
def budget(work: int = MAX_WORK) -> Iterator[None]:
    """Allow an amount of work for what is decided inside; a decision within a decision shares its budget."""
    outermost = not _left
    if outermost:
        _left.append(work)
    try:
        yield
    finally:
        if outermost:
            _left.clear()


def spend(work: int) -> None:
    """Take `work` from the budget, if there is one.

    Raises:
        Undecidable: nothing is left.
    """
    if _left:
        _left[0] -= work
        if _left[0] < 0:
            raise Undecidable("more work than allowed")
