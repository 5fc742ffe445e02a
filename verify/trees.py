"""A statement is stored as a tree of whitelisted nodes; reading one back evaluates nothing.

`NODES` and `RECORDS` are the whitelist: a module that needs more nodes adds them there.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache

import sympy as sp
from sympy.core.symbol import Str

from theory import matrices
from theory.domain import Domain, Range
from theory.functions import Ein, boys, phi1, phi2
from theory.statement import Compares, MatrixVanishes, Tends, Vanishes

type_tree = list
_LITERAL = "0123456789-/"
_ASSUMPTIONS: tuple[dict[str, bool], ...] = ({}, {"real": True}, {"nonnegative": True}, {"positive": True})
_ASSUMPTIONS += ({"integer": True}, {"integer": True, "nonnegative": True}, {"integer": True, "positive": True})


def _as_given(kind: type) -> Callable[..., sp.Basic]:
    return lambda *arguments: kind(*arguments, evaluate=False)


NODES: dict[str, Callable[..., sp.Basic]] = {
    kind.__name__: _as_given(kind)
    for kind in (
        sp.Add,
        sp.Mul,
        sp.Pow,
        sp.exp,
        sp.log,
        sp.Ei,
        sp.erf,
        sp.Abs,
        Ein,
        phi1,
        phi2,
        boys,
        sp.Derivative,
        sp.Eq,
        sp.Ne,
        sp.StrictLessThan,
        sp.LessThan,
        sp.StrictGreaterThan,
        sp.GreaterThan,
    )
}
NODES["Tuple"] = sp.Tuple
NODES |= {kind.__name__: kind for kind in matrices.NODES}
CONSTANTS: dict[str, sp.Basic] = {
    "pi": sp.pi, "EulerGamma": sp.EulerGamma, "E": sp.E, "oo": sp.oo, "-oo": -sp.oo,
    "True": sp.true, "False": sp.false,
}  # fmt: skip
RECORDS: dict[str, type] = {r.__name__: r for r in (Vanishes, Compares, Tends, MatrixVanishes, Domain, Range)}
RECORDS |= {r.__name__: r for r in matrices.HYPOTHESES}


def to_tree(thing: object) -> type_tree:
    """Return nested lists of text that stand for an expression, a domain or an obligation.

    Raises:
        ValueError: a node is not in the whitelist.
    """
    if isinstance(thing, str | bool):
        return [type(thing).__name__, str(thing)]
    if isinstance(thing, tuple):
        return ["tuple", *map(to_tree, thing)]
    if is_dataclass(thing) and type(thing).__name__ in RECORDS:
        return [type(thing).__name__, *(to_tree(getattr(thing, f.name)) for f in fields(thing))]
    if isinstance(thing, sp.Basic):
        return _expression_tree(thing)
    raise ValueError(f"tree: expected a whitelisted node, got {type(thing).__name__}")


def from_tree(tree: type_tree) -> object:
    """Return what `tree` stands for, node by node as it was written.

    Raises:
        ValueError: a node is not in the whitelist or malformed.
    """
    match tree:
        case ["str", str(text)]:
            return text
        case ["bool", "True" | "False" as text]:
            return text == "True"
        case ["Number", str(text)] if set(text) <= set(_LITERAL) and len(text) < 1000:
            return sp.Rational(text)
        case ["Symbol", str(name), dict(assumptions)]:
            return sp.Symbol(name, **{str(k): v is True for k, v in assumptions.items()})
        case [str(name)] if name in CONSTANTS:
            return CONSTANTS[name]
        case ["tuple", *parts]:
            return tuple(map(from_tree, parts))
        case [str(name), *parts] if name in RECORDS or name in NODES:
            return (RECORDS.get(name) or NODES[name])(*map(from_tree, parts))
    raise ValueError(f"tree: expected a whitelisted node, got {str(tree)[:80]}")


def _expression_tree(expr: sp.Basic) -> type_tree:
    if isinstance(expr, sp.Rational):
        return ["Number", str(expr)]
    if isinstance(expr, Str):
        return ["str", expr.name]
    if type(expr) is sp.Symbol:
        return ["Symbol", expr.name, _assumptions(expr)]
    constants = [name for name, value in CONSTANTS.items() if value is expr or value == expr]
    if constants:
        return constants[:1]
    if type(expr).__name__ not in NODES:
        raise ValueError(f"tree: expected a whitelisted node, got {type(expr).__name__}")
    return [type(expr).__name__, *map(_expression_tree, expr.args)]


@cache
def _assumptions(symbol: sp.Symbol) -> dict[str, bool]:
    short = (a for a in _ASSUMPTIONS if sp.Symbol(symbol.name, **a) == symbol)
    return dict(next(short, {k: v for k, v in symbol.assumptions0.items() if v is not None}))
