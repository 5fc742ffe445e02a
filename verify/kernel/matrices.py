"""A matrix identity holds in every dimension if the normal form of what should vanish is empty.

An identity proved where a scalar that is tied to nothing given is not 0 holds at 0 too, by continuity
(`Coefficients.nonzero`).
"""

from collections.abc import Callable, Iterator

import sympy as sp

from theory import matrices as given
from theory.statement import Compares, MatrixVanishes, Obligation, Vanishes
from verify.kernel.domains import complete
from verify.kernel.reading import Reader
from verify.kernel.rewriting import Completion, Rules
from verify.kernel.words import Element, Word, letters_of

type_proves = Callable[[Obligation], bool]


def vanishes(obligation: MatrixVanishes, guide: Completion, proves: type_proves) -> tuple[bool, tuple[str, ...]]:
    """Return whether the normal form is empty, and which conditions of that are open."""
    reader = Reader(obligation.given)
    target = reader.read(obligation.expr)
    equations = given.equations(obligation.given)
    scalars = Coefficients(obligation, equations, proves)
    rules = Rules(scalars, guide)
    for equation in sorted(map(reader.read, equations), key=_difficulty):
        rules.add(rules.lifted(equation))
    empty = all(rules.vanishes(rules.lifted(e)) for e in (target, *reader.must_vanish))
    facts = Definite(obligation, rules, reader, scalars)
    inverses = (f"{e.of} is invertible" for e in reader.inverses if not facts.invertible(rules.lifted(e.of)))
    nested = [str(e.of) for e in reader.inverses if scalars.generic and any(a.kind for a in letters_of(e.of))]
    return empty, (*dict.fromkeys(inverses), *scalars.undefined(), *nested)


def _difficulty(equation: Element) -> tuple[int, int]:
    found = letters_of(equation)
    return sum(a.kind != "" for a in found), len(found)


class Coefficients:
    """Zero tests of scalars on the domain of the statement, the dimensions being positive numbers."""

    def __init__(self, obligation: MatrixVanishes, equations: tuple[sp.MatrixExpr, ...], proves: type_proves) -> None:
        self.sizes = {s for x in obligation.expr.atoms(sp.MatrixSymbol) for n in x.shape for s in n.free_symbols}
        self.proves = proves
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
            self.known[value, str(len(self.generic))] = self.proves(Vanishes("coefficient", value, domain))
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
            self.known[value, op] = self.proves(Compares("coefficient", value, op, complete(self.domain, value)))
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


class Definite:
    """What is known to be positive or invertible."""

    def __init__(self, obligation: MatrixVanishes, rules: Rules, reader: Reader, scalars: Coefficients) -> None:
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
