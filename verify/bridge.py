"""The one place where an expression becomes double-precision numbers; balls live in `verify.arithmetic.balls`."""

from collections.abc import Callable, Mapping
from functools import reduce

import numpy as np
import sympy as sp
from scipy import linalg, special

from theory.functions import Ein, boys, phi1
from theory.matrices import Expect, ExpectMatrix, Inv, MatrixExp

Array = np.ndarray


def evaluate(expr: sp.Expr, at: Mapping[str, float | Array]) -> Array:
    """Return `expr` with numbers, or arrays that broadcast, for its symbols.

    Raises:
        ValueError: a symbol has no number, or the expression has a node without a numerical meaning.
    """
    known: dict[sp.Basic, Array] = {}
    with np.errstate(all="ignore"):  # a value that does not exist is NaN or inf, which no comparison accepts
        return _number(expr, {name: np.asarray(value, dtype=float) for name, value in at.items()}, known)


def evaluate_matrix(expr: sp.Basic, at: Mapping[str, float | Array]) -> Array:
    """Return a matrix expression, or a scalar made of traces, with an array for each letter; `d` is the dimension.

    A random letter has one more axis, the first: its equally likely values, over which `Expect` takes the mean.

    Raises:
        ValueError: a letter has no array, or the expression has a node without a numerical meaning.
    """
    numbers = {name: np.asarray(value, dtype=float) for name, value in at.items()}
    with np.errstate(all="ignore"):
        return _number(expr, numbers, {})


def ein(u: Array) -> Array:
    """Return Ein(u), with an error below 1e-15 (1 + Ein(u)) for u >= 0 and 1e-14 |Ein(u)| below; -inf from -717 on."""
    size = np.maximum(np.abs(u), 1.0)
    rest = np.log(size) + np.euler_gamma
    large = np.where(u > 0, special.exp1(size), -special.expi(size)) + rest
    return np.where(np.abs(u) > 1.0, large, _ein_series(np.clip(u, -1.0, 1.0)))


def _ein_series(u: Array) -> Array:
    """Return the sum of -(-u)^k/(k k!), k = 1..20, for |u| <= 1: the next term is below 1e-20."""
    total, term = np.zeros_like(u), -np.ones_like(u)
    for k in range(1, 21):
        term = term * -u / k
        total = total + term / k
    return total


def _phi1(z: Array) -> Array:
    safe = np.where(z == 0, 1.0, z)
    return np.where(z == 0, 1.0, np.expm1(safe) / safe)


def _boys(u: Array) -> Array:
    root = np.sqrt(np.where(u > 0, u, 1.0))
    return np.where(u == 0, 1.0, np.where(u > 0, np.sqrt(np.pi) / 2 * special.erf(root) / root, np.nan))


def _number(expr: sp.Basic, at: Mapping[str, Array], known: dict[sp.Basic, Array]) -> Array:
    if expr not in known:
        known[expr] = _node(expr, at, known)
    return known[expr]


def _node(expr: sp.Basic, at: Mapping[str, Array], known: dict[sp.Basic, Array]) -> Array:
    if isinstance(expr, sp.Symbol | sp.MatrixSymbol):
        if expr.name not in at:
            raise ValueError(f"evaluate: expected a number for {expr.name}, got none")
        return at[expr.name]
    if expr.is_Number or expr.is_NumberSymbol:
        return np.asarray(float(expr))
    if isinstance(expr, sp.Derivative):
        return _number(expr.doit(), at, known)
    if isinstance(expr, sp.Identity | sp.ZeroMatrix):
        rows, columns = (int(_number(side, at, known)) for side in expr.shape)
        return np.eye(rows) if isinstance(expr, sp.Identity) else np.zeros((rows, columns))
    if isinstance(expr, sp.Integral):
        return _integral(expr, at)
    if type(expr) not in _VALUES:
        raise ValueError(f"evaluate: no number for the node {type(expr).__name__}")
    return _VALUES[type(expr)](*(_number(child, at, known) for child in expr.args))


def _integral(expr: sp.Integral, at: Mapping[str, Array]) -> Array:
    """Return a definite integral by tanh-sinh quadrature, NaN unless two step sizes agree to eight digits."""
    ((x, low, high),) = expr.limits
    left, right = (float(_number(end, at, {})) for end in (low, high))

    def sums(places: Array, weights: Array) -> Array:
        values = _number(expr.function, {**at, x.name: (left + right) / 2 + (right - left) / 2 * places}, {})
        return (right - left) / 2 * np.sum(weights * values)

    coarse, fine = (sums(*rule) for rule in _RULES)
    return np.asarray(fine if abs(fine - coarse) <= 1e-8 * (1 + abs(fine)) else np.nan)


def _tanh_sinh(step: float) -> tuple[Array, Array]:
    """Return places in (-1, 1) and weights; ends at which the integrand is like a root do no harm."""
    t = np.arange(-3.0, 3.0 + step / 2, step)
    u = np.pi / 2 * np.sinh(t)
    return np.tanh(u), step * np.pi / 2 * np.cosh(t) / np.cosh(u) ** 2


_RULES = _tanh_sinh(0.125), _tanh_sinh(0.0625)


def _sum(*terms: Array) -> Array:
    return sum(terms[1:], terms[0])


def _product(*factors: Array) -> Array:
    out = factors[0]
    for factor in factors[1:]:
        out = out * factor
    return out


def _matrix_product(*factors: Array) -> Array:
    """Multiply matrices in order and scalars into them."""
    scalars = [factor for factor in factors if np.ndim(factor) == 0]
    matrices = [factor for factor in factors if np.ndim(factor) >= 2]
    return _product(*scalars, reduce(np.matmul, matrices))


def _mean(values: Array) -> Array:
    """Return the mean over the values of the random letters; what has none is its own mean."""
    return values.mean(axis=0) if values.ndim in (1, 3) else values


_VALUES: dict[type, Callable[..., Array]] = {
    sp.Add: _sum,
    sp.Mul: _product,
    sp.Pow: np.power,
    sp.exp: np.exp,
    sp.Abs: np.abs,
    sp.log: np.log,
    sp.cos: np.cos,
    sp.Ei: special.expi,
    sp.erf: special.erf,
    sp.gamma: special.gamma,
    Ein: ein,
    phi1: _phi1,
    boys: _boys,
    sp.MatAdd: _sum,
    sp.MatMul: _matrix_product,
    sp.MatPow: lambda matrix, exponent: np.linalg.matrix_power(matrix, int(exponent)),
    sp.Transpose: lambda matrix: np.swapaxes(matrix, -1, -2),
    sp.Trace: lambda matrix: np.trace(matrix, axis1=-2, axis2=-1),
    Expect: _mean,
    ExpectMatrix: _mean,
    Inv: np.linalg.inv,
    MatrixExp: linalg.expm,
}
