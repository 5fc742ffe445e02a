"""Appendix E.1.1: the solution for orthogonal mode vectors, the score estimator and its loss."""

import sympy as sp

from numerics import layers as measured
from theory.centred import DATA
from theory.domain import domain_of
from theory.matrices import Eigenvector, Expect, Symmetric, norm2
from theory.one_layer import eta, lam, optimum, sigma, tau, y
from theory.regression import W_opt, d, u, unit, x0, z
from theory.relation import Both, Identity, MatrixIdentity, Relation, Solves
from theory.two_layer import PPT, STARTED, w, weight, weight_entire
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import (
    CENTRED,
    ODE_SCORE,
    ODE_WEIGHT,
    SETTING,
    TRAINED,
    Q,
    logistic,
)

E = sp.exp(-8 * eta * lam * tau)
W, x = sp.MatrixSymbol("W", d, d), sp.MatrixSymbol("x", d, 1)
noisy = x0 + sigma * z


def scaling(factor: sp.Expr) -> Solves:
    """Return that an orthogonal mode vector is its initial value times `factor`."""
    rate = 4 * eta * (lam - (lam + sigma**2) * Q * y**2) * y
    return Solves(solution=factor, var=tau, unknown=y, rate=rate, at=sp.S.Zero, start=sp.S.One)


def squared_length(relation: Relation) -> sp.Expr:
    """Return the weight that the factor of a mode vector gives."""
    return Q * relation.formula**2


def printed_score(speed: sp.Expr) -> sp.Expr:
    """Return sigma^-4 lam^2/(lam + sigma^2) [(w* - Q) e/((w* - Q) e + Q)]^2 with e = exp(-speed tau)."""
    left = (optimum(sigma) - Q) * sp.exp(-speed * tau)
    return sigma**-4 * lam**2 / (lam + sigma**2) * (left / (left + Q)) ** 2


CLAIMS = (
    Claim(
        id="wp.E.1.logistic",
        says=(
            "w_k = |q_k|^2: dw_k/dtau = 8 eta w_k (lam_k - (lam_k + sigma^2) w_k), w_k(tau) = w_k* Q_k/((w_k* - Q_k) "
            "e^{-8 eta lam_k tau} + Q_k); this ODE has close-form solution"
        ),
        where="[247]-[255]",
        source="reconstructed",
        relation=logistic(optimum(sigma) * Q / ((optimum(sigma) - Q) * E + Q)),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=(KERNEL, ODE_WEIGHT),
        slips=(logistic(optimum(sigma) * Q / ((optimum(sigma) - Q) * E**2 + Q)),),
    ),
    Claim(
        id="wp.E.1.vec",
        says="q_k(tau) = q_k(0) sqrt(w_k(tau)/Q_k)",
        reading="the factor y of q_k(0) obeys dy/dtau = 4 eta (lam - (lam + sigma^2) Q y^2) y from 1, |q_k(0)|^2 = Q",
        where="[256]-[259]",
        source="reconstructed",
        relation=scaling(sp.sqrt(weight_entire(sigma) / Q)),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=(*EXACT, Ode(measure=measured.weight, box=TRAINED, formula=squared_length)),
        slips=(scaling(weight_entire(sigma) / Q), scaling(sp.sqrt(weight_entire(sigma)))),
    ),
    Claim(
        id="wp.E.1.estimator",
        says="s(x) = sigma^-2 (W - I) x = sigma^-2 sum_k (w_k(tau) - 1) u_k u_k^T x",
        reading="s = (D - x)/sigma^2 of D = W x; the coordinate along an eigenvector u_k of W with eigenvalue w_k",
        where="[260]-[268]",
        source="reconstructed",
        relation=Both(
            (
                MatrixIdentity((W * x - x) / sigma**2, sigma**-2 * (W - unit) * x),
                MatrixIdentity(
                    u.T * (W * x - x) / sigma**2, sigma**-2 * (w - 1) * u.T * x, (Symmetric(W), Eigenvector(u, W, w))
                ),
            )
        ),
        domain=domain_of((sigma, w)),
        assumes=SETTING,
        checks=EXACT,
    ),
    Claim(
        id="wp.E.1.score",
        says=(
            "E|s - s*|^2 = sigma^-4 sum_k lam_k^2/(lam_k + sigma^2) [(w_k* - Q_k) e^{-8 eta lam_k tau}/((w_k* - Q_k) "
            "e^{-8 eta lam_k tau} + Q_k)]^2"
        ),
        reading="the share of one mode: u_k.(s - s*) = sigma^-2 (w_k - w_k*) u_k.x with E(u_k.x)^2 = lam_k + sigma^2",
        where="[269]-[282]",
        source="reconstructed",
        relation=Identity(
            sigma**-4 * (weight(sigma) - optimum(sigma)) ** 2 * (lam + sigma**2), printed_score(8 * eta * lam)
        ),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=(*EXACT, ODE_SCORE),
    ),
    Claim(
        id="wp.E.1.loss",
        says="L = sigma^2 sum_k w_k* + sigma^4 E|s - s*|^2",
        reading="for every P: s = (P P^T x - x)/sigma^2, s* = (W* x - x)/sigma^2 and x = x0 + sigma z",
        where="[283]",
        source="reconstructed",
        relation=MatrixIdentity(
            Expect(norm2(PPT * noisy - x0)),
            sigma**2 * sp.Trace(W_opt) + sigma**4 * Expect(norm2((PPT * noisy - W_opt * noisy) / sigma**2)),
            DATA,
        ),
        domain=domain_of((sigma,)),
        assumes=(CENTRED,),
        derived_in="regression: completed square",
        checks=EXACT,
    ),
)
