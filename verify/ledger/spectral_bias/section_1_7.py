"""Abstract, sections 1 and 7, and the empty panel of Fig. 6: what they say of one layer, and of two at weight zero."""

import sympy as sp

from theory.domain import domain_of
from theory.emergence import drift, progress, xi
from theory.matrices import Eigenvector, Grad, Independent, Moments
from theory.one_layer import (
    SAMPLED,
    TRAINED,
    Q,
    eta,
    flow_rate,
    lam,
    later,
    sampled,
    sigma,
    sigma0,
    tau,
    weight,
    y,
)
from theory.regression import Sigma, W, d, loss, u, unit, x0, z
from theory.relation import Both, Inequality, MatrixIdentity, Solves, Within
from verify.checks.enclosure import Enclosure
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.section_4_2_order import nearer_in_variance, sooner_in_variance
from verify.ledger.spectral_bias.section_4_3_exponent import MATCH, reached
from verify.ledger.spectral_bias.section_4_3_modes import PROP
from verify.ledger.spectral_bias.section_4_3_shape import PAPER, TUBE
from verify.ledger.spectral_bias.shared_noise import MODES, ZERO, aged, at_paper, bracketed, gap, speed
from verify.ledger.spectral_bias.shared_printed import variance

COVER = Enclosure(boxes=600, samples=20)
HALF = sp.Rational(1, 2)
CLOSED = (
    "We derive exact weight and distributional trajectories for one-layer, two-layer linear, and convolutional "
    "denoisers under full-batch DSM training."
)
SOONER = "high-variance (coarse) structure is mastered orders of magnitude sooner than low-variance (fine) detail"
FIRST = (
    "weights converge faster along the eigenmodes or Fourier modes with high variance, and the learned distribution "
    "recovers the true variance first along the top eigenmodes."
)
EMPTY = (
    "the Q_k = 0 and two layer case was empty since zero initialization is an (unstable) fixed point, thus it will not "
    "converge."
)
COARSE = ("0.1", "10")
optimum = lam / (lam + sigma**2)
h = sp.Symbol("h", integer=True, positive=True)
P = sp.MatrixSymbol("P", d, h)
CENTRED = (Moments(x0, sp.ZeroMatrix(d, 1), Sigma), Moments(z, sp.ZeroMatrix(d, 1), unit), Independent(x0, z))
squared = loss.xreplace({W: P * P.T})
cubic = 2 * (P * P.T * (Sigma + sigma**2 * unit) + (Sigma + sigma**2 * unit) * P * P.T) * P


def covered(mode: sp.Expr) -> sp.Expr:
    """Return the share of its way that `mode` has covered at 2 eta tau = tau, from Q = 1/2."""
    return at_paper(progress(), HALF).xreplace({xi: tau * lam}).xreplace({lam: mode})


def slower(factor: sp.Expr) -> Inequality:
    """Return that a mode of 1/100 of the variance is before its mean at `factor` times the time."""
    return Inequality(gap("geometric", ZERO).xreplace({lam: lam / 100, xi: factor * xi / 100}), "<", ZERO)


CLAIMS = (
    Claim(
        id="wp.0.closed.one_layer",
        says=CLOSED,
        where="section 1, contribution 1",
        source="as printed",
        reading="one layer: (7) solves the gradient flow of the weight for lam, tau >= 0, sigma > 0, real Q, and Prop. 4.2 "
        "the equation of the generated variance for tau > 0; two layers are sections 5.1 and E, convolutions 5.2 and G",
        relation=Both(
            (
                Within(
                    Solves(
                        solution=optimum + (Q - optimum) * sp.exp(-2 * eta * tau * (sigma**2 + lam)),
                        var=tau,
                        unknown=y,
                        rate=flow_rate(sigma),
                        at=ZERO,
                        start=Q,
                    ),
                    TRAINED,
                ),
                sampled(variance(), weight(sigma0)),
            )
        ),
        domain=later(SAMPLED),
        assumes=PROP,
        derived_in="one layer: variance",
        checks=EXACT,
    ),
    Claim(
        id="wp.0.order.zero",
        says=SOONER,
        where="Abstract",
        source="as printed",
        reading="mastered: past the geometric mean of first and last variance, from Q = 0; a mode of 1/100 of the variance "
        f"takes more than 50 times as long, for lam in [0.1, 10], {PAPER}",
        relation=Both((*bracketed(gap("geometric", ZERO), COARSE, TUBE), slower(sp.Integer(50)))),
        domain=aged(COARSE, TUBE),
        assumes=PROP,
        derived_in="emergence: age",
        checks=(COVER,),
        slips=(slower(sp.Integer(200)), slower(sp.Integer(120))),
        formula=False,
    ),
    Claim(
        id="wp.0.order.half",
        says=SOONER,
        where="Abstract",
        source="as printed",
        reading="the same from Q = 1/2 (Fig. 5): whenever a mode has covered half of its way (in ln of the variance) a mode "
        f"of 100 times its variance has, too: lam in [0.001, 0.01], {PAPER}",
        relation=Inequality(covered(100 * lam), ">=", HALF),
        domain=domain_of((lam, tau)).within(lam=("0.001", "0.01"), tau=("0.001", "2")).where(covered(lam) >= HALF),
        assumes=PROP,
        checks=(COVER,),
        corrected_by="our.sampling.opposite_order",
        formula=False,
    ),
    sooner_in_variance(
        id="wp.7.first.weights",
        says=FIRST,
        where="section 7",
        reading="the deviation of the weight from its optimum, relative to that at the start, falls with lam at every time "
        "tau > 0, whatever the start; one layer",
    ),
    nearer_in_variance(
        id="wp.7.first.absolute",
        says=FIRST,
        where="section 7",
        reading="from weight zero, the deviation itself does not grow with lam, at any time; one layer",
    ),
    Claim(
        id="wp.7.first.distribution",
        says=FIRST,
        where="section 7",
        source="as printed",
        reading="from Q = 0 the time at which the generated variance reaches 90% of lam falls with lam, on [0.001, 10], "
        f"{PAPER}; then 2 eta tau lam is in [3, 5.5], where this holds throughout; one layer",
        relation=Both(
            (
                *bracketed(reached, MODES, MATCH),
                Inequality(speed(ZERO) + at_paper(drift(), ZERO) - 1, ">", ZERO),
            )
        ),
        domain=aged(MODES, MATCH),
        assumes=PROP,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Inequality(at_paper(drift(), ZERO) - 1, ">", ZERO),
            Inequality(speed(ZERO) + 100 * (at_paper(drift(), ZERO) - 1), ">", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.B.1.fig6.fixedpoint",
        says=EMPTY,
        where="Fig. 6",
        source="as printed",
        reading="W = P P^T, zero-mean data: the gradient in P vanishes at P = 0; beside a term of third order it is -4 "
        "Sigma P, so that P grows along every eigenvector of Sigma with the rate 4 eta lam",
        relation=Both(
            (
                MatrixIdentity(Grad(squared, P, sp.ZeroMatrix(d, h)), sp.ZeroMatrix(d, h), CENTRED),
                MatrixIdentity(Grad(squared, P), cubic - 4 * Sigma * P, CENTRED),
                MatrixIdentity(
                    -eta * u.T * (-4 * Sigma * P), 4 * eta * lam * u.T * P, (*CENTRED, Eigenvector(u, Sigma, lam))
                ),
            )
        ),
        domain=domain_of((sigma, eta, lam)),
        assumes=("zero-mean data", "two layers W = P P^T"),
        checks=EXACT,
    ),
)
