"""A matrix expression is a sum of words with scalar coefficients; rewriting by what is given keeps its value.

A word is a product of letters, each plain or transposed. A word that is closed (under a trace, or of
shape 1x1) is a scalar: it may be turned and transposed, and where two neighbours meet in dimension 1
it falls apart into factors. A term is a coefficient times closed words times at most one open word.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import sympy as sp

Word = tuple["Letter", ...]
Term = tuple[tuple[Word, ...], Word, sp.Expr]
MEMORY = 1 << 15


@dataclass(frozen=True, slots=True)
class Letter:
    """A matrix symbol, or the inverse or exponential (`kind`) of the element `of`."""

    of: "sp.MatrixSymbol | Element"
    transposed: bool = False
    kind: str = ""

    @property
    def shape(self) -> tuple[sp.Expr, sp.Expr]:
        """The shape, after transposition."""
        return self.of.shape[::-1] if self.transposed else self.of.shape

    @property
    def flipped(self) -> "Letter":
        """The transposed letter; that of f(A) is f(A^T)."""
        if isinstance(self.of, Element):
            return Letter(transpose(self.of), False, self.kind)
        return Letter(self.of, not self.transposed)


@dataclass(frozen=True)
class Element:
    """The sum of coefficient * closed words * open word over `terms`, a matrix of this shape."""

    shape: tuple[sp.Expr, sp.Expr]
    terms: dict[tuple[tuple[Word, ...], Word], sp.Expr]

    @cached_property
    def _hash(self) -> int:
        return hash((self.shape, frozenset(self.terms.items())))

    def __hash__(self) -> int:
        return self._hash

    def __iter__(self) -> Iterator[Term]:
        return ((closed, word, c) for (closed, word), c in self.terms.items())

    def __add__(self, other: "Element") -> "Element":
        _same(self.shape == other.shape, self, other)
        return collect(self.shape, [*self, *other])

    def __sub__(self, other: "Element") -> "Element":
        return self + scaled(other, sp.S.NegativeOne)

    def __mul__(self, other: "Element") -> "Element":
        _same(self.shape[1] == other.shape[0], self, other)
        terms = [(s + t, v + w, c * k) for s, v, c in self for t, w, k in other]
        return collect((self.shape[0], other.shape[1]), terms)


def _same(fits: bool, left: Element, right: Element) -> None:
    if not fits:
        raise ValueError(f"shapes: {left.shape} and {right.shape} do not fit")


def collect(shape: tuple[sp.Expr, sp.Expr], terms: Iterable[Term]) -> Element:
    """Return the sum of `terms`, every word in its canonical form."""
    sums: dict[tuple[tuple[Word, ...], Word], list[sp.Expr]] = {}
    for closed, word, c in terms:
        inner, rest = _opened(word, shape)
        factors = sorted((f for w in (*closed, *inner) for f in canonical(w)), key=rank)
        sums.setdefault((tuple(factors), rest), []).append(c)
    added = {key: _sum(cs) for key, cs in sums.items()}
    return Element(shape, {key: c for key, c in added.items() if c != 0})


def _sum(values: list[sp.Expr]) -> sp.Expr:
    value = sp.Add(*values)
    return value if value.is_Rational else sp.expand(value)


def number(value: sp.Expr, size: sp.Expr = sp.S.One) -> Element:
    """Return `value` times the identity of this size."""
    return collect((size, size), [((), (), value)])


def spelled(word: Word) -> Element:
    """Return a word as an element."""
    return collect((word[0].shape[0], word[-1].shape[1]), [((), word, sp.S.One)])


def scaled(a: Element, value: sp.Expr) -> Element:
    """Return value * a."""
    return collect(a.shape, [(s, w, c * value) for s, w, c in a])


def transpose(a: Element) -> Element:
    """Return the transposed element."""
    return collect(a.shape[::-1], [(s, flip(w), c) for s, w, c in a])


def trace(a: Element) -> Element:
    """Return the trace; that of the identity is the dimension."""
    _same(a.shape[0] == a.shape[1], a, a)
    return collect(ONE, [closing(s, w, c, a.shape[0]) for s, w, c in a])


def mapped(a: Element, image: Callable[[Letter], Element]) -> Element:
    """Return `a` with image(letter) in place of every letter."""
    total = Element(a.shape, {})
    for closed, word, c in a:
        value = number(c)
        for factor in closed:
            value *= trace(product(factor, image))
        open_part = product(word, image) if word else number(sp.S.One, a.shape[0])
        total += collect(a.shape, [(s + t, w, k * m) for s, _, k in value for t, w, m in open_part])
    return total


def derivative(a: Element, image: Callable[[Letter], Element | None], rate: Callable[[sp.Expr], sp.Expr]) -> Element:
    """Return the derivative by the product rule; image(letter) is that of a letter, rate(c) of a coefficient."""
    terms: list[Term] = []
    for closed, word, c in a:
        terms.append((closed, word, rate(c)))
        for i, letter in enumerate(word):
            for s, w, k in image(letter) or ():
                terms.append((closed + s, word[:i] + w + word[i + 1 :], c * k))
        for j, factor in enumerate(closed):
            others = closed[:j] + closed[j + 1 :]
            for i, letter in enumerate(factor):
                for s, w, k in image(letter) or ():
                    terms.append(closing(others + s, (*factor[:i], *w, *factor[i + 1 :]), c * k, letter.shape[0]))
    return collect(a.shape, terms)


def cofactor(a: Element, symbol: sp.MatrixSymbol) -> Element:
    """Return G with a = Tr(G^T symbol), for a scalar `a` that is linear in `symbol`."""
    terms: list[Term] = []
    for closed, _, c in a:
        j, i = next((j, i) for j, w in enumerate(closed) for i, letter in enumerate(w) if letter.of == symbol)
        rest = closed[j][i + 1 :] + closed[j][:i]
        terms.append((closed[:j] + closed[j + 1 :], rest if closed[j][i].transposed else flip(rest), c))
    return collect(symbol.shape, terms)


@lru_cache(MEMORY)
def canonical(word: Word) -> tuple[Word, ...]:
    """Return the closed word as its factors, each turned and transposed to the least of its forms."""
    cuts = joints(word)
    if not cuts:
        return (min(turned(word), key=rank),)
    whole = word[cuts[-1] :] + word[: cuts[-1]]
    ends = joints(whole)
    pieces = [whole[i:j] for i, j in zip([0, *ends], ends, strict=False)]
    return tuple(min(p, flip(p), key=rank) for p in pieces)


@lru_cache(MEMORY)
def rank(word: Word) -> tuple:
    """Return the key of the order of words: by length, then by letters; rewriting goes down in it."""
    return (len(word), [(["", "inv", "exp"].index(a.kind), str(a.of), a.transposed) for a in word])


ONE = (sp.S.One, sp.S.One)


def closing(closed: tuple[Word, ...], word: Word, c: sp.Expr, size: sp.Expr) -> Term:
    """Return a term with `word` closed; the trace of the empty word is the dimension."""
    return ((*closed, word), (), c) if word else (closed, (), c * size)


def product(word: Word, image: Callable[[Letter], Element]) -> Element:
    """Return the product of the images of the letters."""
    value = image(word[0])
    for letter in word[1:]:
        value *= image(letter)
    return value


def flip(word: Word) -> Word:
    """Return the transposed word."""
    return tuple(letter.flipped for letter in reversed(word))


def turned(closed: Word) -> list[Word]:
    """Return the forms of a closed word without change of value; a piece between joints only transposes."""
    turns = 1 if joints(closed) else len(closed)
    return [w[i:] + w[:i] for w in (closed, flip(closed)) for i in range(turns)]


@lru_cache(MEMORY)
def joints(word: Word) -> list[int]:
    """Return where two neighbours meet in dimension 1."""
    return [i + 1 for i, letter in enumerate(word) if letter.shape[1] == 1]


def _opened(word: Word, shape: tuple[sp.Expr, sp.Expr]) -> tuple[tuple[Word, ...], Word]:
    if shape == ONE:
        return ((word,) if word else ()), ()
    if not (cuts := joints(word)):
        return (), word
    first, last = (0 if shape[0] == 1 else cuts[0]), cuts[-1]
    return ((word[first:last],) if first < last else ()), word[:first] + word[last:]


def letters_of(a: Element) -> list[Letter]:
    """Return all letters of an element."""
    return [letter for closed, word, _ in a for w in (*closed, word) for letter in w]
