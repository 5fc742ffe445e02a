"""Our own statements on two separate layers: lazy and rich regimes in one explicit formula."""

import sympy as sp

from theory.domain import POSITIVE, domain_of
from theory.one_layer import eta, lam, sigma, tau, y
from theory.relation import Both, Identity, LimitIs, Solves
from theory.symbols import symbols
from theory.two_layer import narrowed
from theory.untied import (
    SPLIT,
    TRAINED,
    Y0,
    at_start,
    conserved,
    kappa,
    mass,
    mode_loss,
    p,
    p0,
    pull,
    q,
    q0,
    riccati,
    split_weight,
    sum_square,
    weight,
)
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, PROPERTY
from verify.ledger.lanes_network import HALVED_UNTIED
from verify.ledger.spectral_bias.lanes_5_1 import ODE_UNTIED, SETTING

ZERO = sp.S.Zero
(C,) = symbols("C")
KAPPA = "kappa = sqrt(4 lam^2 + C^2 M^2) - 2 lam >= 0 stands for C = p^2 - q^2, so that R = 2 eta (2 lam + kappa)"
excess = sp.sqrt(4 * lam**2 + (p0**2 - q0**2) ** 2 * mass() ** 2) - 2 * lam
R = 2 * eta * (2 * lam + kappa)
ROOTS = (2 * lam + (2 * lam + kappa)) / mass(), (2 * lam - (2 * lam + kappa)) / mass()
REGIMES = narrowed(domain_of((C, lam, sigma, eta)), C=POSITIVE)
p_rate, q_rate = (-eta * sp.Derivative(mode_loss(p * q), layer) for layer in (p, q))


def printed_sum(decay: sp.Expr) -> sp.Expr:
    """Return (Y_+ - Y_- xi)/(1 - xi), xi = (Y_0 - Y_+)/(Y_0 - Y_-) decay."""
    upper, lower = ROOTS
    xi = (Y0 - upper) / (Y0 - lower) * decay
    return (upper - lower * xi) / (1 - xi)


CLAIMS = (
    Claim(
        id="our.untied.sum",
        says="Y = (p + q)^2 obeys dY/dtau = 4 eta lam Y - eta M (Y^2 - C^2) and is a fractional linear function of "
        "exp(-R tau), R = 2 eta sqrt(4 lam^2 + C^2 M^2)",
        where="corrects section 5.1 and appendix F.2 of the spectral-bias paper",
        source="ours",
        reading=KAPPA,
        relation=Solves(solution=sum_square(), var=tau, unknown=y, rate=riccati(1), at=ZERO, start=Y0),
        domain=SPLIT,
        assumes=SETTING,
        derived_in="untied: sum",
        checks=EXACT,
    ),
    Claim(
        id="our.untied.riccati",
        says="the gradient flow of p and q gives (p + q)^2 the rate 4 eta lam Y - eta M (Y^2 - C^2), and (p - q)^2 the "
        "same with -lam",
        where="new",
        source="ours",
        relation=Both(
            (
                Identity(
                    2 * (p + q) * (p_rate + q_rate),
                    4 * eta * lam * (p + q) ** 2 - eta * mass() * ((p + q) ** 4 - (p**2 - q**2) ** 2),
                ),
                Identity(
                    2 * (p - q) * (p_rate - q_rate),
                    -4 * eta * lam * (p - q) ** 2 - eta * mass() * ((p - q) ** 4 - (p**2 - q**2) ** 2),
                ),
            )
        ),
        domain=domain_of((p, q, lam, sigma, eta)),
        assumes=SETTING,
        derived_in="untied: second factor",
        checks=EXACT,
    ),
    Claim(
        id="our.untied.printed",
        says="Y_+- = 2 w* +- sqrt(4 w*^2 + C^2), xi = (Y_0 - Y_+)/(Y_0 - Y_-) e^{-R tau}, Y = (Y_+ - Y_- xi)/(1 - xi)",
        where="new",
        source="ours",
        reading=KAPPA,
        relation=Identity(sum_square(), printed_sum(sp.exp(-R * tau))),
        domain=SPLIT,
        assumes=SETTING,
        derived_in="untied: sum",
        checks=EXACT,
    ),
    Claim(
        id="our.untied.weight",
        says="w = (Y - C^2/Y)/4",
        where="new",
        source="ours",
        reading=f"the formula untied.weight of (p0, q0) is this expression; {KAPPA}",
        relation=Identity(split_weight(), (sum_square() - conserved() / sum_square()) / 4),
        domain=SPLIT,
        assumes=SETTING,
        derived_in="untied: weight",
        checks=EXACT,
    ),
    Claim(
        id="our.untied.layers",
        says="the weight of a mode of two separate layers from any (p0, q0), in one expression that is finite everywhere",
        where="new",
        source="ours",
        reading=f"the formula untied.weight at p0 + q0 = sqrt(Y_0), p0^2 - q0^2 = C; {KAPPA}",
        relation=Identity(split_weight(), at_start(weight())),
        domain=SPLIT,
        assumes=SETTING,
        derived_in="untied: weight",
        checks=EXACT,
    ),
    Claim(
        id="our.untied.formula",
        says="the formula untied.weight is (Y - Z)/4 for every (p0, q0)",
        where="new",
        source="ours",
        relation=Identity(split_weight().xreplace({kappa: excess, Y0: (p0 + q0) ** 2}), weight()),
        domain=narrowed(TRAINED, lam=POSITIVE, tau=POSITIVE).where(sp.Ne(p0 + q0, 0)),
        assumes=SETTING,
        derived_in="untied: weight",
        checks=(PROPERTY, ODE_UNTIED, HALVED_UNTIED),
    ),
    Claim(
        id="our.untied.equal",
        says="two separate layers that start equal obey dw/dtau = 4 eta w (lam - (lam + sigma^2) w): half the speed of "
        "the symmetric pair",
        where="corrects appendix F.2.1 of the spectral-bias paper",
        source="ours",
        relation=Identity((q * p_rate + p * q_rate).doit().xreplace({q: p}), 4 * eta * p**2 * pull(p**2)),
        domain=domain_of((p, lam, sigma, eta)),
        assumes=SETTING,
        derived_in="untied: first factor",
        checks=EXACT,
    ),
    Claim(
        id="our.untied.rates",
        says="the rate R is 4 eta lam at C = 0 and 2 eta |C| M as |C| tends to infinity",
        where="new",
        source="ours",
        relation=Both(
            (
                LimitIs(
                    expr=2 * eta * sp.sqrt(4 * lam**2 / C**2 + mass() ** 2), var=C, point=sp.oo, value=2 * eta * mass()
                ),
                Identity(2 * eta * sp.sqrt(4 * lam**2 + (0 * C) ** 2 * mass() ** 2), 4 * eta * lam),
            )
        ),
        domain=REGIMES,
        assumes=SETTING,
        derived_in="untied: sum",
        checks=(KERNEL,),
    ),
)
