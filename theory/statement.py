"""What a statement obliges one to show: a few obligations that a kernel can decide.

Derivatives inside an obligation stay unevaluated: whoever decides it differentiates by its own rules.
"""

from dataclasses import dataclass

import sympy as sp

from theory.domain import Domain

OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class Vanishes:
    """`expr` is zero at every point of the domain."""

    name: str
    expr: sp.Expr
    domain: Domain


@dataclass(frozen=True, slots=True)
class Compares:
    """`expr op 0` at every point of the domain, or at `some` point of it; op is one of > >= < <= !=."""

    name: str
    expr: sp.Expr
    op: str
    domain: Domain
    some: bool = False


@dataclass(frozen=True, slots=True)
class Tends:
    """`expr` tends to `value` as `var` tends to `point` from inside the domain."""

    name: str
    expr: sp.Expr
    var: sp.Symbol
    point: sp.Expr
    value: sp.Expr
    domain: Domain


@dataclass(frozen=True, slots=True)
class MatrixVanishes:
    """The matrix (or trace) expression `expr` is zero in every dimension, given the hypotheses."""

    name: str
    expr: sp.Basic
    given: tuple[object, ...]
    domain: Domain


Obligation = Vanishes | Compares | Tends | MatrixVanishes
