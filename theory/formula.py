"""A formula is a closed form with its symbols, its meaning, its domain and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

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
class Implicit:
    """`expr` at the only `unknown` >= 0 at which `curve`, 0 at 0 and of positive `slope`, reaches `level` >= 0."""

    expr: sp.Expr
    unknown: sp.Symbol
    curve: sp.Expr
    slope: sp.Expr
    level: sp.Expr


Computable: TypeAlias = sp.Expr | FirstPassage | Implicit


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A named quantity in closed form.

    `expr` has the shape one prints. `stable` is an equal form that stays finite where `expr` only has a
    limit (corners of the domain); it is what numbers are computed from. `step` names the step of
    `derivation` that states it.
    """

    name: str
    meaning: str
    unit: str
    source: str
    expr: Computable
    domain: Domain
    derivation: Derivation
    step: str
    stable: sp.Expr | None = None
    defaults: Mapping[str, sp.Rational] = field(default_factory=lambda: NO_DEFAULTS)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(symbol.name for symbol in self.domain.symbols)

    @property
    def computable(self) -> Computable:
        """The form that numbers are computed from."""
        return self.expr if self.stable is None else self.stable
