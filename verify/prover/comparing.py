"""A sign is proved by charts on the whole domain, refuted by a witness, or proved on a finite box by subdivision."""

from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statement import Compares
from verify.arithmetic.boxes import cover
from verify.arithmetic.points import FAILS, find, points
from verify.kernel.algebra import Undecidable
from verify.kernel.checking import MAX_BOXES, check
from verify.kernel.decision import Decision, Proof
from verify.kernel.domains import complete
from verify.prover.vanishing import expression, normal_form, opened, point_text
from verify.trees import to_tree


def decide_compares(obligation: Compares) -> Decision:
    """Return whether `expr op 0` on the domain, everywhere or (with `some`) somewhere."""
    expr, op, domain = obligation.expr, obligation.op, complete(obligation.domain, obligation.expr)
    if obligation.some:
        return _somewhere(obligation, domain)
    if proof := everywhere(obligation):
        return Decision("proved", "sign by charts", proof)
    if witness := find(expr, FAILS[op], domain):
        return Decision("refuted", f"not {op} 0 at the witness", witness=witness)
    if opened(domain)[2] is None:
        return Decision("undecided", "no point of the domain found")
    if proof := everywhere(obligation, depth=2):
        return Decision("proved", "sign by charts and slopes", proof)
    if proof := _by_boxes(obligation, domain):
        return Decision("proved", "sign by enclosures", proof)
    return Decision("undecided", f"no proof that it is {op} 0")


def everywhere(obligation: Compares, *, depth: int = 0) -> Proof | None:
    """Return the proof by rules that expr op 0 on the domain, if one is found."""
    domain, op = complete(obligation.domain, obligation.expr), obligation.op
    for ein in (False, True):
        try:
            certificate = _certificate(obligation.expr, op, domain, ein=ein, depth=depth)
            if certificate and (proof := check(obligation, certificate)):
                return proof
        except Undecidable:
            continue
    return None


def _certificate(expr: sp.Expr, op: str, domain: Domain, *, ein: bool, depth: int) -> dict[str, Any] | None:
    case, f = normal_form(expr, domain, ein=ein)
    if case.open_conditions():
        return None
    case.guide.depth = case.search.depth = depth
    valid = not case.open_conditions(everywhere=True)
    if not valid and op not in (">=", "<="):
        return None
    signs = case.everywhere if valid else case.guide.inside
    found = signs.holds(f, op) and not case.open_conditions(everywhere=valid)
    return case.record() | {"valid": valid} if found else None


def _somewhere(obligation: Compares, domain: Domain) -> Decision:
    expr, op = obligation.expr, obligation.op
    if witness := find(expr, op, domain, 300):
        for point in points(domain, 300):
            if proof := check(obligation, {"point": point_text(domain, point)}):
                return Decision("proved", "it holds at a point", proof, witness)
    opposite = Compares(obligation.name, expr, FAILS[op], obligation.domain)
    if op != "!=" and everywhere(opposite, depth=2):
        return Decision("refuted", f"everywhere {FAILS[op]} 0")
    return Decision("undecided", "no witness found")


def _by_boxes(obligation: Compares, domain: Domain) -> Proof | None:
    closed = all(r.low.is_finite and r.high.is_finite and not s.is_integer for s, r in domain.ranges)
    if not closed or obligation.op == "!=":
        return None
    try:
        case, f = normal_form(obligation.expr, domain, ein=True)
        normal = expression(case.tower, f)
        if case.open_conditions() or not cover(Compares("box", normal, obligation.op, domain), MAX_BOXES).complete:
            return None
        same, gap = normal_form(obligation.expr - normal, domain, ein=True)
        if same.open_conditions() or not gap.num.is_zero():
            return None
        return check(obligation, same.record() | {"equality": None, "boxes": to_tree(normal)})
    except (Undecidable, ValueError):
        return None
