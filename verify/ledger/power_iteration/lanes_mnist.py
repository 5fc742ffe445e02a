"""What claims on digits are judged by: intervals that the experiments left, one symbol for each setting."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sympy as sp

from theory.domain import domain_of
from theory.relation import Both, Inequality, Relation
from theory.symbols import symbols
from verify.checks.recorded import InResults
from verify.claim import Claim, Source

EXPLORED = ("bounds set after a first look at these results: what holds on this data, not a test of a prediction",)
Place = tuple[str, str]
"""An experiment, and where in its result the number lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The numbers at `places` all compare with `bound` as `op` says; `letter` names their symbols.

    The letters are order (rank correlations), part (shares), over (ratios) and gap (differences); `first` is the
    number of the first symbol, so that two parts of one claim can share a letter.
    """

    letter: str
    places: tuple[Place, ...]
    op: str
    bound: sp.Expr
    first: int = 1

    @property
    def letters(self) -> tuple[sp.Symbol, ...]:
        """The symbols, one for each place."""
        return symbols(" ".join(f"{self.letter}{self.first + k}" for k in range(len(self.places))))

    @property
    def comparisons(self) -> tuple[Inequality, ...]:
        """The inequalities, one for each place."""
        return tuple(Inequality(symbol, self.op, sp.sympify(self.bound)) for symbol in self.letters)

    @property
    def quantities(self) -> tuple[tuple[str, str, str], ...]:
        """Where the value of each symbol lies."""
        named = zip(self.letters, self.places, strict=True)
        return tuple((symbol.name, experiment, path) for symbol, (experiment, path) in named)

    def but(self, op: str, bound: sp.Expr | float) -> "Found":
        """Return the same with another comparison."""
        return replace(self, op=op, bound=sp.nsimplify(bound))


def places(experiment: str, variations: str, *paths: str) -> tuple[Place, ...]:
    """Return the places of `paths` under each of the variations, a space-separated list."""
    return tuple((experiment, f"variations.{name}.{path}") for name in variations.split() for path in paths)


def relation(parts: Iterable[Found]) -> Relation:
    """Return all comparisons at once."""
    every = tuple(comparison for part in parts for comparison in part.comparisons)
    return every[0] if len(every) == 1 else Both(every)


def claim(
    name: str,
    says: str,
    where: str,
    reading: str,
    *parts: Found,
    slips: tuple[tuple[Found, ...], ...],
    lane: str = "statistics",
    source: Source = "as printed",
    corrected_by: str | None = None,
) -> Claim:
    """Return a claim that all `parts` hold on the stored results; each slip is a false list of parts."""
    letters = dict.fromkeys(symbol for part in parts for symbol in part.letters)
    quantities = tuple(quantity for part in parts for quantity in part.quantities)
    engine = "torch" if lane == "network" else "numerics"
    return Claim(
        id=name,
        says=says,
        where=where,
        source=source,
        reading=reading,
        relation=relation(parts),
        domain=domain_of(tuple(letters)),
        checks=(InResults(quantities=quantities, lane=lane, engine=engine),),
        slips=tuple(relation(slip) for slip in slips),
        corrected_by=corrected_by,
        assumes=EXPLORED if source == "ours" else (),
        formula=False,
    )
