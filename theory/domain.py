"""A domain is a box plus side conditions; its closed ends, the corners, belong to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp

from theory.latex import render

NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?)", re.ASCII)
LONGEST = 1000  # characters of a number; longer ones serve only to exhaust memory
AT_LEAST = r"\ge"


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of one symbol; an infinite end is open."""

    low: sp.Expr = -sp.oo
    high: sp.Expr = sp.oo
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError unless low and high are rational or infinite and low <= high."""
        for end in (self.low, self.high):
            if not (end.is_Rational or end in (sp.oo, -sp.oo)):
                raise ValueError(f"range: expected rational or infinite ends, got {end}")
        if not self.low <= self.high:
            raise ValueError(f"range: expected low <= high, got [{self.low}, {self.high}]")


POSITIVE = Range(sp.S.Zero, sp.oo, low_open=True)


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a statement is made: a range for each symbol, and relations between symbols.

    `conditions` are SymPy relations (<, <=, >, >=, ==, !=) that every point satisfies.
    """

    ranges: tuple[tuple[sp.Symbol, Range], ...]
    conditions: tuple[sp.core.relational.Relational, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError if a symbol's own assumption is stronger than its range."""
        for symbol, interval in self.ranges:
            if symbol.is_nonnegative and not interval.low >= 0:
                raise ValueError(f"{symbol}: the symbol is nonnegative, the range reaches {interval.low}")
            if symbol.is_positive and interval.low == 0 and not interval.low_open:
                raise ValueError(f"{symbol}: the symbol is positive, the range contains 0")

    @property
    def symbols(self) -> tuple[sp.Symbol, ...]:
        """The symbols that have a range."""
        return tuple(symbol for symbol, _ in self.ranges)

    def range_of(self, symbol: sp.Symbol) -> Range:
        """Return the range of `symbol`."""
        return dict(self.ranges)[symbol]

    def where(self, *conditions: sp.Basic) -> "Domain":
        """Return the part of this domain that satisfies `conditions` too; trivial ones are dropped.

        Raises:
            ValueError: a condition is false everywhere.
        """
        if sp.false in conditions:
            raise ValueError("conditions: expected a satisfiable condition, got one that is always false")
        kept = tuple(c for c in conditions if isinstance(c, sp.core.relational.Relational))
        return Domain(self.ranges, self.conditions + kept)

    def within(self, **ends: tuple[object, object]) -> "Domain":
        """Return this domain with closed finite ranges [low, high] for the symbols named."""
        named = {symbol.name: symbol for symbol in self.symbols}
        new = {named[name]: Range(exact(low), exact(high)) for name, (low, high) in ends.items()}
        return Domain(tuple((s, new.get(s, r)) for s, r in self.ranges), self.conditions)

    def joined(self, other: "Domain") -> "Domain":
        """Return the product of two domains without common symbols."""
        return Domain(self.ranges + other.ranges, self.conditions + other.conditions)

    def latex(self) -> str:
        """Return the domain in LaTeX, a comma-separated list."""
        parts = [_range_latex(render(symbol), interval) for symbol, interval in self.ranges]
        return r",\; ".join(parts + [render(condition) for condition in self.conditions])


def domain_of(symbols: Iterable[sp.Symbol]) -> Domain:
    """Return the widest domain that the symbols' own assumptions allow."""
    return Domain(tuple((symbol, _widest(symbol)) for symbol in symbols))


def exact(value: object) -> sp.Rational:
    """Return `value` (int, "1/3", "0.002", Rational) as an exact rational number.

    Raises:
        ValueError: it is not a number, not finite, or a binary float, which is never the decimal one means.
    """
    text = f"the float {value!r}, not text" if isinstance(value, float) else str(value)
    if not (NUMBER.fullmatch(text) and len(text) <= LONGEST and set(text.partition("/")[2]) != {"0"}):
        raise ValueError(f"number: expected a decimal or fraction such as 0.1, 1e-30 or 1/3; got {text[:40]!r}")
    return sp.Rational(text)


def _widest(symbol: sp.Symbol) -> Range:
    if symbol.is_positive:
        return POSITIVE
    return Range(sp.S.Zero) if symbol.is_nonnegative else Range()


def _range_latex(name: str, interval: Range) -> str:
    if interval == Range():
        return rf"{name}\in\mathbb{{R}}"
    if interval.high == sp.oo:
        return f"{name} {'>' if interval.low_open else AT_LEAST} {sp.latex(interval.low)}"
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return rf"{name}\in{left}{sp.latex(interval.low)},{sp.latex(interval.high)}{right}"
