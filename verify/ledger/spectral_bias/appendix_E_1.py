"""Appendix E.1: two symmetric layers, gradient, fixed points and overlaps in matrices of any size."""

import sympy as sp

from numerics.layers import scenes
from theory.domain import domain_of
from theory.matrices import Commute, Grad, PositiveSemidefinite, Rate, Symmetric
from theory.one_layer import eta, lam, sigma, tau, y
from theory.overlaps import ONE, PAIR, TWO, VECTOR, narrow_rate, overlap, overlap_rate, vector_rate
from theory.regression import PSD, M, Sigma, W, d, gradient_b, gradient_W, mu, u, unit
from theory.relation import Both, Identity, Inequality, MatrixIdentity
from theory.two_layer import ALIGNED as BASES
from theory.two_layer import PPT, D, Lam, P, R, aligned_rate, loss
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_5_1 import CENTRED, FLOW

ZERO = sp.S.Zero
SADDLES = (
    "stationary: q_k.q_m = 0 (k != m), |q_k|^2 in {0, lam_k/(lam_k + sigma^2)}; this is different from the one-layer "
    "case where there is no saddle points, here we got a bunch of zero solution as saddle points"
)
STAY = "when all the overlaps are initialized as zero, they will stay at zero"
in_full = (
    -4 * Sigma + 2 * (PPT * M + M * PPT) + gradient_b.xreplace({W: PPT}) * mu.T + mu * gradient_b.xreplace({W: PPT}).T
) * P
at_P = gradient_W.xreplace({W: PPT})
S = sp.MatrixSymbol("S", d, d)
chosen = 2 * (S * M + M * S) - 4 * Sigma  # the gradient in P is this times P, for W = S
shared = sp.sqrt(lam / (lam + sigma**2) / 2)  # each of two mode vectors at width one
AT_S = (PositiveSemidefinite(Sigma), Symmetric(S), Commute(S, Sigma))

