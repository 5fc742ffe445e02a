"""Words are rewritten by rules that follow from what is given, and by what inverses and exponentials are."""

from typing import Protocol

import sympy as sp

from verify.kernel.algebra import Undecidable
from verify.kernel.words import (
    ONE,
    Element,
    Letter,
    Term,
    Word,
    canonical,
    closing,
    collect,
    joints,
    letters,
    mapped,
    number,
    rank,
    scaled,
    spelled,
    transpose,
    turned,
    windows,
)  # fmt: skip

MOST_PASSES, MOST_FORMS = 200, 200


class Scalars(Protocol):
    """What the calculus asks about coefficients."""

    def zero(self, value: sp.Expr) -> bool:
        """Tell whether `value` is proved to vanish on the domain."""

    def nonzero(self, value: sp.Expr) -> bool:
        """Tell whether one may divide by `value`."""


class Completion(Protocol):
    """What is asked which rules to adopt once there is a new equation."""

    def completes(self, rules: "Rules") -> None:
        """Call `rules.adopt` for those that are useful."""


class Rules:
    """Oriented equations between words; each follows from what was added, so that rewriting keeps values."""

    def __init__(self, scalars: Scalars, guide: Completion) -> None:
        self.scalars, self.guide = scalars, guide
        self.equations: list[Element] = []
        self.history: list[tuple[Word, Element]] = []
        self.rules: dict[Word, Element] = {}
        self.functions: list[Letter] = []
        self.pairs: dict[Word, Element | None] = {}
        self.closed: dict[Word, list[Term] | None] = {}
        self.lifts: dict[Letter, Element] = {}

    def add(self, equation: Element) -> None:
        """Take in `equation` = 0; which consequences become rules is for the guide to say."""
        self.equations.append(equation)
        self.guide.completes(self)

    def adopt(self, how: str, *which: int) -> bool:
        """Make a rule of an equation, of its transpose, of a rule, or of an overlap of two rules; if it says more."""
        rule = self._oriented(self.reduced(self._derived(how, *which)))
        if rule is None:
            return False
        word, _ = rule
        for old in [w for w in self.rules if any(w[i : i + len(word)] == word for i in range(len(w)))]:
            del self.rules[old]
        self.history.append(rule)
        self.rules[word], self.pairs, self.closed, self.lifts = rule[1], {}, {}, {}
        return True

    def _derived(self, how: str, *which: int) -> Element:
        """Return what vanishes because equations and rules hold."""
        if how == "equation":
            return self.equations[which[0]]
        if how == "transpose":
            return transpose(self.equations[which[0]])
        left, value = self.history[which[0]]
        if how == "rule":
            return spelled(left) - value
        right, other = self.history[which[1]]
        if how != "overlap" or left[-which[2] :] != right[: which[2]]:
            raise Undecidable("no overlap")
        return value * spelled(right[which[2] :]) - spelled(left[: -which[2]]) * other

    def reduced(self, a: Element) -> Element:
        """Return `a` rewritten until no rule applies."""
        for _ in range(MOST_PASSES):
            steps = [(term, self._step(*term)) for term in a]
            if all(step is None for _, step in steps):
                return a
            a = collect(a.shape, [t for term, step in steps for t in ([term] if step is None else step)])
        raise Undecidable("rewriting did not come to an end")

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
        terms = sorted(a, key=lambda term: rank(letters(term)))
        while terms and self.scalars.zero(terms[-1][2]):
            terms.pop()
        if not terms:
            return None
        closed, word, c = terms[-1]
        if a.shape == ONE and len(closed) == 1:
            word, closed = closed[0], ()
        tied = any(letters(term) == word for term in terms[:-1])
        if closed or not word or tied or not self.scalars.nonzero(c):
            return None
        return word, collect(a.shape, [(s, w, -k / c) for s, w, k in terms[:-1]])

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
        for i, j in windows(word):
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
            for word in turned(form):
                for i, j in windows(word, first=not joints(form)):
                    if (value := self._value(word[i:j])) is None:
                        continue
                    size = word[0].shape[0]
                    terms = [closing(s, word[:i] + w + word[j:], k * seen[form], size) for s, w, k in value]
                    new = canonical(terms[0][0][-1]) if len(terms) == 1 and terms[0][0] else ()
                    if len(new) != 1 or len(terms[0][0]) != 1 or len(new[0]) < len(factor):
                        return terms
                    if new[0] not in seen and len(seen) < MOST_FORMS:
                        seen[new[0]] = terms[0][2]
                        queue.append(new[0])
        least = min(seen, key=rank)
        return None if least == factor else [((least,), (), seen[least])]
