"""A matrix statement has a value at an instance: exact matrices of a small size that satisfy what is given.

The value is computed from the expression itself: derivatives by nilpotent numbers, expectations over a
finite law with the given moments, exponentials by balls. Nothing of the trace calculus is used here.
"""

import itertools
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import scipy.linalg
import sympy as sp
from flint import arb, arb_mat, fmpq, fmpq_mat

from theory import matrices as given
from theory.domain import Domain, Range
from theory.statement import MatrixVanishes
from verify.kernel.balls import ball, precision

Number = fmpq | arb
Matrix = fmpq_mat | arb_mat
BITS, TRIES = 256, 60


class Inadmissible(ArithmeticError):
    """The instance does not satisfy what is given, or the statement has no value there."""


@dataclass(frozen=True)
class Instance:
    """Exact values for the scalars (dimensions among them) and for the letters that are not random."""

    scalars: dict[sp.Symbol, sp.Rational]
    letters: dict[sp.MatrixSymbol, fmpq_mat]

    def as_text(self) -> dict[str, str]:
        """Return the values by name; a matrix as a list of rows."""
        rows = {x.name: str([[str(v) for v in row] for row in m.table()]) for x, m in self.letters.items()}
        return {**{s.name: str(v) for s, v in self.scalars.items()}, **rows}


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
            out = out if s & t else out + Jet({s | t: x * y})
        return out

    def each(self, function: Callable[[Number | Matrix], Number | Matrix]) -> "Jet":
        """Return the jet with a linear function applied."""
        return Jet({s: function(value) for s, value in self.parts.items()})

    def part(self, e: int) -> "Jet":
        """Return the derivative in the direction e."""
        return Jet({s - {e}: value for s, value in self.parts.items() if e in s})


REAL: frozenset[int] = frozenset()
Env = dict[sp.Basic, Jet]


def residual(obligation: MatrixVanishes, instance: Instance) -> Matrix:
    """Return the value of the statement's expression at an admissible instance, a scalar as a 1x1 matrix.

    Raises:
        Inadmissible: something given does not hold there, or an inverse does not exist.
    """
    with precision(BITS):
        evaluator = _Evaluator(obligation.given, instance)
        evaluator.check()
        return evaluator.closed(obligation.expr)


def instance(obligation: MatrixVanishes, seed: int) -> Instance | None:
    """Return a random instance of size 2 or 3 that satisfies what is given, or None if none was found."""
    rng = random.Random(seed)
    for _ in range(TRIES):
        try:
            found = _Builder(obligation, rng).build()
            with precision(BITS):
                _Evaluator(obligation.given, found).check()
        except Inadmissible:
            continue
        return found
    return None


def evaluate(expr: sp.MatrixExpr, arrays: Mapping[str, np.ndarray], scalars: Mapping[str, float]) -> np.ndarray:
    """Return the value in floating point of a matrix expression without gradients, rates and expectations.

    Raises:
        ValueError: a node is unknown; KeyError: a name has no value.
    """
    if isinstance(expr, sp.MatrixSymbol):
        return np.asarray(arrays[expr.name])
    if isinstance(expr, sp.Identity | sp.ZeroMatrix):
        size = [int(scalars[str(n)]) if n.is_Symbol else int(n) for n in expr.shape]
        return np.eye(*size) if isinstance(expr, sp.Identity) else np.zeros(size)
    if not getattr(expr, "is_Matrix", False):
        return _number(expr, arrays, scalars)
    if type(expr) not in _NUMPY:
        raise ValueError(f"evaluate: no numbers for the node {type(expr).__name__}")
    return _NUMPY[type(expr)](*(evaluate(a, arrays, scalars) for a in expr.args))


