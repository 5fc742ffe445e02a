"""Proposes small exact instances of matrix statements; the kernel checks whatever is proposed."""

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import sympy as sp
from flint import fmpq, fmpq_mat

from theory import matrices as given
from theory.domain import Domain, Range
from theory.statement import MatrixVanishes
from verify.arithmetic.jets import column, diagonal, filled
from verify.arithmetic.matrix_values import Inadmissible, Instance, value

TRIES = 60


def propose(obligation: MatrixVanishes, seed: int) -> Iterator[Instance]:
    """Yield random instances of size 2 or 3 that should satisfy what is given."""
    rng = random.Random(seed)
    for _ in range(TRIES):
        try:
            yield _Builder(obligation, rng, 3 if seed % 3 == 2 else 2).build()
        except Inadmissible:
            continue


class _Builder:
    def __init__(self, obligation: MatrixVanishes, rng: random.Random, size: int) -> None:
        self.obligation, self.rng = obligation, rng
        self.values: dict[sp.MatrixSymbol, fmpq_mat] = {}
        parts = [obligation.expr, *(e for g in obligation.given for e in _expressions(g))]
        self.letters = sorted({x for p in parts for x in p.atoms(sp.MatrixSymbol)}, key=str)
        plain = {s for p in parts for s in p.free_symbols if isinstance(s, sp.Symbol)}
        matrices = {*self.letters, *(m for p in parts for m in p.atoms(sp.Identity, sp.ZeroMatrix))}
        sizes = {s for x in matrices for n in x.shape for s in n.free_symbols}
        self.scalars = _point(obligation.domain, plain - sizes, rng) | _sizes(sizes, size, rng)

    def all(self, *kinds: type) -> list:
        """Return the hypotheses of these kinds."""
        return [g for g in self.obligation.given if isinstance(g, kinds)]

    def build(self) -> Instance:
        """Return values for all letters that are not random."""
        self._joint_laws()
        self._families()
        orthonormal = [u for g in self.all(given.Orthonormal) for u in g.vectors if u not in self.values]
        if orthonormal:
            basis = self._cayley(self._size(orthonormal[0]))
            self.values |= {u: column(basis, i) for i, u in enumerate(orthonormal[: basis.ncols()])}
        self.values |= {g.matrix: self._cayley(self._size(g.matrix)) for g in self.all(given.Orthogonal)}
        rules = [
            (g.left, g.right) if isinstance(g.left, sp.MatrixSymbol) else (g.right, g.left)
            for g in self.all(given.Rule)
        ]
        defined = {x: expr for x, expr in rules if isinstance(x, sp.MatrixSymbol) and x not in self.values}
        random_letters = {g.vector for g in self.all(given.Moments)}
        for x in self.letters:
            if x not in self.values and x not in defined and x not in random_letters:
                self.values[x] = self._letter(x)
        for _ in defined:
            for x, expr in defined.items():
                if x not in self.values and expr.atoms(sp.MatrixSymbol) <= set(self.values):
                    self.values[x] = self._evaluated(expr)
        return Instance(self.scalars, self.values)

    def _evaluated(self, expr: sp.MatrixExpr) -> fmpq_mat:
        found = value(expr, Instance(self.scalars, self.values))
        if not isinstance(found, fmpq_mat):
            raise Inadmissible("a letter is defined by a value that is not rational")
        return found

    def _letter(self, x: sp.MatrixSymbol) -> fmpq_mat:
        n, m = (int(k.xreplace(self.scalars)) for k in x.shape)
        root = self._random(n, m)
        if self._definite(x):
            extra = int(any(g.matrix == x for g in self.all(given.PositiveDefinite)))
            return root * root.transpose() + diagonal([fmpq(extra)] * n)
        return root + root.transpose() if self._symmetric(x) else root

    def _symmetric(self, x: sp.MatrixSymbol) -> bool:
        return self._definite(x) or any(g.matrix == x for g in self.all(given.Symmetric, given.Eigenvector))

    def _definite(self, x: sp.MatrixSymbol) -> bool:
        psd = self.all(given.PositiveSemidefinite, given.PositiveDefinite)
        return any(g.matrix == x for g in psd) or any(g.covariance == x for g in self.all(given.Moments))

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
                    self.values[x] = filled([row[c:e] for row in joint.table()[r:s]])

    def _families(self) -> None:
        """Give letters that commute, or have named eigenvectors, a common basis."""
        linked = [{g.left, g.right} for g in self.all(given.Commute)] + [
            set(g.matrices) for g in self.all(given.Diagonal)
        ]
        linked += [{g.matrix} for g in self.all(given.Eigenvector)]
        while linked:
            family = linked.pop()
            while touching := [s for s in linked if s & family]:
                family = family.union(*touching)
                linked = [s for s in linked if s not in touching]
            self._family(sorted(family, key=str))

    def _family(self, family: list[sp.MatrixSymbol]) -> None:
        n = self._size(family[0])
        plain = {x for g in self.all(given.Diagonal) for x in g.matrices}
        vectors = [g for g in self.all(given.Eigenvector) if g.matrix in family]
        symmetric = [x for x in family if self._symmetric(x) or x in plain]
        if not symmetric or (not vectors and len(symmetric) < len(family) and self.rng.random() < 0.5):
            root = self._random(n, n)
            self.values |= {x: root * root * self._fraction() + root * self._fraction() for x in family}
            self.values |= {x: diagonal([abs(self._fraction())] * n) for x in symmetric}
            return
        basis = diagonal([fmpq(1)] * n) if plain & set(family) else self._cayley(n)
        columns = {u: i for i, u in enumerate(dict.fromkeys(g.vector for g in vectors))}
        if len(columns) > n:
            raise Inadmissible("more eigenvectors than dimensions")
        unit = {u for g in self.all(given.Orthonormal) for u in g.vectors}
        self.values |= {u: column(basis, i) * (fmpq(1) if u in unit else self._fraction()) for u, i in columns.items()}
        for x in family:
            spectrum = [abs(self._fraction()) if self._definite(x) else self._fraction() for _ in range(n)]
            for g in vectors:
                if g.matrix == x:
                    at = sp.sympify(g.value).xreplace(self.scalars)
                    if not at.is_Rational:
                        raise Inadmissible("an eigenvalue that is not rational")
                    spectrum[columns[g.vector]] = fmpq(int(at.p), int(at.q))
            self.values[x] = basis * diagonal(spectrum) * basis.transpose()

    def _size(self, x: sp.MatrixSymbol) -> int:
        return int(x.shape[0].xreplace(self.scalars))

    def _fraction(self) -> fmpq:
        return fmpq(self.rng.choice([-3, -2, -1, 1, 2, 3]), self.rng.choice([1, 1, 2]))

    def _random(self, n: int, m: int) -> fmpq_mat:
        return filled([[fmpq(self.rng.randint(-3, 3), self.rng.choice([1, 1, 2])) for _ in range(m)] for _ in range(n)])

    def _cayley(self, n: int) -> fmpq_mat:
        """Return a rational orthogonal matrix, (I - K)(I + K)^-1 with columns of random sign, K^T = -K."""
        half = filled([[self._fraction() if i < j else fmpq(0) for j in range(n)] for i in range(n)])
        k, unit = half - half.transpose(), diagonal([fmpq(1)] * n)
        signs: list[fmpq] = [fmpq(-1 if self.rng.random() < 0.2 else 1) for _ in range(n)]
        return (unit - k) * (unit + k).inv() * diagonal(signs)


def _expressions(hypothesis: object) -> list[sp.Basic]:
    values = [getattr(hypothesis, f.name) for f in (fields(hypothesis) if is_dataclass(hypothesis) else ())]
    return [e for v in values for e in (v if isinstance(v, tuple) else (v,))]


def _point(domain: Domain, symbols: set[sp.Symbol], rng: random.Random) -> dict[sp.Symbol, sp.Rational]:
    for _ in range(200):
        point = {
            s: _coordinate(dict(domain.ranges).get(s) or Range(), rng)
            for s in sorted(symbols | set(domain.symbols), key=str)
        }
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


def _sizes(symbols: set[sp.Symbol], size: int, rng: random.Random) -> dict[sp.Symbol, sp.Rational]:
    first, *others = [*sorted(symbols, key=str), None]
    sizes = {first: sp.Integer(size)} if first else {}
    return sizes | {s: sp.Integer(rng.choice([1, 2, 3])) for s in others if s}
