"""A matrix expression is read as a sum of words.

Expectations use the first two moments, derivatives the product rule on letters that are free of all hypotheses; only
their values are rewritten by what is given.
"""

from collections.abc import Iterator
from functools import reduce

import sympy as sp

from theory import matrices as given
from verify.kernel.algebra import Undecidable
from verify.kernel.words import (
    Element,
    Letter,
    Term,
    Word,
    cofactor,
    collect,
    derivative,
    flip,
    letters_of,
    mapped,
    number,
    scaled,
    spelled,
    trace,
    transpose,
)  # fmt: skip

_SCALARS = (sp.Trace, given.Expect, given.Rate)


class Reader:
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
            if expr.name.startswith(("fact ", "probe", "d ")):
                raise ValueError(f"matrix: {expr.name!r} is not a name for one")
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
            raise Undecidable("an exponential whose argument does not commute with its own derivative")
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
            raise Undecidable("an expectation of a function of a random letter")
        places = [(f, i) for f, w in enumerate(closed) for i, letter in enumerate(w) if letter.of in self.moments]
        if len(places) > 2:
            raise Undecidable(f"moments of order {len(places)}")
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
        return any(self._is_random(a) if a.kind else a.of in self.moments for a in letters_of(letter.of))

    def _covariance(self, x: sp.MatrixSymbol, y: sp.MatrixSymbol) -> Element:
        if x == y:
            return self.read(self.moments[x].covariance)
        for g in self.given:
            if isinstance(g, given.Independent) and {g.left, g.right} == {x, y}:
                return Element((x.shape[0], y.shape[0]), {})
            if isinstance(g, given.Covariance) and {g.left, g.right} == {x, y}:
                return self.read(g.matrix) if g.left == x else transpose(self.read(g.matrix))
        raise Undecidable(f"the covariance of {x} and {y} is not given")


def _ending(word: Word, i: int) -> Word:
    """Return the closed word so that the vector at place i, which stands at an end, ends it."""
    return flip(word) if word[i].transposed else word


def _spelled(word: Word, after: Element) -> Element:
    return spelled(word) * after if word else after
