"""A sign is proved by charts on the whole domain, refuted by a witness, or proved on a finite box by subdivision."""

from dataclasses import replace

import sympy as sp

from theory.domain import Domain
from theory.statement import Compares
from verify.boxes import cover
from verify.kernel.decision import Decision, proved
from verify.kernel.quotient import Undecidable
from verify.kernel.signs import Signs
from verify.kernel.tower import Tower
from verify.kernel.vanishing import complete, discharge, normal_form
from verify.points import FAILS, find

MAX_BOXES = 3000


def decide_compares(obligation: Compares) -> Decision:
    """Return whether `expr op 0` on the domain, everywhere or (with `some`) somewhere."""
    expr, op, domain = obligation.expr, obligation.op, complete(obligation.domain, obligation.expr)
    if obligation.some:
        return _somewhere(obligation, domain)
    steps = everywhere(expr, op, domain)
    if steps:
        return proved(obligation, "sign by charts", steps)
    witness = find(expr, FAILS[op], domain)
    if witness:
        return Decision("refuted", f"not {op} 0 at the witness", witness=witness)
    steps = everywhere(expr, op, domain, depth=2)
    if steps:
        return proved(obligation, "sign by charts and slopes", steps)
    steps = _by_boxes(expr, op, domain)
    return (
        proved(obligation, "sign by enclosures", steps)
        if steps
        else Decision("undecided", f"no proof that it is {op} 0")
    )


def everywhere(expr: sp.Expr, op: str, domain: Domain, *, depth: int = 0) -> list[str]:
    """Return the steps of a proof that expr op 0 on the domain; none if there is no proof."""
    for ein in (False, True):
        try:
            tower, f = normal_form(expr, domain, ein=ein)
            left, steps = discharge(tower, domain)
            if left:
                continue
            valid = _is_valid(tower, domain)
            signs = Signs(tower, domain if valid else tower.signs.domain, depth=depth)
            if (valid or op in (">=", "<=")) and signs.holds(f if op[0] in ">!" else -f, op.replace("<", ">")):
                return [*steps[:-1], f"{f} {op} 0: every factor has a known sign"]
        except Undecidable:
            continue
    return []


def _is_valid(tower: Tower, domain: Domain) -> bool:
    """Return whether the normal form holds at the corners too."""
    signs = Signs(tower, domain)
    return all(signs.holds(c.poly, c.op) for c in list(tower.conditions.values()))


def _somewhere(obligation: Compares, domain: Domain) -> Decision:
    expr, op = obligation.expr, obligation.op
    witness = find(expr, op, domain, 300)
    if witness:
        steps = [f"{witness.what} at {dict(witness.point)}: {witness.value}"]
        return replace(proved(obligation, "it holds at a point", steps), witness=witness)
    steps = everywhere(expr, FAILS[op], domain, depth=2) if op != "!=" else []
    return Decision("refuted", f"everywhere {FAILS[op]} 0") if steps else Decision("undecided", "no witness found")


def _by_boxes(expr: sp.Expr, op: str, domain: Domain) -> list[str]:
    closed = all(r.low.is_finite and r.high.is_finite and not s.is_integer for s, r in domain.ranges)
    if not closed or op == "!=":
        return []
    try:
        tower, f = normal_form(expr, domain, ein=True)
        if discharge(tower, domain)[0]:
            return []
        covering = cover(Compares("box", tower.expression(f), op, domain), MAX_BOXES)
    except (Undecidable, ValueError):
        return []
    return [f"enclosure: {covering.pieces} boxes cover the domain"] if covering.complete else []
