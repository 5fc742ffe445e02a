"""A matrix statement has a value at an instance: exact matrices of a small size that satisfy what is given.

The value is computed from the expression itself: derivatives by nilpotent numbers, expectations over a
finite law with the given moments, exponentials by balls. Nothing of the trace calculus is used here.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import sympy as sp
from flint import arb_mat, fmpq, fmpq_mat

from theory import matrices as given
from theory.statement import MatrixVanishes
from verify.arithmetic.balls import Undefined, ball, precision
from verify.arithmetic.jets import (
    REAL,
    Jet,
    Matrix,
    Number,
    blocks,
    column,
    diagonal,
    exponential,
    filled,
    inverse,
    product,
    total,
    trace,
)  # fmt: skip

BITS = 256
Env: TypeAlias = Mapping[sp.Basic, Jet]
Evaluation: TypeAlias = Callable[[Env], Jet]
Law: TypeAlias = tuple[list[sp.MatrixSymbol], list[tuple[fmpq, list[Jet]]]]


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


def residual(obligation: MatrixVanishes, at: Instance) -> Matrix:
    """Return the value of the statement's expression at an admissible instance, a scalar as a 1x1 matrix.

    Raises:
        Inadmissible: something given does not hold there, or an inverse does not exist.
    """
    with precision(BITS):
        return _admitted(obligation.given, _Key(at)).closed(obligation.expr)


def value(expr: sp.MatrixExpr, at: Instance) -> Matrix:
    """Return the value of an expression about which nothing is given."""
    with precision(BITS):
        return _Evaluator((), at).closed(expr)


def mapped(exprs: Sequence[sp.MatrixExpr], at: Instance) -> Callable[[Mapping[sp.MatrixSymbol, Matrix]], list[Matrix]]:
    """Return the function from the values of the letters that `at` lacks to those of expressions without hypotheses."""
    evaluator = _Evaluator((), at)
    evaluations = [evaluator.evaluation(expr) for expr in exprs]

    def values(letters: Mapping[sp.MatrixSymbol, Matrix]) -> list[Matrix]:
        env = {**evaluator.env, **{x: Jet({REAL: m}) for x, m in letters.items()}}
        return [evaluate(env).parts[REAL] for evaluate in evaluations]

    return values


class _Key:
    """An instance that equals another one with the same values."""

    def __init__(self, at: Instance) -> None:
        self.at, self.text = at, at.as_text()

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.text == other.text


@lru_cache(maxsize=64)
def _admitted(hypotheses: tuple[object, ...], key: _Key) -> "_Evaluator":
    """Return the evaluator at an instance that satisfies what is given; mutants share what they leave as it was."""
    evaluator = _Evaluator(hypotheses, key.at)
    evaluator.check()
    return evaluator


class _Evaluator:
    """Compiles expressions to functions of the values of their letters, each computed once for the same values."""

    def __init__(self, hypotheses: tuple[object, ...], at: Instance) -> None:
        self.given, self.at = hypotheses, at
        self.env: Env = {x: Jet({REAL: m}) for x, m in at.letters.items()}
        self.fresh = itertools.count()
        self.compiled: dict[sp.Basic, Evaluation] = {}
        self.slopes: dict[tuple[sp.Expr, int], Number] = {}
        self.laws: list[Law] | None = None

    def closed(self, expr: sp.Basic) -> Matrix:
        """Return the value without nilpotent parts."""
        found = self.evaluation(expr)(self.env).parts[REAL]
        if isinstance(found, fmpq_mat | arb_mat):
            return found
        return filled([[found]])

    def check(self) -> None:
        """Raise Inadmissible unless everything given holds exactly."""
        for equation in given.equations(self.given):
            _require(_is_zero(self.closed(equation)))
        for g in self.given:
            if isinstance(g, given.PositiveSemidefinite | given.PositiveDefinite):
                found = self.closed(g.matrix)
                pivots = [p for p, _ in _cholesky(found)]
                strict = isinstance(g, given.PositiveDefinite)
                _require(all(p > 0 for p in pivots) and (not strict or len(pivots) == found.nrows()))
            if isinstance(g, given.Nonsingular):
                _require(self.closed(g.matrix).det() != 0)
        self._laws()

    def evaluation(self, expr: sp.Basic) -> Evaluation:
        """Return the function that evaluates `expr`.

        Raises:
            Inadmissible: a node without a value.
        """
        if expr not in self.compiled:
            kind = next((k for k in type(expr).__mro__ if k in _COMPILERS), None)
            if kind is None and not _is_plain(expr):
                raise Inadmissible(f"no value for the node {type(expr).__name__}")
            compiler = _COMPILERS[kind] if kind and not _is_plain(expr) else _Evaluator._plain
            self.compiled[expr] = self._once(expr, compiler(self, expr))
        return self.compiled[expr]

    def _once(self, expr: sp.Basic, evaluate: Evaluation) -> Evaluation:
        """Return a function that remembers its value for the same values of what `expr` depends on."""
        if isinstance(expr, sp.MatrixSymbol):
            return evaluate
        moves = expr.has(given.Rate, given.RateMatrix)  # then it depends on the flow of every letter
        letters = None if moves else sorted(expr.free_symbols, key=str)
        known: dict[tuple[int | None, ...], tuple[Jet, list[Jet | None]]] = {}

        def once(env: Env) -> Jet:
            values = [env.get(x) for x in letters] if letters is not None else [*env, *env.values()]
            key = tuple(map(id, values))
            if key not in known:
                known[key] = evaluate(env), values  # the values stay alive, so that their ids stay theirs
            return known[key][0]

        return once

    def _letter(self, expr: sp.MatrixSymbol) -> Evaluation:
        def evaluate(env: Env) -> Jet:
            if expr not in env:
                raise Inadmissible(f"{expr} has no value: a random letter outside of an expectation")
            return env[expr]

        return evaluate

    def _sum(self, expr: sp.Basic) -> Evaluation:
        parts = list(map(self.evaluation, expr.args))
        return lambda env: total(part(env) for part in parts)

    def _product(self, expr: sp.Basic) -> Evaluation:
        parts = list(map(self.evaluation, expr.args))
        return lambda env: product(part(env) for part in parts)

    def _power(self, expr: sp.Pow | sp.MatPow) -> Evaluation:
        if not (expr.exp.is_Integer and expr.exp > 0):
            raise Inadmissible(f"no value for the power {expr.exp}")
        base, count = self.evaluation(expr.base), int(expr.exp)
        return lambda env: product([base(env)] * count)

    def _unit(self, expr: sp.Identity) -> Evaluation:
        jet = Jet({REAL: diagonal([fmpq(1)] * self._size(expr.shape[0]))})
        return lambda _: jet

    def _zero(self, expr: sp.ZeroMatrix) -> Evaluation:
        jet = Jet({REAL: fmpq_mat(*map(self._size, expr.shape))})
        return lambda _: jet

    def _transpose(self, expr: sp.Transpose) -> Evaluation:
        part = self.evaluation(expr.arg)
        return lambda env: part(env).each(lambda m: m.transpose())

    def _trace(self, expr: sp.Trace) -> Evaluation:
        part = self.evaluation(expr.arg)
        return lambda env: part(env).each(trace)

    def _inverse(self, expr: sp.Basic) -> Evaluation:
        part = self.evaluation(expr.args[0])

        def evaluate(env: Env) -> Jet:
            try:
                return inverse(part(env))
            except ZeroDivisionError:
                raise Inadmissible("an inverse does not exist") from None

        return evaluate

    def _exponential(self, expr: given.MatrixExp) -> Evaluation:
        part = self.evaluation(expr.args[0])
        return lambda env: exponential(part(env))

    def _plain(self, expr: sp.Expr) -> Evaluation:
        """Return the value of a scalar without matrices, which may depend on a time that moves."""

        def evaluate(env: Env) -> Jet:
            time, moving = next(((s, j) for s, j in env.items() if isinstance(s, sp.Symbol)), (None, None))
            if time is None or moving is None or time not in expr.free_symbols:
                return Jet({REAL: self._slope(expr, time, 0)})
            order = frozenset().union(*moving.parts)
            sets = (frozenset(c) for k in range(len(order) + 1) for c in itertools.combinations(order, k))
            return Jet({s: self._slope(expr, time, len(s)) for s in sets})

        return evaluate

    def _slope(self, expr: sp.Expr, time: sp.Symbol | None, order: int) -> Number:
        """Return the derivative of a scalar in time."""
        if (expr, order) not in self.slopes:
            found = (sp.diff(expr, time, order) if order else expr).doit().xreplace(self.at.scalars)
            try:
                exact = found.is_Rational
                self.slopes[expr, order] = fmpq(int(found.p), int(found.q)) if exact else ball(found, {}, BITS)
            except (Undefined, ValueError) as reason:
                raise Inadmissible(str(reason)) from None
        return self.slopes[expr, order]

    def _gradient(self, expr: given.Grad) -> Evaluation:
        scalar, wrt, at = expr.args
        value, start = self.evaluation(scalar), self.evaluation(at)
        n, m = map(self._size, wrt.shape)
        variable = next(self.fresh)
        units = {frozenset([(variable, m * i + j)]): _unit(n, m, i, j) for i in range(n) for j in range(m)}

        def evaluate(env: Env) -> Jet:
            moved = value({**env, wrt: start(env) + Jet(units)})
            entries = [[moved.part((variable, m * i + j)).parts for j in range(m)] for i in range(n)]
            sets = {REAL}.union(*(entry for row in entries for entry in row))
            return Jet({s: filled([[entry.get(s, fmpq(0)) for entry in row] for row in entries]) for s in sets})

        return evaluate

    def _rate(self, expr: given.Rate | given.RateMatrix) -> Evaluation:
        what, tau = expr.args
        value, direction = self.evaluation(what), (next(self.fresh), 0)
        step = Jet({frozenset([direction]): fmpq(1)})
        flows = [(g.letter, self.evaluation(g.rate)) for g in self.given if isinstance(g, given.Flow) and g.tau == tau]

        def evaluate(env: Env) -> Jet:
            moved = {letter: env[letter] + step * rate(env) for letter, rate in flows}
            now = env.get(tau, Jet({REAL: fmpq(0)}))
            out = value({**env, **moved, tau: now + step}).part(direction)
            return out if out.parts else value(env).each(lambda v: v * fmpq(0))

        return evaluate

    def _expectation(self, expr: given.Expect | given.ExpectMatrix) -> Evaluation:
        value, free = self.evaluation(expr.args[0]), expr.args[0].free_symbols
        moments = [g for g in self.given if isinstance(g, given.Moments) and g.vector in free]
        used = {g.vector for g in moments}
        fixed = set().union(*(e.free_symbols for g in moments for e in (g.mean, g.covariance)))

        def evaluate(env: Env) -> Jet:
            if any(set(jet.parts) != {REAL} for x, jet in env.items() if x in fixed):
                raise Inadmissible("moments that move are not evaluated")
            laws = [(letters, atoms) for letters, atoms in self._laws() if used & set(letters)]
            terms = []
            for choice in itertools.product(*(atoms for _, atoms in laws)):
                weight, inner = fmpq(1), dict(env)
                for (letters, _), (w, vectors) in zip(laws, choice, strict=True):
                    weight *= w
                    inner |= zip(letters, vectors, strict=True)
                terms.append(Jet({REAL: weight}) * value(inner))
            return total(terms)

        return evaluate

    def _size(self, n: sp.Expr) -> int:
        return int(n.xreplace(self.at.scalars))

    def _laws(self) -> list[Law]:
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

    def _atoms(self, group: list[given.Moments], cross: list[given.Covariance]) -> list[tuple[fmpq, list[Jet]]]:
        means = [self.closed(g.mean) for g in group]
        sizes = [m.nrows() for m in means]
        joint = blocks(
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
        return [(weight, [Jet({REAL: v}) for v in vectors]) for weight, vectors in atoms]

    def _block(self, a: given.Moments, b: given.Moments, cross: list[given.Covariance], n: int, m: int) -> fmpq_mat:
        if a is b:
            return self.closed(a.covariance)
        for g in cross:
            if (g.left, g.right) == (a.vector, b.vector):
                return self.closed(g.matrix)
            if (g.left, g.right) == (b.vector, a.vector):
                return self.closed(g.matrix).transpose()
        return fmpq_mat(n, m)


_COMPILERS: dict[type, Callable[[_Evaluator, sp.Basic], Evaluation]] = {
    sp.MatrixSymbol: _Evaluator._letter,
    sp.Add: _Evaluator._sum,
    sp.MatAdd: _Evaluator._sum,
    sp.Mul: _Evaluator._product,
    sp.MatMul: _Evaluator._product,
    sp.Pow: _Evaluator._power,
    sp.MatPow: _Evaluator._power,
    sp.Identity: _Evaluator._unit,
    sp.ZeroMatrix: _Evaluator._zero,
    sp.Transpose: _Evaluator._transpose,
    sp.Trace: _Evaluator._trace,
    sp.Inverse: _Evaluator._inverse,
    given.Inv: _Evaluator._inverse,
    given.MatrixExp: _Evaluator._exponential,
    given.Grad: _Evaluator._gradient,
    given.Expect: _Evaluator._expectation,
    given.ExpectMatrix: _Evaluator._expectation,
    given.Rate: _Evaluator._rate,
    given.RateMatrix: _Evaluator._rate,
}
_WITH_MATRICES = (sp.Trace, given.Expect, given.Rate, sp.MatrixExpr)


def _is_plain(expr: sp.Basic) -> bool:
    """Return whether `expr` is a scalar in which no matrix stands."""
    return not getattr(expr, "is_Matrix", False) and not expr.has(*_WITH_MATRICES)


def _require(holds: bool) -> None:
    if not holds:
        raise Inadmissible("something given does not hold")


def _unit(n: int, m: int, i: int, j: int) -> fmpq_mat:
    unit = fmpq_mat(n, m)
    unit[i, j] = 1
    return unit


def _is_zero(m: Matrix) -> bool:
    return isinstance(m, fmpq_mat) and all(v == 0 for v in m.entries())


def _split(stacked: fmpq_mat, sizes: list[int]) -> list[fmpq_mat]:
    ends = list(itertools.accumulate(sizes, initial=0))
    return [filled(stacked.table()[s : s + n]) for s, n in zip(ends, sizes, strict=False)]


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
