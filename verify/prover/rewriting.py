"""Words are rewritten by rules completed by their overlaps; every step leaves behind the fact that it used.

An element in here equals, exactly, what it was before rewriting: where a rule was used there is a term more, in which
the fact behind the rule stands as a letter. The terms with such letters are the certificate.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sympy as sp

from verify.kernel.algebra import Undecidable
from verify.kernel.definite import Scalars
from verify.kernel.facts import fact_letter, is_fact
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
    mapped,
    number,
    rank,
    scaled,
    spelled,
    transpose,
    turned,
)  # fmt: skip
from verify.prover.spelling import Spelling, facts_in
from verify.trees import to_tree

type_reason = tuple[str, int | Element, Element]
MOST_RULES, LONGEST_OVERLAP, MOST_PASSES, MOST_FORMS = 120, 5, 200, 200


class Steps:
    """The facts of a certificate, each with those it needs."""

    def __init__(self) -> None:
        self.spelling = Spelling()
        self.steps: dict[int, list[Any]] = {}
        self.needs: dict[int, set[int]] = {}
        self.count = 0

    def fact(self, shape: tuple[sp.Expr, sp.Expr], rule: str, *parts: Any, more: int = 1) -> Element:
        """Return the letter for a new fact; elements and letters among the parts are spelled."""
        k, self.count = self.count, self.count + more
        self.steps[k] = [k, rule, *(self.write(p) for p in parts)]
        flat = [q for p in parts for q in (p if isinstance(p, tuple) else (p,))]
        self.needs[k] = set().union(*(facts_in(p) for p in flat if isinstance(p, Element)))
        return spelled((fact_letter(k, shape),))

    def needed(self, elements: Iterable[Element]) -> list[list[Any]]:
        """Return the steps that elements rest on, and those by which inverses exist."""
        todo = set().union(*(facts_in(a) for a in elements), *({k} for k, s in self.steps.items() if s[1] == "inverse"))
        found: set[int] = set()
        while todo:
            k = todo.pop()
            k = k if k in self.steps else k - 1
            if k not in found:
                found.add(k)
                todo |= self.needs[k]
        return [self.steps[k] for k in sorted(found)]

    def write(self, part: Any) -> Any:
        """Return a part of a step as data."""
        if isinstance(part, Element):
            return self.spelling.element(part)
        if isinstance(part, Letter):
            return self.spelling.number(part)
        if isinstance(part, tuple):
            return [self.write(p) for p in part]
        return to_tree(part) if isinstance(part, sp.Basic) else part


class Rules(Steps):
    """Oriented equations between words, completed by their overlaps as far as the limits above go."""

    def __init__(self, scalars: Scalars, reason: Callable[[Letter], type_reason | None]) -> None:
        super().__init__()
        self.scalars, self.reason = scalars, reason
        self.rules: dict[Word, Element] = {}
        self.functions: list[Letter] = []
        self.pairs: dict[Word, Element | None] = {}
        self.closed: dict[Word, list[Term] | None] = {}
        self.lifts: dict[Letter, Element] = {}
        self.origin: dict[Letter, tuple[Letter, Element]] = {}
        self.missing: list[Letter] = []

    def add(self, equation: Element) -> None:
        """Take in `equation` = 0, its transpose and what follows from overlaps with the other rules."""
        queue = [equation, transpose(equation)]
        while queue and len(self.rules) < MOST_RULES:
            if (rule := self._oriented(queue.pop(0))) is None:
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
        raise Undecidable("rewriting did not come to an end")

    def combination(self, a: Element) -> Element | None:
        """Return the combination of facts that `a` is, if what is left of it is proved to be zero."""
        rest, facts = parted(self.reduced(a))
        return facts if all(self.scalars.zero(c) for _, _, c in rest) else None

    def lifted(self, a: Element) -> Element:
        """Return `a` with the arguments of its inverses and exponentials reduced and their rules added."""
        return self.reduced(mapped(a, lambda letter: self.function(letter) if letter.kind else spelled((letter,))))

    def function(self, letter: Letter) -> Element:
        """Return an inverse or exponential of what its argument reduces to."""
        if letter not in self.lifts:
            self.lifts[letter] = self._lifted(letter)
        return self.lifts[letter]

    def _lifted(self, letter: Letter) -> Element:
        of, facts = parted(self.lifted(letter.of))
        shift = sp.S.Zero
        if letter.kind == "exp":
            shift = of.terms.get(((), ()), sp.S.Zero)
            of = of - number(shift, of.shape[0])
            if (gap := self.combination(of)) is not None:
                fact = self.fact(of.shape, "equal", letter, None, shift, facts + gap)
                return number(sp.exp(shift), of.shape[0]) + fact
        found, gap = self._known(letter.kind, of)
        self.origin[letter] = found, facts - gap
        if found == letter:
            return spelled((letter,))
        return scaled(spelled((found,)), sp.exp(shift)) + self.fact(
            of.shape, "equal", letter, found, shift, facts - gap
        )

    def _known(self, kind: str, of: Element) -> tuple[Letter, Element]:
        """Return a function of what equals `of`, a new one if there is none, and why: its argument minus `of`."""
        for f in self.functions:
            if (f.kind, f.shape) == (kind, of.shape) and (gap := self.combination(f.of - of)) is not None:
                return f, gap
        new = Letter(of, False, kind)
        self.functions.append(new)
        if kind == "inv":
            self._inverse(new)
        return new, Element(of.shape, {})

    def _inverse(self, letter: Letter) -> None:
        """Use that the inverse is one, even if it is not known that it exists: then no certificate comes of it."""
        unit, it = number(sp.S.One, letter.shape[0]), spelled((letter,))
        reason = self.reason(letter)
        self.missing += [] if reason else [letter]
        right = self.fact(letter.shape, "inverse", letter, reason or (), more=2)
        left = spelled((fact_letter(self.count - 1, letter.shape),))
        self.add(letter.of * it - unit - right)
        self.add(it * letter.of - unit - left)
        for other in self.functions[:-1]:
            if other.kind == "inv" and other.shape == letter.shape and (why := self._commuting(letter, other)):
                fact = self.fact(letter.shape, "inverses", letter, other, why[0])
                self.add(it * spelled((other,)) - spelled((other,)) * it - fact)

    def _commuting(self, a: Letter, b: Letter) -> tuple[Element] | None:
        found = self.combination(a.of * b.of - b.of * a.of)
        return None if found is None else (found,)

    def _oriented(self, a: Element) -> tuple[Word, Element] | None:
        """Return (word, value) with word = value and every word of value lower, or None."""
        rest, facts = parted(self.reduced(a))
        terms = sorted(rest, key=lambda term: rank(_letters(term)))
        while terms and self.scalars.zero(terms[-1][2]):
            terms.pop()
        if not terms:
            return None
        closed, word, c = terms[-1]
        if a.shape == ONE and len(closed) == 1:
            word, closed = closed[0], ()
        tied = any(_letters(term) == word for term in terms[:-1])
        if closed or not word or tied or not self._divides(c):
            return None
        fact = self.fact(a.shape, "combine", scaled(facts, sp.S.NegativeOne))
        return word, collect(a.shape, [(s, w, -k / c) for s, w, k in terms[:-1]]) + scaled(fact, 1 / c)

    def _divides(self, value: sp.Expr) -> bool:
        """Tell whether one may divide by `value`: it is nowhere 0, or generic and not identically 0."""
        if value.is_Rational or self.scalars.holds(value, "!="):
            return bool(value != 0)
        return self.scalars.assume(value)

    def _overlaps(self, left: Word, right: Word) -> Iterator[Element]:
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
            return self.function(word[0])
        return self.rules.get(word)

    def _exponential(self, a: Letter, b: Letter) -> Element | None:
        """Return what exp(A) B or A exp(B) is: merged, commuted to the right, or acting on an eigenvector."""
        if a.kind == b.kind == "exp":
            why = self._commuting(a, b) if a.shape == b.shape else None
            merged = Letter(a.of + b.of, False, "exp") if why else None
            return self.function(merged) + self.fact(a.shape, "merge", a, b, *why) if why and merged else None
        exp, other = (a, b) if a.kind == "exp" else (b, a)
        image, facts = parted(self.reduced(exp.of * spelled((b,)) if exp is a else spelled((a,)) * exp.of))
        shape = (a.shape[0], b.shape[1])
        if set(image.terms) <= {((), (other,))}:
            v = sum(image.terms.values(), sp.S.Zero)
            fact = self.fact(shape, "eigen", exp, other, v, exp is b, facts)
            return scaled(spelled((other,)), sp.exp(v)) + fact
        if exp is a and a.shape == b.shape and (gap := self.combination(image - spelled((b,)) * a.of)) is not None:
            return spelled((b, a)) + self.fact(shape, "commute", a, b, facts + gap)
        return None

    def _step(self, closed: tuple[Word, ...], word: Word, c: sp.Expr) -> list[Term] | None:
        if any(map(is_fact, word)) or any(is_fact(a) for w in closed for a in w):
            return None
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
        seen: dict[Word, tuple[sp.Expr, list[Term]]] = {factor: (sp.S.One, [])}
        queue = [factor]
        for form in queue:
            c, facts = seen[form]
            for word in turned(form):
                for i, j in _windows(word, first=not joints(form)):
                    if (value := self._value(word[i:j])) is None:
                        continue
                    size = word[0].shape[0]
                    terms, more = (
                        [closing(s, word[:i] + w + word[j:], k * c, size) for s, w, k in part] for part in parted(value)
                    )
                    new = canonical(terms[0][0][-1]) if len(terms) == 1 and terms[0][0] else ()
                    if len(new) != 1 or len(terms[0][0]) != 1 or len(new[0]) < len(factor):
                        return [*terms, *facts, *more]
                    if new[0] not in seen and len(seen) < MOST_FORMS:
                        seen[new[0]] = terms[0][2], [*facts, *more]
                        queue.append(new[0])
        least = min(seen, key=rank)
        return None if least == factor else [((least,), (), seen[least][0]), *seen[least][1]]


def parted(a: Element) -> tuple[Element, Element]:
    """Return the terms without facts, and those with facts."""
    with_facts = {
        key: c for key, c in a.terms.items() if any(map(is_fact, key[1])) or any(is_fact(x) for w in key[0] for x in w)
    }
    return Element(a.shape, {k: c for k, c in a.terms.items() if k not in with_facts}), Element(a.shape, with_facts)


def _letters(term: Term) -> Word:
    """Return the letters of the open word of a term, or of the closed ones."""
    return term[1] or tuple(letter for word in term[0] for letter in word)


def _windows(word: Word, *, first: bool = False) -> Iterable[tuple[int, int]]:
    """Return the ends of all parts of a word, or of those only that stand first."""
    return ((i, j) for i in range(1 if first else len(word)) for j in range(i + 1, len(word) + 1))
