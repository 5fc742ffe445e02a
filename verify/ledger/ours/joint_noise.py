"""Noise draws and samples: what averaging over noise leaves, what more draws are worth, and the noise that few samples add."""

import sympy as sp

from numerics import sample_scenes
from numerics.sample_laws import replica_gap
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Eigenvector, Expect, Inv, Orthogonal, PositiveSemidefinite, Rule, norm2
from theory.observable import Mean
from theory.regression import DATA, NOISE, PSD, Sigma, W, d, lam, mu, sigma, u, unit, x0, z
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Stationary, Within
from theory.sample_covariance import (
    NOISY,
    alpha,
    b,
    effective_noise,
    gamma,
    k,
    own_noise,
    s,
    transform,
)
from theory.spiked import overlap_squared
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.enclosure import Enclosure
from verify.checks.every_size import AtEverySize
from verify.checks.matrices import Matrices, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

n, m, lam2, lam2_0, lam2_1, gamma_0, gamma_1 = symbols("n_data draws lam_sq lam2_0 lam2_1 gamma_0 gamma_1")
X, E, Q = sp.MatrixSymbol("X", d, n), sp.MatrixSymbol("E", d, n), sp.MatrixSymbol("Q", n, n)
A = sp.MatrixSymbol("A", d, d)
SECOND = (Rule(A, Sigma + mu * mu.T), PositiveSemidefinite(A))
WHERE = "denoisers learned from samples"
LIMIT = (
    "samples of covariance Sigma, of variance b but for finitely many directions, noise averaged out",
    "regime (L): d and n grow, d/n -> gamma; u^T (Sigma_hat - z)^-1 u tends to its deterministic equivalent",
)
ZERO = sp.S.Zero
COVER = Enclosure(boxes=2_000, samples=15)
BACKGROUND = domain_of((b, gamma, k)).where(k + b > gamma * b)


def bracketed(ratio: str, low: str, high: str) -> Both:
    """Return that the effective noise at b = 1, s = 1/10 and gamma = `ratio` is between two decimals."""
    found = effective_noise().xreplace({b: sp.S.One, s: sp.Rational(1, 10), gamma: sp.Rational(ratio)})
    return Both((Inequality(found, ">", sp.Rational(low)), Inequality(found, "<", sp.Rational(high))))


def same_mean(gap: sp.Expr) -> Identity:
    """Return that the two means differ by `gap`."""
    difference = r"\langle u_0^t, u_0\rangle^2_{n,m} - \langle u_0^t, u_0\rangle^2_{nm,1}"
    return Identity(Mean(difference, d, n, m, lam2_0, lam2_1, s), gap)


