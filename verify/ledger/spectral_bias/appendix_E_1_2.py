"""Appendix E.1.2: overlaps of modes that are not aligned with the data, and their phases."""

import sympy as sp

from numerics.layers import scenes
from theory.domain import POSITIVE, domain_of
from theory.matrices import Rate
from theory.one_layer import eta, sigma, tau
from theory.overlaps import (
    NARROW,
    ORDERED,
    PAIR,
    SPLIT,
    both_emerged,
    coefficient,
    lam1,
    lam2,
    narrow_rate,
    o1,
    one_emerged,
    optimum,
    overlap,
    q1,
    q2,
    split_rate,
    u1,
    u2,
)
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity
from theory.symbols import symbols
from theory.two_layer import PPT, STARTED, narrowed, weight
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import CENTRED, CONTINUOUS, FLOW, SETTING

ZERO = sp.S.Zero
Q1, Q2 = symbols("Q1 Q2")
ONLY_PAIR = (CENTRED, CONTINUOUS, "the overlaps with further modes vanish")
SIGMOIDAL = (
    "Assume the diagonal term is not stuck at zero, then we know it will asymptotically go to lam_k/(lam_k + sigma^2) "
    "following sigmoidal dynamics"
)
PHASES = (
    "For overlap between k, m, without loss of generality, assume lam_k > lam_m. Then we have three dynamic phases, 1) "
    "neither mode has emerged; 2) mode k has emerged, while m has not; 3) both modes have emerged"
)
GROWTH = "When neither mode has emerged, the overlap will grow exponentially with rate 4 eta (lam_k + lam_m)"
FASTER = "given lam_k > lam_m, the diagonal term o_kk has a higher increasing speed than the non-diagonal overlap term"
DECAY = (
    "When one mode has converged, but the other has not, the coefficient is -2 eta (lam_k - lam_m)(lam_k + 2 "
    "sigma^2)/(lam_k + sigma^2) < 0"
)
PROPORTIONAL = (
    "given the same lam_k, the decay speed of o_km is proportional to the difference of the eigenvalues; the larger the "
    "difference, the faster the decay"
)
SUMMARY = (
    "The off-diagonal term will exponentially rising after the rise of the larger variance dimension, and before the "
    "rise of smaller variance dimension; after one has rise it will decay to zero; after both has rise it will decay "
    "faster"
)
before, between, after = (
    coefficient(ZERO, ZERO),
    coefficient(optimum(lam1), ZERO),
    coefficient(optimum(lam1), optimum(lam2)),
)
VANISHING = domain_of((lam1, lam2, sigma, eta, o1))
UNEQUAL = narrowed(domain_of((lam1, lam2, sigma, Q1, Q2)), lam2=POSITIVE, Q1=POSITIVE, Q2=POSITIVE).where(
    lam1 > lam2, optimum(lam1) > Q1, optimum(lam2) > Q2
)


def printed_split() -> sp.MatrixExpr:
    """Return do_12/dtau with the printed factor of o_12, which contains o_11 and o_22."""
    own = (3 * lam1 + lam2 + 4 * sigma**2) * u1.T * PPT * u1 + (lam1 + 3 * lam2 + 4 * sigma**2) * u2.T * PPT * u2
    return split_rate(4 * eta * (lam1 + lam2)) - 2 * eta * own * overlap


def harmonic_time(lam: sp.Expr) -> sp.Expr:
    """Return the time at which a mode passes the harmonic mean of Q and w*."""
    return sp.log(2) / (8 * eta * lam)


def arithmetic_time(lam: sp.Expr, Q: sp.Expr) -> sp.Expr:
    """Return 8 eta times the time at which a mode passes the arithmetic mean of Q and w*."""
    return sp.log(1 + optimum(lam) / Q) / lam


