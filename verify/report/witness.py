"""A witness is an exact point where a statement fails; this reads it and says by how much it fails."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import sympy as sp

from theory.domain import exact
from theory.relation import Antiderivative, Identity, LimitIs, Relation, Solves
from theory.symbols import NAMES
from verify.arithmetic.balls import value
from verify.runner import Entry
from verify.verdict import Outcome

BALL = re.compile(r"^\[?\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(?:(?:\+/-|±)\s*([\d.]+(?:[eE][-+]?\d+)?))?\s*\]?$")

SYMBOLS = [quantity.symbol for quantity in NAMES.values()]
LETTERS = {letter.name: [symbol for symbol in SYMBOLS if symbol.name == letter.name] for letter in SYMBOLS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An exact point, and whatever else the lane recorded there."""

    lane: str
    point: Mapping[str, str]
    rest: Mapping[str, str]

    @property
    def exact(self) -> dict[sp.Symbol, sp.Rational]:
        """The point as exact numbers, for all that a letter may stand for; what is not rational is left out."""
        found: dict[sp.Symbol, sp.Rational] = {}
        for name, text in self.point.items():
            try:
                found |= dict.fromkeys(LETTERS.get(name, ()), exact(text))
            except ValueError:
                continue
        return found


def witness_of(entry: Entry) -> Witness | None:
    """Return the first witness of a lane that says the claim fails."""
    for evidence in entry.evidence:
        if evidence.outcome is Outcome.FAILS and evidence.witness:
            return read(evidence.lane, evidence.witness)
    return None


def read(lane: str, witness: Mapping[str, object]) -> Witness:
    """Return `witness` with its point told apart from the rest; a bare mapping of symbols is a point too."""
    point = witness.get("point")
    if not isinstance(point, Mapping):
        point = {key: number for key, number in witness.items() if key in LETTERS}
    rest = {key: str(item) for key, item in witness.items() if key != "point" and key not in point}
    return Witness(lane=lane, point={str(key): str(number) for key, number in point.items()}, rest=rest)


def comparable(printed: Relation, corrected: Relation) -> bool:
    """Return whether the two formulas are about the same thing, so that their values can be set side by side."""
    if type(printed) is not type(corrected) or not isinstance(printed, Identity | Solves | Antiderivative | LimitIs):
        return False
    if not (isinstance(printed.formula, sp.Expr) and isinstance(corrected.formula, sp.Expr)):
        return False
    about = {Identity: ("lhs",), Solves: ("var", "at"), Antiderivative: ("integrand", "var"), LimitIs: ("expr", "var")}
    return all(getattr(printed, name) == getattr(corrected, name) for name in about[type(printed)])


def ball_text(formula: sp.Basic, point: Mapping[sp.Symbol, sp.Rational], digits: int = 12) -> str:
    """Return a ball that contains the value of `formula` at an exact point; empty if there is none."""
    if not isinstance(formula, sp.Expr) or not formula.free_symbols <= set(point):
        return ""
    try:
        return value(formula, dict(point), digits).str(digits)
    except (ArithmeticError, ValueError, TypeError):
        return ""


def gap(left: str, right: str) -> str:
    """Return in words how far two balls are apart; empty if they are not numbers or overlap."""
    first, second = _ball(left), _ball(right)
    if first is None or second is None:
        return ""
    distance = abs(first[0] - second[0])
    if not distance > first[1] + second[1]:
        return ""
    relative = f", {_percent(float(distance / abs(second[0])))} of the right value" if second[0] else ""
    return f"{float(distance):.3g}{relative}"


def _percent(ratio: float) -> str:
    return f"{100 * ratio:.3g} %" if ratio < 100 else f"{ratio:.3g} times"


def _ball(text: str) -> tuple[Decimal, Decimal] | None:
    found = BALL.match(text.strip())
    try:
        return (Decimal(found[1]), Decimal(found[2] or 0)) if found else None
    except InvalidOperation:
        return None
