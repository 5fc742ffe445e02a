"""The noise that few samples add: a learned denoiser has the mean gains of the ideal one at a larger noise."""

import sympy as sp

from theory.domain import Domain, domain_of
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
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
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

lam2_0, lam2_1, gamma_0, gamma_1 = symbols("lam2_0 lam2_1 gamma_0 gamma_1")
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


def general(k: sp.Expr) -> sp.Expr:
    """Return s/k for data with two variances: 1 - (1/n) tr Sigma (Sigma + k)^-1, gamma_i the shares over n."""
    return 1 - gamma_0 * lam2_0 / (lam2_0 + k) - gamma_1 * lam2_1 / (lam2_1 + k)


CLAIMS = (
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
        slips=tuple(
            Identity(effective_noise() - gamma * b * effective_noise() / (effective_noise() + b), wrong)
            for wrong in (gamma * s, s + b, s * (1 + gamma), s + gamma * b)
        ),
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
