"""Filters as they are trained: one step of gradient descent on the taps of a convolution, on a line and on an image."""

from functools import partial

import sympy as sp

from numerics.networks.linear import fourier, scenes
from theory.circulant import PATCHES, M, Sigma_patch, e0, patch_loss, w
from theory.convolution import N, S, eta, gam_im, gam_re, sigma
from theory.domain import domain_of
from theory.relation import Both, Identity, MatrixIdentity
from verify.checks.network import Network
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.shared_network import CENTRED, DISCRETE, WHERE, descended
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR

SETTING = (CIRCULAR, CENTRED, DISCRETE)
STEPPED = domain_of((sigma, N, eta))
SAYS = "w_{n+1} = w_n - 2 N eta [(Sigma_patch + sigma^2 I) w_n - Sigma_patch e_0]"
READING = (
    "Sigma_patch is the covariance of the pixels under the filter, averaged over its places, e_0 the tap at the centre; "
    "data that need not be stationary"
)


def taps(after: sp.MatrixExpr) -> MatrixIdentity:
    """Return that `after` are the taps one step later."""
    return MatrixIdentity(descended(patch_loss, w), after, PATCHES)


def coefficient(re_rate: sp.Expr, im_rate: sp.Expr) -> Both:
    """Return that Re gamma and Im gamma move by -2 eta times these in one step down N times the loss of the mode."""
    mode_loss = N * ((1 - gam_re) ** 2 + gam_im**2) * S + N * (gam_re**2 + gam_im**2) * sigma**2
    re_after, im_after = (x - eta * sp.Derivative(mode_loss, x) for x in (gam_re, gam_im))
    return Both((Identity(re_after, gam_re - 2 * eta * re_rate), Identity(im_after, gam_im - 2 * eta * im_rate)))


MISSED = M * w - Sigma_patch * e0
SLIPS = (
    taps(w - N * eta * MISSED),
    taps(w - 2 * eta * MISSED),
    taps(w - 2 * N * eta * (M * w - M * e0)),
    taps(w - 2 * N * eta * (M * w - e0)),
)
taps_moved = partial(
    Claim,
    says=SAYS,
    where=WHERE,
    source="ours",
    relation=taps(w - 2 * N * eta * MISSED),
    domain=STEPPED,
    assumes=SETTING,
    derived_in="circulant: patch gradient",
    slips=SLIPS,
)

CLAIMS = (
    taps_moved(
        id="our.network.full_width",
        reading=f"a tap for each of N pixels, on a circle and on an image; {READING}",
        checks=(*EXACT, Network(scenes=(scenes.full_width_1d, scenes.full_width_2d), states=(w,))),
    ),
    Claim(
        id="our.network.full_width.mode",
        says="gamma_k -> gamma_k - 2 N eta [(S_k + sigma^2) gamma_k - S_k]",
        reading="S_k is the variance of the data along the Fourier mode k; real and imaginary part of gamma_k = sum_j w_j "
        "e^{-2 pi i j k/N}",
        where=WHERE,
        source="ours",
        relation=coefficient(N * ((S + sigma**2) * gam_re - S), N * (S + sigma**2) * gam_im),
        domain=domain_of((S, sigma, gam_re, gam_im, N, eta)),
        assumes=SETTING,
        derived_in="full-width convolution: weight",
        checks=(*EXACT, Network(scenes=(fourier.fourier_mode,), states=(gam_re, gam_im))),
        slips=(
            coefficient((S + sigma**2) * gam_re - S, (S + sigma**2) * gam_im),
            coefficient(N * ((S + sigma**2) * gam_re - S), N * ((S + sigma**2) * gam_im - S)),
            coefficient(N * ((S + sigma) * gam_re - S), N * (S + sigma) * gam_im),
        ),
    ),
    taps_moved(
        id="our.network.patch",
        reading=f"a few taps, three on a circle and 3 x 3 on an image; {READING}",
        checks=(*EXACT, Network(scenes=(scenes.patch_1d, scenes.patch_2d), states=(w,))),
    ),
)
