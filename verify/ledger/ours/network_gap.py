"""How far a trained network is from gradient flow: a bound of first order in the learning rate."""

import sympy as sp

from numerics.networks.linear import modes
from theory.domain import POSITIVE, Domain, Range
from theory.one_layer import Q, eta, lam, n, optimum, sigma, tau, weight, y
from theory.relation import Both, Inequality, Relation, Within
from theory.symbols import symbols
from verify.checks.bounded import Bounded
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import MODE, WHERE
from verify.ledger.spectral_bias.lanes_4_2 import first

(rho,) = symbols("rho")
curvature = 2 * eta * (lam + sigma**2)
BOUND = n * y**2 / 2 * sp.exp(-(n - 1) * y)
SHARE = Domain(((y, Range(sp.S.Zero, sp.S.One)), (n, Range(sp.S.One))))
LATER = Domain(((y, Range(sp.S.Zero)), (rho, POSITIVE)))


def lag(bound: sp.Expr, steps: sp.Expr = 1 + rho) -> Both:
    """Return that 1 - e^{-x steps} <= steps (1 - e^{-x}), x = y, and n a^(n-1) (a - b) <= bound, a = e^{-y}, b = 1 - y."""
    share = Inequality(1 - sp.exp(-steps * y), "<=", steps * (1 - sp.exp(-y)))
    several = Inequality(n * sp.exp(-(n - 1) * y) * (sp.exp(-y) - (1 - y)), "<=", bound)
    return Both((Within(share, LATER), Within(several, SHARE)))


def by_mode(relation: Relation) -> sp.Expr:
    """Return the bound for the weight of a mode, NaN for a relation of another form."""
    several = first(relation.parts[1]) if isinstance(relation, Both) else relation
    bound = several.rhs if isinstance(several, Inequality) else sp.nan
    return bound.xreplace({y: curvature}) * sp.Abs(Q - optimum(sigma))


NETWORK = Bounded(
    scene=modes.one_layer, state="y", start=Q, steps=n, flow=weight(sigma).xreplace({tau: n}), bound=by_mode
)

CLAIMS = (
    Claim(
        id="our.network.gap",
        says="for c = 2 eta (lam + sigma^2) <= 1 the flow is behind n steps of descent by at most (n c^2/2) e^{-c (n-1)} |Q - w*|",
        reading=(
            "the lag is a^n - b^n of the deviation at the start, with a = e^{-c} >= b = 1 - c >= 0; with b/a = e^{-x} it is a^n "
            "(1 - e^{-x n}) <= n a^n (1 - e^{-x}) = n a^{n-1} (a - b), here n = 1 + rho in the first and y = c in the second"
        ),
        where=WHERE,
        source="ours",
        relation=lag(BOUND),
        domain=SHARE,
        assumes=MODE,
        derived_in="one layer: descent",
        checks=(*EXACT, NETWORK),
        slips=(lag(BOUND / 2), lag(BOUND * y), lag(BOUND / n), lag(BOUND * sp.exp(-y))),
        formula=False,
    ),
)
