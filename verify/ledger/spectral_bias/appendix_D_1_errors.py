"""Appendix D.1: how the errors of score and denoiser and the training loss fall, for zero-mean data."""

import sympy as sp

from numerics import one_layer as measured
from numerics.scenes import training as training_scenes
from theory.centred import DATA, W0, b0, eta, tau, weights, x
from theory.centred import bias as bias_of
from theory.domain import domain_of
from theory.matrices import Expect, MatrixExp, norm2
from theory.one_layer import Q, lam, optimum, sigma, weight
from theory.regression import Sigma, W_opt, unit, x0
from theory.relation import Identity, Inequality, MatrixIdentity
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, TRAINED
from verify.ledger.spectral_bias.lanes_4_2 import FLOW

start, y = symbols("b0 y")
SCORE = "This provides us with the exact formula for error decay during training."
DENOISER = "Denoiser estimation error dynamics"
LOSS = "we have the training loss is basically the true denoiser estimation error plus a constant term"
BEST = "D* and s* are those of the best affine denoiser, which is the true one for Gaussian data"

kept = sp.exp(-4 * eta * tau * (lam + sigma**2))
lost = W0 - W_opt
w, b = weight(sigma), start * sp.exp(-2 * eta * tau)
MODE = domain_of((lam, sigma, Q, start, eta, tau))
MATRICES = domain_of((sigma, eta, tau))
BOX = (*TRAINED, ("b0", "-1.0", "1.0"))


def printed_mode(share: sp.Expr = sp.S.One) -> sp.Expr:
    """Return one mode of the sum in [96]-[98], its bias decaying as in `share` of the exponent."""
    return (lam + sigma**2) * (Q - optimum(sigma)) ** 2 * kept + start**2 * sp.exp(-4 * eta * tau * share)


def printed_sum() -> sp.Expr:
    """Return [96]-[98]; the sum over k of f(lam_k) |delta_k|^2 is Tr (W(0) - W*) f(Sigma) (W(0) - W*)^T."""
    decay = MatrixExp(-4 * eta * tau * (Sigma + sigma**2 * unit))
    return sp.Trace(lost * (Sigma + sigma**2 * unit) * decay * lost.T) + sp.exp(-4 * eta * tau) * norm2(b0)


def constant() -> sp.Expr:
    """Return sigma^2 Tr Sigma (Sigma + sigma^2 I)^-1."""
    return sigma**2 * sp.Trace(W_opt)


mode_error = (w - optimum(sigma)) ** 2 * (lam + sigma**2) + b**2
mode_loss = lam * (1 - w) ** 2 + sigma**2 * w**2 + b**2
sum_error = Expect(norm2((weights() - W_opt) * x + bias_of()))
sum_loss = Expect(norm2(weights() * x + bias_of() - x0))


def cubic_loss() -> sp.Expr:
    """Return E(w* x + y x^3 - x0)^2 for x = x0 + sigma z, x0 = +-sqrt(lam) with probability 1/2."""
    second, fourth = lam + sigma**2, lam**2 + 6 * lam * sigma**2 + 3 * sigma**4
    sixth = lam**3 + 15 * lam**2 * sigma**2 + 45 * lam * sigma**4 + 15 * sigma**6
    best = optimum(sigma)
    squares = best**2 * second + 2 * best * y * fourth + y**2 * sixth
    return squares - 2 * best * lam - 2 * y * (lam**2 + 3 * lam * sigma**2) + lam


