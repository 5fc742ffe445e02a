"""Our own statements on when modes emerge: corrections of what section 4.3 and the abstract say of passage times."""

import sympy as sp

from theory.domain import domain_of
from theory.emergence import AGED, LIVE, log_variance, progress, slope, xi
from theory.one_layer import Q, eta, lam, log_variance_entire, sigma0, sigmaT, tau
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.section_4_3_exponent import FALLING, RISING
from verify.ledger.spectral_bias.section_4_3_shape import PAPER, without
from verify.ledger.spectral_bias.shared_noise import COVER, MODES, ZERO, aged, at_paper, bracketed, excess, gap, speed

(alpha,) = symbols("alpha")
MIDDLE, ONE = sp.Rational(1, 2), sp.S.One
AT_ROOT = {xi: xi * sp.sqrt(lam)}  # then xi stands for 2 eta tau sqrt(lam)
ROOT_AGES = ("0.0069", "0.0073")
BEFORE, AFTER = ("1", "2.7"), ("0.000009", "0.000016")
ZERO_START = without(LIVE, Q, eta)
SCALED = {lam: alpha**2 * lam, sigma0: alpha * sigma0, sigmaT: alpha * sigmaT}
CORRECTS = "corrects section 4.3 of the spectral-bias paper"
SETTING = ("zero-mean data", "aligned initialisation", "gradient flow")


def initial_slope() -> sp.Expr:
    """Return d ln(variance)/d tau at tau = 0."""
    return 2 * eta * ((1 - Q) * lam * sp.log(sigmaT**2 / sigma0**2) - Q * (sigmaT**2 - sigma0**2))


def covered(lams: tuple[str, str], op: str) -> Within:
    """Return that, from Q = 1/2, the share of the way covered is op 1/2 while 2 eta tau is in [0.02, 0.5]."""
    share = at_paper(progress(), MIDDLE).xreplace({xi: tau * lam})
    return Within(Inequality(share, op, MIDDLE), domain_of((lam, tau)).within(lam=lams, tau=("0.02", "0.5")))


def branch(lams: tuple[str, str], ages: tuple[str, str], *, rising: bool) -> tuple[Within, ...]:
    """Return that the modes pass their geometric mean between the ages, later the smaller lam."""
    later_for_smaller = Inequality(speed(MIDDLE) + excess("geometric", MIDDLE), ">" if rising else "<", ZERO)
    brackets = bracketed(gap("geometric", MIDDLE), lams, ages, rising=rising)
    return (*brackets, Within(later_for_smaller, aged(lams, ages)))


CLAIMS = (
    Claim(
        id="our.sampling.turns",
        says="the generated variance of a mode starts with the logarithmic slope 2 eta [(1 - Q) lam "
        "ln(sigma_T^2/sigma_0^2) - Q (sigma_T^2 - sigma_0^2)]: for 0 < Q < 1 a mode with a negative one falls first, "
        "whatever its end",
        where=CORRECTS,
        source="ours",
        relation=LimitIs(expr=sp.Derivative(log_variance_entire(), tau), var=tau, point=ZERO, value=initial_slope()),
        domain=LIVE,
        assumes=SETTING,
        derived_in="emergence: age",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.sampling.concave",
        says="from Q = 0, ln of the generated variance is strictly concave in tau",
        where=CORRECTS,
        source="ours",
        relation=Monotone(expr=slope(), var=tau, op="<"),
        domain=ZERO_START,
        assumes=SETTING,
        derived_in="emergence: slope",
        checks=(KERNEL,),
        slips=(Monotone(expr=slope(), var=tau, op=">"),),
        formula=False,
    ),
    Claim(
        id="our.sampling.scale_covariance",
        says="if data and noise levels are scaled by alpha, the generated variance at equal 2 eta tau lam scales by "
        "alpha^2: passage times are inversely proportional to lam where sigma_0^2 and sigma_T^2 scale with it, and "
        "only there",
        where=CORRECTS,
        source="ours",
        relation=Identity(log_variance().xreplace(SCALED), log_variance() + 2 * sp.log(alpha)),
        domain=AGED.joined(domain_of((alpha,))),
        assumes=SETTING,
        derived_in="emergence: age",
        checks=EXACT,
    ),
    Claim(
        id="our.sampling.half_law",
        says="from Q = 1 the first passage through the geometric mean has a local exponent within 0.02 of 1/2",
        where=CORRECTS,
        source="ours",
        reading=f"lam in [0.001, 10], {PAPER}; the passage has 2 eta tau sqrt(lam) in [0.0069, 0.0073], where this "
        f"holds throughout",
        relation=Both(
            (
                *bracketed(gap("geometric", ONE).xreplace(AT_ROOT), MODES, ROOT_AGES, rising=False),
                Inequality(
                    ((excess("geometric", ONE) + speed(ONE) / 2) ** 2).xreplace(AT_ROOT),
                    "<=",
                    ((speed(ONE) / 50) ** 2).xreplace(AT_ROOT),
                ),
            )
        ),
        domain=aged(MODES, ROOT_AGES),
        assumes=SETTING,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Inequality(excess("geometric", ONE).xreplace(AT_ROOT) ** 2, "<=", (speed(ONE).xreplace(AT_ROOT) / 50) ** 2),
        ),
        formula=False,
    ),
    Claim(
        id="our.sampling.opposite_order",
        says="from Q = 1/2 modes of small variance, which fall, are past half of their way while modes of larger "
        "variance, which rise, are not",
        where=CORRECTS,
        source="ours",
        reading=f"lam in [0.001, 0.08] and lam in [0.32, 1], 2 eta tau in [0.02, 0.5], {PAPER}",
        relation=Both((covered(FALLING, ">"), covered(("0.32", "1"), "<"))),
        domain=domain_of((lam, tau)),
        assumes=SETTING,
        derived_in="emergence: half-way",
        checks=(COVER,),
        slips=(
            covered(FALLING, "<"),
            covered(("0.32", "1"), ">"),
        ),
        formula=False,
    ),
    Claim(
        id="our.sampling.branch_order",
        says="from Q = 1/2, on each of the two branches the first passage through the geometric mean is later the "
        "smaller lam; 2 eta tau lam is in [1, 2.7] on the rising branch and in [9e-6, 1.6e-5] on the falling one",
        where=CORRECTS,
        source="ours",
        reading=f"lam in [0.32, 10] and lam in [0.001, 0.08], {PAPER}",
        relation=Both((*branch(RISING, BEFORE, rising=True), *branch(FALLING, AFTER, rising=False))),
        domain=domain_of((lam, xi)),
        assumes=SETTING,
        derived_in="emergence: drift",
        checks=(COVER,),
        slips=(
            Within(Inequality(speed(MIDDLE), "<", ZERO), aged(RISING, BEFORE)),
            Within(Inequality(speed(MIDDLE), ">", ZERO), aged(FALLING, AFTER)),
        ),
        formula=False,
    ),
)
