"""Expressions with integrals have values too: Arb bounds each integral rigorously, balls do the rest.

The integrand is evaluated on complex balls; where it is asked to be analytic and a branch cut may be near, it returns
no finite ball, and Arb cuts the interval further.
"""

from collections.abc import Callable, Mapping
from functools import reduce

import sympy as sp
from flint import acb, arb, ctx

from theory.functions import Ein, boys, phi1
from verify.arithmetic.balls import MAX_BITS, Undefined, ball, precision
from verify.arithmetic.balls import value as closed_value

Integrand = Callable[[acb, bool], acb]
Point = Mapping[sp.Symbol, sp.Rational | arb]
NOWHERE = acb(arb.nan(), arb.nan())
EVALUATIONS = 30_000
WIDE = 8  # balls are cut rather than summed over a power series
FAR = 16  # from 0, where the exponential integral is cheaper than the series of Ein


def value(expr: sp.Expr, point: Mapping[sp.Symbol, sp.Rational], digits: int) -> arb:
    """Return a ball of relative accuracy `digits` for `expr`, which may contain integrals, at an exact point.

    Raises:
        ArithmeticError: not reached with 16384 bits.
        ValueError: a node or a symbol is unknown.
    """
    if not expr.has(sp.Integral):
        return closed_value(expr, point, digits)
    bits = 64 + 4 * digits
    while bits <= MAX_BITS:
        found = _tried(expr, point, bits)
        if found is not None and (found.is_zero() or found.rel_accuracy_bits() > 3.33 * digits):
            return found
        bits *= 2
    raise ArithmeticError(f"value: expected {digits} digits, not reached with {MAX_BITS} bits")


def enclosed(expr: sp.Expr, point: Point, bits: int = 128) -> arb:
    """Return a ball that contains the value of `expr`, which may contain integrals, at (every point of) `point`.

    Raises:
        Undefined: there is no finite real value, or the ball is too wide to tell.
        ValueError: a node or a symbol is unknown.
    """
    integrals = sorted(expr.atoms(sp.Integral), key=str)
    names = {integral: sp.Dummy(real=True) for integral in integrals}
    values = {names[integral]: _integral(integral, point, bits) for integral in integrals}
    return ball(expr.xreplace(names), {**point, **values}, bits)


def _tried(expr: sp.Expr, point: Point, bits: int) -> arb | None:
    try:
        return enclosed(expr, point, bits)
    except Undefined:
        return None


def _integral(integral: sp.Integral, point: Point, bits: int) -> arb:
    ((x, low, high),) = integral.limits
    ends = (acb(ball(end, point, bits)) for end in (low, high))
    with precision(bits):
        known = {symbol: acb(ball(symbol, point, bits)) for symbol in integral.function.free_symbols - {x}}
        goal = arb(2) ** -(2 * bits // 3)
        integrand = _compiled(integral.function, x, known)
        found = acb.integral(integrand, *ends, rel_tol=goal, abs_tol=goal, eval_limit=EVALUATIONS)
    if not (found.is_finite() and found.imag.contains(0)):
        raise Undefined("the integral has no finite real value")
    return found.real


def _compiled(expr: sp.Expr, x: sp.Symbol, known: Mapping[sp.Symbol, acb]) -> Integrand:
    """Return `expr` as a function of x; what does not depend on x is evaluated once."""
    if expr == x:
        return lambda z, _: z
    if not expr.has(x):
        constant = acb(ball(expr, {symbol: number.real for symbol, number in known.items()}, ctx.prec))
        return lambda *_: constant
    if isinstance(expr, sp.Pow):
        return _power(expr, x, known)
    if type(expr) not in _NODES:
        raise ValueError(f"integrand: unknown node {type(expr).__name__}")
    node, children = _NODES[type(expr)], tuple(_compiled(child, x, known) for child in expr.args)
    return lambda z, analytic: node(analytic, *(child(z, analytic) for child in children))


def _power(expr: sp.Pow, x: sp.Symbol, known: Mapping[sp.Symbol, acb]) -> Integrand:
    base, exponent = (_compiled(child, x, known) for child in expr.args)
    if not expr.exp.has(x):
        fixed = exponent(acb(0), False)
        if fixed.real.is_integer() and fixed.imag.is_zero():
            n = int(fixed.real.unique_fmpz())
            return lambda z, analytic: base(z, analytic) ** n
    return lambda z, analytic: base(z, analytic).pow(exponent(z, analytic), analytic=analytic)


def _ei(analytic: bool, z: acb) -> acb:
    """Return Ei, whose values left and right of the imaginary axis are two analytic functions."""
    del analytic
    if z.real < 0:
        return -(-z).expint(1)
    return z.ei() if z.real > 0 else NOWHERE


def _ein(analytic: bool, z: acb) -> acb:
    del analytic
    if z.real > FAR:
        return z.expint(1) + z.log() + arb.const_euler()
    if z.real < -FAR:
        return (-z).log() - (-z).ei() + arb.const_euler()
    return z * (-z).hypgeom([acb(1), acb(1)], [acb(2), acb(2)]) if abs(z) < 2 * FAR else NOWHERE


def _phi1(analytic: bool, z: acb) -> acb:
    del analytic
    if abs(z) > 1:
        return z.expm1() / z
    return z.hypgeom_1f1(1, 2) if abs(z) < WIDE else NOWHERE


_NODES: dict[type, Callable[..., acb]] = {
    sp.Add: lambda _, *terms: sum(terms[1:], terms[0]),
    sp.Mul: lambda _, *factors: reduce(lambda a, b: a * b, factors),
    sp.exp: lambda _, z: z.exp(),
    sp.log: lambda analytic, z: z.log(analytic=analytic),
    sp.erf: lambda _, z: z.erf(),
    sp.Ei: _ei,
    Ein: _ein,
    phi1: _phi1,
    boys: lambda _, z: (-z).hypgeom_1f1(acb(1) / 2, acb(3) / 2),
}