CLAIMS = (
    Claim(
        id="wp.D.1.score.mode",
        says=(
            f"{SCORE} E|s - s*|^2 = sigma^-4 [sum_k (lam_k + sigma^2) |delta_k|^2 e^(-4 eta tau (lam_k + sigma^2)) + "
            "|b(0)|^2 e^(-4 eta tau)]"
        ),
        reading=f"the share of one mode, from an aligned start; {BEST}",
        where="[89]-[95]",
        source="reconstructed",
        relation=Identity(mode_error / sigma**4, printed_mode() / sigma**4),
        domain=MODE,
        assumes=FLOW,
        derived_in="centred: denoiser error",
        checks=(*EXACT, Ode(measure=measured.score_error, box=BOX)),
        slips=(
            Identity(mode_error / sigma**4, printed_mode() / sigma**2),
            Identity(mode_error / sigma**4, printed_mode()),
        ),
    ),
    Claim(
        id="wp.D.1.score.sum",
        says=(
            f"{SCORE} E|s - s*|^2 = sigma^-4 [sum_k (lam_k + sigma^2) |delta_k|^2 e^(-4 eta tau (lam_k + sigma^2)) + "
            "|b(0)|^2 e^(-4 eta tau)]"
        ),
        reading=f"in any dimension, from any start; {BEST}",
        where="[89]-[95]",
        source="reconstructed",
        relation=MatrixIdentity(sum_error / sigma**4, printed_sum() / sigma**4, DATA),
        domain=MATRICES,
        assumes=FLOW,
        derived_in="centred: denoiser error",
        checks=(*EXACT, Matrices(scene=training_scenes.score_error)),
    ),
    Claim(
        id="wp.D.1.score.true",
        says=f"{SCORE}; 'difference of the score approximator from the true score'",
        reading=(
            "for any data, s* the true score: then from W(0) = W*, b(0) = 0 the error is 0, and no denoiser, so not "
            "w* x + y x^3 on data x0 = +-sqrt(lam), has a smaller loss than D*"
        ),
        where="[89]-[95]",
        source="reconstructed",
        relation=Inequality(cubic_loss(), ">=", cubic_loss().xreplace({y: sp.S.Zero})),
        domain=domain_of((lam, sigma, y)),
        assumes=FLOW,
        checks=EXACT,
        corrected_by="our.one_layer.bayes",
        formula=False,
    ),
    Claim(
        id="wp.D.1.den.mode",
        says=(
            f"{DENOISER}: E|D - D*|^2 = sum_k (lam_k + sigma^2) |delta_k|^2 e^(-4 eta tau (lam_k + sigma^2)) + "
            "|b(0)|^2 e^(-4 eta tau)"
        ),
        reading=f"the share of one mode, from an aligned start; {BEST}",
        where="[96]-[98]",
        source="reconstructed",
        relation=Identity(mode_error, printed_mode()),
        domain=MODE,
        assumes=FLOW,
        derived_in="centred: denoiser error",
        checks=(*EXACT, Ode(measure=measured.denoiser_error, box=BOX)),
        slips=(Identity(mode_error, printed_mode(sp.S.Half)),),
    ),
    Claim(
        id="wp.D.1.den.sum",
        says=(
            f"{DENOISER}: E|D - D*|^2 = sum_k (lam_k + sigma^2) |delta_k|^2 e^(-4 eta tau (lam_k + sigma^2)) + "
            "|b(0)|^2 e^(-4 eta tau)"
        ),
        reading=f"in any dimension, from any start; {BEST}",
        where="[96]-[98]",
        source="reconstructed",
        relation=MatrixIdentity(sum_error, printed_sum(), DATA),
        domain=MATRICES,
        assumes=FLOW,
        derived_in="centred: denoiser error",
        checks=(*EXACT, Matrices(scene=training_scenes.error)),
    ),
    Claim(
        id="wp.D.1.loss.mode",
        says=f"{LOSS}: L(tau) = sigma^2 Tr[Sigma (Sigma + sigma^2 I)^-1] + E|D - D*|^2",
        reading="the share of one mode, from an aligned start; any data of mean zero, D* the best affine denoiser",
        where="[99]-[101]",
        source="as printed",
        relation=Identity(mode_loss, sigma**2 * lam / (lam + sigma**2) + printed_mode()),
        domain=MODE,
        assumes=FLOW,
        derived_in="centred: loss",
        checks=(*EXACT, Ode(measure=measured.training_loss, box=BOX)),
        slips=(Identity(mode_loss, lam * sigma**2 + printed_mode()), Identity(mode_loss, printed_mode())),
    ),
    Claim(
        id="wp.D.1.loss.sum",
        says=f"{LOSS}: L(tau) = sigma^2 Tr[Sigma (Sigma + sigma^2 I)^-1] + E|D - D*|^2",
        reading="in any dimension, from any start; any data of mean zero, D* the best affine denoiser",
        where="[99]-[101]",
        source="as printed",
        relation=MatrixIdentity(sum_loss, constant() + printed_sum(), DATA),
        domain=MATRICES,
        assumes=FLOW,
        derived_in="centred: loss",
        checks=(*EXACT, Matrices(scene=training_scenes.loss_in_training)),
    ),
    Claim(
        id="wp.D.1.loss.bayes",
        says=f"{LOSS}: L(tau) = sigma^2 Tr[Sigma (Sigma + sigma^2 I)^-1] + E|D - D*|^2",
        reading=(
            "for any data, D* the true denoiser E[x0|x]: then no denoiser, so not w* x + y x^3 on data x0 = "
            "+-sqrt(lam), has a loss below the constant"
        ),
        where="[99]-[101]",
        source="as printed",
        relation=Inequality(cubic_loss(), ">=", sigma**2 * lam / (lam + sigma**2)),
        domain=domain_of((lam, sigma, y)),
        assumes=FLOW,
        checks=EXACT,
        corrected_by="our.one_layer.bayes",
        formula=False,
    ),
)