CLAIMS = (
    Claim(
        id="wp.E.1.2.offdiag",
        says=(
            "do_km/dtau = {4 eta (lam_k + lam_m) - 2 eta [(3 lam_k + lam_m + 4 sigma^2) o_kk + (lam_k + 3 lam_m + 4 "
            "sigma^2) o_mm]} o_km - 2 eta sum_{n != k,m} (lam_k + lam_m + 2 lam_n + 4 sigma^2) o_kn o_nm"
        ),
        reading="the sum over the other modes is written with their projector I - u_k u_k^T - u_m u_m^T",
        where="E.1.2 [284]-[290]",
        source="reconstructed",
        relation=MatrixIdentity(Rate(overlap, tau), printed_split(), SPLIT),
        domain=PAIR,
        assumes=FLOW,
        derived_in="overlaps: overlap",
        checks=(KERNEL, Matrices(scene=scenes.overlap_speed)),
    ),
    Claim(
        id="wp.E.1.2.diag.aligned",
        says=SIGMOIDAL,
        reading="for aligned initialisation with 0 < Q: the weight tends to lam/(lam + sigma^2)",
        where="E.1.2",
        source="as printed",
        relation=LimitIs(expr=weight(sigma), var=tau, point=sp.oo, value=optimum(symbols("lam")[0])),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.E.1.2.diag.always",
        says=SIGMOIDAL,
        reading=(
            "for every initialisation and width: the squared length of a mode vector grows while it is between 0 and "
            "its target; here two modes at width one, the other mode not above its target"
        ),
        where="E.1.2",
        source="as printed",
        relation=Inequality(2 * q2 * narrow_rate(lam2, q2, lam1, q1), ">", ZERO),
        domain=NARROW.where(
            q1 > 0, q2 > 0, lam1 > lam2, q1**2 * (lam1 + sigma**2) <= lam1, q2**2 * (lam2 + sigma**2) < lam2
        ),
        assumes=FLOW,
        checks=(KERNEL,),
        corrected_by="our.two_layer.width_one",
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.wlog.harmonic",
        says=PHASES,
        reading=(
            "aligned modes, emergence at the harmonic mean of initial and final weight: the mode of larger variance "
            "emerges first, from whatever initial weights"
        ),
        where="E.1.2",
        source="as printed",
        relation=Inequality(harmonic_time(lam1) / harmonic_time(lam2), "<", sp.S.One),
        domain=ORDERED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=EXACT,
        slips=(Inequality(harmonic_time(lam1) / harmonic_time(lam2), "<", sp.S.Half),),
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.wlog.arithmetic",
        says=PHASES,
        reading=(
            "aligned modes, emergence at the arithmetic mean of initial and final weight: the mode of larger variance "
            "emerges first, from whatever initial weights 0 < Q < w*"
        ),
        where="E.1.2",
        source="as printed",
        relation=Inequality(arithmetic_time(lam1, Q1), "<", arithmetic_time(lam2, Q2)),
        domain=UNEQUAL,
        assumes=SETTING,
        checks=(KERNEL,),
        corrected_by="our.two_layer.order",
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.phase1.rate",
        says=GROWTH,
        reading="the factor of o_km in its own rate as o_kk and o_mm tend to 0",
        where="E.1.2 Phase 1",
        source="as printed",
        relation=LimitIs(expr=coefficient(o1, o1), var=o1, point=ZERO, value=4 * eta * (lam1 + lam2)),
        domain=VANISHING,
        assumes=FLOW,
        derived_in="overlaps: overlap",
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.E.1.2.phase1.diagonal",
        says=FASTER,
        reading="the rates of growth 8 eta lam_k of o_kk and 4 eta (lam_k + lam_m) of o_km",
        where="E.1.2 Phase 1",
        source="as printed",
        relation=Inequality(8 * eta * lam1, ">", before),
        domain=ORDERED,
        assumes=FLOW,
        derived_in="overlaps: overlap",
        checks=EXACT,
        slips=(Inequality(8 * eta * lam2, ">", before),),
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.phase2.rate",
        says=DECAY,
        where="Phase 2 [291]-[295]",
        source="as printed",
        reading="the value of the coefficient",
        relation=Identity(between, -2 * eta * (lam1 - lam2) * (lam1 + 2 * sigma**2) / (lam1 + sigma**2)),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        derived_in="overlaps: one emerged",
        checks=EXACT,
    ),
    Claim(
        id="wp.E.1.2.phase2.negative",
        says=DECAY,
        reading="the sign of the coefficient",
        where="Phase 2 [291]-[295]",
        source="reconstructed",
        relation=Inequality(between, "<", ZERO),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        derived_in="overlaps: one emerged",
        checks=EXACT,
        slips=(Inequality(between, "<", -eta * (lam1 - lam2) * 4),),
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.phase2.proportional",
        says=PROPORTIONAL,
        reading="the decay speed over lam_k - lam_m depends on lam_k, sigma and eta alone",
        where="Phase 2",
        source="as printed",
        relation=Identity(-between / (lam1 - lam2), 2 * eta * (lam1 + 2 * sigma**2) / (lam1 + sigma**2)),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        derived_in="overlaps: one emerged",
        checks=EXACT,
    ),
    Claim(
        id="wp.E.1.2.phase3.rate",
        says=(
            "coefficient -4 eta (lam_k + lam_m) + 2 eta sigma^2 (lam_k - lam_m)^2/((lam_k + sigma^2)(lam_m + sigma^2)); "
            "The dynamic coefficient is negative"
        ),
        where="Phase 3 [296]-[298]",
        source="as printed",
        reading="the value of the coefficient; its sign is wp.E.1.2.phase3.faster with wp.E.1.2.phase2.negative",
        relation=Identity(
            after,
            -4 * eta * (lam1 + lam2)
            + 2 * eta * sigma**2 * (lam1 - lam2) ** 2 / ((lam1 + sigma**2) * (lam2 + sigma**2)),
        ),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        derived_in="overlaps: both emerged",
        checks=EXACT,
    ),
    Claim(
        id="wp.E.1.2.phase3.faster",
        says="The dynamic coefficient is negative, so the overlap decays even more rapidly",
        reading="faster than in phase 2",
        where="Phase 3",
        source="as printed",
        relation=Inequality(both_emerged(), "<", one_emerged()),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        derived_in="overlaps: both emerged",
        checks=EXACT,
        slips=(Inequality(both_emerged(), "<", 2 * one_emerged()),),
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.summary.rise",
        says=SUMMARY,
        reading=(
            "first bullet: once the mode of larger variance has emerged and before the other has, the factor of o_km in "
            "its own rate is positive (phase 2 says the opposite)"
        ),
        where="E.1.2 Summary",
        source="as printed",
        relation=Inequality(between, ">", ZERO),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        checks=EXACT,
        corrected_by="our.two_layer.phases",
        formula=False,
    ),
    Claim(
        id="wp.E.1.2.summary.fall",
        says=SUMMARY,
        reading="the other bullets: the factor is negative once one mode has emerged, and smaller once both have",
        where="E.1.2 Summary",
        source="as printed",
        relation=Both((Inequality(between, "<", ZERO), Inequality(after, "<", between))),
        domain=ORDERED,
        assumes=ONLY_PAIR,
        derived_in="overlaps: both emerged",
        checks=EXACT,
        slips=(Inequality(between, ">", ZERO), Inequality(after, ">", between)),
        formula=False,
    ),
)
