"""Appendix D.2.1: one dimension with a mean, weight and bias as a planar linear system."""

import sympy as sp

from numerics import one_layer as measured
from theory.domain import Domain, domain_of
from theory.mean_coupling import BY_DATA, BY_RATES, COUPLED, b, lam, loss, mean, mu, r_fast, r_slow, sigma, slow_bias, w
from theory.one_dimension import MEAN, RIGHT, corner, fast, slow, spread, stiffness, trace
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Relation, Within
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_4_2 import CONTINUOUS
from verify.ledger.spectral_bias.section_4_2_mean import MEAN as BOX

ONE_DIMENSION = ("1-D data, mean mu, variance lam", CONTINUOUS)
TOWARDS = (*ONE_DIMENSION, "the axis points to the mean: mu > 0")
PHASE_LARGE = (
    "At larger sigma values, the dynamics of weights will be much faster than b, basically, w gets dynamically captured "
    "by b, while b slowly relaxed to the optimal value"
)
PHASE_SMALL = (
    "At small sigma values, the dynamics timescale of w and b will be closer to each other, and will usually have "
    "non-monotonic transient dynamics"
)
FAST = "The faster learning dimension will be (r_+ - 1, mu), where w and b will move in the same direction"
LARGE = "for larger sigma, w will converge faster, while b will slowly meandering, moving with w, following entrainment"
SMALL = "for smaller sigma, b will converge faster, comparable or entrained by w"
NO_NOISE = {sigma: sp.S.Zero}
POSITIVE_NOISE = RIGHT.where(sigma > 0)
UP_TO = COUPLED.where(sigma**2 < r_slow)


def by_data(relation: Relation) -> sp.Expr:
    """Return the formula with the eigenvalues written in variance, mean and noise level."""
    return relation.formula.xreplace(BY_DATA)


def printed_rate(sign: int) -> sp.Expr:
    """Return (T +- sqrt(T^2 - 4 (lam + sigma^2)))/2, T = 1 + lam + sigma^2 + mu^2."""
    return (trace + sign * spread) / 2


def _eigenvalue(name: str, symbol: sp.Symbol, sign: int, check: Ode) -> Claim:
    return Claim(
        id=f"wp.D.2.1.eig.{name}",
        says="r_+- = (T +- sqrt(T^2 - 4 (lam + sigma^2)))/2, T = 1 + lam + sigma^2 + mu^2",
        where="app. D.2.1, [204], [205]",
        source="reconstructed",
        reading=f"with lam and mu written in the two eigenvalues, the formula with {'+' if sign > 0 else '-'} returns "
        f"the {name} one",
        relation=Identity(symbol, printed_rate(sign).xreplace(BY_RATES)),
        domain=COUPLED,
        assumes=(*ONE_DIMENSION, "mu != 0"),
        derived_in="mean coupling: eigenvalues",
        checks=(*EXACT, check),
    )


