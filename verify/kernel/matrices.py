"""A matrix identity holds in every dimension if what should vanish is a combination of facts, inverses existing."""

from collections.abc import Iterator
from typing import Any

from theory import matrices as given
from theory.statement import MatrixVanishes
from verify.kernel.definite import Definite, Scalars, type_proves
from verify.kernel.facts import Facts
from verify.kernel.reading import Reader
from verify.kernel.words import letters_of
from verify.trees import from_tree


def read(obligation: MatrixVanishes, letters: list[Any], proves: type_proves) -> tuple[Facts, list[Any]]:
    """Return the facts, none yet, and all that has to vanish.

    Raises:
        ValueError: shapes do not fit, or an unknown node.
    """
    reader = Reader(obligation.given)
    target = reader.read(obligation.expr)
    equations = [reader.read(e) for e in given.equations(obligation.given)]
    definite = Definite(obligation, reader, Scalars(obligation, proves))
    return Facts(equations, reader.inverses, definite, letters), [target, *reader.must_vanish]


def vanishes(o: MatrixVanishes, c: dict[str, Any], proves: type_proves) -> bool:
    """Every step applies, every target follows, every inverse exists, every scalar has a value."""
    facts, targets = read(o, c["letters"], proves)
    scalars = facts.definite.scalars
    if not all(scalars.assume(from_tree(value)) for value in c["generic"]):
        return False
    for step in c["steps"]:
        facts.add(*step)
    follow = all(facts.follows(a, how) for a, how in zip(targets, c["targets"], strict=True))
    exist = all(facts.exists(letter, *how) for letter, how in zip(facts.inverses, c["inverses"], strict=True))
    return follow and exist and not any(scalars.undefined(o.expr)) and not any(nested(facts))


def nested(facts: Facts) -> Iterator[str]:
    """Yield inverses that may have no value where a generic scalar is 0."""
    for letter in facts.inverses if facts.definite.scalars.generic else ():
        if any(a.kind for a in letters_of(letter.of)):
            yield str(letter.of)
