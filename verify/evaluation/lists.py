"""Lists of exact numbers as parameters: vectors and covariances, from JSON text or from lists."""

import json
from collections.abc import Iterable, Mapping

import sympy as sp
from flint import arb, fmpq

from theory.domain import exact
from theory.formula import Kind
from verify.arithmetic.balls import precision

MOST = 256  # rows; larger matrices serve only to exhaust time
BITS = 256
SLACK = fmpq(1, 10**9)  # of the trace: what rounding to decimals may take from a singular covariance


def lists_of(kinds: Iterable[tuple[str, Kind]], given: Mapping[str, object]) -> dict[str, tuple]:
    """Return the list parameters by name, as tuples of exact numbers, or of rows.

    Raises:
        ValueError: not a list of numbers, or not a covariance where one is expected; it says which.
    """
    return {name: _covariance(name, given[name]) if kind == "covariance" else _vector(name, given[name])
            for name, kind in kinds}  # fmt: skip


def _covariance(name: str, value: object) -> tuple[tuple[sp.Rational, ...], ...]:
    """Return the rows of a square, symmetric matrix, positive semidefinite up to rounding."""
    rows = tuple(_vector(f"{name}, row {i}", row) for i, row in enumerate(_list(name, value)))
    if any(len(row) != len(rows) for row in rows):
        raise ValueError(f"{name}: expected a square list of lists, got rows of {sorted({len(r) for r in rows})}")
    if any(rows[i][j] != rows[j][i] for i in range(len(rows)) for j in range(i)):
        raise ValueError(f"{name}: expected a symmetric matrix")
    if not _semidefinite(rows):
        raise ValueError(f"{name}: expected a positive semidefinite matrix, which a covariance is")
    return rows


def _vector(name: str, value: object) -> tuple[sp.Rational, ...]:
    try:
        return tuple(exact(entry) for entry in _list(name, value))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _list(name: str, value: object) -> list[object]:
    if isinstance(value, str):
        try:
            return _list(name, json.loads(value, parse_float=str, parse_int=str))  # 0.1 stays what one wrote
        except (json.JSONDecodeError, RecursionError):
            raise ValueError(f"{name}: expected a JSON list, got {value[:40]!r}") from None
    if not (isinstance(value, list | tuple) and 0 < len(value) <= MOST):
        raise ValueError(f"{name}: expected a list of 1 to {MOST} entries")
    return list(value)


def _semidefinite(rows: tuple[tuple[sp.Rational, ...], ...]) -> bool:
    """Return whether the matrix, with `SLACK` of its trace added to the diagonal, has positive pivots, or is 0."""
    n, trace = len(rows), sum((row[i] for i, row in enumerate(rows)), sp.S.Zero)
    if not any(any(row) for row in rows):
        return True
    with precision(BITS):
        left = [[arb(fmpq(int(v.p), int(v.q))) for v in row] for row in rows]
        slack = arb(fmpq(int(trace.p), int(trace.q))) * SLACK
        for i in range(n):
            left[i][i] += slack
        return all(_eliminated(left, i) for i in range(n))


def _eliminated(left: list[list[arb]], i: int) -> bool:
    """Eliminate column i below the diagonal, in place; return whether its pivot is certainly positive."""
    pivot = left[i][i]
    if not pivot > 0:
        return False
    for j in range(i + 1, len(left)):
        factor = left[j][i] / pivot
        for k in range(j, len(left)):
            left[j][k] -= factor * left[i][k]
            left[k][j] = left[j][k]
    return True