def _number(expr: sp.Expr, arrays: Mapping[str, np.ndarray], scalars: Mapping[str, float]) -> np.ndarray:
    traces = {t: sp.Dummy() for t in expr.atoms(sp.Trace)}
    values = [float(np.trace(evaluate(t.arg, arrays, scalars))) for t in traces]
    plain = expr.xreplace(traces)
    names = sorted(plain.free_symbols - set(traces.values()), key=str)
    function = sp.lambdify([*names, *traces.values()], plain, "numpy")
    return np.asarray(function(*(scalars[str(n)] for n in names), *values), dtype=float)


def _numpy_product(*factors: np.ndarray) -> np.ndarray:
    out = factors[0]
    for f in factors[1:]:
        out = out @ f if out.ndim and f.ndim else out * f
    return out


_NUMPY: dict[type, Callable[..., np.ndarray]] = {
    sp.MatAdd: lambda *a: sum(a[1:], a[0]),
    sp.MatMul: _numpy_product,
    sp.MatPow: lambda a, n: np.linalg.matrix_power(a, int(n)),
    sp.Inverse: lambda a, _=-1: np.linalg.inv(a),
    given.Inv: np.linalg.inv,
    sp.Transpose: np.transpose,
    given.MatrixExp: scipy.linalg.expm,
}


class _Evaluator:
    def __init__(self, hypotheses: tuple[object, ...], at: Instance) -> None:
        self.given, self.at = hypotheses, at
        self.env: Env = {x: Jet({REAL: m}) for x, m in at.letters.items()}
        self.fresh = itertools.count()
        self.memo: dict[tuple[sp.Expr, int], Number] = {}
        self.laws: list[tuple[list[sp.MatrixSymbol], list[tuple[fmpq, list[fmpq_mat]]]]] | None = None

    def closed(self, expr: sp.Basic) -> Matrix:
        """Return the value without nilpotent parts."""
        if getattr(expr, "is_Matrix", False):
            return self.matrix(expr, self.env).parts[REAL]
        value = self.scalar(expr, self.env).parts[REAL]
        return fmpq_mat(1, 1, [value]) if isinstance(value, fmpq) else arb_mat(1, 1, [value])

    def check(self) -> None:
        """Raise Inadmissible unless everything given holds exactly."""
        for g in self.given:
            for equation in g.equations:
                self._require(_is_zero(self.closed(equation)))
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
        """Return the value of a matrix expression."""
        if isinstance(expr, sp.MatrixSymbol):
            if expr not in env:
                raise Inadmissible(f"{expr} has no value: a random letter outside of an expectation")
            return env[expr]
        if isinstance(expr, sp.MatAdd):
            return _total([self.matrix(a, env) for a in expr.args])
        if isinstance(expr, sp.MatMul):
            return self._product(expr, env)
        if isinstance(expr, sp.Identity | sp.ZeroMatrix):
            n, m = (self._size(k) for k in expr.shape)
            return Jet({REAL: _filled(n, m, lambda i, j: fmpq(isinstance(expr, sp.Identity) and i == j))})
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
        return _product([self.matrix(a, env) if m else self.scalar(a, env) for a, m in zip(expr.args, is_matrix, strict=True)])

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
            value = slope.doit().xreplace(self.at.scalars)
            if value.is_Rational:
                self.memo[expr, order] = fmpq(int(value.p), int(value.q))
            elif value.is_finite is False:
                raise Inadmissible(f"{expr} is not finite")
            else:
                self.memo[expr, order] = ball(value, {}, BITS)
        return self.memo[expr, order]

    def _gradient(self, expr: given.Grad, env: Env) -> Jet:
        scalar, wrt, at = expr.args
        e, start = next(self.fresh), self.matrix(at, env)
        n, m = (self._size(k) for k in wrt.shape)
        entries = {}
        for i, j in itertools.product(range(n), range(m)):
            step = Jet({frozenset([e]): _filled(n, m, lambda k, l, i=i, j=j: fmpq((k, l) == (i, j)))})
            entries[i, j] = self.scalar(scalar, {**env, wrt: start + step}).part(e).parts
        sets = {REAL}.union(*entries.values())
        return Jet({s: _filled(n, m, lambda i, j, s=s: entries[i, j].get(s, fmpq(0))) for s in sets})

    def _rate(self, expr: given.Rate | given.RateMatrix, env: Env, value: Callable[[sp.Basic, Env], Jet]) -> Jet:
        what, tau = expr.args
        e = next(self.fresh)
        step = Jet({frozenset([e]): fmpq(1)})
        moved = {g.letter: env[g.letter] + step * self.matrix(g.rate, env) for g in self.given if isinstance(g, given.Flow) and g.tau == tau}
        now = env.get(tau, Jet({REAL: fmpq(0)}))
        out = value(what, {**env, **moved, tau: now + step}).part(e)
        return out if out.parts else value(what, env).each(lambda v: v * fmpq(0))

    def _expectation(self, what: sp.Basic, env: Env, value: Callable[[sp.Basic, Env], Jet]) -> Jet:
        used = {g.vector for g in self.given if isinstance(g, given.Moments)} & what.free_symbols
        moments = [e for g in self.given if isinstance(g, given.Moments) and g.vector in used for e in (g.mean, g.covariance)]
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
            total += value(what, inner).each(lambda v, k=weight: v * k)
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
        joint = _blocks([[self._block(a, b, cross, n, m) for b, m in zip(group, sizes, strict=True)] for a, n in zip(group, sizes, strict=True)])
        pairs = _cholesky(joint)
        spread = sum((p for p, _ in pairs), fmpq(1))
        atoms = [(1 - (spread - 1) / spread**2, means)]
        for p, column in pairs:
            shift = _split(column * spread, sizes)
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


