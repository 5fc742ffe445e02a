"""A matrix identity holds in every dimension if what should vanish is a combination of facts, inverses existing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp

from theory import matrices as given
from theory.statement import MatrixVanishes
from verify.kernel.definite import Definite, Scalars, type_proves
from verify.kernel.facts import Facts
from verify.kernel.reading import Reader
from verify.kernel.words import Element, Letter, letters_of, transpose
from verify.trees import from_tree


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement says: what has to vanish, what vanishes, what is inverted, what is regular, tied symbols."""

    targets: tuple[Element, ...]
    equations: tuple[Element, ...]
    inverses: tuple[Letter, ...]
    regular: tuple[Element, ...]
    tied: frozenset[sp.Symbol]


@lru_cache(maxsize=64)
def reading(obligation: MatrixVanishes) -> Reading:
    """Return a statement as elements.

    Raises:
        ValueError: shapes do not fit, or an unknown node.
    """
    reader = Reader(obligation.given)
    target = reader.read(obligation.expr)
    equations = given.equations(obligation.given)
    vanishing = tuple(map(reader.read, equations))
    known = [g.matrix for g in obligation.given if isinstance(g, given.PositiveDefinite | given.Nonsingular)]
    regular = tuple(a for m in known for a in (reader.read(m), transpose(reader.read(m))))
    tied = frozenset().union(*(e.free_symbols for e in equations))
    return Reading((target, *reader.must_vanish), vanishing, tuple(reader.inverses), regular, tied)


def no_facts(obligation: MatrixVanishes, letters: list[Any], proves: type_proves) -> Facts:
    """Return the facts of a certificate before the first step."""
    read = reading(obligation)
    definite = Definite(obligation.given, Scalars(obligation, read.tied, proves))
    return Facts(read.equations, read.regular, definite, letters)


def vanishes(o: MatrixVanishes, c: dict[str, Any], proves: type_proves) -> bool:
    """Every step applies, every target follows, every inverse exists, every scalar has a value."""
    read, facts = reading(o), no_facts(o, c["letters"], proves)
    scalars = facts.scalars
    if not all(scalars.assume(from_tree(value)) for value in c["generic"]):
        return False
    for step in c["steps"]:
        facts.add(*step)
    follow = all(facts.follows(a, how) for a, how in zip(read.targets, c["targets"], strict=True))
    exist = all(facts.exists(letter, *how) for letter, how in zip(read.inverses, c["inverses"], strict=True))
    return follow and exist and not any(scalars.undefined(o.expr)) and not any(nested(read, scalars))


def nested(read: Reading, scalars: Scalars) -> Iterator[str]:
    """Yield inverses that may have no value where a generic scalar is 0."""
    for letter in read.inverses if scalars.generic else ():
        if any(a.kind for a in letters_of(letter.of)):
            yield str(letter.of)
