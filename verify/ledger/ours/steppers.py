"""Our own statements on samplers with finite steps: Euler, Heun, and how they bracket the exact flow."""

import sympy as sp

from numerics import stepper as measured
from theory.domain import domain_of
from theory.relation import Both, Identity, Inequality, Relation
from theory.steppers import (
    INNER,
    Q1,
    Q2,
    STEP,
    A,
    B,
    P,
    best_euler,
    best_exact,
    best_heun,
    best_slope,
    euler_step,
    h,
    heun_step,
    lam,
    psi,
    sigma1,
    sigma_next,
    slope,
)
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT

SAMPLER = (
    "zero-mean data, aligned weights",
    "a step from sigma_i to sigma_{i+1} multiplies the variance by the square of this factor",
)
BEST = ("zero-mean data, optimal denoiser", SAMPLER[1])
ANY = box(psi=("-0.5", "1.2"), sigma1=("0.5", "3.0"), sigma_next=("0.0", "0.5"))
PAIR = box(Q1=("-0.5", "1.2"), Q2=("-0.5", "1.2"), sigma1=("0.5", "3.0"), sigma_next=("0.05", "0.5"))
MODE = box(lam=("0.05", "3.0"), sigma1=("0.5", "3.0"), sigma_next=("0.0", "0.5"))
first, second = slope(Q1, sigma1), slope(Q2, sigma_next)
WHERE = "sampling on a grid sigma_1 > ... > sigma_n >= 0"


def euler(factor: sp.Expr) -> Identity:
    """Return that one Euler step multiplies the coordinate by `factor`."""
    return Identity(euler_step(slope(psi, sigma1)), factor)


def heun(factor: sp.Expr) -> Identity:
    """Return that one Heun step with the weights Q1 and then Q2 multiplies the coordinate by `factor`."""
    return Identity(heun_step(first, second), factor)


def bracket(below: sp.Expr, above: sp.Expr) -> Both:
    """Return that the exact factor is between the two, which are positive."""
    return Both(
        (
            Inequality(below, ">", sp.S.Zero),
            Inequality(best_exact() ** 2, ">=", below**2),
            Inequality(above, ">", sp.S.Zero),
            Inequality(above**2, ">=", best_exact() ** 2),
        )
    )


def sign(excess: sp.Expr) -> Relation:
    """Return that A (Heun - exact) is (sqrt(A B) - P)/(2 B) times `excess`."""
    return Identity(A * (best_heun() - best_exact()), (sp.sqrt(A) * sp.sqrt(B) - P) / (2 * B) * excess)


CLAIMS = (
    Claim(
        id="our.sampler.euler.step",
        says="Euler steps of the PF-ODE (DDIM): lam~ = sigma_1^2 prod_i [psi_i + (1 - psi_i) sigma_{i+1}/sigma_i]^2",
        reading="one step",
        where=WHERE,
        source="ours",
        relation=euler(psi + (1 - psi) * sigma_next / sigma1),
        domain=domain_of((psi, sigma1, sigma_next)),
        assumes=SAMPLER,
        derived_in="samplers: Euler",
        checks=(*EXACT, Ode(measure=measured.euler_factor, box=ANY)),
        slips=(euler(psi + (1 - psi) * sigma1 / sigma_next), euler(1 - psi + psi * sigma_next / sigma1)),
    ),
    Claim(
        id="our.sampler.euler.best",
        says="at psi* the factor is P/A, A = lam + sigma_i^2, P = lam + sigma_i sigma_{i+1}",
        where=WHERE,
        source="ours",
        relation=Identity(euler_step(best_slope(sigma1)), (lam + sigma1 * sigma_next) / (lam + sigma1**2)),
        domain=STEP,
        assumes=BEST,
        derived_in="samplers: best Euler",
        checks=(*EXACT, Ode(measure=measured.best_euler_factor, box=MODE)),
    ),
    Claim(
        id="our.sampler.heun.step",
        says="f = (1 - psi)/sigma, h = sigma_{i+1} - sigma_i: factor 1 + (h/2)(f_i + f_{i+1}) + (h^2/2) f_i f_{i+1}",
        where=WHERE,
        source="ours",
        relation=heun(1 + h / 2 * (first + second) + h**2 / 2 * first * second),
        domain=INNER,
        assumes=SAMPLER,
        derived_in="samplers: Heun",
        checks=(*EXACT, Ode(measure=measured.heun_factor, box=PAIR)),
        slips=(heun(1 + h / 2 * (first + second)), heun(1 + h / 2 * (first + second) + h**2 * first * second)),
    ),
    Claim(
        id="our.sampler.heun.best",
        says="at psi*: (P + lam h^2/(2 B))/A, B = lam + sigma_{i+1}^2",
        where=WHERE,
        source="ours",
        relation=Identity(
            heun_step(best_slope(sigma1), best_slope(sigma_next)),
            (lam + sigma1 * sigma_next + lam * h**2 / (2 * (lam + sigma_next**2))) / (lam + sigma1**2),
        ),
        domain=STEP,
        assumes=BEST,
        derived_in="samplers: best Heun",
        checks=(*EXACT, Ode(measure=measured.best_heun_factor, box=MODE)),
    ),
    Claim(
        id="our.sampler.heun.gap",
        says="A B - P^2 = lam h^2",
        where=WHERE,
        source="ours",
        relation=Identity(A * B - P**2, lam * h**2),
        domain=STEP,
        assumes=BEST,
        derived_in="samplers: gap",
        checks=EXACT,
    ),
    Claim(
        id="our.sampler.bracket.order",
        says="at psi*, lam > 0, every decreasing grid (also ending at 0): Euler <= exact <= Heun for the generated variance",
        reading="for the factor of each step, all positive, so for their squares and products: 0 < P/A, (P/A)^2 <= B/A, "
        "B/A <= the square of Heun's factor",
        where=WHERE,
        source="ours",
        relation=bracket(best_euler(), best_heun()),
        domain=STEP,
        assumes=BEST,
        derived_in="samplers: gap",
        checks=EXACT,
        slips=(bracket(best_heun(), best_heun()), bracket(best_euler(), best_euler())),
        formula=False,
    ),
    Claim(
        id="our.sampler.bracket.sign",
        says="sign(Heun - exact) = sign(sqrt(A B) + P - 2 B) >= 0 per step",
        reading="A (Heun - exact) = (sqrt(A B) - P)/(2 B) times sqrt(A B) + P - 2 B; P^2 < A B by our.sampler.heun.gap",
        where=WHERE,
        source="ours",
        relation=sign(sp.sqrt(A) * sp.sqrt(B) + P - 2 * B),
        domain=STEP,
        assumes=BEST,
        derived_in="samplers: best Heun",
        checks=EXACT,
        slips=(sign(sp.sqrt(A) * sp.sqrt(B) + P - B),),
    ),
)
