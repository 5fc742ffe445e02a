"""A search has a budget of work, counted in operations and not in seconds, so that it is the same every time."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from verify.kernel.algebra import WORK

MAX_WORK = 25_000_000


@contextmanager
def budget(work: int = MAX_WORK) -> Iterator[None]:
    """Allow an amount of work for what is decided inside; a decision within a decision shares its budget."""
    outermost = WORK[0] == inf
    if outermost:
        WORK[0] = work
    try:
        yield
    finally:
        if outermost:
            WORK[0] = inf
