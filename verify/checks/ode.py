"""The ode lane: the formula against differential equations solved from the loss, within the solver's own error."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import numpy as np
import sympy as sp

from numerics.measured import Measured
from theory.domain import exact
from theory.relation import Relation
from verify.arithmetic.quadrature import value
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome

DIGITS = 20
ROUNDING = 1e-15  # of the formula's value to double precision, relative


@dataclass(frozen=True, slots=True, kw_only=True)
class Ode:
    """Holds if `formula` agrees with `measure` at every point, within the error that `measure` reports.

    `box` gives the range each parameter is drawn from, as exact decimals; `corners` are points to include.
    `resolution` is the largest error of a measurement that may still decide, relative to 1 + |value|.
    """

    measure: Callable[..., Measured]
    box: tuple[tuple[str, str, str], ...]
    corners: tuple[tuple[tuple[str, str], ...], ...] = ()
    formula: Callable[[Relation], sp.Basic] | None = None
    points: int = 4
    resolution: float = 1e-4
    lane: str = "ode"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first point that decides against the formula."""
        del claim
        formula, errors = self.view(relation), []
        for seed, point in enumerate(_points(self)):
            truth, error = _measured(self.measure, point, seed)
            if not error <= self.resolution * (1 + abs(truth)):
                return Finding(outcome=Outcome.UNDECIDED, because=f"the measurement is off by up to {error:.1g}")
            if not (gap := _gap(formula, point, truth)) <= error + ROUNDING * abs(truth):
                return _disagrees(point, gap, truth, error)
            errors.append(error)
        figures = {"points": len(errors), "largest error": f"{max(errors):.1e}"}
        return Finding(outcome=Outcome.HOLDS, because=f"agrees at {len(errors)} random problems", figures=figures)

    def view(self, relation: Relation) -> sp.Basic:
        """Return the expression that is compared with the measurement."""
        return relation.formula if self.formula is None else self.formula(relation)

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Ode":
        """Return the check with six times as many points on the full budget."""
        return replace(self, points=self.points * (6 if budget == "full" else 1))


def box(**ranges: tuple[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return the ranges that `Ode` draws parameters from: log-uniform if both ends are positive."""
    return tuple((name, low, high) for name, (low, high) in ranges.items())


Named = tuple[tuple[str, str], ...]


def _points(check: Ode) -> list[Named]:
    random = Random(2503)
    drawn = [tuple((name, _drawn(low, high, random)) for name, low, high in check.box) for _ in range(check.points)]
    return [*check.corners, *drawn]


def _drawn(low: str, high: str, random: Random) -> str:
    """Return a decimal between low and high."""
    a, b = float(low), float(high)
    if low == high:
        return low
    if "." not in low + high:
        return str(random.randint(int(low), int(high)))
    number = a * (b / a) ** random.random() if a > 0 else random.uniform(a, b)
    return f"{number:.4g}" if number else "0"


@cache
def _measured(measure: Callable[..., Measured], point: Named, seed: int) -> tuple[float, float]:
    """Return value and error."""
    numbers = {name: int(text) if text.lstrip("-").isdigit() else float(text) for name, text in point}
    found = measure(**numbers, seed=seed)
    return float(found.array), float(np.max(found.error))


def _gap(formula: sp.Basic, point: Named, truth: float) -> float:
    """Return |formula - measurement|, or NaN, which no comparison accepts, where the formula has no value."""
    values = dict(point)
    at = {symbol: exact(values[symbol.name]) for symbol in formula.free_symbols}
    try:
        return abs(float(value(formula, at, DIGITS).mid()) - truth)
    except ArithmeticError:
        return float("nan")


def _disagrees(point: Named, gap: float, truth: float, error: float) -> Finding:
    because = f"off by {gap:.1e}, more than the measurement's error {error:.1e}"
    return Finding(outcome=Outcome.FAILS, because=because, witness={"point": dict(point), "measured": f"{truth:.12g}"})
