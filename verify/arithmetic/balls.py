"""A closed form has one real value at a point, and a ball of arbitrary precision that contains it.

Real semantics: where the expression is not a real number the evaluation is `Undefined`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial

import sympy as sp
from flint import arb, ctx, fmpq

from theory.functions import Ein, boys, phi1, phi2

MAX_BITS = 1 << 14
type_step = tuple[sp.Symbol | Callable[..., arb], tuple[int, ...]]  # a symbol, or a function of earlier values


class Undefined(ArithmeticError):
    """The expression has no real value there, or the ball is too wide to tell."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with `bits` bits; Arb's precision is global to the process and is put back."""
    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before


def ball(expr: sp.Expr, point: Mapping[sp.Symbol, sp.Rational | arb], bits: int = 128) -> arb:
    """Return a ball that contains the value of `expr` at (every point of the box) `point`.

    Raises:
        Undefined: no real value: logarithm of a negative number, division by a ball around 0, ...
        ValueError: a node or a symbol is unknown.
    """
    with precision(bits):
        return _run(_program(expr), point)


def value(expr: sp.Expr, point: Mapping[sp.Symbol, sp.Rational], digits: int) -> arb:
    """Return a ball of relative accuracy `digits` for `expr` at an exact point.

    Raises:
        ArithmeticError: not reached with 16384 bits, for example because the value is 0.
    """
    bits = 64 + 4 * digits
    while bits <= MAX_BITS:
        try:
            found = ball(expr, point, bits)
        except Undefined:
            found = None
        if found is not None and (found.is_zero() or found.rel_accuracy_bits() > 3.33 * digits):
            return found
        bits *= 2
    raise ArithmeticError(f"value: expected {digits} digits, not reached with {MAX_BITS} bits")


def enclose(expr: sp.Expr, box: Mapping[sp.Symbol, arb], bits: int = 64) -> arb:
    """Return the value of `expr` on a box: direct and mean-value form, intersected."""
    direct = ball(expr, box, bits)
    try:
        centred = ball(expr, {s: v.mid() for s, v in box.items()}, bits)
        for s, v in box.items():
            centred += ball(derivative(expr, s), box, bits) * (v - v.mid())
        return direct.intersection(centred)
    except Undefined:
        return direct


