"""Corrections of section 4.2 and appendix D.1: rate and order of the modes, and what the loss measures."""

import sympy as sp

from numerics.scenes import conditional
from theory.domain import domain_of
from theory.matrices import Covariance, Expect, Moments, norm2
from theory.one_layer import TRAINED as MODE_TRAINED
from theory.one_layer import Q, eta, lam, sigma, tau
from theory.regression import d
from theory.relation import Both, Identity, Inequality, MatrixIdentity
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import FLOW, ODE_ABSOLUTE, ODE_DEVIATION, ODE_SPREAD, SPREAD, lam1, lam2
from verify.ledger.spectral_bias.section_4_2_order import (
    BURIED,
    FROM_ZERO,
    eps,
    falls,
    from_zero,
    remaining,
    with_variance,
)
from verify.ledger.spectral_bias.section_4_2_solution import decaying

h, m_h, e = (sp.MatrixSymbol(name, d, 1) for name in ("h", "m_h", "e"))
H, E = (sp.MatrixSymbol(name, d, d) for name in "HE")
nothing = sp.ZeroMatrix(d, 1)
UNCORRELATED = (Moments(h, m_h, H), Moments(e, nothing, E), Covariance(h, e, sp.ZeroMatrix(d, d)))
turning = 2 * (sigma**2 / (lam * (lam + sigma**2)) - 2 * eta * tau)


def spread(low: sp.Expr, high: sp.Expr) -> Both:
    """Return that the time scales of two buried modes have a ratio between `low` and `high`, which is attained."""
    extreme = SPREAD.xreplace({lam1: sp.S.Zero, lam2: eps * sigma**2})
    return Both((Inequality(SPREAD, "<=", high), Inequality(SPREAD, ">=", low), Identity(extreme, high)))


CLAIMS = (
    Claim(
        id="our.one_layer.rate",
        says="the deviation of a mode from its optimum decays as exp(-2 eta (lam + sigma^2) tau)",
        where="corrects section 4.2",
        source="ours",
        relation=decaying(2 * eta * (lam + sigma**2)),
        domain=MODE_TRAINED,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_DEVIATION),
        slips=(decaying(eta * (lam + sigma**2)),),
    ),
    Claim(
        id="our.one_layer.noise_order",
        says="from any start below the optimum, the deviation from the optimum falls with sigma at every time",
        reading=(
            "for every lam > 0 and Q < lam/(lam + sigma^2); above the optimum, which itself falls with sigma, it "
            "need not"
        ),
        where="corrects section 4.2 (i)",
        source="ours",
        relation=falls(remaining, sigma),
        domain=with_variance(MODE_TRAINED).where(Q * (lam + sigma**2) < lam),
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_ABSOLUTE),
        slips=(falls(-remaining, sigma),),
        formula=False,
    ),
    Claim(
        id="our.one_layer.variance_order",
        says=(
            "from weight zero, the deviation from the optimum grows with lam until 2 eta tau lam (lam + sigma^2) = "
            "sigma^2, then falls"
        ),
        reading="the derivative of the logarithm of its square in lam is 2 (sigma^2/(lam (lam + sigma^2)) - 2 eta tau)",
        where="corrects section 4.2 (ii)",
        source="ours",
        relation=Identity(sp.Derivative(from_zero, lam) / from_zero, turning),
        domain=with_variance(FROM_ZERO),
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.floor",
        says=(
            "the time scales of modes with lam <= eps sigma^2 differ by at most the factor 1 + eps, and no smaller "
            "factor will do"
        ),
        where="corrects section 4.2 and Remark D.1",
        source="ours",
        relation=spread(1 / (1 + eps), 1 + eps),
        domain=BURIED,
        assumes=FLOW,
        derived_in="one layer: weight",
        checks=(*EXACT, ODE_SPREAD),
        slips=(spread(1 / (1 + eps), sp.S.One), spread(sp.S.One, 1 + eps), spread(1 / (1 + eps), 1 + eps / 2)),
        formula=False,
    ),
    Claim(
        id="our.one_layer.bayes",
        says=(
            "for any data the training loss is E|D - g|^2, the distance to the true denoiser g(x) = E[x0|x], plus "
            "the loss E|e|^2 of g itself"
        ),
        reading=(
            "h = D - g is a function of x, so e = x0 - g, of mean zero, is uncorrelated with it; E|e|^2 is sigma^2 "
            "Tr W* only if g is affine"
        ),
        where="corrects appendix D.1, [99]-[101]",
        source="ours",
        relation=MatrixIdentity(Expect(norm2(h - e)), norm2(m_h) + sp.Trace(H) + sp.Trace(E), UNCORRELATED),
        domain=domain_of(()),
        checks=(*EXACT, Matrices(scene=conditional.loss_of_denoiser)),
        slips=(MatrixIdentity(Expect(norm2(h - e)), sp.Trace(H) + sp.Trace(E), UNCORRELATED),),
    ),
)
