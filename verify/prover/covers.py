"""Ways to cover a domain by charts: one or two bounds for every symbol, from its range or from a condition."""

from collections.abc import Iterator
from itertools import product
from math import prod

from flint import fmpq_mpoly

from verify.kernel.algebra import Frac, Undecidable
from verify.kernel.signs import Signs
from verify.kernel.tower import Tower

MAX_PIECES = 32
type_bound = tuple[str | int, int, set[int]]  # which, +1 lower or -1 upper, symbols in it


def covers(signs: Signs, p: fmpq_mpoly) -> Iterator[list[list]]:
    """Yield options (symbol, low, high) such that the charts they give cover the domain, simple ones first."""
    tower = signs.tower
    bounds = {i: _bounds(signs, i) for i, g in enumerate(tower.gens) if g.kind == "symbol"}
    used = _symbols(tower, Frac.of(p))
    for _ in bounds:
        used |= {j for i in used for _, _, symbols in bounds.get(i, ()) for j in symbols}
    options = [_options(i, bounds[i]) for i in sorted(used)]
    choices = sorted(product(*(range(len(o)) for o in options)), key=sum) if len(options) < 8 else [(0,) * len(options)]
    for choice in choices:
        chosen = [o[k] for o, k in zip(options, choice, strict=True)]
        ordered = _ordered([(option, needs) for option, needs, _ in chosen])
        if prod(count for _, _, count in chosen) <= MAX_PIECES and ordered:
            yield ordered


def _options(i: int, bounds: list[type_bound]) -> list[tuple[list, set[int], int]]:
    """Return the options for a symbol, the symbols that have to be placed before, and the number of pieces."""
    lows = [(which, symbols) for which, s, symbols in bounds if s > 0]
    highs = [(which, symbols) for which, s, symbols in bounds if s < 0]
    out: list[tuple[list, set[int], int]] = [([i, low, None], needs, 1) for low, needs in lows]
    out += [([i, None, high], needs, 1) for high, needs in highs]
    out += [([i, low, high], a | b, 2) for (low, a), (high, b) in product(lows, highs)]
    return out or [([i, None, None], set(), 2)]


def _ordered(chosen: list[tuple[list, set[int]]]) -> list[list]:
    """Return the options so that bounds are placed before they are used; nothing if that goes in a circle."""
    out: list[list] = []
    while len(out) < len(chosen):
        placed = {option[0] for option in out}
        ready = [option for option, needs in chosen if needs <= placed and option not in out]
        if not ready:
            return []
        out += ready
    return out


def _bounds(signs: Signs, i: int) -> list[type_bound]:
    out: list[type_bound] = []
    for which in ("low", "high", *(range(len(signs.domain.conditions)))):
        try:
            end, s, _ = signs.bound(i, which)
        except Undecidable:
            continue
        out.append((which, s, _symbols(signs.tower, end)))
    return out


def _symbols(tower: Tower, f: Frac) -> set[int]:
    used = f.used()
    return {i for i, g in enumerate(tower.gens) if g.kind == "symbol" and any(tower.depends(j, i) for j in used)}
