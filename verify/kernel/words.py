"""A matrix expression is a sum of words with scalar coefficients; rewriting by what is given keeps its value.

A word is a product of letters, each plain or transposed. A word that is closed (under a trace, or of
shape 1x1) is a scalar: it may be turned and transposed, and where two neighbours meet in dimension 1
it falls apart into factors. A term is a coefficient times closed words times at most one open word.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import sympy as sp

Word = tuple["Letter", ...]
Term = tuple[tuple[Word, ...], Word, sp.Expr]
MOST_RULES, LONGEST_OVERLAP, MOST_PASSES, MOST_FORMS = 120, 5, 200, 200
MEMORY = 1 << 15


class Unsupported(Exception):
    """The statement is outside the calculus; it is undecided."""


class Scalars(Protocol):
    """What the calculus asks about coefficients."""

    def zero(self, value: sp.Expr) -> bool:
        """Tell whether `value` is proved to vanish on the domain."""
        ...

    def nonzero(self, value: sp.Expr) -> bool:
        """Tell whether one may divide by `value`."""
        ...


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
    return collect(_ONE, [_closing(s, w, c, a.shape[0]) for s, w, c in a])


def mapped(a: Element, image: Callable[[Letter], Element]) -> Element:
    """Return `a` with image(letter) in place of every letter."""
    total = Element(a.shape, {})
    for closed, word, c in a:
        value = number(c)
        for factor in closed:
            value *= trace(_product(factor, image))
        open_part = _product(word, image) if word else number(sp.S.One, a.shape[0])
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
                    terms.append(_closing(others + s, (*factor[:i], *w, *factor[i + 1 :]), c * k, letter.shape[0]))
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
    cuts = _joints(word)
    if not cuts:
        return (min(_turned(word), key=rank),)
    turned = word[cuts[-1] :] + word[: cuts[-1]]
    ends = _joints(turned)
    pieces = [turned[i:j] for i, j in zip([0, *ends], ends, strict=False)]
    return tuple(min(p, flip(p), key=rank) for p in pieces)


@lru_cache(MEMORY)
def rank(word: Word) -> tuple:
    """Return the key of the order of words: by length, then by letters; rewriting goes down in it."""
    return (len(word), [(["", "inv", "exp"].index(a.kind), str(a.of), a.transposed) for a in word])


class Rules:
    """Oriented equations between words, completed by their overlaps as far as the limits above go."""

    def __init__(self, scalars: Scalars) -> None:
        self.scalars = scalars
        self.rules: dict[Word, Element] = {}
        self.functions: list[Letter] = []
        self.pairs: dict[Word, Element | None] = {}
        self.closed: dict[Word, list[Term] | None] = {}
        self.lifts: dict[Letter, Element] = {}

    def add(self, equation: Element) -> None:
        """Take in `equation` = 0, its transpose and what follows from overlaps with the other rules."""
        queue = [equation, transpose(equation)]
        while queue and len(self.rules) < MOST_RULES:
            if (rule := self._oriented(self.reduced(queue.pop(0)))) is None:
                continue
            word, value = rule
            for old in [w for w in self.rules if any(w[i : i + len(word)] == word for i in range(len(w)))]:
                queue.append(spelled(old) - self.rules.pop(old))
            self.rules[word], self.pairs, self.closed, self.lifts = value, {}, {}, {}
            for other in list(self.rules):
                queue += [*self._overlaps(word, other), *self._overlaps(other, word)]

    def reduced(self, a: Element) -> Element:
        """Return `a` rewritten until no rule applies."""
        for _ in range(MOST_PASSES):
            steps = [(term, self._step(*term)) for term in a]
            if all(step is None for _, step in steps):
                return a
            a = collect(a.shape, [t for term, step in steps for t in ([term] if step is None else step)])
        raise Unsupported("rewriting did not come to an end")

    def vanishes(self, a: Element) -> bool:
        """Tell whether `a` is proved to be zero."""
        return all(self.scalars.zero(c) for _, _, c in self.reduced(a))

    def lifted(self, a: Element) -> Element:
        """Return `a` with the arguments of its inverses and exponentials reduced and their rules added."""
        return self.reduced(mapped(a, lambda letter: self._function(letter) if letter.kind else spelled((letter,))))

    def _function(self, letter: Letter) -> Element:
        if letter not in self.lifts:
            self.lifts[letter] = self._lifted(letter)
        return self.lifts[letter]

    def _lifted(self, letter: Letter) -> Element:
        of = self.lifted(letter.of)
        factor = sp.S.One
        if letter.kind == "exp":
            shift = of.terms.get(((), ()), sp.S.Zero)
            of, factor = of - number(shift, of.shape[0]), sp.exp(shift)
            if self.vanishes(of):
                return number(factor, of.shape[0])
        known = (f for f in self.functions if (f.kind, f.shape) == (letter.kind, of.shape) and self.vanishes(f.of - of))
        if (found := next(known, None)) is None:
            found = Letter(of, False, letter.kind)
            self.functions.append(found)
            if letter.kind == "inv":
                self._inverse(found)
        return scaled(spelled((found,)), factor)

    def _inverse(self, letter: Letter) -> None:
        unit, it = number(sp.S.One, letter.shape[0]), spelled((letter,))
        self.add(letter.of * it - unit)
        self.add(it * letter.of - unit)
        for other in self.functions[:-1]:
            if other.kind == "inv" and other.shape == letter.shape and self._commute(letter, other):
                self.add(it * spelled((other,)) - spelled((other,)) * it)

    def _commute(self, a: Letter, b: Letter) -> bool:
        return self.vanishes(a.of * b.of - b.of * a.of)

    def _oriented(self, a: Element) -> tuple[Word, Element] | None:
        """Return (word, value) with word = value and every word of value lower, or None."""
        terms = sorted(a, key=lambda term: rank(_letters(term)))
        while terms and self.scalars.zero(terms[-1][2]):
            terms.pop()
        if not terms:
            return None
        closed, word, c = terms[-1]
        if a.shape == _ONE and len(closed) == 1:
            word, closed = closed[0], ()
        tied = any(_letters(term) == word for term in terms[:-1])
        if closed or not word or tied or not self.scalars.nonzero(c):
            return None
        return word, collect(a.shape, [(s, w, -k / c) for s, w, k in terms[:-1]])

    def _overlaps(self, left: Word, right: Word) -> Iterable[Element]:
        for k in range(1, min(len(left), len(right))):
            if left[-k:] == right[:k] and len(left) + len(right) - k <= LONGEST_OVERLAP:
                yield self.rules[left] * spelled(right[k:]) - spelled(left[:-k]) * self.rules[right]

    def _value(self, word: Word) -> Element | None:
        if len(word) == 2 and any(letter.kind == "exp" for letter in word):
            if word not in self.pairs:
                self.pairs[word] = None
                self.pairs[word] = self._exponential(*word)
            return self.pairs[word]
        if len(word) == 1 and word[0].kind and word[0] not in self.functions:
            return self._function(word[0])
        return self.rules.get(word)

    def _exponential(self, a: Letter, b: Letter) -> Element | None:
        """Return what exp(A) B or A exp(B) is: merged, commuted to the right, or acting on an eigenvector."""
        if a.kind == b.kind == "exp":
            if a.shape == b.shape and self._commute(a, b):
                return self._function(Letter(self.reduced(a.of + b.of), False, "exp"))
            return None
        exp, other = (a, b) if a.kind == "exp" else (b, a)
        image = self.reduced(exp.of * spelled((b,)) if exp is a else spelled((a,)) * exp.of)
        if set(image.terms) <= {((), (other,))}:
            return scaled(spelled((other,)), sp.exp(sum(image.terms.values(), sp.S.Zero)))
        if exp is a and a.shape == b.shape and self.vanishes(image - spelled((b,)) * a.of):
            return spelled((b, a))
        return None

    def _step(self, closed: tuple[Word, ...], word: Word, c: sp.Expr) -> list[Term] | None:
        for i, j in _windows(word):
            if (value := self._value(word[i:j])) is not None:
                return [(closed + s, word[:i] + w + word[j:], c * k) for s, w, k in value]
        for i, factor in enumerate(closed):
            if factor not in self.closed:
                self.closed[factor] = self._closed_step(factor)
            if (terms := self.closed[factor]) is not None:
                return [(closed[:i] + closed[i + 1 :] + s, word, c * k) for s, _, k in terms]
        return None

    def _closed_step(self, factor: Word) -> list[Term] | None:
        """Return what a closed word is: looked for in all its forms that rewriting letter for letter reaches."""
        seen: dict[Word, sp.Expr] = {factor: sp.S.One}
        queue = [factor]
        for form in queue:
            for word in _turned(form):
                for i, j in _windows(word, first=not _joints(form)):
                    if (value := self._value(word[i:j])) is None:
                        continue
                    size = word[0].shape[0]
                    terms = [_closing(s, word[:i] + w + word[j:], k * seen[form], size) for s, w, k in value]
                    new = canonical(terms[0][0][-1]) if len(terms) == 1 and terms[0][0] else ()
                    if len(new) != 1 or len(terms[0][0]) != 1 or len(new[0]) < len(factor):
                        return terms
                    if new[0] not in seen and len(seen) < MOST_FORMS:
                        seen[new[0]] = terms[0][2]
                        queue.append(new[0])
        least = min(seen, key=rank)
        return None if least == factor else [((least,), (), seen[least])]


_ONE = (sp.S.One, sp.S.One)


def _letters(term: Term) -> Word:
    return term[1] or tuple(letter for word in term[0] for letter in word)


def _closing(closed: tuple[Word, ...], word: Word, c: sp.Expr, size: sp.Expr) -> Term:
    return ((*closed, word), (), c) if word else (closed, (), c * size)


def _product(word: Word, image: Callable[[Letter], Element]) -> Element:
    value = image(word[0])
    for letter in word[1:]:
        value *= image(letter)
    return value


def flip(word: Word) -> Word:
    """Return the transposed word."""
    return tuple(letter.flipped for letter in reversed(word))


def _turned(closed: Word) -> list[Word]:
    """Return the forms of a closed word without change of value; a piece between joints only transposes."""
    turns = 1 if _joints(closed) else len(closed)
    return [w[i:] + w[:i] for w in (closed, flip(closed)) for i in range(turns)]


def _windows(word: Word, *, first: bool = False) -> Iterable[tuple[int, int]]:
    return ((i, j) for i in range(1 if first else len(word)) for j in range(i + 1, len(word) + 1))


@lru_cache(MEMORY)
def _joints(word: Word) -> list[int]:
    return [i + 1 for i, letter in enumerate(word) if letter.shape[1] == 1]


def _opened(word: Word, shape: tuple[sp.Expr, sp.Expr]) -> tuple[tuple[Word, ...], Word]:
    if shape == _ONE:
        return ((word,) if word else ()), ()
    if not (cuts := _joints(word)):
        return (), word
    first, last = (0 if shape[0] == 1 else cuts[0]), cuts[-1]
    return ((word[first:last],) if first < last else ()), word[:first] + word[last:]
