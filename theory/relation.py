"""A relation is what a statement asserts between closed forms; it lists its own obligations.

`PRINTED` names the fields that hold the formula under judgement: mutants change those and only those.
`formula` is the expression that a measurement can be compared with.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

import sympy as sp

from theory.domain import Domain
from theory.latex import render
from theory.matrices import Flow, Grad, Rate
from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes

EXISTS = r"\exists:\; "
SIGNS = {">": ">", ">=": r"\ge", "<": "<", "<=": r"\le", "!=": r"\ne"}


@dataclass(frozen=True, slots=True)
class Identity:
    """lhs = rhs at every point."""

    PRINTED: ClassVar[tuple[str, ...]] = ("rhs",)
    lhs: sp.Expr
    rhs: sp.Expr

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The difference vanishes."""
        return (Vanishes("identity", self.lhs - self.rhs, domain),)

    def latex(self) -> str:
        """Return lhs = rhs."""
        return f"{render(self.lhs)} = {render(self.rhs)}"

    @property
    def formula(self) -> sp.Expr:
        """The right-hand side."""
        return self.rhs


@dataclass(frozen=True, slots=True, kw_only=True)
class Solves:
    """`solution` solves d(unknown)/d(var) = rate with unknown(at) = start; `rate` is written in `unknown`."""

    PRINTED: ClassVar[tuple[str, ...]] = ("solution",)
    solution: sp.Expr
    var: sp.Symbol
    unknown: sp.Symbol
    rate: sp.Expr
    at: sp.Expr
    start: sp.Expr

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The equation holds and the initial value is taken."""
        rate = self.rate.xreplace({self.unknown: self.solution})
        equation = Vanishes("equation", sp.Derivative(self.solution, self.var) - rate, domain)
        return equation, Tends("initial value", self.solution, self.var, self.at, self.start, domain)

    def latex(self) -> str:
        """Return the solution, its equation and its initial value."""
        y, var = render(self.unknown), render(self.var)
        equation = rf"\frac{{d {y}}}{{d {var}}} = {render(self.rate)}"
        return (
            rf"{y} = {render(self.solution)} \quad\text{{solves}}\quad {equation},\;"
            rf" {y}\big|_{{{var} = {render(self.at)}}} = {render(self.start)}"
        )

    @property
    def formula(self) -> sp.Expr:
        """The solution."""
        return self.solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """`solution` is `start` at var = 0; one step later it is `following`, which is written in `unknown`."""

    PRINTED: ClassVar[tuple[str, ...]] = ("solution",)
    solution: sp.Expr
    var: sp.Symbol
    unknown: sp.Symbol
    following: sp.Expr
    start: sp.Expr

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The step is taken from every value, and the first value is right."""
        later = self.solution.xreplace({self.var: self.var + 1})
        step = Vanishes("step", later - self.following.xreplace({self.unknown: self.solution}), domain)
        first = self.solution.xreplace({self.var: sp.S.Zero}) - self.start
        return step, Vanishes("first value", first, domain)

    def latex(self) -> str:
        """Return the solution, its recurrence and its first value."""
        y, n = render(self.unknown), render(self.var)
        step = rf"{y}_{{{n}+1}} = \left.{render(self.following)}\right|_{{{y} = {y}_{{{n}}}}}"
        return (
            rf"{y}_{{{n}}} = {render(self.solution)} \quad\text{{solves}}\quad {step},\; {y}_0 = {render(self.start)}"
        )

    @property
    def formula(self) -> sp.Expr:
        """The solution."""
        return self.solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Antiderivative:
    """d(primitive)/d(var) = integrand."""

    PRINTED: ClassVar[tuple[str, ...]] = ("primitive",)
    primitive: sp.Expr
    integrand: sp.Expr
    var: sp.Symbol

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The derivative of the primitive is the integrand."""
        return (Vanishes("derivative", sp.Derivative(self.primitive, self.var) - self.integrand, domain),)

    def latex(self) -> str:
        """Return the indefinite integral."""
        return rf"\int {render(self.integrand)}\, d{render(self.var)} = {render(self.primitive)} + \text{{const}}"

    @property
    def formula(self) -> sp.Expr:
        """The primitive."""
        return self.primitive


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitIs:
    """`expr` tends to `value` as `var` tends to `point` inside the domain."""

    PRINTED: ClassVar[tuple[str, ...]] = ("value",)
    expr: sp.Expr
    var: sp.Symbol
    point: sp.Expr
    value: sp.Expr

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The limit is taken."""
        return (Tends("limit", self.expr, self.var, self.point, self.value, domain),)

    def latex(self) -> str:
        """Return the limit."""
        return rf"\lim_{{{render(self.var)}\to {render(self.point)}}} {render(self.expr)} = {render(self.value)}"

    @property
    def formula(self) -> sp.Expr:
        """The value of the limit."""
        return self.value


