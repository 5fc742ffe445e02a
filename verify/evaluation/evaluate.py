"""A formula at an exact point is a decimal with a rigorous error bound."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sympy as sp
from flint import arb, fmpq

from theory.domain import Domain, exact
from theory.formula import Clipped, Computable, FirstPassage, Formula, Implicit, OnLists, Recursion
from theory.formulas import FORMULAS
from verify.arithmetic.balls import Undefined, precision
from verify.arithmetic.quadrature import value
from verify.errors import UsageError
from verify.evaluation.clipped import clipped
from verify.evaluation.implicit import implicit
from verify.evaluation.lists import lists_of
from verify.evaluation.passage import first_passage
from verify.evaluation.recursion import iterated
from verify.evaluation.spectral import spectral_value
from verify.search import admissible

LONGEST_EXPONENT = 12  # characters, the sign among them


@dataclass(frozen=True, slots=True)
class Decimal:
    """A decimal and a bound on its distance from the exact value."""

    value: str
    error: str


def evaluate(name: str, parameters: Mapping[str, object], digits: int) -> Decimal:
    """Return the formula called `name` at `parameters`, to `digits` significant digits.

    Raises:
        UsageError: unknown formula or parameter, a number that cannot be read, a point outside the domain.
        ArithmeticError: the accuracy could not be reached.
    """
    formula = named(name)
    given = _given(formula, parameters)
    point = _point(formula, given)
    if isinstance(formula.expr, OnLists):
        return decimal(_on_lists(formula.expr, given, point, digits), digits)
    return decimal(_ball(formula.computable, point, digits), digits)


def named(name: str) -> Formula:
    """Return the registered formula called `name`.

    Raises:
        UsageError: there is none.
    """
    if name not in FORMULAS:
        raise UsageError(f"formula: expected one of {', '.join(sorted(FORMULAS))}; got {name!r}")
    return FORMULAS[name]


def decimal(found: arb, digits: int) -> Decimal:
    """Return the midpoint of a ball to `digits` digits, with a bound that covers rounding and radius.

    Raises:
        ArithmeticError: the exponent is longer than a reader wants to see.
    """
    text = found.mid().str(digits, radius=False)
    if len(exponent := text.partition("e")[2]) > LONGEST_EXPONENT:
        raise ArithmeticError(f"the value has an exponent of {len(exponent)} characters, too large for a decimal")
    with precision(64 + 4 * digits):
        return Decimal(text, _upwards(abs(found - arb(text)).abs_upper()))


def _upwards(bound: arb) -> str:
    """Return a decimal with two digits that is not below the exact number `bound`."""
    if bound.is_zero():
        return "0"
    shown = bound
    while not arb(text := shown.str(2, radius=False)) >= bound:
        shown = shown * arb(fmpq(21, 20))
    return text


def _on_lists(expr: OnLists, given: Mapping[str, object], point: dict[sp.Symbol, sp.Rational], digits: int) -> arb:
    try:
        return spectral_value(expr.reads(lists_of(expr.lists, given), point), digits)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _ball(computable: Computable, point: dict[sp.Symbol, sp.Rational], digits: int) -> arb:
    if (evaluator := _EVALUATORS.get(type(computable))) is not None:
        return evaluator(computable, point, digits)
    try:
        return value(computable, point, digits)
    except Undefined as error:
        raise ArithmeticError(f"no finite value there: {error}") from None


_EVALUATORS: dict[type, Callable[[Any, dict[sp.Symbol, sp.Rational], int], arb]] = {
    Clipped: clipped,
    FirstPassage: first_passage,
    Implicit: implicit,
    Recursion: iterated,
}


def _given(formula: Formula, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters with the defaults filled in; raise UsageError unless each is known and none is missing."""
    expected = ", ".join(formula.parameters)
    if unknown := sorted(set(parameters) - set(formula.parameters)):
        raise UsageError(f"{formula.name}: expected the parameters {expected}; got {unknown[0]!r}")
    given = {**formula.defaults, **parameters}
    if missing := [name for name in formula.parameters if name not in given]:
        raise UsageError(f"{formula.name}: expected a value for {', '.join(missing)} (parameters: {expected})")
    return given


def _point(formula: Formula, given: Mapping[str, object]) -> dict[sp.Symbol, sp.Rational]:
    point = {symbol: _number(symbol.name, given[symbol.name]) for symbol in formula.domain.symbols}
    _require_inside(formula.domain, point)
    return point


def _number(name: str, text: object) -> sp.Rational:
    try:
        return exact(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None


def _require_inside(domain: Domain, point: dict[sp.Symbol, sp.Rational]) -> None:
    for symbol, number in point.items():
        interval = domain.range_of(symbol)
        below = number <= interval.low if interval.low_open else number < interval.low
        above = number >= interval.high if interval.high_open else number > interval.high
        if below or above or (symbol.is_integer and not number.is_Integer):
            raise UsageError(f"{symbol.name}: expected {_words(symbol, domain)}, got {number}")
    for condition in domain.conditions:
        if not admissible(Domain(domain.ranges, (condition,)), point):
            got = ", ".join(f"{s}={v}" for s, v in point.items() if s in condition.free_symbols)
            raise UsageError(f"parameters: expected {condition}, got {got}")


def _words(symbol: sp.Symbol, domain: Domain) -> str:
    interval = domain.range_of(symbol)
    kind = "an integer" if symbol.is_integer else "a number"
    low = f"{'>' if interval.low_open else '>='} {interval.low}" if interval.low != -sp.oo else ""
    high = f"{'<' if interval.high_open else '<='} {interval.high}" if interval.high != sp.oo else ""
    return " ".join(filter(None, (kind, low, high)))


def evaluate_batch(path: Path, digits: int) -> list[dict[str, str]]:
    """Return value and error for each entry of a JSON list of {"formula", "params"}, in order.

    Raises:
        UsageError: the file cannot be read, or an entry is not of that form; it says which.
    """
    return [_entry(i, request, digits) for i, request in enumerate(_requests(path))]


def parameters_of(words: list[str]) -> dict[str, str]:
    """Return NAME=VALUE words as a mapping.

    Raises:
        UsageError: a word has no "=", or a name comes twice.
    """
    pairs = [word.partition("=") for word in words]
    if bad := [word for word, pair in zip(words, pairs, strict=True) if not (pair[0] and pair[1])]:
        raise UsageError(f"parameter: expected NAME=VALUE, got {bad[0]!r}")
    names = [name for name, _, _ in pairs]
    if twice := [name for name in names if names.count(name) > 1]:
        raise UsageError(f"parameter: expected each name once, got {twice[0]!r} twice")
    return {name: value for name, _, value in pairs}


def _requests(path: Path) -> list[object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"batch: expected a JSON file at {path}, got {error}") from None
    if not isinstance(found, list):
        raise UsageError(f'batch: expected a JSON list of {{"formula", "params"}}, got a {type(found).__name__}')
    return found


def _entry(i: int, request: object, digits: int) -> dict[str, str]:
    if not (
        isinstance(request, dict) and set(request) == {"formula", "params"} and isinstance(request["params"], dict)
    ):
        raise UsageError(f'batch entry {i}: expected {{"formula", "params"}}, got {request!r:.60}')
    try:
        found = evaluate(str(request["formula"]), request["params"], digits)
    except UsageError as error:
        raise UsageError(f"batch entry {i}: {error}") from None
    return {"value": found.value, "error": found.error}
