"""A matrix identity holds in every dimension if the normal form of what should vanish is empty.

Expectations use the first two moments, derivatives the product rule on letters that are free of all
hypotheses; only their values are rewritten by what is given. An identity proved where a scalar that
is tied to nothing given is not 0 holds at 0 too, by continuity (`_Coefficients.nonzero`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import sympy as sp
from flint import arb, fmpq

from theory import matrices as given
from theory.statement import MatrixVanishes, Vanishes
from verify.kernel.comparing import everywhere
from verify.kernel.deciding import decide
from verify.kernel.decision import Decision, proved
from verify.kernel.vanishing import complete
from verify.kernel.words import (
    Element,
    Letter,
    Rules,
    Term,
    Unsupported,
    Word,
    cofactor,
    collect,
    derivative,
    flip,
    mapped,
    number,
    scaled,
    spelled,
    trace,
    transpose,
)
from verify.matrix_instances import propose
from verify.matrix_values import Inadmissible, residual
from verify.points import Witness

SEEDS = 4
_SCALARS = (sp.Trace, given.Expect, given.Rate)


def decide_matrix(obligation: MatrixVanishes) -> Decision:
    """Return the decision for a matrix statement in any dimension.

    Raises:
        ValueError: shapes do not fit, or an unknown node.
    """
    conditions: tuple[str, ...] = ()
    try:
        vanishes, conditions = _vanishes(obligation)
        because = f"conditions are open: {', '.join(conditions)}" if vanishes else "the normal form is not empty"
    except Unsupported as reason:
        vanishes, because = False, str(reason)
    if vanishes and not conditions:
        return proved(obligation, "the normal form is empty, in every dimension", [str(g) for g in obligation.given])
    for seed in range(SEEDS):
        if (found := instance(obligation, seed)) is not None and not found.vanishes:
            return Decision("refuted", "an exact instance has an entry that is not 0", witness=found.witness)
    return Decision("undecided", because, open_conditions=conditions)


@dataclass(frozen=True, slots=True)
class MatrixWitness(Witness):
    """An exact instance, and an entry of the residual there."""

    def as_dict(self) -> dict[str, object]:
        """Return the witness as text."""
        return {"point": dict(self.point), "residual": self.value[0], "radius": self.value[1], "entry": self.what}


@dataclass(frozen=True, slots=True)
class Sample:
    """What the statement says at one admissible instance; `vanishes` unless an entry is certainly not 0."""

    vanishes: bool
    witness: MatrixWitness


def instance(obligation: MatrixVanishes, seed: int) -> Sample | None:
    """Return the residual at a random admissible instance of size 2 or 3, or None if none was found."""
    for proposal in propose(obligation, seed):
        try:
            residue = residual(obligation, proposal)
        except Inadmissible:
            continue
        entries = {(i + 1, j + 1): v for i, row in enumerate(residue.table()) for j, v in enumerate(row)}
        where = next((at for at, v in entries.items() if not _contains_zero(v)), (1, 1))
        v = entries[where]
        text = (str(v), "0") if isinstance(v, fmpq) else (v.mid().str(30, radius=False), v.rad().str(5, radius=False))
        return Sample(_contains_zero(v), MatrixWitness(proposal.as_text(), text, f"entry {where} != 0"))
    return None


def _contains_zero(v: fmpq | arb) -> bool:
    return v == 0 if isinstance(v, fmpq) else v.contains(0)


def _vanishes(obligation: MatrixVanishes) -> tuple[bool, tuple[str, ...]]:
    reader = _Reader(obligation.given)
    target = reader.read(obligation.expr)
    equations = given.equations(obligation.given)
    scalars = _Coefficients(obligation, equations)
    rules = Rules(scalars)
    for equation in sorted(map(reader.read, equations), key=_difficulty):
        rules.add(rules.lifted(equation))
    vanishes = all(rules.vanishes(rules.lifted(e)) for e in (target, *reader.must_vanish))
    facts = _Definite(obligation, rules, reader, scalars)
    inverses = (f"{e.of} is invertible" for e in reader.inverses if not facts.invertible(rules.lifted(e.of)))
    nested = [str(e.of) for e in reader.inverses if scalars.generic and any(a.kind for a in _letters(e.of))]
    return vanishes, (*dict.fromkeys(inverses), *scalars.undefined(), *nested)


def _difficulty(equation: Element) -> tuple[int, int]:
    letters = _letters(equation)
    return sum(a.kind != "" for a in letters), len(letters)


def _letters(a: Element) -> list[Letter]:
    return [letter for closed, word, _ in a for w in (*closed, word) for letter in w]


class _Coefficients:
    """Zero tests of scalars on the domain of the statement, the dimensions being positive numbers."""

    def __init__(self, obligation: MatrixVanishes, equations: tuple[sp.MatrixExpr, ...]) -> None:
        self.sizes = {s for x in obligation.expr.atoms(sp.MatrixSymbol) for n in x.shape for s in n.free_symbols}
        self.obligation, self.domain = obligation, complete(obligation.domain, *self.sizes)
        self.generic: dict[sp.Expr, None] = {}
        self.known: dict[tuple[sp.Expr, str], bool] = {}
        self.tied = {s for e in equations for s in e.free_symbols}

    def zero(self, value: sp.Expr) -> bool:
        """Tell whether `value` is proved to vanish where no generic divisor does."""
        if value.is_Rational:
            return value == 0
        if (value, str(len(self.generic))) not in self.known:
            domain = self.domain.where(*(sp.Ne(g, 0) for g in self.generic))
            decision = decide(Vanishes("coefficient", value, domain))
            self.known[value, str(len(self.generic))] = decision.status == "proved"
        return self.known[value, str(len(self.generic))]

    def nonzero(self, value: sp.Expr) -> bool:
        """Tell whether one may divide by `value`: it is nowhere 0, or generic and not identically 0."""
        if value.is_Rational or self.holds(value, "!="):
            return value != 0
        if value not in self.generic and not self._generic(value):
            return False
        self.generic[value] = None
        return True

    def holds(self, value: sp.Expr, op: str) -> bool:
        """Tell whether `value op 0` is proved on the whole domain."""
        if value.is_Rational:
            return bool({"!=": value != 0, ">": value > 0, ">=": value >= 0}[op])
        if (value, op) not in self.known:
            self.known[value, op] = bool(everywhere(value, op, complete(self.domain, value)))
        return self.known[value, op]

    def undefined(self) -> Iterator[str]:
        """Yield what is missing for the scalars of the statement to be defined and continuous on the domain."""
        for node in sp.preorder_traversal(self.obligation.expr):
            if isinstance(node, sp.Pow) and not isinstance(node, sp.MatrixExpr):
                whole, above = node.exp.is_integer, node.exp.is_nonnegative
                op = "!=" if whole else ">=" if above else ">"
                if not (whole and above) and not self.holds(node.base, op):
                    yield f"{node.base} {op} 0"
            elif isinstance(node, sp.Function) and not isinstance(node, sp.exp) and self.generic:
                yield f"{node} is continuous"

    def _generic(self, value: sp.Expr) -> bool:
        """Tell whether `value` is a polynomial, not 0, in symbols that range freely over intervals."""
        free = sorted(value.free_symbols, key=str)
        bound = self.sizes.union(self.tied, *(c.free_symbols for c in self.domain.conditions))
        ranges = dict(self.domain.ranges)
        wide = all(s in ranges and ranges[s].low < ranges[s].high and not s.is_integer for s in free)
        return (
            bool(free)
            and wide
            and bound.isdisjoint(free)
            and value.is_polynomial(*free)
            and not sp.Poly(value, *free).is_zero
        )


class _Definite:
    """What is known to be positive or invertible."""

    def __init__(self, obligation: MatrixVanishes, rules: Rules, reader: "_Reader", scalars: _Coefficients) -> None:
        self.rules, self.scalars = rules, scalars
        self.definite = {g.matrix for g in obligation.given if isinstance(g, given.PositiveDefinite)}
        regular = self.definite | {g.matrix for g in obligation.given if isinstance(g, given.Nonsingular)}
        self.regular = [rules.lifted(reader.read(m)) for m in regular]
        self.psd = self.definite | {g.matrix for g in obligation.given if isinstance(g, given.PositiveSemidefinite)}
        self.psd |= {g.covariance for g in obligation.given if isinstance(g, given.Moments)}

    def invertible(self, a: Element) -> bool:
        """Tell whether `a` is given as invertible, or a sum of positive semidefinite terms, one of them definite."""
        if any(e.shape == a.shape and self.rules.vanishes(e - a) for e in self.regular):
            return True
        strict = [c for closed, word, c in a if not closed and (not word or self._letter(word, self.definite))]
        semidefinite = all(self._semidefinite(closed, word) and self.scalars.holds(c, ">=") for closed, word, c in a)
        return semidefinite and self.scalars.holds(sp.Add(*strict), ">")

    def _semidefinite(self, closed: tuple[Word, ...], word: Word) -> bool:
        middle, half = word[len(word) // 2 : (len(word) + 1) // 2], word[: len(word) // 2]
        mirrored = tuple(letter.flipped for letter in reversed(half)) == word[(len(word) + 1) // 2 :]
        return not closed and mirrored and (not middle or self._letter(middle, self.psd))

    def _letter(self, word: Word, known: set[sp.MatrixExpr]) -> bool:
        return len(word) == 1 and not word[0].kind and word[0].of in known


class _Reader:
    """Turns expressions into elements, without use of the hypotheses except moments and flows."""

    def __init__(self, hypotheses: tuple[object, ...]) -> None:
        self.given = hypotheses
        self.moments = {g.vector: g for g in hypotheses if isinstance(g, given.Moments)}
        self.inverses: list[Letter] = []
        self.memo: dict[tuple[sp.Basic, bool], Element] = {}
        self.inside = False
        self.must_vanish: list[Element] = []

    def read(self, expr: sp.Basic) -> Element:
        """Return `expr` as an element, a scalar as one of shape 1x1."""
        if (expr, self.inside) not in self.memo:
            self.memo[expr, self.inside] = self._read(expr)
        return self.memo[expr, self.inside]

    def _read(self, expr: sp.Basic) -> Element:
        if isinstance(expr, sp.MatrixSymbol):
            return spelled((Letter(expr),))
        if isinstance(expr, sp.Identity):
            return number(sp.S.One, expr.shape[0])
        if isinstance(expr, sp.ZeroMatrix):
            return Element(expr.shape, {})
        if isinstance(expr, sp.MatAdd) or (isinstance(expr, sp.Add) and expr.has(*_SCALARS)):
            return reduce(Element.__add__, map(self.read, expr.args))
        if isinstance(expr, sp.MatMul) or (isinstance(expr, sp.Mul) and expr.has(*_SCALARS)):
            return self._product(expr)
        if isinstance(expr, sp.Inverse | given.Inv | given.MatrixExp):
            return self._function(self.read(expr.args[0]), "exp" if isinstance(expr, given.MatrixExp) else "inv")
        if isinstance(expr, sp.MatPow | sp.Pow) and expr.has(*_SCALARS, sp.MatrixExpr):
            return self._power(expr)
        if isinstance(expr, sp.Transpose):
            return transpose(self.read(expr.arg))
        if isinstance(expr, sp.Trace):
            return trace(self.read(expr.arg))
        if isinstance(expr, given.Expect | given.ExpectMatrix):
            return self._expectation(self.read(expr.args[0]))
        if isinstance(expr, given.Rate | given.RateMatrix):
            return self._rate(*expr.args)
        if isinstance(expr, given.Grad):
            return self._gradient(*expr.args)
        if isinstance(expr, sp.MatrixExpr) or expr.has(*_SCALARS, sp.MatrixExpr):
            raise ValueError(f"matrix: unknown node {type(expr).__name__} in {expr}")
        return number(expr)

    def _product(self, expr: sp.MatMul | sp.Mul) -> Element:
        scalars = [self.read(a) for a in expr.args if not getattr(a, "is_Matrix", False)]
        matrices = [self.read(a) for a in expr.args if getattr(a, "is_Matrix", False)]
        factor = reduce(Element.__mul__, scalars, number(sp.S.One))
        product = reduce(Element.__mul__, matrices or [number(sp.S.One)])
        return collect(product.shape, [(s + t, w, c * k) for s, _, c in factor for t, w, k in product])

    def _power(self, expr: sp.MatPow | sp.Pow) -> Element:
        base, exponent = self.read(expr.base), expr.exp
        if not exponent.is_Integer or not 0 < abs(exponent) <= 20 or (exponent < 0 and not expr.is_Matrix):
            raise ValueError(f"power: expected a small integer exponent, got {expr}")
        product = reduce(Element.__mul__, [base] * abs(int(exponent)))
        return self._function(product, "inv") if exponent < 0 else product

    def _function(self, a: Element, kind: str) -> Element:
        letter = Letter(a, False, kind)
        self.inverses += [letter] if kind == "inv" else []
        return spelled((letter,))

    def _rate(self, what: sp.Basic, tau: sp.Symbol) -> Element:
        flows = {g.letter: self.read(g.rate) for g in self.given if isinstance(g, given.Flow) and g.tau == tau}
        return self._derivative(self._differentiated(what), flows, tau)

    def _gradient(self, what: sp.Expr, wrt: sp.MatrixSymbol, at: sp.MatrixExpr) -> Element:
        step = sp.MatrixSymbol(f"d {wrt.name}", *wrt.shape)
        gradient = cofactor(self._derivative(self._differentiated(what), {wrt: spelled((Letter(step),))}, None), step)
        return gradient if at == wrt else self._substituted(gradient, wrt, self.read(at))

    def _substituted(self, a: Element, symbol: sp.MatrixSymbol, value: Element) -> Element:
        def image(letter: Letter) -> Element:
            if letter.kind:
                return self._function(self._substituted(letter.of, symbol, value), letter.kind)
            if letter.of != symbol:
                return spelled((letter,))
            return transpose(value) if letter.transposed else value

        return mapped(a, image)

    def _derivative(self, a: Element, images: dict[sp.MatrixSymbol, Element], tau: sp.Symbol | None) -> Element:
        def rate(c: sp.Expr) -> sp.Expr:
            return sp.Derivative(c, tau) if tau is not None and c.has(tau) else sp.S.Zero

        def image(letter: Letter) -> Element | None:
            if not letter.kind:
                value = images.get(letter.of)
                return transpose(value) if value is not None and letter.transposed else value
            inner, it = derivative(letter.of, image, rate), spelled((letter,))
            if letter.kind == "inv":
                return scaled(it * inner * it, sp.S.NegativeOne)
            self._commutes(inner, letter.of, now=tau is not None and not self.inside)
            return inner * it

        return derivative(a, image, rate)

    def _commutes(self, rate: Element, a: Element, *, now: bool) -> None:
        """Require that `a` commutes with its derivative; what is given helps if it is needed `now` only."""
        commutator = rate * a - a * rate
        if commutator.terms and not now:
            raise Unsupported("an exponential whose argument does not commute with its own derivative")
        self.must_vanish.append(commutator)

    def _differentiated(self, what: sp.Basic) -> Element:
        """Return what stands under a derivative, where nothing given holds."""
        before, self.inside = self.inside, True
        value = self.read(what)
        self.inside = before
        return value

    def _expectation(self, a: Element) -> Element:
        if a.shape == (1, 1):
            return collect(a.shape, [t for term in a for t in self._mean(*term)])
        probe = sp.MatrixSymbol("probe", a.shape[1], a.shape[0])
        value = self._expectation(trace(a * spelled((Letter(probe),))))
        return transpose(cofactor(value, probe))

    def _mean(self, closed: tuple[Word, ...], word: Word, c: sp.Expr) -> Iterator[Term]:
        """Yield the terms of the expectation of a product of closed words: at the means, and the covariance."""
        if any(letter.kind and self._is_random(letter) for factor in closed for letter in factor):
            raise Unsupported("an expectation of a function of a random letter")
        places = [(f, i) for f, w in enumerate(closed) for i, letter in enumerate(w) if letter.of in self.moments]
        if len(places) > 2:
            raise Unsupported(f"moments of order {len(places)}")
        yield from self._at_means(closed, word, c)
        if len(places) == 2:
            (f, i), (g, j) = places
            rest = tuple(w for k, w in enumerate(closed) if k not in (f, g))
            joined = self._bent(closed[f]) if f == g else self._joined(_ending(closed[f], i), _ending(closed[g], j))
            yield from ((rest + s, word, c * k) for s, _, k in joined)

    def _bent(self, word: Word) -> Element:
        """Return Tr(A C) for the word x^T A y, C being the covariance of y and x."""
        return trace(_spelled(word[1:-1], self._covariance(word[-1].of, word[0].of)))

    def _joined(self, one: Word, two: Word) -> Element:
        """Return a C b^T for the words a x and b y, C being the covariance of x and y."""
        left = _spelled(one[:-1], self._covariance(one[-1].of, two[-1].of))
        return left * transpose(_spelled(two[:-1], number(sp.S.One, two[-1].shape[0])))

    def _at_means(self, closed: tuple[Word, ...], word: Word, c: sp.Expr) -> Element:
        value = collect((sp.S.One, sp.S.One), [(closed, word, c)])
        for x, law in self.moments.items():
            value = self._substituted(value, x, self.read(law.mean))
        return value

    def _is_random(self, letter: Letter) -> bool:
        return any(self._is_random(a) if a.kind else a.of in self.moments for a in _letters(letter.of))

    def _covariance(self, x: sp.MatrixSymbol, y: sp.MatrixSymbol) -> Element:
        if x == y:
            return self.read(self.moments[x].covariance)
        for g in self.given:
            if isinstance(g, given.Independent) and {g.left, g.right} == {x, y}:
                return Element((x.shape[0], y.shape[0]), {})
            if isinstance(g, given.Covariance) and {g.left, g.right} == {x, y}:
                return self.read(g.matrix) if g.left == x else transpose(self.read(g.matrix))
        raise Unsupported(f"the covariance of {x} and {y} is not given")


def _ending(word: Word, i: int) -> Word:
    """Return the closed word so that the vector at place i, which stands at an end, ends it."""
    return flip(word) if word[i].transposed else word


def _spelled(word: Word, after: Element) -> Element:
    return spelled(word) * after if word else after