@dataclass(frozen=True, slots=True)
class Inequality:
    """lhs op rhs at every point, or at `some` point."""

    PRINTED: ClassVar[tuple[str, ...]] = ("lhs", "rhs")
    lhs: sp.Expr
    op: str
    rhs: sp.Expr
    some: bool = False

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The difference has the sign."""
        return (Compares("comparison", self.lhs - self.rhs, self.op, domain, self.some),)

    def latex(self) -> str:
        """Return the comparison, with its quantifier when it is existential."""
        return f"{EXISTS if self.some else ''}{render(self.lhs)} {SIGNS[self.op]} {render(self.rhs)}"

    @property
    def formula(self) -> sp.Expr:
        """The difference of the two sides."""
        return self.lhs - self.rhs


@dataclass(frozen=True, slots=True, kw_only=True)
class Monotone:
    """The derivative of `expr` with respect to `var` has the sign `op` everywhere, or at `some` point."""

    PRINTED: ClassVar[tuple[str, ...]] = ("expr",)
    expr: sp.Expr
    var: sp.Symbol
    op: str
    some: bool = False

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The derivative has the sign."""
        return (Compares("slope", sp.Derivative(self.expr, self.var), self.op, domain, self.some),)

    def latex(self) -> str:
        """Return the sign of the derivative."""
        slope = rf"\frac{{\partial}}{{\partial {render(self.var)}}}\left[{render(self.expr)}\right]"
        return f"{EXISTS if self.some else ''}{slope} {SIGNS[self.op]} 0"

    @property
    def formula(self) -> sp.Expr:
        """The function whose slope is judged."""
        return self.expr


