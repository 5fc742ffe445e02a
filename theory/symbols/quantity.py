"""A quantity: its name, the paper's letter, what it means, its unit and its sign."""

from dataclasses import dataclass
from functools import cache

import sympy as sp


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A symbol with its meaning, unit and sign; `symbol` carries the sign as an assumption.

    `written` is what a user writes for it: two quantities may share a letter, as r does, in different formulas.
    """

    name: str
    latex: str
    meaning: str
    unit: str = "1"
    sign: str = "real"  # real | nonnegative | positive | integer
    written: str = ""

    @property
    def symbol(self) -> sp.Symbol:
        """The SymPy symbol of this quantity; equal for equal name and sign."""
        return _symbol(self.written or self.name, self.sign)


_ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "real": {"real": True},
    "nonnegative": {"nonnegative": True},
    "positive": {"positive": True},
    "integer": {"integer": True, "nonnegative": True},
}


@cache
def _symbol(name: str, sign: str) -> sp.Symbol:
    return sp.Symbol(name, **_ASSUMPTIONS[sign])


def quantity(
    name: str, latex: str, meaning: str, unit: str = "1", sign: str = "real", *, written: str = ""
) -> Quantity:
    """Return a quantity, with its fields in the order in which a list of symbols reads."""
    return Quantity(name=name, latex=latex, meaning=meaning, unit=unit, sign=sign, written=written)
