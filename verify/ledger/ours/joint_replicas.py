"""Noise draws: what averaging over them leaves, and what more of them for each sample are worth."""

import sympy as sp

from numerics.noisy_components import sample_scenes
from numerics.noisy_components.sample_laws import replica_gap
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Eigenvector, Expect, Inv, Orthogonal, PositiveSemidefinite, Rule, norm2
from theory.observable import Mean
from theory.regression import DATA, NOISE, PSD, Sigma, W, d, lam, mu, sigma, u, unit, x0, z
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Monotone, Stationary
from theory.sample_covariance import (
    gamma,
    s,
)
from theory.spiked import overlap_squared
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.every_size import AtEverySize
from verify.checks.matrices import Matrices, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

n, m, lam2, lam2_0, lam2_1 = symbols("n_data draws lam_sq lam2_0 lam2_1")
X, E, Q = sp.MatrixSymbol("X", d, n), sp.MatrixSymbol("E", d, n), sp.MatrixSymbol("Q", n, n)
A = sp.MatrixSymbol("A", d, d)
SECOND = (Rule(A, Sigma + mu * mu.T), PositiveSemidefinite(A))
WHERE = "denoisers learned from samples"
ZERO = sp.S.Zero


def same_mean(gap: sp.Expr) -> Identity:
    """Return that the two means differ by `gap`."""
    difference = r"\langle u_0^t, u_0\rangle^2_{n,m} - \langle u_0^t, u_0\rangle^2_{nm,1}"
    return Identity(Mean(difference, d, n, m, lam2_0, lam2_1, s), gap)


CLAIMS = (
    Claim(
        id="our.joint.averaged_noise",
        says="the minimiser of (1/n) sum_j E_z |x_j - W (x_j + sqrt(s) z)|^2 is Sigma_hat_0 (Sigma_hat_0 + s I)^-1, "
        "Sigma_hat_0 = X_0 X_0^T/n",
        reading="x_0 is one of the n samples, each as likely, with mean mu and covariance Sigma: A = X_0 X_0^T/n = Sigma + mu mu^T",
        where=WHERE,
        source="ours",
        relation=Stationary(
            scalar=Expect(norm2(W * (x0 + sigma * z) - x0)),
            letters=(W,),
            at=sp.Tuple(A * Inv(A + sigma**2 * unit)),
            given=(*DATA, *SECOND),
        ),
        domain=NOISE,
        derived_in="regression: two moments",
        checks=(*EXACT, Matrices(scene=sample_scenes.averaged, formula=point_of)),
    ),
    Claim(
        id="our.joint.averaged_noise.basis",
        says="its eigenvectors do not depend on s",
        reading="an eigenvector of X_0 X_0^T/n is one of the minimiser at every noise level, with the eigenvalue lam/(lam + s)",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(
            Sigma * Inv(Sigma + sigma**2 * unit) * u, lam / (lam + sigma**2) * u, (PSD, Eigenvector(u, Sigma, lam))
        ),
        domain=domain_of((sigma, lam)),
        derived_in="shrinkage: mode",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.replicas.turned",
        says="with m independent noise draws per sample, the law of (U_t)_t equals that of a chain on n' = n m samples with "
        "the same lam_i, u_i",
        reading="X_0 x 1_m^T/sqrt(n m) has the singular values lam_i, the left singular vectors u_i, and other right ones; an "
        "orthogonal Q that carries these into any others changes neither X_t X_t^T nor the law of the noise",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity((X * Q + E * Q) * (X * Q + E * Q).T, (X + E) * (X + E).T, (Orthogonal(Q),)),
        domain=Domain(()),
        checks=EXACT,
    ),
    Claim(
        id="our.joint.replicas.coupled",
        says="with m independent noise draws per sample, the law of (U_t)_t equals that of a chain on n' = n m samples with "
        "the same lam_i, u_i",
        reading="X_0 repeated m times and any X_0' of n m columns with the same lam_i sqrt(m) and u_i, noises carried into each "
        "other by an orthogonal Q: the projections on the leading components are equal",
        where=WHERE,
        source="ours",
        relation=MatrixIdentity(sp.MatrixSymbol("P_m", d, d), sp.MatrixSymbol("P_n", d, d)),
        domain=Domain(()),
        checks=(Matrices(scene=sample_scenes.replicas),),
        slips=(MatrixIdentity(sp.MatrixSymbol("P_m", d, d), sp.MatrixSymbol("P_0", d, d)),),
        formula=False,
    ),
    Claim(
        id="our.joint.replicas.simulated",
        says="with m independent noise draws per sample, the law of (U_t)_t equals that of a chain on n' = n m samples with "
        "the same lam_i, u_i",
        reading="the mean of <u_0^t, u_0>^2 is the same, at finite sizes, by simulation",
        where=WHERE,
        source="ours",
        relation=same_mean(ZERO),
        domain=domain_of((d, n, m, lam2_0, lam2_1, s)),
        checks=(
            AtEverySize(
                sample=replica_gap,
                cells=cells(d=(4.0, 8.0), n_data=(6.0,), draws=(2.0, 4.0), lam2_0=(1.0,), lam2_1=(0.5,), s=(1.0,)),
                trials=20_000,
                margin=0.02,
                relative=False,
            ),
        ),
        slips=(same_mean(sp.Rational(1, 20)), same_mean(-sp.Rational(1, 20)), same_mean(1 / (n * m))),
        formula=False,
    ),
    Claim(
        id="our.joint.replicas.limit",
        says="hence gamma -> d/(n m), and m -> infinity gives averaged_noise",
        reading="the overlap of noisy and clean components increases with m and tends to 1",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(expr=overlap_squared(s).xreplace({gamma: gamma / m}), var=m, point=sp.oo, value=sp.S.One),
                Monotone(expr=overlap_squared(s).xreplace({gamma: gamma / m}), var=m, op=">"),
            )
        ),
        domain=Domain(tuple((symbol, POSITIVE) for symbol in (lam2, s, gamma, m))),
        assumes=("regime (L)",),
        checks=(KERNEL,),
        slips=(
            LimitIs(expr=overlap_squared(s).xreplace({gamma: gamma / m}), var=m, point=sp.oo, value=overlap_squared(s)),
            Monotone(expr=overlap_squared(s).xreplace({gamma: gamma / m}), var=m, op="<"),
            Monotone(expr=overlap_squared(s).xreplace({gamma: gamma * m}), var=m, op=">"),
        ),
        formula=False,
    ),
)
