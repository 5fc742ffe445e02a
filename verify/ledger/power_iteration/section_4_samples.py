"""Section 4: how many samples eq. (12) asks for, and how the angle changes with the noise."""

import sympy as sp

from theory.domain import domain_of
from theory.relation import Identity, Inequality, LimitIs
from theory.spiked import BELOW, ell, gamma, lam2, s, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.spiked import LARGE
from verify.ledger.ours.spiked_emergence import NEEDED, eps, samples
from verify.ledger.power_iteration.section_4_angle import leading, sine2

(sig_bar,) = symbols("sig_bar")
COMPLEXITY = (
    "They bound the angle between the leading empirical eigenvector and its population counterpart with approximately O(d) "
    "sample complexity, and a linear dependence on the noise level"
)
RATE = "This result shows that the leading eigenvector rotates in a rate proportional to the noise level."
NOISE = domain_of((sig_bar, lam2, gamma))

sine = sig_bar * sp.sqrt(gamma * (lam2 + sig_bar**2) / (lam2 * (lam2 + gamma * sig_bar**2)))
printed_samples = 1 / (eps**2 * ell)


def turns(value: sp.Expr) -> LimitIs:
    """Return that d(sin theta)/d(sigmabar) tends to `value` with the noise."""
    return LimitIs(expr=sp.Derivative(sine, sig_bar), var=sig_bar, point=sp.S.Zero, value=value)


def proportional(factor: sp.Expr) -> Identity:
    """Return that sin^2 at `factor` times the noise variance is `factor` times sin^2."""
    return Identity(sine2.xreplace({s: factor * s}), factor * sine2)


CLAIMS = (
    Claim(
        id="wdmg.eq12.O(d).dimension",
        says=COMPLEXITY,
        reading="in the limit of large d and n, at a given angle and given ell = lambda^2/s the number of samples n = d (1 + (1 - "
        "eps^2) ell)/(eps^2 ell^2) is proportional to d",
        where="sec. 4",
        source="as printed",
        relation=Identity(eps**2, sine_squared().xreplace({gamma: 1 / samples})),
        domain=NEEDED,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq12.O(d).enough",
        says=COMPLEXITY,
        reading="the number that eq. (12) gives, n = d/(eps^2 ell), is enough for sin theta <= eps in the limit of large d and n",
        where="sec. 4, eq. (12)",
        source="as printed",
        relation=Inequality(printed_samples, ">=", samples),
        domain=NEEDED,
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.samples",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.O(d).noise",
        says=COMPLEXITY,
        reading="linear dependence of sin theta on sigmabar_t at leading order, sigmabar_t to 0, in the limit of large d and n: sin^2/s tends to gamma/lambda^2",
        where="sec. 4",
        source="as printed",
        relation=leading(sine2 / s, gamma / lam2),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.eq12.O(d).exact",
        says=COMPLEXITY,
        reading="linear dependence of sin theta on sigmabar_t at all noise levels at which the component is seen, in the limit of "
        "large d and n: four times the noise variance, four times sin^2",
        where="sec. 4",
        source="as printed",
        relation=proportional(sp.Integer(4)),
        domain=BELOW.where(16 * gamma * s**2 < lam2**2, s > 0),
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.angle",
        formula=False,
    ),
    Claim(
        id="wdmg.eq12.rate.angle",
        says=RATE,
        reading="the angle is proportional to the noise level: d(sin theta)/d(sigmabar_t) tends to sqrt(gamma)/lambda, sigmabar_t to 0, in the limit of large d and n",
        where="sec. 4",
        source="as printed",
        relation=turns(sp.sqrt(gamma) / sp.sqrt(lam2)),
        domain=NOISE,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.eq12.rate.speed",
        says=RATE,
        reading="the speed of rotation is proportional to the noise level: d(sin theta)/d(sigmabar_t) vanishes with it, sigmabar_t to 0, in the limit of large d and n",
        where="sec. 4",
        source="as printed",
        relation=turns(sp.S.Zero),
        domain=NOISE,
        assumes=LARGE,
        checks=(KERNEL,),
        corrected_by="our.spiked.angle",
        formula=False,
    ),
)
