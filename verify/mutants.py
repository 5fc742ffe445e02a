"""Mutants are false variants of a relation: a check that accepts one without proof is not believed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise, zip_longest
from random import Random

import sympy as sp

from theory.observable import Mean
from theory.relation import Both, Inequality, Monotone, Relation, Within
from theory.statement import OPPOSITE

PER_FORMULA = 20
FACTORS = tuple(map(sp.Rational, ("2", "1/2", "4", "1/4", "3", "1/3", "-2", "-1/2")))
SENSELESS = frozenset((sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I))
Slip = Callable[[sp.Basic], Iterator[sp.Basic]]


def mutants(relation: Relation, seed: str, count: int = PER_FORMULA) -> tuple[Relation, ...]:
    """Return up to `count` distinct variants of `relation`, the same ones for the same seed.

    Every operator gets its turn before any gets a second one, so that a long formula still meets all slips.
    """
    random = Random(seed)
    slips = [_variants(relation, slip, random) for slip in OPERATORS.values()]
    pools = [_turned(relation), *slips]
    chosen: dict[Relation, None] = {}
    while pools and len(chosen) < count:
        pools = [pool for pool in pools if _take(pool, relation, chosen)]
    return tuple(chosen)[:count]


def _take(pool: Iterator[Relation], original: Relation, chosen: dict[Relation, None]) -> bool:
    """Move the next new variant of `pool` to `chosen`; return whether there was one."""
    for new in pool:
        if new != original and new not in chosen:
            chosen[new] = None
            return True
    return False


def _variants(relation: Relation, slip: Slip, random: Random) -> Iterator[Relation]:
    """Yield `relation` with one printed expression changed by `slip` at one place."""
    if isinstance(relation, Within):
        yield from (replace(relation, relation=new) for new in _variants(relation.relation, slip, random))
    elif isinstance(relation, Both):
        pools = [_in_part(relation, i, _variants(part, slip, random)) for i, part in enumerate(relation.parts)]
        yield from _in_turn(pools)
    else:
        for name in random.sample(relation.PRINTED, len(relation.PRINTED)):
            changed = _everywhere(getattr(relation, name), slip, random)
            yield from (replace(relation, **{name: new}) for new in changed)


def _in_part(relation: Both, i: int, variants: Iterator[Relation]) -> Iterator[Relation]:
    return (Both((*relation.parts[:i], new, *relation.parts[i + 1 :])) for new in variants)


def _in_turn(pools: list[Iterator[Relation]]) -> Iterator[Relation]:
    """Yield one of each pool, round after round."""
    for round_ in zip_longest(*pools):
        yield from (new for new in round_ if new is not None)


def _everywhere(expr: sp.Basic, slip: Slip, random: Random) -> Iterator[sp.Basic]:
    """Yield `expr` with `slip` applied at one node, the nodes in random order."""
    places = list(_places(expr, ()))
    for place in random.sample(places, len(places)):
        yield from (new for new in _changed_at(expr, place, slip) if _sound(new) and _shape(new) == _shape(expr))


def _places(expr: sp.Basic, here: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the way to every node; a matrix letter is a leaf, its dimensions are no slip, and so is an expectation."""
    yield here
    if isinstance(expr, sp.MatrixSymbol | sp.Identity | sp.ZeroMatrix | Mean):
        return
    for i, child in enumerate(expr.args):
        yield from _places(child, (*here, i))


def _changed_at(expr: sp.Basic, place: tuple[int, ...], slip: Slip) -> Iterator[sp.Basic]:
    if not place:
        yield from slip(expr)
        return
    for new in _changed_at(expr.args[place[0]], place[1:], slip):
        yield _rebuilt(expr, place[0], new)


def _rebuilt(expr: sp.Basic, place: int, child: sp.Basic) -> sp.Basic:
    try:
        return expr.func(*expr.args[:place], child, *expr.args[place + 1 :])
    except (ValueError, TypeError):  # the changed child does not fit, as a sum of matrices of different shape
        return sp.nan


def _sound(expr: sp.Basic) -> bool:
    """Return whether `expr` says something: no infinity, no imaginary unit, shapes that fit."""
    return all(node not in SENSELESS and _fits(node) for node in sp.preorder_traversal(expr))


