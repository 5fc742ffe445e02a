"""Our own statements on what a trained linear denoiser generates: corrections of section 4.3, and its two levels."""

import sympy as sp

from numerics.scenes import sampling as measured
from theory.matrices import Rate
from theory.one_layer import SAMPLED, final_variance, lam, later, sampled, sigma0, sigmaT, tau, variance, weight
from theory.regression import b as bias
from theory.regression import mu, sigma, unit
from theory.relation import Both, Identity, LimitIs, MatrixIdentity
from theory.sampling import LEVELS, MODE, L, psi, transition
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL, ODE_VARIANCE
from verify.ledger.spectral_bias.lanes_4_3 import ODE_TRANSITION
from verify.ledger.spectral_bias.section_4_3 import UNBIASED, square, transition_factor, transition_matrix
from verify.ledger.spectral_bias.section_4_3_modes import (
    Q1,
    Q2,
    TWO_MODES,
    D,
    U,
    gradient_at_aligned,
    log_ratio,
)

BASIS = U.T * (bias - (unit - U * D * U.T) * mu) * mu.T * U

CLAIMS = (
    Claim(
        id="our.sampling.transition",
        says="for commuting weights A(sigma_0, sigma_T) = exp[int_{sigma_0}^{sigma_T} (W_s - I)/s ds]",
        where="corrects Lemma 4.1 of the spectral-bias paper",
        source="ours",
        relation=transition_matrix(L),
        domain=LEVELS,
        assumes=("linear denoiser", "weights at all noise levels commute"),
        derived_in="sampling: transition",
        checks=(*EXACT, Matrices(scene=measured.commuting)),
    ),
    Claim(
        id="our.sampling.transition_mode",
        says="along a mode of the one-layer denoiser the sampler multiplies by Phi(sigma_0)/Phi(sigma_T)",
        where="corrects Lemma 4.1 of the spectral-bias paper",
        source="ours",
        relation=transition_factor(transition()),
        domain=later(SAMPLED),
        assumes=("zero-mean data", "aligned initialisation"),
        derived_in="sampling: one-layer transition",
        checks=(*EXACT, ODE_TRANSITION),
    ),
    Claim(
        id="our.sampling.rate",
        says="the variance along a common eigenvector changes at the logarithmic rate 2 (psi - 1)/sigma per decrease "
        "of sigma: twice that of the coordinate",
        where="corrects section 4.3 of the spectral-bias paper, after Lemma 4.1",
        source="ours",
        relation=MatrixIdentity(-Rate(square, sigma), 2 * (psi - 1) / sigma * square, UNBIASED),
        domain=MODE,
        assumes=("linear denoiser", "a common eigenvector of the weights, to which the bias is orthogonal"),
        checks=EXACT,
    ),
    Claim(
        id="our.sampling.variance",
        says="the variance at sigma_0 is sigma_T^2 exp[2 int_{sigma_0}^{sigma_T} (psi - 1)/s ds]",
        where="corrects section 4.3 of the spectral-bias paper, after Lemma 4.1",
        source="ours",
        reading="for the weights of the one-layer denoiser",
        relation=sampled(sigmaT**2 * transition() ** 2, weight(sigma0)),
        domain=later(SAMPLED),
        assumes=("zero-mean data", "aligned initialisation"),
        derived_in="sampling: one-layer variance",
        checks=(*EXACT, ODE_VARIANCE),
    ),
    Claim(
        id="our.sampling.alignment",
        says="at an aligned weight W = U D U^T the gradient in W is, in the eigenbasis of the data, diagonal but for "
        "the matrix 2 U^T (b - (I - W) mu) mu^T U of rank one",
        where="corrects section 4.3 (ii) of the spectral-bias paper for data with a mean",
        source="ours",
        relation=MatrixIdentity(
            gradient_at_aligned(mu).lhs, gradient_at_aligned(mu).rhs + 2 * BASIS, gradient_at_aligned(mu).given
        ),
        domain=MODE,
        derived_in="regression: gradient in W",
        checks=(*EXACT, Matrices(scene=measured.aligned_gradient_with_mean)),
    ),
    Claim(
        id="our.sampling.initial_ratio",
        says="the levels at which two modes start differ by the factor (sigma_T/sigma_0)^(2 Q_1 - 2 Q_2)",
        where="corrects section 4.3 of the spectral-bias paper",
        source="ours",
        relation=LimitIs(expr=log_ratio(), var=tau, point=sp.S.Zero, value=2 * (Q1 - Q2) * sp.log(sigmaT / sigma0)),
        domain=TWO_MODES,
        assumes=("zero-mean data", "aligned initialisation"),
        derived_in="one layer: initial level",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.sampling.final_level",
        says="the generated variance tends to sigma_T^2 (lam + sigma_0^2)/(lam + sigma_T^2), which is lam only for "
        "lam = sigma_0 sigma_T, more for smaller and less for larger lam",
        where="corrects section 4.3 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                LimitIs(expr=variance(), var=tau, point=sp.oo, value=final_variance()),
                Identity(final_variance() - lam, (sigma0 * sigmaT - lam) * (sigma0 * sigmaT + lam) / (lam + sigmaT**2)),
            )
        ),
        domain=later(SAMPLED),
        assumes=("zero-mean data", "aligned initialisation"),
        derived_in="one layer: final level",
        checks=(KERNEL,),
    ),
)
