"""One door: an obligation and a certificate go in, a proof comes out if the certificate proves it."""

import json
from collections.abc import Callable
from typing import Any

import sympy as sp

from theory.domain import Domain
from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.arithmetic.boxes import cover
from verify.kernel.algebra import Frac, Undecidable, factors
from verify.kernel.decision import Proof, digest, proof_of
from verify.kernel.domains import complete, contains, coordinates, holds, interior
from verify.kernel.limits import tends
from verify.kernel.matrices import vanishes
from verify.kernel.signs import Recorded, Signs, all_hold
from verify.kernel.tower import Tower
from verify.trees import from_tree

MAX_BOXES = 3000
type_case = tuple[Tower, Signs, Signs]  # a tower, what is proved inside, what is proved everywhere


def check(obligation: Obligation, certificate: dict[str, Any]) -> Proof | None:
    """Return the proof of an obligation, None if the certificate does not prove it."""
    try:
        accepted = CHECKS[type(obligation)](obligation, certificate)
    except (Undecidable, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None
    return proof_of(obligation, certificate) if accepted else None


def replay(text: str) -> bool:
    """Return whether the certificate in a proof proves the statement in it.

    Raises:
        ValueError: `text` is not a proof.
    """
    try:
        record = json.loads(text)
        statement, certificate, _ = record["statement"], record["certificate"], record["sha256"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"proof: expected statement, certificate and sha256; {error}") from None
    obligation = from_tree(statement)
    if not isinstance(obligation, Obligation):
        raise ValueError("proof: expected an obligation")  # noqa: TRY004 - a boundary error
    proof = check(obligation, certificate) if record["sha256"] == digest(statement) else None
    return proof is not None and json.loads(proof.to_json()) == record


def opened(domain: Domain, c: dict[str, Any]) -> type_case:
    """Return the recorded tower with the signs inside and everywhere, given a point of the domain."""
    inner = interior(domain) if c["open"] else domain
    if inner is None or not contains(inner, c["point"]):
        raise Undecidable("no point, or corners that are no limits")
    inside = Recorded(c)
    tower = inside.tower(domain, c["ein"] is True, min(int(c["size"]), 256))
    signs = Signs(tower, inner, inside)
    return tower, signs, signs if inner == domain else Signs(tower, domain, Recorded({"rules": c["everywhere"]}))


def _vanishes(o: Vanishes, c: dict[str, Any]) -> bool:
    """The normal form is 0, or an equality of the domain divides it; the conditions hold, working ones inside.

    That is enough: where the conditions of the expression hold it is continuous, so that 0 inside is 0 at corners.
    """
    tower, inside, everywhere = opened(complete(o.domain, o.expr), c)
    f = tower.convert(o.expr)
    return (f.num.is_zero() or _divides(tower, f, c["equality"])) and all_hold(
        everywhere, inside, dense=c["open"] is True
    )


def _divides(tower: Tower, f: Frac, j: int) -> bool:
    """Return whether the zeros of equality j of the domain are zeros of `f`."""
    g = tower.relation(tower.domain.conditions[j])
    primes = [q for q, _ in factors(g.num)[1]]
    divided = bool(primes) and all(divmod(f.num, q)[1].is_zero() for q in primes)
    return divided and isinstance(tower.domain.conditions[j], sp.Eq)


def _compares(o: Compares, c: dict[str, Any]) -> bool:
    """By a point, by rules, or by boxes; a weak sign inside is one everywhere, by continuity."""
    domain = complete(o.domain, o.expr)
    if o.some:
        return contains(domain, c["point"]) and holds(o.expr, o.op, coordinates(domain, c["point"]))
    if "boxes" in c:
        normal = from_tree(c["boxes"])
        same = _vanishes(Vanishes(o.name, o.expr - normal, o.domain), c)
        return same and cover(Compares(o.name, normal, o.op, domain), MAX_BOXES).complete
    tower, inside, everywhere = opened(domain, c)
    signs, f = everywhere if c["valid"] is True else inside, tower.convert(o.expr)
    strict = o.op not in (">=", "<=")
    dense = c["open"] is True and c["valid"] is not True
    return (
        signs.holds(f, o.op) and all_hold(everywhere, signs, dense=dense) and not (strict and signs is not everywhere)
    )


def _matrices(o: MatrixVanishes, c: dict[str, Any]) -> bool:
    """By facts; what is needed of scalars has certificates of its own."""

    def proves(scalar: Obligation) -> bool:
        certificate = c["scalars"].get(scalar_key(scalar))
        return certificate is not None and check(scalar, certificate) is not None

    return vanishes(o, c, proves)


def scalar_key(obligation: Obligation) -> str:
    """Return what the certificate of a scalar is found by."""
    op = obligation.op if isinstance(obligation, Compares) else "=="
    return f"{obligation.expr} {op} 0 on {[str(c) for c in obligation.domain.conditions]}"


CHECKS: dict[type, Callable[[Any, dict[str, Any]], bool]] = {
    Vanishes: _vanishes,
    Compares: _compares,
    Tends: tends,
    MatrixVanishes: _matrices,
}