def general(k: sp.Expr) -> sp.Expr:
    """Return s/k for data with two variances: 1 - (1/n) tr Sigma (Sigma + k)^-1, gamma_i the shares over n."""
    return 1 - gamma_0 * lam2_0 / (lam2_0 + k) - gamma_1 * lam2_1 / (lam2_1 + k)


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
    Claim(
        id="our.joint.effective_noise",
        says="u_i^T Sigma_hat (Sigma_hat + s)^-1 u_i -> alpha_i/(alpha_i + k), k = s + gamma b k/(k + b)",
        reading="s (Sigma_hat + s)^-1 along u is minus s times the transform at M = -k, where z = -s",
        where=WHERE,
        source="ours",
        relation=Identity(1 - own_noise(k) * transform(-k, alpha), alpha / (alpha + k)),
        domain=domain_of((alpha, b, gamma, k)).where(k + b > gamma * b),
        assumes=LIMIT,
        derived_in="sample covariance: gain",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.effective_noise.root",
        says="k = (s + gamma b - b + sqrt((s + gamma b - b)^2 + 4 b s))/2",
        reading="the only positive solution of k = s + gamma b k/(k + b), that is of k^2 + (b - s - gamma b) k - b s = 0, whose "
        "roots have a negative product",
        where=WHERE,
        source="ours",
        relation=Identity(effective_noise() - gamma * b * effective_noise() / (effective_noise() + b), s),
        domain=NOISY,
        assumes=LIMIT,
        derived_in="sample covariance: effective noise",
        checks=EXACT,
    ),
    Claim(
        id="our.joint.effective_noise.larger",
        says="k > s: a trained denoiser acts in mean like the ideal one at a larger noise",
        reading="s < k < s + gamma b, and k increases with the noise and with d/n",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Inequality(gamma * b * k / (k + b), ">", ZERO),
                Inequality(gamma * b * k / (k + b), "<", gamma * b),
                Monotone(expr=gamma * b * k / (k + b), var=gamma, op=">"),
                Within(Inequality(k * sp.Derivative(own_noise(k), k), ">", own_noise(k)), BACKGROUND),
            )
        ),
        domain=domain_of((b, gamma, k)),
        assumes=LIMIT,
        derived_in="sample covariance: effective noise",
        checks=(KERNEL,),
        slips=(
            Inequality(gamma * b * k / (k + b), "<", ZERO),
            Inequality(gamma * b * k / (k + b), "<", b),
            Inequality(gamma * b * k / (k + b), "<", gamma * b / 2),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.effective_noise.general",
        says="general Sigma: k = s + k/n tr Sigma (Sigma + k)^-1",
        reading="Sigma of two variances, gamma_i = (number of directions)/n: s/k rises with k, to 1, so that there is one k "
        "> 0; with one variance it is the equation above",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                Monotone(expr=general(k), var=k, op=">"),
                LimitIs(expr=general(k), var=k, point=sp.oo, value=sp.S.One),
                LimitIs(expr=general(k), var=k, point=ZERO, value=1 - gamma_0 - gamma_1),
                Identity(
                    (k * general(k)).xreplace({lam2_0: b, lam2_1: b}),
                    own_noise(k).xreplace({gamma: gamma_0 + gamma_1}),
                ),
            )
        ),
        domain=domain_of((lam2_0, lam2_1, gamma_0, gamma_1, b, k)),
        assumes=LIMIT[1:],
        derived_in="sample covariance: effective noise",
        checks=(KERNEL,),
        slips=(
            Monotone(expr=general(k), var=k, op="<"),
            LimitIs(expr=general(k), var=k, point=sp.oo, value=ZERO),
            LimitIs(expr=general(k), var=k, point=ZERO, value=1 - gamma_0),
        ),
        formula=False,
    ),
    Claim(
        id="our.joint.effective_noise.ends",
        says="k/s -> 1 as the noise grows, k -> b (gamma - 1) for gamma > 1 and k/s -> 1/(1 - gamma) for gamma < 1 as it vanishes",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                LimitIs(expr=effective_noise() - s, var=s, point=sp.oo, value=gamma * b),
                Within(
                    LimitIs(expr=effective_noise(), var=s, point=ZERO, value=b * (gamma - 1)), NOISY.where(gamma > 1)
                ),
                Within(
                    LimitIs(expr=effective_noise() / s, var=s, point=ZERO, value=1 / (1 - gamma)),
                    NOISY.where(gamma < 1),
                ),
            )
        ),
        domain=NOISY,
        assumes=LIMIT,
        derived_in="sample covariance: effective noise",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.joint.effective_noise.certified",
        says="at b = 1 and s = 0.1 the effective noise is 0.128 for n = 4 d, 0.370 for n = d and 3.13 for n = d/4",
        where=WHERE,
        source="ours",
        relation=Both(
            (
                bracketed("1/4", "0.1284", "0.1285"),
                bracketed("1", "0.3701", "0.3702"),
                bracketed("4", "3.1319", "3.1320"),
            )
        ),
        domain=Domain(()),
        assumes=LIMIT,
        derived_in="sample covariance: effective noise",
        checks=(COVER,),
        slips=(
            bracketed("1", "0.1", "0.2"),
            bracketed("1/4", "0.1333", "0.1334"),
            bracketed("4", "3", "3.1"),
        ),
        formula=False,
    ),
)
