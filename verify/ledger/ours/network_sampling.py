"""What a trained network generates through a sampler with finite steps, in closed form: training and sampling discrete."""

import sympy as sp

from numerics.networks.linear import sampling
from theory.domain import domain_of
from theory.one_layer import descent_weight, sigma0, sigmaT
from theory.relation import Identity, Relation
from theory.steppers import Q1, Q2, euler_step, heun_step, psi, sigma1, sigma_next, slope
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import MODE, WHERE

(s,) = symbols("s")
GRID = "three noise levels sigma_T > s > sigma_0, then 0; the standard deviation, with Q_1, Q_2, psi the weights at the levels"
TRAINED = "psi_i the weight after n steps of gradient descent at the level sigma_i"
SAMPLED = domain_of((Q1, Q2, psi, sigma0, s, sigmaT)).where(sigma0 < s, s < sigmaT)
LEVELS = box(
    lam=("0.1", "2.0"),
    Q=("-0.2", "1.2"),
    eta=("0.005", "0.02"),
    n=("1", "20"),
    sigma0=("0.2", "0.4"),
    s=("0.5", "0.8"),
    sigmaT=("1.0", "2.0"),
)
SLOPES = slope(Q1, sigmaT), slope(Q2, s), slope(psi, sigma0)


def between(step: sp.Expr, level: sp.Expr, following: sp.Expr) -> sp.Expr:
    """Return a step of the sampler from one level to the following one."""
    return step.xreplace({sigma1: level, sigma_next: following})


def sampled(first: sp.Expr, second: sp.Expr, deviation: sp.Expr) -> Identity:
    """Return that two steps and Euler's step to 0 make `deviation` of the standard deviation sigma_T."""
    last = between(euler_step(SLOPES[2]), sigma0, sp.S.Zero)
    return Identity(sigmaT * between(first, sigmaT, s) * between(second, s, sigma0) * last, deviation)


def euler(deviation: sp.Expr) -> Identity:
    """Return that `deviation` is what Euler steps make of sigma_T."""
    return sampled(euler_step(SLOPES[0]), euler_step(SLOPES[1]), deviation)


def heun(deviation: sp.Expr) -> Identity:
    """Return that `deviation` is what Heun steps make of sigma_T, the last step being Euler's."""
    return sampled(heun_step(*SLOPES[:2]), heun_step(*SLOPES[1:]), deviation)


def share(weight: sp.Expr, level: sp.Expr, following: sp.Expr) -> sp.Expr:
    """Return psi + (1 - psi) sigma_{i+1}/sigma_i."""
    return weight + (1 - weight) * following / level


def mixed(weights: tuple[sp.Expr, sp.Expr], level: sp.Expr, following: sp.Expr) -> sp.Expr:
    """Return 1 + (h/2)(f + f') + (h^2/2) f f', f = (1 - psi)/sigma."""
    h, f, g = following - level, (1 - weights[0]) / level, (1 - weights[1]) / following
    return 1 + h / 2 * (f + g) + h**2 / 2 * f * g


def trained(relation: Relation) -> sp.Expr:
    """Return the variance with the weights that n steps of gradient descent leave at the three levels."""
    weights = {Q1: descent_weight(sigmaT), Q2: descent_weight(s), psi: descent_weight(sigma0)}
    return relation.formula.xreplace(weights) ** 2


CLAIMS = (
    Claim(
        id="our.network.euler",
        says=f"lam~ = sigma_T^2 prod_i [psi_i + (1 - psi_i) sigma_{{i+1}}/sigma_i]^2, {TRAINED}",
        reading=GRID,
        where=f"{WHERE}, sampling by Euler's method",
        source="ours",
        relation=euler(sigmaT * share(Q1, sigmaT, s) * share(Q2, s, sigma0) * psi),
        domain=SAMPLED,
        assumes=MODE,
        derived_in="samplers: Euler",
        checks=(
            *EXACT,
            Ode(measure=sampling.euler_variance, box=LEVELS, formula=trained, lane="network", resolution=1e-11),
        ),
        slips=(
            euler(sigmaT * share(Q1, sigmaT, s) * share(Q1, s, sigma0) * Q2),
            euler(sigmaT * share(Q1, sigmaT, s) * share(Q2, s, sigma0)),
        ),
    ),
    Claim(
        id="our.network.heun",
        says=(
            "lam~ = sigma_T^2 prod_i [1 + (h_i/2)(f_i + f_{i+1}) + (h_i^2/2) f_i f_{i+1}]^2, f_i = (1 - psi_i)/sigma_i, h_i = "
            f"sigma_{{i+1}} - sigma_i, and psi_i^2 for Euler's step to 0, {TRAINED}"
        ),
        reading=GRID,
        where=f"{WHERE}, sampling by Heun's method",
        source="ours",
        relation=heun(sigmaT * mixed((Q1, Q2), sigmaT, s) * mixed((Q2, psi), s, sigma0) * psi),
        domain=SAMPLED,
        assumes=MODE,
        derived_in="samplers: Heun",
        checks=(
            *EXACT,
            Ode(measure=sampling.heun_variance, box=LEVELS, formula=trained, lane="network", resolution=1e-11),
        ),
        slips=(
            heun(sigmaT * share(Q1, sigmaT, s) * share(Q2, s, sigma0) * psi),
            heun(sigmaT * mixed((Q1, Q2), sigmaT, s) * mixed((Q2, psi), s, sigma0)),
        ),
    ),
)
