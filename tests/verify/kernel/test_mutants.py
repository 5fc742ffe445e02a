"""Every false variant of a law is refuted at an exact point."""

from collections.abc import Iterator

import pytest
import sympy as sp

from tests.verify.kernel.formulas import (
    FLOW,
    POSITIVE,
    TWO,
    Phi,
    Q,
    equations,
    eta,
    flow_weight,
    lam,
    psi,
    sigma,
    tau,
    two_Phi,
    two_weight,
)
from theory.domain import Domain
from theory.statement import Vanishes
from verify.arithmetic.points import find
from verify.kernel import decide

LAWS = {
    "one layer, weight": ("psi", psi, POSITIVE),
    "one layer, Phi": ("Phi", Phi, POSITIVE),
    "two layers, weight": ("two_weight", two_weight, TWO),
    "two layers, Phi": ("two_Phi", two_Phi, TWO),
    "flow, weight": ("flow_weight", flow_weight, FLOW),
}


def mutants(expr: sp.Expr) -> Iterator[sp.Expr]:
    """Yield variants: a changed sign, factor or exponent at one node, or two swapped symbols."""
    for node in sorted({s for s in sp.preorder_traversal(expr) if s.args}, key=str):
        for changed in (-node, 2 * node, node**2):
            yield expr.xreplace({node: changed})
    for p, q in ((lam, Q), (eta, lam), (sigma, lam), (sigma, Q)):
        yield expr.xreplace({p: q, q: p})
    yield expr.xreplace({tau: 2 * tau})


@pytest.mark.parametrize("name", LAWS)
def test_mutants_are_refuted_unless_they_are_equal(name):
    argument, formula, domain = LAWS[name]
    seen = {"proved": 0, "refuted": 0, "undecided": 0}
    for mutant in list(dict.fromkeys(mutants(formula)))[::3]:
        law = equations(**{argument: mutant})[name]
        status = _status(Vanishes("law", law, domain), Vanishes("start", _start(name, mutant, formula), domain))
        seen[status] += 1
        assert status != "proved" or _is_equal(mutant, formula, domain)
        assert status != "undecided" or not _has_values(law, domain)
    assert seen["refuted"] > 4 * (seen["proved"] + seen["undecided"])


def _start(name: str, mutant: sp.Expr, formula: sp.Expr) -> sp.Expr:
    """A weight starts as the true one does; Phi is fixed up to a factor: compare it with Phi at another noise level."""
    if name.endswith("weight"):
        return (mutant - formula).xreplace({tau: sp.S.Zero})
    ratio, there = mutant / formula, {sigma: sigma + 1}
    return ratio - ratio.xreplace(there)


def _status(*obligations: Vanishes) -> str:
    found = [decide(o).status for o in obligations]
    return "refuted" if "refuted" in found else max(found)


def _is_equal(mutant: sp.Expr, formula: sp.Expr, domain: Domain) -> bool:
    gaps = (mutant - formula, sp.Derivative(mutant / formula, sigma))
    return any(decide(Vanishes("gap", gap, domain)).status == "proved" for gap in gaps)


def _has_values(law: sp.Expr, domain: Domain) -> bool:
    return find(law, "!=", domain) is not None
