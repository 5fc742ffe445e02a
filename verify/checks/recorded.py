"""A lane on stored results: comparisons of named quantities against the intervals that an experiment left."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import sympy as sp
from flint import arb

from theory.relation import Both, Inequality, Relation
from verify.arithmetic.balls import Undefined, enclose
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.recorded import NotRecorded, digest, stored
from verify.verdict import Outcome

SURE: dict[str, tuple[Callable[[arb], bool], Callable[[arb], bool]]] = {
    ">": (lambda gap: gap > 0, lambda gap: gap <= 0),
    ">=": (lambda gap: gap >= 0, lambda gap: gap < 0),
    "<": (lambda gap: gap < 0, lambda gap: gap >= 0),
    "<=": (lambda gap: gap <= 0, lambda gap: gap > 0),
}
"""For each sign: is it certainly so on the whole ball, is it certainly not so."""

WIDER = 2
Ends = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InResults:
    """Holds if the comparison holds on the whole box of the intervals, fails if it holds nowhere on a wider one.

    `quantities` say where the value of each symbol lies: (symbol, experiment, path in its result). The intervals have
    95 % by the bootstrap, mostly over few classes or modes: to refute a claim they are taken `WIDER`, which is 99.99 %
    for a normal mean, and 98.7 % for the scatter of three trainings. To reject a variant they are taken as they are.
    `refutes` is False where the statement is about another experiment, on other data or of another size, which this one
    can support and not refute.
    """

    quantities: tuple[tuple[str, str, str], ...]
    refutes: bool = True
    lane: str = "network"
    engine: str = "torch"
    seconds: float = 60.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Compare all parts; one that fails decides."""
        asked = relation == claim.relation
        wider = WIDER if asked else 1
        told = relation.parts if isinstance(relation, Both) else (relation,)
        parts = [part for part in told if isinstance(part, Inequality) and part.op in SURE]
        if len(parts) < len(told):
            return Finding(outcome=Outcome.UNDECIDED, because="no comparison that a stored result can decide")
        try:
            ends, figures = self._intervals()
            found = [_compared(part, ends, wider) for part in parts]
        except (NotRecorded, Undefined, ValueError) as reason:
            return Finding(outcome=Outcome.UNDECIDED, because=str(reason))
        if asked and Outcome.FAILS in found and not self.refutes:
            because = "does not hold in this experiment, which is not the one that the statement is about"
            return Finding(outcome=Outcome.UNDECIDED, because=because, figures=figures)
        if Outcome.FAILS in found:
            because = f"fails on the stored result, with intervals {WIDER} times as wide too"
            return Finding(outcome=Outcome.FAILS, because=because, witness=figures)
        if Outcome.UNDECIDED in found:
            return Finding(outcome=Outcome.UNDECIDED, because="within the interval of the estimate", figures=figures)
        return Finding(outcome=Outcome.HOLDS, because="holds on the stored result", figures=figures)

    def view(self, relation: Relation) -> Hashable:
        """Return the comparison."""
        return relation

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "InResults":
        """Return itself: the results are what they are."""
        del budget
        return self

    def reads(self) -> tuple[str, ...]:
        """Return a text for each experiment that changes with its stored results."""
        return tuple(digest(name) for name in self._experiments())

    def _experiments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(experiment for _, experiment, _ in self.quantities))

    def _intervals(self) -> tuple[Ends, dict[str, object]]:
        """Return the interval of each quantity, and what to show of it."""
        results = {name: stored(name) for name in self._experiments()}
        ends = {symbol: results[name].interval(path) for symbol, name, path in self.quantities}
        shown = {symbol: f"{low:.4g} .. {high:.4g}" for symbol, (low, high) in ends.items()}
        sizes = {name: f"{found.size} size" for name, found in results.items()}
        return ends, {**shown, **sizes}


def _compared(part: Inequality, ends: Ends, wider: float) -> Outcome:
    """Return what the intervals say of one comparison, and wider ones against it.

    Raises:
        ValueError: a symbol has no quantity.
        Undefined: there is no real value.
    """
    difference = part.lhs - part.rhs
    letters = sorted(difference.free_symbols, key=str)
    if missing := [s.name for s in letters if s.name not in ends]:
        raise ValueError(f"expected a quantity for {', '.join(missing)}")
    holds, fails = SURE[part.op]
    if holds(enclose(sp.sympify(difference), {s: _ball(*ends[s.name]) for s in letters})):
        return Outcome.HOLDS
    wide = enclose(sp.sympify(difference), {s: _ball(*ends[s.name], wider=wider) for s in letters})
    return Outcome.FAILS if fails(wide) else Outcome.UNDECIDED


def _ball(low: float, high: float, wider: float = 1) -> arb:
    """Return a ball around an interval; half a difference of doubles is rounded, hence the last factor."""
    return arb((low + high) / 2, wider * (high - low) / 2 * (1 + 1e-12) + 1e-15 * max(abs(low), abs(high)))
