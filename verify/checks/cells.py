"""What the checks of the statistics lane share: the cells of a grid, the draws in them, and what a formula says there.

A statement is judged by tests whose level and power are known. A ledger makes many tests, so a rejection at level 1 %,
all cells together, is not yet a refutation: fresh draws have to confirm it, unless it is significant at 0.01 %. A true
statement is thus refuted with a probability of at most 0.02 %. None holds without power: an error of the size that the
check declares in advance has to be found with a probability of 95 %. A variant of a statement that differs by no more
than that is no false statement for this lane, and counts as equivalent.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from functools import cache
from zlib import crc32

import numpy as np
import sympy as sp

from numerics.statistics.samples import Sampled
from theory.relation import Identity, LimitIs, Relation
from verify.bridge import evaluate
from verify.claim import Claim
from verify.judge import Finding
from verify.verdict import Outcome

Value = float | str | tuple[float, ...]
Cell = tuple[tuple[str, Value], ...]
Sample = Callable[..., Sampled]
FULL = 4  # times as many draws on the full budget
ROWS = 24  # of the summary that goes with the evidence


def cells(**values: Iterable[Value]) -> tuple[Cell, ...]:
    """Return all combinations of the named values."""
    found: list[Cell] = [()]
    for name, choices in values.items():
        kept = tuple(choices)
        found = [(*cell, (name, value)) for cell in found for value in kept]
    return tuple(found)


@cache
def drawn(sample: Sample, cell: Cell, trials: int, fresh: str = "") -> Sampled:
    """Return the sample of one cell; its seed depends on the cell alone, so that equal cells share their draws.

    Other words in `fresh` give other, independent draws.
    """
    return sample(trials=trials, seed=crc32(f"{cell!r}{fresh}".encode()), **dict(cell))


def close(mutant: Relation, claim: Claim, at: tuple[Cell, ...], margin: float, relative: bool) -> bool:
    """Return whether both formulas differ by at most the margin in every cell."""
    if not isinstance(mutant, Identity | LimitIs) or unprinted(mutant) != unprinted(claim.relation):
        return False
    pairs = [(value_of(mutant.formula, cell), value_of(claim.relation.formula, cell)) for cell in at]
    return all(bool((np.abs(new - own) <= width(own, margin, relative)).all()) for new, own in pairs)


def unprinted(relation: Relation) -> Hashable:
    """Return all of a relation but what it prints as its formula: the kind, the observable, the limit."""
    parts = (getattr(relation, f.name) for f in fields(relation) if f.name not in relation.PRINTED)
    return (type(relation), *parts)


def value_of(formula: sp.Basic, cell: Cell) -> np.ndarray:
    """Return the formula's values in a cell, NaN where it has none."""
    numbers = {name: np.asarray(value) for name, value in cell if not isinstance(value, str)}
    try:
        return evaluate(formula, numbers)
    except ValueError:
        return np.asarray(np.nan)


def width(value: np.ndarray, margin: float, relative: bool) -> np.ndarray:
    """Return the margin in the units of the observable."""
    return margin * (np.abs(value) if relative else np.ones_like(value))


def scores(found: Sampled, predicted: np.ndarray) -> np.ndarray:
    """Return (mean - predicted) / error; 0 where a draw never varies and the two agree to rounding."""
    gap = np.asarray(found.mean) - predicted
    error = np.maximum(np.asarray(found.error), 1e-12 * (1 + np.abs(predicted)))
    return np.ravel(gap / error)


def valueless(relation: Relation, claim: Claim) -> Finding:
    """Return that the claim is undecided where its formula has no value; a mutant without one is rejected."""
    outcome = Outcome.UNDECIDED if relation == claim.relation else Outcome.FAILS
    return Finding(outcome=outcome, because="the formula has no value in some cell")


def rejected(because: str, figures: dict[str, object], cell: Cell, **values: str) -> Finding:
    """Return that the statement is refuted at the level declared; in this cell it is furthest off."""
    point = {name: str(value) for name, value in cell}
    return Finding(outcome=Outcome.FAILS, because=because, figures=figures, witness={"point": point, **values})


def row(cell: Cell, found: Sampled, predicted: np.ndarray) -> list[str]:
    """Return the cell, the mean and error of its worst number, and what the formula says."""
    z = np.abs(scores(found, predicted))
    worst = int(np.argmax(z))
    mean, error = (float(np.ravel(part)[worst]) for part in (found.mean, found.error))
    value = float(np.ravel(np.broadcast_to(predicted, np.shape(found.mean)))[worst])
    return [words(cell), f"{mean:.5g}", f"{error:.2g}", f"{value:.5g}"]


def words(cell: Cell) -> str:
    """Return the cell as text."""
    parts = ((name, f"{value:g}" if isinstance(value, int | float) else value) for name, value in cell)
    return ", ".join(f"{name} = {value}" for name, value in parts)
