"""Matrix statements in any dimension: letters, traces, expectations, gradients, and what is given about them.

Letters are `MatrixSymbol`s; a 1x1 product such as `x.T*A*y` is a scalar once it stands in a `Trace`.
SymPy evaluates while it builds: `A.I*A` becomes the identity and `(A*B).I` becomes `B.I*A.I` without
a word on invertibility (`Inv` does neither), `Trace(A + B).diff(A)` is silently 0 (`Grad` stays
unevaluated), `exp(A)` is the scalar function (`MatrixExp` is the matrix one), `Trace(A*B)` and
`Trace(B*A)` differ, and the shape of `x.T*x*A` is not checked (the kernel checks it).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import sympy as sp
from sympy.printing.latex import LatexPrinter


class Inv(sp.MatrixExpr):
    """The inverse of a square matrix; whoever uses it has to show that it exists."""

    def __new__(cls, matrix: sp.MatrixExpr) -> "Inv":
        """Return the node, unevaluated; raise ValueError unless `matrix` is square."""
        return super().__new__(cls, _square(matrix))

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        """The shape of the matrix."""
        return self.args[0].shape

    def _latex(self, printer: LatexPrinter) -> str:
        return rf"{printer.parenthesize(self.args[0], 1000, strict=True)}^{{-1}}"


class MatrixExp(sp.MatrixExpr):
    """The exponential of a square matrix."""

    def __new__(cls, matrix: sp.MatrixExpr) -> "MatrixExp":
        """Return the node, unevaluated; raise ValueError unless `matrix` is square."""
        return super().__new__(cls, _square(matrix))

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        """The shape of the matrix."""
        return self.args[0].shape

    def _latex(self, printer: LatexPrinter) -> str:
        return rf"e^{{{printer.doprint(self.args[0])}}}"


class Grad(sp.MatrixExpr):
    """The matrix of partial derivatives of a scalar with respect to the entries of the letter `wrt`.

    All other letters are held fixed; `wrt` is free of what is given about it, which holds again
    where the derivative is evaluated: at `wrt` itself, or at the matrix `at`.
    """

    def __new__(cls, scalar: sp.Expr, wrt: sp.MatrixSymbol, at: sp.MatrixExpr | None = None) -> "Grad":
        """Return the node, unevaluated; raise ValueError unless `wrt` is a letter."""
        if not isinstance(wrt, sp.MatrixSymbol):
            raise ValueError(f"wrt: expected a matrix letter, got {wrt}")  # noqa: TRY004 - a boundary error
        if getattr(scalar, "is_Matrix", False):
            raise ValueError(f"scalar: expected a scalar (a 1x1 matrix goes into a Trace), got {scalar}")
        return super().__new__(cls, sp.sympify(scalar), wrt, wrt if at is None else at)

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        """The shape of the letter."""
        return self.args[1].shape

    def _latex(self, printer: LatexPrinter) -> str:
        scalar, wrt, at = self.args
        where = "" if at == wrt else rf"\Big|_{{{printer.doprint(wrt)}={printer.doprint(at)}}}"
        return rf"\nabla_{{{printer.doprint(wrt)}}}\left[{printer.doprint(scalar)}\right]{where}"


class _Scalar(sp.Expr):
    is_commutative = True


class Expect(_Scalar):
    """The expectation of a scalar (or, as `ExpectMatrix`, of a matrix) over all random letters in it."""

    def __new__(cls, what: sp.Basic) -> "Expect | ExpectMatrix":
        """Return the node for a scalar or a matrix."""
        return ExpectMatrix(what) if getattr(what, "is_Matrix", False) else super().__new__(cls, sp.sympify(what))

    def _latex(self, printer: LatexPrinter) -> str:
        return rf"\mathbb{{E}}\left[{printer.doprint(self.args[0])}\right]"


class ExpectMatrix(sp.MatrixExpr):
    """The expectation of a matrix, entry by entry."""

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        """The shape of the matrix."""
        return self.args[0].shape

    _latex = Expect._latex


class Rate(_Scalar):
    """The derivative of a scalar (or, as `RateMatrix`, of a matrix) with respect to time.

    The letters named in a `Flow` move; a letter without one does not depend on time.
    """

    def __new__(cls, what: sp.Basic, tau: sp.Symbol) -> "Rate | RateMatrix":
        """Return the node for a scalar or a matrix."""
        matrix = getattr(what, "is_Matrix", False)
        return RateMatrix(what, tau) if matrix else super().__new__(cls, sp.sympify(what), tau)

    def _latex(self, printer: LatexPrinter) -> str:
        what, tau = self.args
        return rf"\frac{{d}}{{d{printer.doprint(tau)}}}\left[{printer.doprint(what)}\right]"


class RateMatrix(sp.MatrixExpr):
    """The derivative of a matrix with respect to time, entry by entry."""

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        """The shape of the matrix."""
        return self.args[0].shape

    _latex = Rate._latex


def norm2(matrix: sp.MatrixExpr) -> sp.Trace:
    """Return ||A||^2 = Tr(A A^T), the sum of the squares of the entries."""
    return sp.Trace(matrix * matrix.T)


def inner(left: sp.MatrixExpr, right: sp.MatrixExpr) -> sp.Trace:
    """Return <A, B> = Tr(A^T B); for vectors the scalar product."""
    return sp.Trace(left.T * right)


def substituted(expr: sp.Basic, letter: sp.MatrixSymbol, matrix: sp.MatrixExpr) -> sp.Basic:
    """Return `expr` with `matrix` written for `letter`."""
    return expr.xreplace({letter: matrix})


def _square(matrix: sp.MatrixExpr) -> sp.MatrixExpr:
    if not getattr(matrix, "is_Matrix", False) or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"matrix: expected a square matrix, got {matrix}")
    return matrix


@dataclass(frozen=True, slots=True)
class Rule:
    """`left` = `right`."""

    left: sp.MatrixExpr
    right: sp.MatrixExpr

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        return (self.left - self.right,)


@dataclass(frozen=True, slots=True)
class Symmetric:
    """The letter equals its transpose."""

    matrix: sp.MatrixSymbol

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        return (self.matrix - self.matrix.T,)


class PositiveSemidefinite(Symmetric):
    """The letter is symmetric and x^T S x >= 0 for every x."""


class PositiveDefinite(Symmetric):
    """The matrix (a letter or an expression) is symmetric and x^T S x > 0 for every x except 0."""


@dataclass(frozen=True, slots=True)
class Nonsingular:
    """The matrix (a letter or an expression) has an inverse."""

    matrix: sp.MatrixExpr
    equations = ()


@dataclass(frozen=True, slots=True)
class Orthogonal:
    """U U^T = U^T U = I."""

    matrix: sp.MatrixSymbol

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        unit = sp.Identity(self.matrix.shape[0])
        return self.matrix * self.matrix.T - unit, self.matrix.T * self.matrix - unit


@dataclass(frozen=True, slots=True)
class Eigenvector:
    """S u = lam u with S symmetric; u may be any multiple of a unit vector."""

    vector: sp.MatrixSymbol
    matrix: sp.MatrixSymbol
    value: sp.Expr

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        return self.matrix * self.vector - self.value * self.vector, self.matrix - self.matrix.T


@dataclass(frozen=True, slots=True)
class Orthonormal:
    """The vectors have length 1 and are orthogonal to each other."""

    vectors: tuple[sp.MatrixSymbol, ...]

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        pairs = [(u, v) for i, u in enumerate(self.vectors) for v in self.vectors[: i + 1]]
        return tuple(u.T * v - sp.Identity(1) if u == v else u.T * v for u, v in pairs)


@dataclass(frozen=True, slots=True)
class Commute:
    """A B = B A."""

    left: sp.MatrixSymbol
    right: sp.MatrixSymbol

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        return (self.left * self.right - self.right * self.left,)


@dataclass(frozen=True, slots=True)
class Diagonal:
    """The letters are diagonal; what is used of it: they are symmetric and commute."""

    matrices: tuple[sp.MatrixSymbol, ...]

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        pairs = [(a, b) for i, a in enumerate(self.matrices) for b in self.matrices[:i]]
        return tuple(a - a.T for a in self.matrices) + tuple(a * b - b * a for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Moments:
    """The random vector has this mean and this covariance (so it is positive semidefinite)."""

    vector: sp.MatrixSymbol
    mean: sp.MatrixExpr
    covariance: sp.MatrixExpr

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        return (self.covariance - self.covariance.T,)


@dataclass(frozen=True, slots=True)
class Covariance:
    """E[(y - E y)(x - E x)^T] = matrix for two random vectors that have `Moments`."""

    left: sp.MatrixSymbol
    right: sp.MatrixSymbol
    matrix: sp.MatrixExpr
    equations = ()


@dataclass(frozen=True, slots=True)
class Independent:
    """The two random vectors are independent."""

    left: sp.MatrixSymbol
    right: sp.MatrixSymbol
    equations = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """d letter / d tau = rate, at the time considered."""

    letter: sp.MatrixSymbol
    tau: sp.Symbol
    rate: sp.MatrixExpr
    equations = ()


class Hypothesis(Protocol):
    """What can be given about letters: equations, and what the class says beyond them."""

    @property
    def equations(self) -> tuple[sp.MatrixExpr, ...]:
        """The matrices that vanish."""
        ...


def equations(hypotheses: Iterable[object]) -> tuple[sp.MatrixExpr, ...]:
    """Return the matrices that vanish by the hypotheses.

    Raises:
        ValueError: one of them is not a hypothesis of this module.
    """
    given = tuple(hypotheses)
    if unknown := [h for h in given if type(h) not in HYPOTHESES]:
        raise ValueError(f"given: expected hypotheses on letters, got {unknown[0]}")
    return tuple(e for h in given for e in _equations(h))


@lru_cache(maxsize=1024)
def _equations(hypothesis: Any) -> tuple[sp.MatrixExpr, ...]:
    return hypothesis.equations


HYPOTHESES = (
    Rule, Symmetric, PositiveSemidefinite, PositiveDefinite, Nonsingular, Orthogonal, Eigenvector,
    Orthonormal, Commute, Diagonal, Moments, Covariance, Independent, Flow,
)  # fmt: skip
NODES = (
    sp.MatrixSymbol, sp.Identity, sp.ZeroMatrix, sp.MatAdd, sp.MatMul, sp.MatPow, sp.Inverse, sp.Transpose,
    sp.Trace, Inv, MatrixExp, Grad, Expect, ExpectMatrix, Rate, RateMatrix,
)  # fmt: skip
