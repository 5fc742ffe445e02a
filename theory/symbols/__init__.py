"""Every quantity has one name in all layers: ASCII here, the paper's letter in LaTeX; a file lists a family."""

from collections.abc import Iterable
from functools import cache

import sympy as sp

from theory.symbols import (
    chain,
    data,
    descent,
    emergence,
    filters,
    flow_matching,
    means,
    measured,
    objectives,
    samples,
    sampling,
    weights,
)
from theory.symbols.quantity import Quantity as Quantity

FAMILIES = (
    data, weights, objectives, descent, flow_matching, means, emergence, sampling, filters, chain, samples, measured,
)  # fmt: skip
QUANTITIES: tuple[Quantity, ...] = tuple(quantity for family in FAMILIES for quantity in family.QUANTITIES)
NAMES: dict[str, Quantity] = {quantity.name: quantity for quantity in QUANTITIES}
if len(NAMES) < len(QUANTITIES):
    raise ValueError("symbols: expected each name once")


def symbols(names: str) -> tuple[sp.Symbol, ...]:
    """Return the registered symbols of a space-separated list of names.

    Raises:
        ValueError: a name is not registered.
    """
    return tuple(_registered(name).symbol for name in names.split())


@cache
def latex_names() -> dict[sp.Symbol, str]:
    """Return the LaTeX of every registered symbol, for `sympy.latex(symbol_names=...)`."""
    return {quantity.symbol: quantity.latex for quantity in QUANTITIES}


def legend(expressions: Iterable[sp.Basic]) -> tuple[Quantity, ...]:
    """Return the quantities that occur in `expressions`, in the order of the registry."""
    free = {symbol for expression in expressions for symbol in expression.free_symbols}
    return tuple(quantity for quantity in QUANTITIES if quantity.symbol in free)


def _registered(name: str) -> Quantity:
    if name not in NAMES:
        raise ValueError(f"symbol: expected one of {', '.join(NAMES)}; got {name!r}")
    return NAMES[name]
