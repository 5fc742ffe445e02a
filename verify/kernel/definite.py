"""What is known of coefficients on the domain, and which matrices are positive definite."""

from collections.abc import Callable, Iterator

import sympy as sp

from theory import matrices as given
from theory.statement import Compares, MatrixVanishes, Obligation, Vanishes
from verify.kernel.domains import complete
from verify.kernel.words import Element, Word

type_proves = Callable[[Obligation], bool]


class Scalars:
    """Tests of coefficients on the domain of the statement, the dimensions being positive numbers.

    What holds where some generic scalars are not 0 holds where they are, too, by continuity: they are polynomials in
    symbols that range freely over intervals and that nothing given is tied to.
    """

    def __init__(self, obligation: MatrixVanishes, tied: frozenset[sp.Symbol], proves: type_proves) -> None:
        self.sizes = {s for x in obligation.expr.atoms(sp.MatrixSymbol) for n in x.shape for s in n.free_symbols}
        self.domain, self.proves = complete(obligation.domain, *self.sizes), proves
        self.tied = tied.union(self.sizes, *(c.free_symbols for c in self.domain.conditions))
        self.generic: list[sp.Expr] = []
        self.known: dict[Obligation, bool] = {}

    def zero(self, value: sp.Expr) -> bool:
        """Tell whether `value` is proved to vanish where no generic scalar, or none of the first few, does."""
        if value.is_Rational:
            return bool(value == 0)
        divisors = [sp.Ne(g, 0) for g in self.generic]
        domains = (self.domain.where(*divisors[:k]) for k in range(len(divisors) + 1))
        return any(self._proved(Vanishes("coefficient", value, domain)) for domain in domains)

    def holds(self, value: sp.Expr, op: str) -> bool:
        """Tell whether `value op 0` is proved on the whole domain."""
        if value.is_Rational:
            return bool({"!=": value != 0, ">": value > 0, ">=": value >= 0}[op])
        return self._proved(Compares("coefficient", value, op, complete(self.domain, value)))

    def assume(self, value: sp.Expr) -> bool:
        """Tell whether `value` is generic; then it may be divided by."""
        free, ranges = sorted(value.free_symbols, key=str), dict(self.domain.ranges)
        wide = all(s in ranges and ranges[s].low < ranges[s].high and not s.is_integer for s in free)
        fits = bool(free) and wide and self.tied.isdisjoint(free) and value.is_polynomial(*free)
        if not fits or sp.Poly(value, *free).is_zero:
            return False
        self.generic += [] if value in self.generic else [value]
        return True

    def undefined(self, expr: sp.Basic, *, generic: bool = False) -> Iterator[str]:
        """Yield what is missing for scalars of an expression to be continuous, maybe where generic ones are not 0."""
        for node in sp.preorder_traversal(expr):
            if isinstance(node, sp.Pow) and not isinstance(node, sp.MatrixExpr):
                whole, above = node.exp.is_integer, node.exp.is_nonnegative
                op = "!=" if whole else ">=" if above else ">"
                known = (whole and above) or self.holds(node.base, op)
                if not (known or (generic and whole and self.assume(node.base))):
                    yield f"{node.base} {op} 0"
            elif isinstance(node, sp.log) and not self.holds(node.args[0], ">"):
                yield f"{node.args[0]} > 0"
            elif isinstance(node, sp.Function) and not isinstance(node, sp.exp) and self.generic:
                yield f"{node} is continuous"

    def _proved(self, obligation: Obligation) -> bool:
        if obligation not in self.known:
            self.known[obligation] = self.proves(obligation)
        return self.known[obligation]


class Definite:
    """Which matrices are definite because that is given, or because they are sums of such."""

    def __init__(self, hypotheses: tuple[object, ...], scalars: Scalars) -> None:
        self.scalars = scalars
        self.definite = {g.matrix for g in hypotheses if isinstance(g, given.PositiveDefinite)}
        self.psd = self.definite | {g.matrix for g in hypotheses if isinstance(g, given.PositiveSemidefinite)}
        self.psd |= {g.covariance for g in hypotheses if isinstance(g, given.Moments)}

    def is_definite(self, a: Element) -> bool:
        """Tell whether `a` is a sum of positive semidefinite terms S, w S w^T or w w^T, one of them definite."""
        strict = [c for closed, word, c in a if not closed and (not word or self._letter(word, self.definite))]
        semidefinite = all(self._semidefinite(closed, word) and self.scalars.holds(c, ">=") for closed, word, c in a)
        return semidefinite and self.scalars.holds(sp.Add(*strict), ">")

    def _semidefinite(self, closed: tuple[Word, ...], word: Word) -> bool:
        middle, half = word[len(word) // 2 : (len(word) + 1) // 2], word[: len(word) // 2]
        mirrored = tuple(letter.flipped for letter in reversed(half)) == word[(len(word) + 1) // 2 :]
        return not closed and mirrored and (not middle or self._letter(middle, self.psd))

    def _letter(self, word: Word, known: set[sp.MatrixExpr]) -> bool:
        return len(word) == 1 and not word[0].kind and word[0].of in known
