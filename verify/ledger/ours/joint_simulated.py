"""Outliers, times of emergence and effective noise at finite size, extrapolated to large dimension."""

import sympy as sp

from numerics.noisy_components import sample_laws as simulated
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import LimitIs
from theory.sample_covariance import (
    DIRECTION,
    POPULATION,
    alpha,
    b,
    effective_noise,
    ell,
    gamma,
    overlap,
    s,
)
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.ledger.ours.joint_emergence import LIMIT, WHERE

(d,) = symbols("d")
GROWING = domain_of((d,))


CLAIMS = (
    Claim(
        id="our.joint.effective_noise.simulated",
        says="u_i^T Sigma_hat (Sigma_hat + s)^-1 u_i -> alpha_i/(alpha_i + k), k = s + gamma b k/(k + b)",
        reading="by simulation, along a component and along the background, alpha = b",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=Mean(r"u^\top \hat\Sigma (\hat\Sigma + s)^{-1} u", d, alpha, b, gamma, s),
            var=d,
            point=sp.oo,
            value=alpha / (alpha + effective_noise()),
        ),
        domain=DIRECTION.joined(GROWING),
        assumes=LIMIT,
        derived_in="sample covariance: gain",
        checks=(
            InTheLimit(
                sample=simulated.averaged_gain,
                cells=cells(alpha_pop=(1.0, 3.0), b=(1.0,), gamma=(0.5, 2.0), s=(0.1, 1.0)),
                points=(12, 24, 48),
                trials=(6000, 3000, 1500),
                margin=0.02,
                relative=False,
            ),
        ),
    ),
    Claim(
        id="our.joint.finite_sample_emergence.overlap.simulated",
        says="the squared overlap of the outlier's eigenvector with u_i tends to (1 - gamma/ell_i^2)/(1 + gamma/ell_i)",
        reading="by simulation",
        where=WHERE,
        source="ours",
        relation=LimitIs(expr=Mean(r"\langle \hat u, u\rangle^2", d, ell, gamma), var=d, point=sp.oo, value=overlap()),
        domain=POPULATION.joined(GROWING),
        assumes=LIMIT,
        derived_in="sample covariance: overlap",
        checks=(
            InTheLimit(
                sample=simulated.outlier_overlap,
                cells=cells(ell_b=(8.0,), b=(1.0,), gamma=(0.5, 2.0)),
                points=(12, 24, 48),
                trials=(6000, 3000, 1500),
                margin=0.02,
                relative=False,
            ),
        ),
    ),
    Claim(
        id="our.joint.finite_sample_emergence.ratio.simulated",
        says="a*(l_i)/a*(b + lam_i^2) -> 1/(1 + gamma/ell_i)",
        reading="by simulation at s_0 = 1e-14 and S = 1e6, b = 1",
        where=WHERE,
        source="ours",
        relation=LimitIs(
            expr=Mean(r"a^*(\hat l)/a^*(b + \lambda^2)", d, ell, gamma), var=d, point=sp.oo, value=1 / (1 + gamma / ell)
        ),
        domain=POPULATION.joined(GROWING),
        assumes=LIMIT,
        derived_in="sample training: earlier",
        checks=(
            InTheLimit(
                sample=simulated.earlier,
                cells=cells(ell_b=(8.0,), gamma=(0.5, 2.0)),
                points=(12, 24, 48),
                trials=(4000, 2000, 1000),
                margin=0.03,
                relative=False,
            ),
        ),
    ),
)
