"""A formula is a closed form with its symbols, its meaning, its domain and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy as sp

from theory.derivation import Derivation
from theory.domain import Domain

NO_DEFAULTS: Mapping[str, sp.Rational] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPassage:
    """The smallest `var` > 0 at which `curve` reaches `level`; both are expressions."""

    curve: sp.Expr
    level: sp.Expr
    var: sp.Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Recursion:
    """The first component of matrix^steps start, where the entries are rational functions of the parameters."""

    matrix: sp.ImmutableMatrix
    start: sp.ImmutableMatrix
    steps: sp.Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A named quantity in closed form.

    `expr` has the shape one prints. `stable` is an equal form that stays finite where `expr` only has a
    limit (corners of the domain) or is a sum of complex numbers; it is what numbers are computed from. `step`
    names the step of `derivation` that states it.
    """

    name: str
    meaning: str
    unit: str
    source: str
    expr: sp.Expr | FirstPassage
    domain: Domain
    derivation: Derivation
    step: str
    stable: sp.Expr | Recursion | None = None
    defaults: Mapping[str, sp.Rational] = field(default_factory=lambda: NO_DEFAULTS)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(symbol.name for symbol in self.domain.symbols)

    @property
    def computable(self) -> sp.Expr | FirstPassage | Recursion:
        """The form that numbers are computed from."""
        return self.expr if self.stable is None else self.stable
