"""Lists of exact numbers as parameters: vectors and covariances, from JSON text or from lists."""

import json
from collections.abc import Iterable, Mapping

import sympy as sp
from flint import fmpq, fmpq_mat

from theory.domain import exact
from theory.formula import Kind

MOST = 256  # rows; larger matrices serve only to exhaust time


def lists_of(kinds: Iterable[tuple[str, Kind]], given: Mapping[str, object]) -> dict[str, tuple]:
    """Return the list parameters by name, as tuples of exact numbers, or of rows.

    Raises:
        ValueError: not a list of numbers, or not a covariance where one is expected; it says which.
    """
    return {name: _covariance(name, given[name]) if kind == "covariance" else _vector(name, given[name])
            for name, kind in kinds}  # fmt: skip


def _covariance(name: str, value: object) -> tuple[tuple[sp.Rational, ...], ...]:
    """Return the rows of a square, symmetric, positive semidefinite matrix."""
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
    """Return whether elimination meets no negative pivot, and no zero pivot with a nonzero column."""
    n = len(rows)
    left = fmpq_mat(n, n, [fmpq(int(v.p), int(v.q)) for row in rows for v in row])
    for i in range(n):
        pivot, column = left[i, i], [left[j, i] for j in range(n)]
        if pivot < 0 or (pivot == 0 and any(v != 0 for v in column[i:])):
            return False
        if pivot > 0:
            used = fmpq_mat(n, 1, [v if j >= i else fmpq(0) for j, v in enumerate(column)])
            left = left - used * used.transpose() * (1 / pivot)
    return True