class _Builder:
    """Proposes values; the evaluator checks them."""

    def __init__(self, obligation: MatrixVanishes, rng: random.Random) -> None:
        self.obligation, self.rng = obligation, rng
        self.values: dict[sp.MatrixSymbol, fmpq_mat] = {}
        parts = [obligation.expr, *(e for g in obligation.given for e in _expressions(g))]
        self.letters = sorted({x for p in parts for x in p.atoms(sp.MatrixSymbol)}, key=str)
        plain = {s for p in parts for s in p.free_symbols if isinstance(s, sp.Symbol)}
        sizes = {s for x in self.letters for n in x.shape for s in n.free_symbols}
        self.scalars = _point(obligation.domain, plain - sizes, rng) | _sizes(sizes, rng)

    def all(self, kind: type) -> list:
        """Return the hypotheses of a kind."""
        return [g for g in self.obligation.given if isinstance(g, kind)]

    def build(self) -> Instance:
        """Return values for all letters that are not random."""
        self._joint_laws()
        self._families()
        orthonormal = [u for g in self.all(given.Orthonormal) for u in g.vectors if u not in self.values]
        if orthonormal:
            basis = self._cayley(self._size(orthonormal[0]))
            self.values |= {u: _column(basis, i) for i, u in enumerate(orthonormal[: basis.ncols()])}
        self.values |= {g.matrix: self._cayley(self._size(g.matrix)) for g in self.all(given.Orthogonal)}
        rules = [(g.left, g.right) if isinstance(g.left, sp.MatrixSymbol) else (g.right, g.left) for g in self.all(given.Rule)]
        defined = {x: value for x, value in rules if isinstance(x, sp.MatrixSymbol) and x not in self.values}
        random_letters = {g.vector for g in self.all(given.Moments)}
        for x in self.letters:
            if x not in self.values and x not in defined and x not in random_letters:
                self.values[x] = self._letter(x)
        for _ in defined:
            for x, value in defined.items():
                if x not in self.values and value.atoms(sp.MatrixSymbol) <= set(self.values):
                    self.values[x] = self._evaluated(value)
        return Instance(self.scalars, self.values)

    def _evaluated(self, expr: sp.MatrixExpr) -> fmpq_mat:
        value = _Evaluator((), Instance(self.scalars, self.values)).closed(expr)
        if not isinstance(value, fmpq_mat):
            raise Inadmissible("a letter is defined by a value that is not rational")
        return value

    def _letter(self, x: sp.MatrixSymbol) -> fmpq_mat:
        n, m = (int(k.xreplace(self.scalars)) for k in x.shape)
        value = self._random(n, m)
        if self._definite(x):
            extra = fmpq(any(g.matrix == x for g in self.all(given.PositiveDefinite)))
            return value * value.transpose() + _filled(n, n, lambda i, j: extra if i == j else fmpq(0))
        symmetric = any(g.matrix == x for g in self.all(given.Symmetric))
        return value + value.transpose() if symmetric else value

    def _definite(self, x: sp.MatrixSymbol) -> bool:
        psd = (given.PositiveSemidefinite, given.PositiveDefinite)
        return any(g.matrix == x for g in self.all(psd)) or any(g.covariance == x for g in self.all(given.Moments))

    def _joint_laws(self) -> None:
        moments = {g.vector: g for g in self.all(given.Moments)}
        cross = self.all(given.Covariance)
        for g in cross:
            a, b = moments[g.left], moments[g.right]
            n, m = self._size(a.vector), self._size(b.vector)
            root = self._random(n + m, n + m)
            joint = root * root.transpose()
            blocks = {a.covariance: (0, n, 0, n), g.matrix: (0, n, n, n + m), b.covariance: (n, n + m, n, n + m)}
            for x, (r, s, c, e) in blocks.items():
                if isinstance(x, sp.MatrixSymbol):
                    self.values[x] = _filled(s - r, e - c, lambda i, j, r=r, c=c: joint[i + r, j + c])

    def _families(self) -> None:
        """Give letters that commute, or have named eigenvectors, a common basis."""
        linked = [{g.left, g.right} for g in self.all(given.Commute)] + [set(g.matrices) for g in self.all(given.Diagonal)]
        linked += [{g.matrix} for g in self.all(given.Eigenvector)]
        while linked:
            family = linked.pop()
            while touching := [s for s in linked if s & family]:
                family = family.union(*touching)
                linked = [s for s in linked if s not in touching]
            self._family(sorted(family, key=str))

    def _family(self, family: list[sp.MatrixSymbol]) -> None:
        n = self._size(family[0])
        diagonal = {x for g in self.all(given.Diagonal) for x in g.matrices}
        vectors = [g for g in self.all(given.Eigenvector) if g.matrix in family]
        symmetric = vectors or any(self._definite(x) or any(g.matrix == x for g in self.all(given.Symmetric)) for x in family)
        if not symmetric and not diagonal & set(family):
            root = self._random(n, n)
            self.values |= {x: root * root * self._fraction() + root * self._fraction() for x in family}
            return
        basis = _filled(n, n, lambda i, j: fmpq(i == j)) if diagonal & set(family) else self._cayley(n)
        columns = {u: i for i, u in enumerate(dict.fromkeys(g.vector for g in vectors))}
        if len(columns) > n:
            raise Inadmissible("more eigenvectors than dimensions")
        unit = {u for g in self.all(given.Orthonormal) for u in g.vectors}
        self.values |= {u: _column(basis, i) * (fmpq(1) if u in unit else self._fraction()) for u, i in columns.items()}
        for x in family:
            spectrum = [abs(self._fraction()) if self._definite(x) else self._fraction() for _ in range(n)]
            for g in vectors:
                if g.matrix == x:
                    value = sp.sympify(g.value).xreplace(self.scalars)
                    if not value.is_Rational:
                        raise Inadmissible("an eigenvalue that is not rational")
                    spectrum[columns[g.vector]] = fmpq(int(value.p), int(value.q))
            self.values[x] = basis * _filled(n, n, lambda i, j, s=spectrum: s[i] if i == j else fmpq(0)) * basis.transpose()

    def _size(self, x: sp.MatrixSymbol) -> int:
        return int(x.shape[0].xreplace(self.scalars))

    def _fraction(self) -> fmpq:
        return fmpq(self.rng.choice([-3, -2, -1, 1, 2, 3]), self.rng.choice([1, 1, 2]))

    def _random(self, n: int, m: int) -> fmpq_mat:
        return _filled(n, m, lambda i, j: fmpq(self.rng.randint(-3, 3), self.rng.choice([1, 1, 2])))

    def _cayley(self, n: int) -> fmpq_mat:
        """Return a rational orthogonal matrix, (I - K)(I + K)^-1 with columns of random sign, K^T = -K."""
        k = self._random(n, n)
        k, unit = k - k.transpose(), _filled(n, n, lambda i, j: fmpq(i == j))
        signs = [self.rng.choice([-1, 1]) for _ in range(n)]
        return (unit - k) * (unit + k).inv() * _filled(n, n, lambda i, j: fmpq(signs[i] * (i == j)))