def derivative(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return d expr / dx, node by node; independent of SymPy's `diff` and of the tower."""
    if not expr.has(x):
        return sp.S.Zero
    if expr == x:
        return sp.S.One
    if isinstance(expr, sp.Add):
        return sp.Add(*(derivative(a, x) for a in expr.args))
    if isinstance(expr, sp.Mul):
        return sp.Add(
            *(derivative(a, x) * sp.Mul(*expr.args[:i], *expr.args[i + 1 :]) for i, a in enumerate(expr.args))
        )
    if isinstance(expr, sp.Derivative):
        return derivative(_done(expr), x)
    if isinstance(expr, sp.Pow):
        base, exponent = expr.args
        inner = exponent * base ** (exponent - 1) * derivative(base, x)
        return inner + (expr * sp.log(base) * derivative(exponent, x) if exponent.has(x) else 0)
    if type(expr) not in _SLOPES:
        raise ValueError(f"derivative: unknown node {type(expr).__name__}")
    (u,) = expr.args
    return _SLOPES[type(expr)](u) * derivative(u, x)


_SLOPES = {
    sp.exp: sp.exp,
    sp.log: lambda u: 1 / u,
    sp.Ei: lambda u: sp.exp(u) / u,
    Ein: lambda u: phi1(-u),
    phi1: lambda u: ((u - 1) * sp.exp(u) + 1) / u**2,
    phi2: lambda u: ((u - 2) * sp.exp(u) + u + 2) / u**3,
    boys: lambda u: (sp.exp(-u) - boys(u)) / (2 * u),
    sp.Abs: lambda u: u / sp.Abs(u),
    sp.erf: lambda u: 2 * sp.exp(-(u**2)) / sp.sqrt(sp.pi),
}


def without_derivatives(expr: sp.Expr) -> sp.Expr:
    """Return `expr` with every derivative carried out, node by node."""
    if not expr.has(sp.Derivative):
        return expr
    inner = (without_derivatives(child) for child in expr.args)
    return _done(expr) if isinstance(expr, sp.Derivative) else expr.func(*inner)


def _done(expr: sp.Derivative) -> sp.Expr:
    inner, *variables = expr.args
    for x, count in variables:
        for _ in range(int(count)):
            inner = derivative(inner, x)
    return inner


@lru_cache(maxsize=4096)
def _program(expr: sp.Expr) -> tuple[type_step, ...]:
    """Return the steps that evaluate `expr`, each equal part once.

    Raises:
        ValueError: a node is unknown.
    """
    steps: list[type_step] = []
    places: dict[sp.Expr, int] = {}

    def place(node: sp.Expr) -> int:
        if node not in places:
            step = _step(node, place)
            places[node] = len(steps)
            steps.append(step)
        return places[node]

    place(expr)
    return tuple(steps)


def _step(node: sp.Expr, place: Callable[[sp.Expr], int]) -> type_step:
    if isinstance(node, sp.Symbol):
        return node, ()
    if isinstance(node, sp.Rational):
        return partial(arb, _fraction(node)), ()
    if node in _CONSTANTS:
        return _CONSTANTS[node], ()
    if isinstance(node, sp.Derivative):
        return _same, (place(_done(node)),)
    if node in _UNREAL:
        return arb.nan, ()
    if type(node) not in _VALUES:
        raise ValueError(f"ball: unknown node {node!s:.40}")
    return _VALUES[type(node)], tuple(map(place, node.args))


def _run(steps: tuple[type_step, ...], point: Mapping[sp.Symbol, sp.Rational | arb]) -> arb:
    values: list[arb] = []
    for what, places in steps:
        if isinstance(what, sp.Symbol):
            values.append(_coordinate(what, point))
            continue
        found = what(*[values[i] for i in places])
        if not found.is_finite():
            raise Undefined("a part has no finite real value")
        values.append(found)
    return values[-1]


def _coordinate(symbol: sp.Symbol, point: Mapping[sp.Symbol, sp.Rational | arb]) -> arb:
    if symbol not in point:
        raise ValueError(f"ball: the symbol {symbol} has no value")
    value = point[symbol]
    return value if isinstance(value, arb) else arb(_fraction(value))


def _fraction(number: sp.Rational | int) -> fmpq:
    exact = sp.Rational(number)
    return fmpq(int(exact.p), int(exact.q))


def _same(u: arb) -> arb:
    return u


def _power(base: arb, exponent: arb) -> arb:
    if exponent.is_integer():
        return base ** int(exponent.unique_fmpz())
    if (2 * exponent).is_integer():
        return base.sqrt() ** int((2 * exponent).unique_fmpz())
    if base.is_zero() and exponent > 0:
        return arb(0)
    return (exponent * base.log()).exp()


def _hull(function: Callable[[arb], arb], u: arb) -> arb:
    """Return the range over the ball `u` of a function monotone there."""
    return function(u) if u.is_exact() else function(u.lower()).union(function(u.upper()))


def _ei(u: arb) -> arb:
    if u < 0:
        return _hull(lambda v: -(-v).expint(1), u)
    return _hull(lambda v: v.ei(), u) if u > 0 else arb.nan()


def _ein(u: arb) -> arb:
    return _hull(_ein_at, u)


def _ein_at(u: arb) -> arb:
    if u > 16:
        return u.expint(1) + u.log() + arb.const_euler()
    if u < -16:
        return arb.const_euler() + (-u).log() - (-u).ei()
    return u * arb.hypgeom(-u, [arb(1), arb(1)], [arb(2), arb(2)])


def _phi1(u: arb) -> arb:
    return _hull(lambda v: arb(1) if v.is_zero() else v.expm1() / v, u)


def _phi2(u: arb) -> arb:
    return _hull(lambda v: v.hypgeom([arb(1)], [arb(3)]) / 2, u)


def _boys(u: arb) -> arb:
    return _hull(lambda v: (-v).hypgeom_1f1(arb(1) / 2, arb(3) / 2), u)


def _sum(*terms: arb) -> arb:
    return sum(terms, arb(0))


def _product(*factors: arb) -> arb:
    out = arb(1)
    for factor in factors:
        out *= factor
    return out


_UNREAL = {sp.I, sp.nan, sp.zoo, sp.oo, -sp.oo}
_CONSTANTS = {sp.pi: arb.pi, sp.EulerGamma: arb.const_euler, sp.E: arb.const_e}
_VALUES = {
    sp.Add: _sum, sp.Mul: _product, sp.Pow: _power, sp.exp: arb.exp, sp.log: arb.log, sp.erf: arb.erf,
    sp.Ei: _ei, Ein: _ein, phi1: _phi1, phi2: _phi2, boys: _boys, sp.Abs: abs, sp.cos: arb.cos,
}  # fmt: skip
