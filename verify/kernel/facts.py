"""Elements that vanish: what is given, what inverses and exponentials are, and combinations of facts already known.

An element vanishes if it is, in the free algebra and up to coefficients that are proved 0, a sum of products in each
of which a fact stands for a letter. Such sums are the certificate; no rewriting is trusted.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import sympy as sp

from verify.kernel.algebra import Undecidable
from verify.kernel.definite import Definite
from verify.kernel.words import Element, Letter, Word, collect, mapped, number, scaled, spelled, transpose
from verify.trees import from_tree


class Facts:
    """The facts known so far; `letters` is the table that certificates spell words in."""

    def __init__(
        self, equations: Sequence[Element], regular: Sequence[Element], definite: Definite, letters: list[Any]
    ) -> None:
        self.equations, self.regular, self.definite, self.letters = equations, regular, definite, letters
        self.scalars = definite.scalars
        self.known: dict[int, Element] = {}
        self._table: dict[int, Letter] = {}
        self.existing: set[Letter] = set()

    def add(self, k: int, rule: str, *parts: Any) -> None:
        """Add the facts, numbered from k, that a rule of this class gives.

        Raises:
            Undecidable: it does not apply.
        """
        self.known |= enumerate(RULES[rule](self, *parts), k)

    def follows(self, a: Element, combination: list[Any]) -> bool:
        """Return whether `a` is the combination, up to coefficients that are 0."""
        gap = a - self._value(combination)
        return all(self.scalars.zero(c) for _, _, c in gap)

    def exists(self, letter: Letter, how: str, which: Any, combination: list[Any]) -> bool:
        """Return whether what an inverse is taken of equals something known to be invertible."""
        if how == "existing":
            other = self.letter(which)
            return other in self.existing and self.follows(letter.of - other.of, combination)
        if how == "regular":
            return self.follows(letter.of - self.regular[which], combination)
        element = self.element(which)
        return self.definite.is_definite(element) and self.follows(letter.of - element, combination)

    def letter(self, n: int) -> Letter:
        """Return letter n of the table: a symbol, a fact, or a function of an element of other letters."""
        kind, what, *rest = self.letters[n]
        if kind == "fact":
            return fact_letter(what, self.known[what].shape, rest[0] is True)
        if n not in self._table:
            of: Any = from_tree(what) if kind == "symbol" else self.element(what)
            if kind == "symbol" and (not isinstance(of, sp.MatrixSymbol) or is_fact(Letter(of))):
                raise Undecidable("not a letter")
            functions = {"symbol": "", "inv": "inv", "exp": "exp"}
            self._require(kind == "symbol" or of.shape[0] == of.shape[1])
            self._table[n] = Letter(of, kind == "symbol" and rest[0] is True, functions[kind])
        return self._table[n]

    def element(self, data: list[Any]) -> Element:
        """Return an element from its shape and its terms."""
        shape, terms = data
        rows, columns = map(from_tree, shape)
        read = [(tuple(map(self._word, closed)), self._word(word), self._coefficient(c)) for closed, word, c in terms]
        for closed, word, _ in read:
            ends = [(w, w[-1].shape[1], w[0].shape[0]) for w in closed] + [(word, rows, columns)]
            self._require(all((w[0].shape[0], w[-1].shape[1]) == (a, b) if w else a == b for w, a, b in ends))
        return collect((rows, columns), read)

    def _word(self, word: list[int]) -> Word:
        found = tuple(map(self.letter, word))
        self._require(all(a.shape[1] == b.shape[0] for a, b in pairwise(found)))
        return found

    def _coefficient(self, data: list[Any]) -> sp.Expr:
        """Return a scalar that has a value on the domain, but for zeros of generic divisors."""
        value: Any = from_tree(data)
        self._require(isinstance(value, sp.Expr) and not value.has(sp.MatrixExpr, sp.oo, -sp.oo, sp.zoo, sp.nan))
        self._require(value.is_Rational or not any(self.scalars.undefined(value, generic=True)))
        return value

    def _value(self, combination: list[Any]) -> Element:
        found = self.element(combination)
        if not all(any(map(is_fact, (*word, *(a for w in closed for a in w)))) for closed, word, _ in found):
            raise Undecidable("a term without a fact")
        return mapped(found, self._meaning)

    def _meaning(self, a: Letter) -> Element:
        if (k := number_of(a)) is None:
            return spelled((a,))
        return transpose(self.known[k]) if a.transposed else self.known[k]

    def _function(self, n: int, kind: str) -> tuple[Element, Element]:
        letter = self.letter(n)
        if letter.kind != kind:
            raise Undecidable(f"expected {kind}")
        return letter.of, spelled((letter,))

    def _given(self, i: int) -> list[Element]:
        return [self.equations[i]]

    def _combine(self, combination: list[Any]) -> list[Element]:
        return [self._value(combination)]

    def _inverse(self, n: int, how: list[Any]) -> list[Element]:
        """A A^-1 = A^-1 A = 1, if A is invertible."""
        (a, it), unit = self._function(n, "inv"), number(sp.S.One, self.letter(n).shape[0])
        self._require(self.exists(self.letter(n), *how))
        self.existing.add(self.letter(n))
        return [a * it - unit, it * a - unit]

    def _inverses(self, n: int, m: int, combination: list[Any]) -> list[Element]:
        """Inverses of matrices that commute do."""
        (a, x), (b, y) = self._function(n, "inv"), self._function(m, "inv")
        self._require(self.follows(a * b - b * a, combination) and {self.letter(n), self.letter(m)} <= self.existing)
        return [x * y - y * x]

    def _equal(self, n: int, m: int | None, shift: Any, combination: list[Any]) -> list[Element]:
        """A = B gives f(A) = f(B), and A = B + s gives exp(A) = exp(s) exp(B); without letter m, B is 0."""
        kind, s, size = self.letter(n).kind, self._coefficient(shift), self.letter(n).shape[0]
        zero = Element((size, size), {}), number(sp.S.One, size)
        (a, x), (b, y) = self._function(n, kind), self._function(m, kind) if m is not None else zero
        self._require(kind == "exp" or (kind == "inv" and m is not None and s == 0))
        self._require(self.follows(a - b - number(s, size), combination))
        return [x - scaled(y, sp.exp(s))]

    def _merge(self, n: int, m: int, combination: list[Any]) -> list[Element]:
        """A B = B A gives exp(A) exp(B) = exp(A + B)."""
        (a, x), (b, y) = self._function(n, "exp"), self._function(m, "exp")
        self._require(self.follows(a * b - b * a, combination))
        return [x * y - spelled((Letter(a + b, False, "exp"),))]

    def _commute(self, n: int, m: int, combination: list[Any]) -> list[Element]:
        """A b = b A gives exp(A) b = b exp(A)."""
        (a, x), b = self._function(n, "exp"), spelled((self.letter(m),))
        self._require(self.follows(a * b - b * a, combination))
        return [x * b - b * x]

    def _eigen(self, n: int, m: int, value: Any, is_left: bool, combination: list[Any]) -> list[Element]:
        """A b = v b gives exp(A) b = exp(v) b, and b A = v b gives b exp(A) = exp(v) b."""
        (a, x), b, v = self._function(n, "exp"), spelled((self.letter(m),)), self._coefficient(value)
        self._require(self.follows((b * a if is_left else a * b) - scaled(b, v), combination))
        return [(b * x if is_left else x * b) - scaled(b, sp.exp(v))]

    def _require(self, holds: bool) -> None:
        if not holds:
            raise Undecidable("a rule that does not apply")


def fact_letter(k: int, shape: tuple[sp.Expr, sp.Expr], transposed: bool = False) -> Letter:
    """Return the letter that stands for fact k."""
    return Letter(sp.MatrixSymbol(f"fact {k}", *shape), transposed)


def number_of(letter: Letter) -> int | None:
    """Return which fact a letter stands for, if it does; no matrix of a statement has such a name."""
    name = "" if isinstance(letter.of, Element) else letter.of.name
    return int(name.removeprefix("fact ")) if name.startswith("fact ") else None


def is_fact(letter: Letter) -> bool:
    """Return whether a letter stands for a fact."""
    return number_of(letter) is not None


RULES: dict[str, Callable[..., list[Element]]] = {
    "given": Facts._given, "combine": Facts._combine, "inverse": Facts._inverse, "inverses": Facts._inverses,
    "equal": Facts._equal, "merge": Facts._merge, "commute": Facts._commute, "eigen": Facts._eigen,
}  # fmt: skip