def _expressions(hypothesis: object) -> list[sp.Basic]:
    values = [getattr(hypothesis, name) for name in hypothesis.__dataclass_fields__]
    return [e for v in values for e in (v if isinstance(v, tuple) else (v,))]


def _point(domain: Domain, symbols: set[sp.Symbol], rng: random.Random) -> dict[sp.Symbol, sp.Rational]:
    for _ in range(200):
        point = {s: _coordinate(dict(domain.ranges).get(s) or Range(), rng) for s in sorted(symbols | set(domain.symbols), key=str)}
        if all(c.xreplace(point) == sp.true for c in domain.conditions):
            return point
    raise Inadmissible("no point of the domain found")


def _coordinate(interval: Range, rng: random.Random) -> sp.Rational:
    low, high = interval.low, interval.high
    part = sp.Rational(rng.randint(1, 11), 12)
    if low.is_finite and high.is_finite:
        return low + (high - low) * part
    size = part * rng.choice([1, 2, 3])
    if low.is_finite:
        return low + size
    return high - size if high.is_finite else size * rng.choice([-1, 1])


def _sizes(symbols: set[sp.Symbol], rng: random.Random) -> dict[sp.Symbol, sp.Rational]:
    first, *others = [*sorted(symbols, key=str), None]
    sizes = {first: sp.Integer(rng.choice([2, 2, 3]))} if first else {}
    return sizes | {s: sp.Integer(rng.choice([1, 2, 3])) for s in others if s}


