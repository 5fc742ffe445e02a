"""A law of steps, iterated rigorously: exact numbers at the start, balls from then on."""

from collections.abc import Iterator, Mapping

import numpy as np
import sympy as sp
from flint import arb, arb_mat, fmpq, fmpq_mat

from verify.arithmetic.balls import ball, precision
from verify.arithmetic.jets import Matrix
from verify.arithmetic.matrix_values import Instance, mapped

BITS, EPS = 256, 2.0**-52
Ball = np.ndarray
"""Midpoints and radii in double precision, stacked along a first axis of length 2."""
Values = Mapping[str, np.ndarray]
"""Numbers and matrices by name, each double taken as the exact number that it is."""


def iterated(
    states: tuple[sp.Basic, ...], following: tuple[sp.Basic, ...], fixed: Values, start: Values
) -> Iterator[tuple[Ball, ...]]:
    """Yield the values of the states after 0, 1, 2, ... steps; `following` gives their next values, written in them.

    Raises:
        ArithmeticError: a value does not exist, or is not known to double precision.
        KeyError: a letter or a symbol without a value.
        ValueError: shapes that do not fit, or a node without a value.
    """
    if any(isinstance(state, sp.MatrixSymbol) for state in states):
        yield from _matrices(states, following, fixed, start)
    else:
        yield from _numbers(states, following, fixed, start)


def evaluated(expr: sp.Expr, fixed: Values) -> Ball:
    """Return the value of a closed form."""
    return _of_ball(ball(expr, _point(expr.free_symbols, fixed), BITS))


def _numbers(
    states: tuple[sp.Basic, ...], following: tuple[sp.Basic, ...], fixed: Values, start: Values
) -> Iterator[tuple[Ball, ...]]:
    known = _point(sp.Tuple(*following).free_symbols - set(states), fixed)
    now = {state: arb(float(start[str(state)])) for state in states}
    while True:
        yield tuple(map(_of_ball, now.values()))
        now = dict(zip(states, [ball(expr, known | now, BITS) for expr in following], strict=True))


def _matrices(
    states: tuple[sp.Basic, ...], following: tuple[sp.Basic, ...], fixed: Values, start: Values
) -> Iterator[tuple[Ball, ...]]:
    used = sp.Tuple(*following, *states).free_symbols - set(states)
    letters = {x: _exact(fixed[x.name]) for x in used if isinstance(x, sp.MatrixSymbol)}
    step = mapped(following, Instance(_point(used - set(letters), fixed), letters))
    now: dict[sp.Basic, Matrix] = {state: arb_mat(_exact(start[str(state)])) for state in states}
    while True:
        yield tuple(map(_of_balls, now.values()))
        with precision(BITS):
            now = dict(zip(states, [arb_mat(m) for m in step(now)], strict=True))


def _point(symbols: set[sp.Symbol], fixed: Values) -> dict[sp.Symbol, sp.Rational]:
    return {s: _rational(fixed[s.name]) for s in symbols}


def _rational(value: np.ndarray) -> sp.Rational:
    return sp.Rational(*float(value).as_integer_ratio())


def _exact(matrix: np.ndarray) -> fmpq_mat:
    entries = [fmpq(*float(v).as_integer_ratio()) for v in np.ravel(matrix)]
    return fmpq_mat(*matrix.shape, entries)


def _of_ball(value: arb) -> Ball:
    """Return midpoint and radius in double precision.

    Raises:
        ArithmeticError: there is no finite value, or it is not known to double precision.
    """
    middle, radius = float(value.mid()), float(value.rad())
    if not (np.isfinite(middle) and radius <= EPS * (1 + abs(middle))):
        raise ArithmeticError("law: no value that is known to double precision")
    return np.array([middle, radius + EPS * abs(middle)])


def _of_balls(matrix: arb_mat) -> Ball:
    entries = np.array([_of_ball(v) for v in matrix.entries()])
    return entries.T.reshape(2, matrix.nrows(), matrix.ncols())