CLAIMS = (
    Claim(
        id="wp.D.2.1.sys",
        says="d/dtau (w, b) = -2 eta ([[mu^2 + sigma^2 + lam, mu], [mu, 1]] (w, b) - (lam + mu^2, mu))",
        where="app. D.2.1, [198]-[203]",
        source="reconstructed",
        reading="minus eta times the gradient of the loss",
        relation=Both(
            (
                Identity(sp.Derivative(loss, w), 2 * ((mu**2 + sigma**2 + lam) * w + mu * b - (lam + mu**2))),
                Identity(sp.Derivative(loss, b), 2 * (mu * w + b - mu)),
            )
        ),
        domain=domain_of((lam, sigma, mu, w, b)),
        assumes=ONE_DIMENSION,
        derived_in="mean coupling: bias gradient",
        checks=EXACT,
    ),
    _eigenvalue("larger", r_fast, 1, Ode(measure=measured.fast_rate, box=BOX, formula=by_data)),
    _eigenvalue("smaller", r_slow, -1, Ode(measure=measured.slow_rate, box=BOX, formula=by_data)),
    Claim(
        id="wp.D.2.1.fast.vector",
        says=FAST,
        where="app. D.2.1",
        source="reconstructed",
        reading="(r_+ - 1, mu) is an eigenvector with the larger eigenvalue",
        relation=Both(
            (
                Identity((r_fast * (r_fast - 1)), (corner * (r_fast - 1) + mu * mu).xreplace(BY_RATES)),
                Identity(r_fast * mean, mean * (r_fast - 1) + mean),
            )
        ),
        domain=COUPLED,
        assumes=(*ONE_DIMENSION, "mu != 0"),
        derived_in="mean coupling: eigenvalues",
        checks=EXACT,
    ),
    Claim(
        id="wp.D.2.1.fast.positive",
        says=FAST,
        where="app. D.2.1",
        source="as printed",
        reading="for mu > 0 both components of (r_+ - 1, mu) have the same sign",
        relation=Inequality((r_fast - 1) * mean, ">", sp.S.Zero),
        domain=COUPLED,
        assumes=TOWARDS,
        checks=EXACT,
        slips=(Inequality((r_slow - 1) * mean, ">", sp.S.Zero),),
        formula=False,
    ),
    Claim(
        id="wp.D.2.1.fast.any",
        says=FAST,
        where="app. D.2.1",
        source="as printed",
        reading="for every mu != 0 both components of (r_+ - 1, mu) have the same sign",
        relation=Inequality((fast - 1) * mu, ">", sp.S.Zero),
        domain=MEAN,
        assumes=ONE_DIMENSION,
        checks=EXACT,
        corrected_by="our.mean.fast_direction",
        formula=False,
    ),
    Claim(
        id="wp.D.2.1.large",
        says=LARGE,
        where="app. D.2.1",
        source="as printed",
        reading="as sigma grows without bound, r_+/sigma^2 tends to 1 and r_- to 1, and the slow direction (r_- - 1, mu) "
        "turns to that of b",
        relation=Both(
            (
                LimitIs(expr=fast / sigma**2, var=sigma, point=sp.oo, value=sp.S.One),
                LimitIs(expr=slow, var=sigma, point=sp.oo, value=sp.S.One),
                LimitIs(expr=(slow - 1) / mu, var=sigma, point=sp.oo, value=sp.S.Zero),
            )
        ),
        domain=RIGHT,
        assumes=TOWARDS,
        checks=(KERNEL,),
        slips=(
            LimitIs(expr=fast / sigma**2, var=sigma, point=sp.oo, value=sp.S.Zero),
            LimitIs(expr=slow, var=sigma, point=sp.oo, value=lam),
        ),
        formula=False,
    ),
    Claim(
        id="wp.D.2.1.small.limit",
        says=SMALL,
        where="app. D.2.1",
        source="as printed",
        reading="as sigma tends to 0 the eigenvalues tend to those of [[mu^2 + lam, mu], [mu, 1]]",
        relation=Both(
            (
                LimitIs(expr=fast, var=sigma, point=sp.S.Zero, value=fast.xreplace(NO_NOISE)),
                LimitIs(expr=slow, var=sigma, point=sp.S.Zero, value=slow.xreplace(NO_NOISE)),
            )
        ),
        domain=RIGHT,
        assumes=TOWARDS,
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.D.2.1.small.all",
        says=SMALL,
        where="app. D.2.1",
        source="as printed",
        reading="without noise, for every variance and mean, the fast direction (r_+ - 1, mu) is closer to b than to w",
        relation=Inequality(fast.xreplace(NO_NOISE) - 1, "<", mu),
        domain=Domain(tuple((s, r) for s, r in RIGHT.ranges if s != sigma)),
        assumes=TOWARDS,
        checks=EXACT,
        corrected_by="our.mean.fast_direction",
        formula=False,
    ),
    Claim(
        id="wp.D.2.phase.large",
        says=PHASE_LARGE,
        where="after Remark D.3, Fig. 21",
        source="as printed",
        reading="as sigma grows without bound, r_-/r_+ tends to 0, and on the slow direction the weight moves by 0 for "
        "a unit of bias",
        relation=Both(
            (
                LimitIs(expr=slow / fast, var=sigma, point=sp.oo, value=sp.S.Zero),
                LimitIs(expr=(slow - 1) / mu, var=sigma, point=sp.oo, value=sp.S.Zero),
            )
        ),
        domain=RIGHT,
        assumes=TOWARDS,
        checks=(KERNEL,),
        slips=(
            LimitIs(expr=slow / fast, var=sigma, point=sp.oo, value=sp.S.One),
            LimitIs(expr=(fast - 1) / mu, var=sigma, point=sp.oo, value=sp.S.Zero),
        ),
        formula=False,
    ),
    Claim(
        id="wp.D.2.phase.small",
        says=PHASE_SMALL,
        where="after Remark D.3, Fig. 21",
        source="as printed",
        reading="the smaller sigma, the closer r_+/r_- to 1: (r_+ + r_-)^2/(r_+ r_-) grows with sigma",
        relation=Monotone(expr=stiffness, var=sigma, op=">"),
        domain=POSITIVE_NOISE,
        assumes=TOWARDS,
        checks=EXACT,
        corrected_by="our.mean.timescales",
        formula=False,
    ),
    Claim(
        id="wp.D.2.phase.transient",
        says=PHASE_SMALL,
        where="after Remark D.3, Fig. 21",
        source="as printed",
        reading="for every variance > 0 and mean != 0 the bias, from zero, overshoots at all noise levels with (lam + "
        "mu^2) sigma^2 < lam",
        relation=Both(
            (
                Within(Inequality(slow_bias, ">", sp.S.Zero), UP_TO),
                Within(Inequality((lam - (lam + mu**2) * sigma**2).xreplace(BY_RATES), ">", sp.S.Zero), UP_TO),
            )
        ),
        domain=COUPLED,
        assumes=TOWARDS,
        derived_in="mean coupling: slow bias",
        checks=EXACT,
        slips=(Within(Inequality(slow_bias, ">", sp.S.Zero), COUPLED),),
        formula=False,
    ),
)
