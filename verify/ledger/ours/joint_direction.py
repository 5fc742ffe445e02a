"""The variance that is generated along the true direction of a component learned from few samples."""

import sympy as sp

from numerics.noisy_components import sample_laws as simulated
from theory.domain import domain_of
from theory.observable import Mean
from theory.one_layer import final_variance, sigma0, sigmaT
from theory.one_layer import lam as eigenvalue
from theory.relation import Both, Identity, LimitIs, Within
from theory.sample_covariance import (
    POPULATION,
    M,
    alpha,
    averaged,
    b,
    ell,
    gamma,
    place,
    transform,
    variance,
)
from theory.sample_training import SAMPLED, a, log_entire, second_order, spread, x
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.joint_emergence import LIMIT, WHERE

(d,) = symbols("d")
LAW = (
    "u_i^T phi_a(Sigma_hat) u_i -> the integral of phi_a over nu_i, whose transform is -1/(z (1 + alpha_i m)), z = -1/m + "
    "gamma b/(1 + b m), alpha_i = b + lam_i^2"
)
ZERO, ONE = sp.S.Zero, sp.S.One
FAR = domain_of((alpha, b, gamma, M)).where(b < M, alpha < M)
SAMPLER = {"ell_b": (3.0,), "sigma0": (0.05,), "sigmaT": (10.0,)}
RICH = cells(gamma=(0.5,), a=(0.3,), **SAMPLER)
SPARSE = cells(gamma=(2.0,), a=(2.0,), **SAMPLER)
UNIT = {b: ONE}
generated = Mean(r"u^\top \varphi_a(\hat\Sigma) u", d, gamma, ell, a, sigma0, sigmaT)


def far(expr: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that `expr` tends to `value` far from the spectrum."""
    return LimitIs(expr=expr, var=M, point=sp.oo, value=value)


def phi(x_hat: sp.Expr) -> sp.Expr:
    """Return phi_a at an eigenvalue."""
    return sp.exp(log_entire()).xreplace({x: x_hat})


mass = -place(M) * transform(M, alpha)
mean = place(M) * (mass - 1)
square = place(M) * (mean - alpha)

CLAIMS = (
    Claim(
        id="our.joint.true_direction.transform",
        says=LAW,
        reading="M = -1/m: nu_i has the mass 1, the mean alpha_i and the variance gamma b alpha_i",
        where=WHERE,
        source="ours",
        relation=Both((far(mass, ONE), far(mean, alpha), far(square - alpha**2, gamma * b * alpha))),
        domain=FAR,
        assumes=LIMIT,
        derived_in="sample covariance: second moment",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.true_direction.zeros",
        says=LAW,
        reading="with fewer samples than dimensions nu_i has the share (gamma - 1)/(gamma + ell_i) at 0",
        where=WHERE,
        source="ours",
        relation=Identity(
            -(place(M) * transform(M, variance())).xreplace({M: b * (1 - gamma)}), (gamma - 1) / (gamma + ell)
        ),
        domain=POPULATION.where(gamma > 1),
        assumes=LIMIT,
        derived_in="sample covariance: zeros",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.true_direction.late",
        says="as a -> infinity, S -> infinity and s_0 -> 0 the value tends to alpha_i (no bias)",
        reading="phi_a(x) tends to S (x + s_0)/(x + S) and that to x; the mean of nu_i is alpha_i",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Within(
                    LimitIs(
                        expr=log_entire(), var=a, point=sp.oo, value=sp.log(final_variance()).xreplace({eigenvalue: x})
                    ),
                    SAMPLED,
                ),
                Within(
                    LimitIs(
                        expr=final_variance().xreplace({eigenvalue: x}), var=sigmaT, point=sp.oo, value=x + sigma0**2
                    ),
                    SAMPLED,
                ),
                Within(far(mean, alpha), FAR),
            )
        ),
        domain=FAR,
        assumes=LIMIT,
        derived_in="sample covariance: mean",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.true_direction.early",
        says="at small a it differs from phi_a(alpha_i)",
        reading="phi_a(x)/s_0 = 1 + a x Lam + a^2/2 (x^2 (Lam^2 - Lam) - x (S - s_0)) + O(a^3), Lam = ln(S/s_0): the mean "
        "over nu_i exceeds the value at alpha_i by s_0 a^2/2 (Lam^2 - Lam) times the variance gamma b alpha_i, above it "
        "for Lam > 1",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(
                    expr=(sp.exp(log_entire()) / sigma0**2 - 1 - a * x * spread()) / a**2,
                    var=a,
                    point=ZERO,
                    value=(x**2 * (spread() ** 2 - spread()) - x * (sigmaT**2 - sigma0**2)) / 2,
                ),
                Identity(sp.Derivative(second_order(), (x, 2)), spread() ** 2 - spread()),
            )
        ),
        domain=SAMPLED,
        assumes=LIMIT,
        derived_in="sample training: curvature",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.true_direction.generated",
        says=LAW,
        reading="outlier, bulk b (1 + gamma + 2 sqrt(gamma) v) with -1 < v < 1, and zeros, at b = 1; by simulation",
        where=WHERE,
        source="ours",
        relation=LimitIs(expr=generated, var=d, point=sp.oo, value=averaged(phi).xreplace(UNIT)),
        domain=domain_of((d, gamma, ell, a, sigma0, sigmaT)),
        assumes=LIMIT,
        derived_in="sample covariance: measure",
        checks=(
            InTheLimit(
                sample=simulated.direction_variance,
                cells=SPARSE + RICH,
                points=(12, 24, 48),
                trials=(3200, 2400, 1600),
                margin=0.05,
            ),
        ),
    ),
)