@dataclass(frozen=True, slots=True)
class MatrixIdentity:
    """lhs = rhs for matrices of any size, given hypotheses on the letters."""

    PRINTED: ClassVar[tuple[str, ...]] = ("rhs",)
    lhs: sp.Basic
    rhs: sp.Basic
    given: tuple[object, ...] = ()

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The difference vanishes in every dimension."""
        return (MatrixVanishes("identity", _difference(self.lhs, self.rhs), self.given, domain),)

    def latex(self) -> str:
        """Return lhs = rhs."""
        return f"{render(self.lhs)} = {render(self.rhs)}"

    @property
    def formula(self) -> sp.Basic:
        """The right-hand side."""
        return self.rhs


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationary:
    """The gradients of a scalar in the `letters` vanish where these have the values `at`, whatever the dimension."""

    PRINTED: ClassVar[tuple[str, ...]] = ("at",)
    scalar: sp.Expr
    letters: tuple[sp.MatrixSymbol, ...]
    at: sp.Tuple
    given: tuple[object, ...] = ()

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """Each gradient vanishes, the other letters having their values."""
        values = dict(zip(self.letters, self.at, strict=True))
        return tuple(
            MatrixVanishes(
                f"gradient in {letter}",
                Grad(self.scalar.xreplace({k: v for k, v in values.items() if k != letter}), letter, value),
                self.given,
                domain,
            )
            for letter, value in values.items()
        )

    def latex(self) -> str:
        """Return the point, and that the gradient vanishes there."""
        point = r",\; ".join(f"{render(k)} = {render(v)}" for k, v in zip(self.letters, self.at, strict=True))
        names = ", ".join(map(render, self.letters))
        return rf"\nabla_{{{names}}} {render(self.scalar)} = 0 \quad\text{{at}}\quad {point}"

    @property
    def formula(self) -> sp.Basic:
        """The value of the first letter."""
        return self.at[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSolves:
    """The matrix `solution` solves d(unknown)/d(var) = rate and is `start` where the letters have the values `at`.

    Letters of the solution move with `var` as a `Flow` in `given` says; `rate` is written in `unknown`.
    At the start holds what is given about the letters that are not replaced there.
    """

    PRINTED: ClassVar[tuple[str, ...]] = ("solution",)
    solution: sp.MatrixExpr
    var: sp.Symbol
    unknown: sp.MatrixSymbol
    rate: sp.MatrixExpr
    at: tuple[tuple[sp.Basic, sp.Basic], ...]
    start: sp.MatrixExpr
    given: tuple[object, ...] = ()

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """The equation holds and the initial value is taken."""
        rate = self.rate.xreplace({self.unknown: self.solution})
        initial = _difference(self.solution.xreplace(dict(self.at)), self.start)
        moving = {letter for letter, _ in self.at}
        at_start = tuple(g for g in self.given if not isinstance(g, Flow) and moving.isdisjoint(_letters(g)))
        return (
            MatrixVanishes("equation", _difference(Rate(self.solution, self.var), rate), self.given, domain),
            MatrixVanishes("initial value", initial, at_start, domain),
        )

    def latex(self) -> str:
        """Return the solution, its equation and its initial value."""
        unknown, var = render(self.unknown), render(self.var)
        where = r",\,".join(f"{render(letter)} = {render(value)}" for letter, value in self.at)
        return (
            rf"{unknown} = {render(self.solution)} \quad\text{{solves}}\quad"
            rf" \frac{{d {unknown}}}{{d {var}}} = {render(self.rate)},\;"
            rf" {unknown}\big|_{{{where}}} = {render(self.start)}"
        )

    @property
    def formula(self) -> sp.MatrixExpr:
        """The solution."""
        return self.solution


@dataclass(frozen=True, slots=True)
class Both:
    """Several relations at once, each possibly on a narrower domain of its own."""

    PRINTED: ClassVar[tuple[str, ...]] = ("parts",)
    parts: tuple["Relation", ...]

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """Everything each part asks for."""
        return tuple(obligation for part in self.parts for obligation in part.obligations(domain))

    def latex(self) -> str:
        """Return the parts, separated."""
        return r" \\ ".join(part.latex() for part in self.parts)

    @property
    def formula(self) -> sp.Basic:
        """The formula of the first part."""
        return self.parts[0].formula


@dataclass(frozen=True, slots=True)
class Within:
    """A relation on a domain of its own, whatever domain surrounds it."""

    PRINTED: ClassVar[tuple[str, ...]] = ("relation",)
    relation: "Relation"
    domain: Domain

    def obligations(self, domain: Domain) -> tuple[Obligation, ...]:
        """Return what the relation asks for on its own domain."""
        del domain
        return self.relation.obligations(self.domain)

    def latex(self) -> str:
        """Return the relation and its domain."""
        return rf"{self.relation.latex()} \quad \left({self.domain.latex()}\right)"

    @property
    def formula(self) -> sp.Basic:
        """The formula of the relation."""
        return self.relation.formula


def _difference(left: sp.Basic, right: sp.Basic) -> sp.Basic:
    """Return left - right; matrices as they stand, since SymPy would rewrite both at length."""
    if getattr(left, "is_Matrix", False):
        return sp.MatAdd(left, sp.MatMul(sp.S.NegativeOne, right))
    return left - right


def _letters(hypothesis: Any) -> set[sp.Basic]:
    """Return the matrix letters that a hypothesis speaks of."""
    values = [getattr(hypothesis, field.name) for field in fields(hypothesis)]
    parts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return {letter for part in parts for letter in sp.sympify(part).atoms(sp.MatrixSymbol)}


Relation = (
    Identity
    | Solves
    | Recurrence
    | Antiderivative
    | LimitIs
    | Inequality
    | Monotone
    | MatrixIdentity
    | Stationary
    | MatrixSolves
    | Both
    | Within
)
