"""A matrix statement has a value at an instance: exact matrices of a small size that satisfy what is given.

The value is computed from the expression itself: derivatives by nilpotent numbers, expectations over a
finite law with the given moments, exponentials by balls. Nothing of the trace calculus is used here.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import sympy as sp
from flint import arb, arb_mat, fmpq, fmpq_mat

from theory import matrices as given
from theory.statement import MatrixVanishes
from verify.balls import Undefined, ball, precision

Number: TypeAlias = fmpq | arb
Matrix: TypeAlias = fmpq_mat | arb_mat
BITS = 256


class Inadmissible(ArithmeticError):
    """The instance does not satisfy what is given, or the statement has no value there."""


@dataclass(frozen=True)
class Instance:
    """Exact values for the scalars (dimensions among them) and for the letters that are not random."""

    scalars: dict[sp.Symbol, sp.Rational]
    letters: dict[sp.MatrixSymbol, fmpq_mat]

    def as_text(self) -> tuple[tuple[str, str], ...]:
        """Return the values by name; a matrix by its rows."""
        rows = {x.name: "; ".join(" ".join(map(str, row)) for row in m.table()) for x, m in self.letters.items()}
        return tuple(sorted(({s.name: str(v) for s, v in self.scalars.items()} | rows).items()))


@dataclass(frozen=True)
class Jet:
    """A value with nilpotent parts: `parts[S]` is the coefficient of the product of the e_i, i in S, e_i^2 = 0."""

    parts: dict[frozenset[int], Number | Matrix]

    def __add__(self, other: "Jet") -> "Jet":
        parts = dict(self.parts)
        for s, value in other.parts.items():
            parts[s] = parts[s] + value if s in parts else value
        return Jet(parts)

    def __mul__(self, other: "Jet") -> "Jet":
        out = Jet({})
        for (s, x), (t, y) in itertools.product(self.parts.items(), other.parts.items()):
            out = out if s & t else out + Jet({s | t: _times(x, y)})
        return out

    def each(self, function: Callable[[Number | Matrix], Number | Matrix]) -> "Jet":
        """Return the jet with a linear function applied."""
        return Jet({s: function(value) for s, value in self.parts.items()})

    def part(self, e: int) -> "Jet":
        """Return the derivative in the direction e."""
        return Jet({s - {e}: value for s, value in self.parts.items() if e in s})


REAL: frozenset[int] = frozenset()
Env = dict[sp.Basic, Jet]


def residual(obligation: MatrixVanishes, at: Instance) -> Matrix:
    """Return the value of the statement's expression at an admissible instance, a scalar as a 1x1 matrix.

    Raises:
        Inadmissible: something given does not hold there, or an inverse does not exist.
    """
    with precision(BITS):
        evaluator = _Evaluator(obligation.given, at)
        evaluator.check()
        return evaluator.closed(obligation.expr)


def value(expr: sp.MatrixExpr, at: Instance) -> Matrix:
    """Return the value of an expression about which nothing is given."""
    with precision(BITS):
        return _Evaluator((), at).closed(expr)


def filled(rows: list[list[Number]]) -> Matrix:
    """Return the matrix with these rows."""
    entries = [v for row in rows for v in row]
    exact = all(isinstance(v, fmpq) for v in entries)
    n, m = len(rows), len(rows[0])
    return fmpq_mat(n, m, entries) if exact else arb_mat(n, m, [arb(v) for v in entries])


def diagonal(entries: list[Number]) -> Matrix:
    """Return the diagonal matrix with these entries."""
    return filled([[v if i == j else fmpq(0) for j in range(len(entries))] for i, v in enumerate(entries)])


def column(m: fmpq_mat, j: int) -> fmpq_mat:
    """Return column j."""
    return filled([[m[i, j]] for i in range(m.nrows())])


class _Evaluator:
    def __init__(self, hypotheses: tuple[object, ...], at: Instance) -> None:
        self.given, self.at = hypotheses, at
        self.env: Env = {x: Jet({REAL: m}) for x, m in at.letters.items()}
        self.fresh = itertools.count()
        self.memo: dict[tuple[sp.Expr, int], Number] = {}
        self.jets: dict[tuple[object, ...], tuple[Jet, list[Jet]]] = {}
        self.letters: dict[sp.Basic, list[sp.Basic] | None] = {}
        self.laws: list[tuple[list[sp.MatrixSymbol], list[tuple[fmpq, list[fmpq_mat]]]]] | None = None

    def closed(self, expr: sp.Basic) -> Matrix:
        """Return the value without nilpotent parts."""
        if getattr(expr, "is_Matrix", False):
            return self.matrix(expr, self.env).parts[REAL]
        value = self.scalar(expr, self.env).parts[REAL]
        return fmpq_mat(1, 1, [value]) if isinstance(value, fmpq) else arb_mat(1, 1, [value])

    def check(self) -> None:
        """Raise Inadmissible unless everything given holds exactly."""
        for equation in given.equations(self.given):
            self._require(_is_zero(self.closed(equation)))
        for g in self.given:
            if isinstance(g, given.PositiveSemidefinite | given.PositiveDefinite):
                value = self.closed(g.matrix)
                pivots = [p for p, _ in _cholesky(value)]
                strict = isinstance(g, given.PositiveDefinite)
                self._require(all(p > 0 for p in pivots) and (not strict or len(pivots) == value.nrows()))
            if isinstance(g, given.Nonsingular):
                self._require(self.closed(g.matrix).det() != 0)
        self._laws()

    def _require(self, holds: bool) -> None:
        if not holds:
            raise Inadmissible("something given does not hold")

    def matrix(self, expr: sp.MatrixExpr, env: Env) -> Jet:
        """Return the value of a matrix expression, computed once for the same values of its letters."""
        if isinstance(expr, sp.MatrixSymbol):
            if expr not in env:
                raise Inadmissible(f"{expr} has no value: a random letter outside of an expectation")
            return env[expr]
        if (letters := self._letters(expr)) is None:
            return self._matrix(expr, env)
        values = [env[x] for x in letters if x in env] + [jet for x, jet in env.items() if isinstance(x, sp.Symbol)]
        key = (expr, *map(id, values))
        if key not in self.jets:
            self.jets[key] = self._matrix(expr, env), values  # the values stay alive, so that their ids stay theirs
        return self.jets[key][0]

    def _letters(self, expr: sp.Basic) -> list[sp.Basic] | None:
        """Return what the value depends on; None for a rate, which depends on what moves."""
        if expr not in self.letters:
            moves = expr.has(given.Rate, given.RateMatrix)
            self.letters[expr] = None if moves else sorted(expr.free_symbols, key=str)
        return self.letters[expr]

    def _matrix(self, expr: sp.MatrixExpr, env: Env) -> Jet:
        if isinstance(expr, sp.MatAdd):
            return _total([self.matrix(a, env) for a in expr.args])
        if isinstance(expr, sp.MatMul):
            return self._product(expr, env)
        if isinstance(expr, sp.Identity | sp.ZeroMatrix):
            n, m = (self._size(k) for k in expr.shape)
            return Jet({REAL: diagonal([fmpq(1)] * n) if isinstance(expr, sp.Identity) else fmpq_mat(n, m)})
        if isinstance(expr, sp.Transpose):
            return self.matrix(expr.arg, env).each(lambda m: m.transpose())
        if isinstance(expr, sp.Inverse | given.Inv):
            return _inverse(self.matrix(expr.args[0], env))
        if isinstance(expr, sp.MatPow) and expr.exp.is_Integer and expr.exp > 0:
            return _product([self.matrix(expr.base, env)] * int(expr.exp))
        if isinstance(expr, given.MatrixExp):
            return _exponential(self.matrix(expr.args[0], env))
        if isinstance(expr, given.Grad):
            return self._gradient(expr, env)
        if isinstance(expr, given.ExpectMatrix):
            return self._expectation(expr.args[0], env, self.matrix)
        if isinstance(expr, given.RateMatrix):
            return self._rate(expr, env, self.matrix)
        raise Inadmissible(f"no value for the node {type(expr).__name__}")

    def scalar(self, expr: sp.Expr, env: Env) -> Jet:
        """Return the value of a scalar expression."""
        if isinstance(expr, sp.Trace):
            return self.matrix(expr.arg, env).each(_trace)
        if isinstance(expr, given.Expect):
            return self._expectation(expr.args[0], env, self.scalar)
        if isinstance(expr, given.Rate):
            return self._rate(expr, env, self.scalar)
        if not expr.has(sp.Trace, given.Expect, given.Rate, sp.MatrixExpr):
            return self._plain(expr, env)
        if isinstance(expr, sp.Add):
            return _total([self.scalar(a, env) for a in expr.args])
        if isinstance(expr, sp.Mul):
            return _product([self.scalar(a, env) for a in expr.args])
        if isinstance(expr, sp.Pow) and expr.exp.is_Integer and expr.exp > 0:
            return _product([self.scalar(expr.base, env)] * int(expr.exp))
        raise Inadmissible(f"no value for the node {type(expr).__name__}")

    def _product(self, expr: sp.MatMul, env: Env) -> Jet:
        is_matrix = [getattr(a, "is_Matrix", False) for a in expr.args]
        return _product(
            [self.matrix(a, env) if m else self.scalar(a, env) for a, m in zip(expr.args, is_matrix, strict=True)]
        )

    def _size(self, n: sp.Expr) -> int:
        return int(n.xreplace(self.at.scalars))

    def _plain(self, expr: sp.Expr, env: Env) -> Jet:
        time, moving = next(((s, j) for s, j in env.items() if isinstance(s, sp.Symbol)), (None, Jet({REAL: fmpq(0)})))
        order = frozenset().union(*moving.parts) if expr.has(time or sp.Dummy()) else REAL
        sets = (frozenset(c) for k in range(len(order) + 1) for c in itertools.combinations(order, k))
        return Jet({s: self._derivative(expr, time, len(s)) for s in sets})

    def _derivative(self, expr: sp.Expr, time: sp.Symbol | None, order: int) -> Number:
        if (expr, order) not in self.memo:
            slope = sp.diff(expr, time, order) if order else expr
            number = slope.doit().xreplace(self.at.scalars)
            try:
                exact = number.is_Rational
                self.memo[expr, order] = fmpq(int(number.p), int(number.q)) if exact else ball(number, {}, BITS)
            except (Undefined, ValueError) as reason:
                raise Inadmissible(str(reason)) from None
        return self.memo[expr, order]

    def _gradient(self, expr: given.Grad, env: Env) -> Jet:
        scalar, wrt, at = expr.args
        e, start = next(self.fresh), self.matrix(at, env)
        n, m = (self._size(k) for k in wrt.shape)
        entries = {}
        for i, j in itertools.product(range(n), range(m)):
            unit = fmpq_mat(n, m)
            unit[i, j] = 1
            step = Jet({frozenset([e]): unit})
            entries[i, j] = self.scalar(scalar, {**env, wrt: start + step}).part(e).parts
        sets = {REAL}.union(*entries.values())
        return Jet({s: filled([[entries[i, j].get(s, fmpq(0)) for j in range(m)] for i in range(n)]) for s in sets})

    def _rate(self, expr: given.Rate | given.RateMatrix, env: Env, value: Callable[[sp.Basic, Env], Jet]) -> Jet:
        what, tau = expr.args
        e = next(self.fresh)
        step = Jet({frozenset([e]): fmpq(1)})
        moved = {
            g.letter: env[g.letter] + step * self.matrix(g.rate, env)
            for g in self.given
            if isinstance(g, given.Flow) and g.tau == tau
        }
        now = env.get(tau, Jet({REAL: fmpq(0)}))
        out = value(what, {**env, **moved, tau: now + step}).part(e)
        return out if out.parts else value(what, env).each(lambda v: v * fmpq(0))

    def _expectation(self, what: sp.Basic, env: Env, value: Callable[[sp.Basic, Env], Jet]) -> Jet:
        used = {g.vector for g in self.given if isinstance(g, given.Moments)} & what.free_symbols
        moments = [
            e for g in self.given if isinstance(g, given.Moments) and g.vector in used for e in (g.mean, g.covariance)
        ]
        moving = [x for x, jet in env.items() if set(jet.parts) != {REAL}]
        if any(e.has(*moving) for e in moments if moving):
            raise Inadmissible("moments that move are not evaluated")
        laws = [(letters, atoms) for letters, atoms in self._laws() if used & set(letters)]
        total = Jet({})
        for choice in itertools.product(*(atoms for _, atoms in laws)):
            weight, inner = fmpq(1), dict(env)
            for (letters, _), (w, vectors) in zip(laws, choice, strict=True):
                weight *= w
                inner |= {x: Jet({REAL: v}) for x, v in zip(letters, vectors, strict=True)}
            total += Jet({REAL: weight}) * value(what, inner)
        return total

    def _laws(self) -> list[tuple[list[sp.MatrixSymbol], list[tuple[fmpq, list[fmpq_mat]]]]]:
        """Return for every group of correlated random vectors its atoms with their weights."""
        if self.laws is None:
            moments = {g.vector: g for g in self.given if isinstance(g, given.Moments)}
            cross = [g for g in self.given if isinstance(g, given.Covariance)]
            groups: list[list[sp.MatrixSymbol]] = [[x] for x in moments]
            for g in cross:
                one, two = (next(group for group in groups if x in group) for x in (g.left, g.right))
                if one is not two:
                    groups.remove(two)
                    one += two
            self.laws = [(group, self._atoms([moments[x] for x in group], cross)) for group in groups]
        return self.laws

    def _atoms(self, group: list[given.Moments], cross: list[given.Covariance]) -> list[tuple[fmpq, list[fmpq_mat]]]:
        means = [self.closed(g.mean) for g in group]
        sizes = [m.nrows() for m in means]
        joint = _blocks(
            [
                [self._block(a, b, cross, n, m) for b, m in zip(group, sizes, strict=True)]
                for a, n in zip(group, sizes, strict=True)
            ]
        )
        pairs = _cholesky(joint)
        spread = sum((p for p, _ in pairs), fmpq(1))
        atoms = [(1 - (spread - 1) / spread**2, means)]
        for p, direction in pairs:
            shift = _split(direction * spread, sizes)
            for sign in (1, -1):
                atoms.append((p / (2 * spread**2), [m + s * fmpq(sign) for m, s in zip(means, shift, strict=True)]))
        return atoms

    def _block(self, a: given.Moments, b: given.Moments, cross: list[given.Covariance], n: int, m: int) -> fmpq_mat:
        if a is b:
            return self.closed(a.covariance)
        for g in cross:
            if (g.left, g.right) == (a.vector, b.vector):
                return self.closed(g.matrix)
            if (g.left, g.right) == (b.vector, a.vector):
                return self.closed(g.matrix).transpose()
        return fmpq_mat(n, m)


def _times(x: Number | Matrix, y: Number | Matrix) -> Number | Matrix:
    if isinstance(x, arb) and isinstance(y, fmpq_mat):
        return x * arb_mat(y)
    return arb_mat(x) * y if isinstance(x, fmpq_mat) and isinstance(y, arb) else x * y


def _total(jets: list[Jet]) -> Jet:
    return sum(jets[1:], jets[0])


def _product(jets: list[Jet]) -> Jet:
    out = jets[0]
    for jet in jets[1:]:
        out = out * jet
    return out


def _trace(m: Matrix) -> Number:
    return sum((m[i, i] for i in range(1, m.nrows())), m[0, 0])


def _is_zero(m: Matrix) -> bool:
    return isinstance(m, fmpq_mat) and all(v == 0 for v in m.entries())


def _inverse(a: Jet) -> Jet:
    try:
        out = Jet({REAL: a.parts[REAL].inv()})
    except ZeroDivisionError:
        raise Inadmissible("an inverse does not exist") from None
    for _ in range(len(frozenset().union(*a.parts))):
        out = out + out + (out * a * out).each(lambda m: m * fmpq(-1))
    return out


def _exponential(a: Jet) -> Jet:
    """Return exp(a): the first block row of exp of the matrix that represents `a` on products of the e_i."""
    letters, n = sorted(frozenset().union(*a.parts)), a.parts[REAL].nrows()
    sets = [frozenset(c) for k in range(len(letters) + 1) for c in itertools.combinations(letters, k)]
    zero = fmpq_mat(n, n)
    big = _blocks([[a.parts.get(t - s, zero) if s <= t else zero for t in sets] for s in sets])
    value = arb_mat(big).exp()
    table = value.table()[:n]
    return Jet({t: filled([row[n * c : n * c + n] for row in table]) for c, t in enumerate(sets)})


def _blocks(rows: list[list[Matrix]]) -> Matrix:
    table = [[v for block in row for v in block.table()[i]] for row in rows for i in range(row[0].nrows())]
    return filled(table)


def _split(column: fmpq_mat, sizes: list[int]) -> list[fmpq_mat]:
    ends = list(itertools.accumulate(sizes, initial=0))
    return [filled(column.table()[s : s + n]) for s, n in zip(ends, sizes, strict=False)]


def _cholesky(m: Matrix) -> list[tuple[fmpq, fmpq_mat]]:
    """Return p_i > 0 and columns l_i with m = sum p_i l_i l_i^T; raise Inadmissible if there are none."""
    if not isinstance(m, fmpq_mat) or m != m.transpose():
        raise Inadmissible("not a symmetric rational matrix")
    pairs, n = [], m.nrows()
    for i in range(n):
        p = m[i, i]
        if p < 0 or (p == 0 and any(m[i, j] != 0 for j in range(n))):
            raise Inadmissible("not positive semidefinite")
        if p > 0:
            unit = column(m, i) * (1 / p)
            pairs.append((p, unit))
            m = m - unit * unit.transpose() * p
    return pairs
