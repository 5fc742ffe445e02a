"""An expression vanishes if its normal form is 0 and every condition recorded on the way holds on the domain."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import sympy as sp
from flint import arb

from theory.domain import Domain
from theory.functions import Ein
from theory.statement import Vanishes
from verify.arithmetic.points import find, points, type_point
from verify.kernel.algebra import Frac, Undecidable, factors
from verify.kernel.checking import check
from verify.kernel.decision import Decision
from verify.kernel.domains import complete, interior
from verify.kernel.signs import Signs, is_thin
from verify.kernel.tower import Full, Tower
from verify.prover.guide import Guide, Refine, SignSearch

ROUNDS = 12
Result = TypeVar("Result")
_FUNCTIONS = {"log": sp.log, "exp": sp.exp, "Ei": sp.Ei, "Ein": Ein, "erf": sp.erf}


@dataclass(frozen=True, slots=True)
class Case:
    """A tower with what is searched in it: signs inside of the domain and everywhere on it."""

    tower: Tower
    guide: Guide
    everywhere: Signs
    search: SignSearch

    @staticmethod
    def of(domain: Domain, finer: dict, *, ein: bool, depth: int = 0) -> "Case":
        """Return an empty tower."""
        inner, _, _ = opened(domain)
        guide = Guide(finer, depth=depth)
        tower = guide.tower(domain, ein, 16 * finer.get(("ring", 0), 1), inner)
        search = guide if inner == domain else SignSearch(finer, depth=depth)
        return Case(tower, guide, guide.inside if inner == domain else Signs(tower, domain, search), search)

    def open_conditions(self, *, everywhere: bool = False) -> list[str]:
        """Return the conditions of the tower that are not proved."""
        done: dict[tuple[str, str, bool], bool] = {}
        while todo := {key: f for key, f in self.tower.conditions.items() if key not in done}:
            for key, f in todo.items():
                signs = self.guide.inside if key[2] and not everywhere else self.everywhere
                dense = key[2] and not everywhere and key[1] == "!=" and opened(self.tower.domain)[1]
                done[key] = (dense and is_thin(self.tower, f)) or signs.holds(f, key[1])
        return [f"{expression(self.tower, self.tower.conditions[k])} {k[1]} 0" for k, held in done.items() if not held]

    def record(self) -> dict[str, Any]:
        """Return the certificate of all that was found.

        Raises:
            Undecidable: there is no point of the domain.
        """
        _, is_open, point = opened(self.tower.domain)
        if point is None:
            raise Undecidable("no point of the domain found")
        parts = {"size": self.tower.ring.nvars(), "ein": self.tower.ein, "open": is_open, "point": point}
        return self.guide.record() | parts | {"everywhere": self.search.rules}


def decide_vanishes(obligation: Vanishes) -> Decision:
    """Return whether `expr` is 0 at every point of the domain."""
    domain = complete(obligation.domain, obligation.expr)
    reasons: list[str] = []
    open_: list[str] = []
    for ein in (False, True):
        try:
            case, f = normal_form(obligation.expr, domain, ein=ein)
            is_zero, equality = _is_zero(case.tower, f)
            if not is_zero and (witness := find(obligation.expr, "!=", domain)):
                return Decision("refuted", "not 0 at the witness", witness=witness)
            left = case.open_conditions()
            if is_zero and not left and (proof := check(obligation, case.record() | {"equality": equality})):
                return Decision("proved", "the normal form is 0", proof)
        except Undecidable as reason:
            reasons.append(str(reason))
            continue
        reasons += [] if is_zero else ["the normal form is not 0"]
        open_ = open_ or left
        if not is_zero:
            break
    witness = find(obligation.expr, "!=", domain)
    if witness:
        return Decision("refuted", "not 0 at the witness", witness=witness)
    reasons += [f"conditions are open: {', '.join(open_)}"] if open_ else []
    return Decision("undecided", "; ".join(reasons) or "the certificate fails", open_conditions=tuple(open_))


def normal_form(expr: sp.Expr, domain: Domain, *, ein: bool, depth: int = 0) -> tuple[Case, Frac]:
    """Return the normal form of `expr` and the tower it lives in.

    Raises:
        Undecidable: there is none.
    """

    def task(finer: dict) -> tuple[Case, Frac]:
        case = Case.of(domain, finer, ein=ein, depth=depth)
        return case, case.tower.convert(expr)

    return refined(task)


def refined(task: Callable[[dict], Result]) -> Result:
    """Return task(finer), starting again with finer generators as long as that is asked for."""
    finer: dict = {}
    for _ in range(ROUNDS):
        try:
            return task(finer)
        except Refine as finding:
            finer = finer | {finding.key: finer.get(finding.key, 1) * finding.factor}
        except Full:
            finer = finer | {("ring", 0): 2 * finer.get(("ring", 0), 1)}
    raise Undecidable("generators do not settle")


@lru_cache(maxsize=256)
def opened(domain: Domain) -> tuple[Domain, bool, list[Any] | None]:
    """Return the domain without its corners if that is dense in it, whether it is, and a point there."""
    inner = interior(domain)
    if inner is not None:
        point = _first(inner)
        if point or not any(isinstance(c, sp.Ge | sp.Le) for c in domain.conditions):
            return inner, True, point
    return domain, False, _first(domain)


def _first(domain: Domain) -> list[Any] | None:
    point = next(points(domain, 1), None)
    return None if point is None else point_text(domain, point)


def point_text(domain: Domain, point: type_point) -> list[Any]:
    """Return the coordinates of a point in the order of the ranges, as a certificate has them."""
    return [_coordinate(point[s]) for s in domain.symbols]


def _coordinate(x: sp.Rational | arb) -> str | list[str]:
    return [_dyadic(x.lower()), _dyadic(x.upper())] if isinstance(x, arb) else str(x)


def _dyadic(x: arb) -> str:
    mantissa, exponent = x.man_exp()
    return str(sp.Rational(int(mantissa)) * sp.Integer(2) ** int(exponent))


def _is_zero(tower: Tower, f: Frac) -> tuple[bool, int | None]:
    """Return whether `f` is 0, by itself or because an equality of the domain divides it, and which."""
    if f.num.is_zero():
        return True, None
    for j, c in enumerate(tower.domain.conditions):
        if isinstance(c, sp.Eq):
            primes = [q for q, _ in factors(tower.relation(c).num)[1]]
            if primes and all(divmod(f.num, q)[1].is_zero() for q in primes):
                return True, j
    return False, None


def expression(tower: Tower, f: Frac) -> sp.Expr:
    """Return a fraction as a SymPy expression."""
    return _sum(tower, f.num) / _sum(tower, f.den)


def _sum(tower: Tower, p: Any) -> sp.Expr:
    parts = []
    for monomial, c in p.to_dict().items():
        powers = (_meaning(tower, i) ** k for i, k in enumerate(monomial) if k)
        parts.append(sp.Mul(sp.Rational(int(c.p), int(c.q)), *powers))
    return sp.Add(*parts)


def _meaning(tower: Tower, i: int) -> sp.Expr:
    g = tower.gens[i]
    if g.kind in ("symbol", "constant"):
        return g.arg
    inner = expression(tower, g.arg)
    if g.kind in ("root", "power"):
        return inner ** (sp.Rational(1, g.order) if g.kind == "root" else expression(tower, g.order))
    return _FUNCTIONS[g.kind](inner)
