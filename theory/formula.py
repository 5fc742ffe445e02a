"""A formula is a closed form with its symbols, its meaning, its domain and where it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

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
class Clipped:
    """`expr` where `margin`, a rational function of the parameters, is positive; 0 elsewhere."""

    expr: sp.Expr
    margin: sp.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Implicit:
    """`expr` at the only `unknown` >= 0 at which `curve`, 0 at 0 and of positive `slope`, reaches `level` >= 0."""

    expr: sp.Expr
    unknown: sp.Symbol
    curve: sp.Expr
    slope: sp.Expr
    level: sp.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectral:
    """exp(offset + sum over `parts` of left . h(A) right): A symmetric, each h a function of `theta`, taken of A.

    Everything is an exact real number, but for `theta` in the functions. A may have equal eigenvalues.
    """

    matrix: sp.ImmutableDenseMatrix
    left: tuple[sp.Expr, ...]
    theta: sp.Symbol
    offset: sp.Expr
    parts: tuple[tuple[sp.Expr, tuple[sp.Expr, ...]], ...]


Lists = Mapping[str, tuple]
Numbers = Mapping[sp.Symbol, sp.Rational]
Kind = Literal["covariance", "vector"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLists:
    """A number computed from lists of exact numbers besides the scalars, by an algorithm on matrices.

    `lists` names the list parameters with their kind; `reads(lists, scalars)` returns what has to be evaluated and
    raises ValueError where sizes do not fit. `shown` is the formula in the words of its derivation.
    """

    lists: tuple[tuple[str, Kind], ...]
    reads: Callable[[Lists, Numbers], Spectral]
    shown: sp.Expr


Computable: TypeAlias = sp.Expr | Clipped | FirstPassage | Implicit | Recursion | OnLists


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
    expr: Computable
    domain: Domain
    derivation: Derivation
    step: str
    stable: Computable | None = None
    defaults: Mapping[str, sp.Rational] = field(default_factory=lambda: NO_DEFAULTS)

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, in order: lists first."""
        return (*self.lists, *(symbol.name for symbol in self.domain.symbols))

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the parameters that are lists."""
        return tuple(name for name, _ in self.expr.lists) if isinstance(self.expr, OnLists) else ()

    @property
    def computable(self) -> Computable:
        """The form that numbers are computed from."""
        return self.expr if self.stable is None else self.stable