def _total(jets: list[Jet]) -> Jet:
    return sum(jets[1:], jets[0])


def _product(jets: list[Jet]) -> Jet:
    out = jets[0]
    for jet in jets[1:]:
        out = out * jet
    return out


def _filled(n: int, m: int, entry: Callable[[int, int], Number]) -> Matrix:
    entries = [entry(i, j) for i in range(n) for j in range(m)]
    exact = all(isinstance(v, fmpq) for v in entries)
    return fmpq_mat(n, m, entries) if exact else arb_mat(n, m, [arb(v) for v in entries])


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
    return Jet({t: _filled(n, n, lambda i, j, c=c: value[i, n * c + j]) for c, t in enumerate(sets)})


def _blocks(rows: list[list[Matrix]]) -> Matrix:
    table = [[v for block in row for v in block.table()[i]] for row in rows for i in range(row[0].nrows())]
    return _filled(len(table), len(table[0]), lambda i, j: table[i][j])


def _split(column: fmpq_mat, sizes: list[int]) -> list[fmpq_mat]:
    ends = list(itertools.accumulate(sizes, initial=0))
    return [_filled(n, 1, lambda i, _, s=s: column[s + i, 0]) for s, n in zip(ends, sizes, strict=False)]


def _column(m: fmpq_mat, j: int) -> fmpq_mat:
    return _filled(m.nrows(), 1, lambda i, _: m[i, j])


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
            column = _column(m, i) * (1 / p)
            pairs.append((p, column))
            m = m - column * column.transpose() * p
    return pairs