def _fits(node: sp.Basic) -> bool:
    """Return whether the matrices in a product, a sum or a trace have shapes that fit; SymPy does not always look."""
    if not isinstance(node, sp.MatMul | sp.MatAdd | sp.Trace):
        return True
    shapes = [child.shape for child in node.args if getattr(child, "is_Matrix", False)]
    if isinstance(node, sp.MatMul):
        return all(left[1] == right[0] for left, right in pairwise(shapes))
    return len(set(shapes)) == 1 if isinstance(node, sp.MatAdd) else shapes[0][0] == shapes[0][1]


def _shape(expr: sp.Basic) -> object:
    """Return the shape of a matrix, those of several matrices, or nothing for a scalar."""
    return tuple(map(_shape, expr)) if isinstance(expr, sp.Tuple) else getattr(expr, "shape", None)


def _turned(relation: Relation) -> Iterator[Relation]:
    """Yield comparisons turned round."""
    if isinstance(relation, Inequality | Monotone) and relation.op in OPPOSITE:
        yield replace(relation, op=OPPOSITE[relation.op])
    elif isinstance(relation, Within):
        yield from (replace(relation, relation=new) for new in _turned(relation.relation))
    elif isinstance(relation, Both):
        for i, part in enumerate(relation.parts):
            yield from (Both((*relation.parts[:i], new, *relation.parts[i + 1 :])) for new in _turned(part))


def _sign(node: sp.Basic) -> Iterator[sp.Basic]:
    if _is_quantity(node) and not node.is_Number:
        yield -node


def _factor(node: sp.Basic) -> Iterator[sp.Basic]:
    if _is_quantity(node) and not node.is_Number:
        yield from (factor * node for factor in FACTORS)


def _number(node: sp.Basic) -> Iterator[sp.Basic]:
    if node.is_Rational:
        yield node + 1
        yield node - 1


def _exponent(node: sp.Basic) -> Iterator[sp.Basic]:
    if isinstance(node, sp.Symbol):
        yield node**2
        yield sp.sqrt(node)


def _dropped(node: sp.Basic) -> Iterator[sp.Basic]:
    if node.is_Add or node.is_Mul or getattr(node, "is_MatAdd", False):
        yield from (node.func(*node.args[:i], *node.args[i + 1 :]) for i in range(len(node.args)))


def _perturbed(node: sp.Basic) -> Iterator[sp.Basic]:
    if _is_quantity(node) and (node.is_Add or node.is_Function or isinstance(node, sp.Symbol | sp.MatrixSymbol)):
        yield from (node * (1 + sp.Rational(part, 1000)) for part in (1, -1, 10, -10, 100, -100))


def _swapped(node: sp.Basic) -> Iterator[sp.Basic]:
    """Write one symbol of a node for another symbol of the same node."""
    if node.is_Add or node.is_Mul or node.is_Function:
        sizes = {s for m in node.atoms(sp.MatrixExpr) for side in m.shape for s in side.free_symbols}
        scalars = sorted((s for s in node.free_symbols - sizes if isinstance(s, sp.Symbol)), key=str)
        yield from (node.xreplace({one: other}) for one in scalars for other in scalars if one != other)


def _transposed(node: sp.Basic) -> Iterator[sp.Basic]:
    if isinstance(node, sp.MatrixSymbol) and node.is_square:
        yield node.T


def _reordered(node: sp.Basic) -> Iterator[sp.Basic]:
    if isinstance(node, sp.MatMul) and len(node.args) > 1:
        yield from (
            _rebuilt_product((*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]))
            for i in range(len(node.args) - 1)
        )


def _rebuilt_product(factors: tuple[sp.Basic, ...]) -> sp.Basic:
    try:
        return sp.MatMul(*factors).doit()
    except (ValueError, TypeError):
        return sp.nan


def _is_quantity(node: sp.Basic) -> bool:
    return isinstance(node, sp.Expr) or getattr(node, "is_Matrix", False)


OPERATORS: dict[str, Slip] = {
    "sign": _sign,
    "factor": _factor,
    "number": _number,
    "exponent": _exponent,
    "dropped term": _dropped,
    "perturbed": _perturbed,
    "swapped symbol": _swapped,
    "transposed": _transposed,
    "reordered": _reordered,
}