CLAIMS = (
    Claim(
        id="wp.E.1.grad.chain",
        says="W = P P^T: grad_P L = (G + G^T) P, G = grad_W L",
        where="E.1 [217]-[221]",
        source="reconstructed",
        relation=MatrixIdentity(Grad(loss, P), (at_P + at_P.T) * P, (PSD,)),
        domain=domain_of((sigma,)),
        derived_in="two layers: gradient",
        checks=EXACT,
    ),
    Claim(
        id="wp.E.1.grad.full",
        says=(
            "grad_P L = [-4 Sigma + 2 (W (Sigma + sigma^2 I) + (Sigma + sigma^2 I) W) + grad_b L mu^T + mu grad_b L^T] "
            "P, grad_b L = 2 (b - (I - W) mu)"
        ),
        where="E.1 [222]-[226]",
        source="reconstructed",
        relation=MatrixIdentity(Grad(loss, P), in_full, (PSD,)),
        domain=domain_of((sigma,)),
        derived_in="two layers: gradient",
        checks=(*EXACT, Matrices(scene=scenes.gradient_in_P)),
        slips=(MatrixIdentity(Grad(loss, P), in_full.xreplace({mu: sp.ZeroMatrix(d, 1)}).doit(), (PSD,)),),
    ),
    Claim(
        id="wp.E.1.q",
        says="dq_k/dtau = 4 eta lam_k q_k - 2 eta sum_m (lam_k + lam_m + 2 sigma^2) (q_m.q_k) q_m",
        reading="q_k = P^T u_k; the sum over all modes is P^T ((lam_k + 2 sigma^2) I + Sigma) P q_k",
        where="[227]-[232]",
        source="reconstructed",
        relation=MatrixIdentity(Rate(P.T * u, tau), vector_rate(), ONE),
        domain=VECTOR,
        assumes=FLOW,
        derived_in="overlaps: mode vector",
        checks=(*EXACT, Matrices(scene=scenes.vector_speed)),
    ),
    Claim(
        id="wp.E.1.fixed.sufficient",
        says=SADDLES,
        reading=(
            "such points are stationary: for W = P P^T = U diag(w_k) U^T the length of a mode vector has the rate 4 "
            "eta (lam_k - (lam_k + sigma^2) w_k), which vanishes with its factor at w_k = 0 and at w_k = lam_k/(lam_k "
            "+ sigma^2)"
        ),
        where="[233], [234]",
        source="as printed",
        relation=MatrixIdentity(aligned_rate(), 4 * eta * R * D * (Lam - (Lam + sigma**2 * unit) * D * D), BASES),
        domain=domain_of((sigma, eta)),
        assumes=(CENTRED,),
        derived_in="two layers: mode vectors",
        checks=EXACT,
    ),
    Claim(
        id="wp.E.1.fixed.saddle",
        says=SADDLES,
        reading=(
            "the zero solution of a mode with lam_k > 0 is not a minimum: the loss (1 - w)^2 lam + w^2 sigma^2 of the "
            "mode, w = y^2, has a negative second derivative at y = 0"
        ),
        where="[233], [234]",
        source="as printed",
        relation=Inequality(sp.diff((1 - y**2) ** 2 * lam + y**4 * sigma**2, y, 2).xreplace({y: ZERO}), "<", ZERO),
        domain=domain_of((lam, sigma)).where(lam > 0),
        assumes=(CENTRED,),
        derived_in="two layers: mode",
        checks=EXACT,
        slips=(Inequality(lam, "<", ZERO),),
        formula=False,
    ),
    Claim(
        id="wp.E.1.fixed.necessary",
        says=SADDLES,
        reading=(
            "every stationary P has mutually orthogonal q_k in every eigenbasis, also where eigenvalues coincide: for "
            "two modes of equal variance lam, width one and q_1 = q_2 = y with 2 y^2 = lam/(lam + sigma^2), which is "
            "stationary, q_1.q_2 = y^2 is 0"
        ),
        where="[233], [234]",
        source="as printed",
        relation=Both(
            (
                Identity(narrow_rate(lam, shared, lam, shared), ZERO),
                Identity(shared**2, ZERO),
            )
        ),
        domain=domain_of((lam, sigma, eta)),
        assumes=(CENTRED,),
        checks=EXACT,
        corrected_by="our.two_layer.fixed_points.commute",
        formula=False,
    ),
    Claim(
        id="wp.E.1.overlap.rate",
        says=("do_km/dtau = 4 eta (lam_k + lam_m) o_km - 2 eta sum_n (lam_k + lam_m + 2 lam_n + 4 sigma^2) o_kn o_nm"),
        reading="o_km = q_k.q_m; the sum over all modes is u_k^T W ((lam_k + lam_m + 4 sigma^2) I + 2 Sigma) W u_m",
        where="[235]-[240]",
        source="reconstructed",
        relation=MatrixIdentity(Rate(overlap, tau), overlap_rate(), TWO),
        domain=PAIR,
        assumes=FLOW,
        derived_in="overlaps: overlap",
        checks=(*EXACT, Matrices(scene=scenes.overlap_speed)),
    ),
    Claim(
        id="wp.E.1.overlap.stay",
        says=STAY,
        reading=(
            "the symmetric weights that commute with Sigma are invariant: there dW/dtau = 8 eta (Sigma W - M W^2), "
            "which commutes with Sigma"
        ),
        where="[240]",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(-eta * (chosen * S + S * chosen), 8 * eta * (Sigma * S - M * S * S), AT_S),
                MatrixIdentity(Sigma * (Sigma * S - M * S * S), (Sigma * S - M * S * S) * Sigma, AT_S),
            )
        ),
        domain=domain_of((sigma, eta)),
        assumes=FLOW,
        derived_in="two layers: gradient",
        checks=EXACT,
        slips=(MatrixIdentity(Sigma * (chosen * S + S * chosen), (chosen * S + S * chosen) * Sigma, AT_S[:2]),),
    ),
    Claim(
        id="wp.E.1.orth",
        says=(
            "dq_k/dtau = 4 eta (lam_k - (lam_k + sigma^2) |q_k|^2) q_k; it can only move by scaling the initial value"
        ),
        reading="the mode vectors q_k of P = U D R^T are the columns of P^T U = R D, mutually orthogonal",
        where="E.1.1 [241]-[246]",
        source="reconstructed",
        relation=MatrixIdentity(aligned_rate(), 4 * eta * R * D * (Lam - (Lam + sigma**2 * unit) * D * D), BASES),
        domain=domain_of((sigma, eta)),
        assumes=(*FLOW, "orthogonal initialisation q_k.q_m = 0"),
        derived_in="two layers: mode vectors",
        checks=(*EXACT, Matrices(scene=scenes.aligned_speed)),
    ),
)
