"""Our own statements on when modes emerge under flow matching, trained from weight zero."""

import sympy as sp

from theory.domain import POSITIVE, Domain
from theory.flow_emergence import AGED, log_level, log_variance, middle, span, xi
from theory.flow_matching import lam
from theory.functions import Ein
from theory.relation import Both, Identity, Inequality, LimitIs, Within
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_H import ALIGNED, FLOW

FROM_ZERO = (*FLOW, ALIGNED, "Q = 0")
ROOT_AGE = {xi: xi * sp.sqrt(lam)}  # then xi stands for 2 eta tau sqrt(lam)
SPANNED = Domain(((span, POSITIVE), (xi, POSITIVE)))
E1 = -sp.Ei(-xi)
GEOMETRIC = (log_variance() - log_level("geometric")).xreplace(ROOT_AGE)
HARMONIC = log_variance() - sp.log(2) + sp.log(1 + 1 / lam)
MISSING = log_variance() - sp.log(lam)
YOUNG = {xi: xi * lam}  # then xi stands for 2 eta tau
EARLY = log_variance() - log_level("geometric")
ABOVE = Domain(((lam, POSITIVE),)).where(lam > 1)


def at_turn(variance: sp.Expr) -> sp.Expr:
    """Return ln of the generated over the geometric mean for a mode of that variance, at the age ln 2."""
    return EARLY.xreplace({xi: sp.log(2), lam: variance})


def scaled(sign: int) -> Identity:
    """Return that the share of the way to ln lam that is left is the mean of exp(-exp(w)), for lam = exp(sign span)."""
    at = {lam: sp.exp(sign * span)}
    left = (sp.log(lam) - log_variance().xreplace(ROOT_AGE)) / sp.log(lam)
    return Identity(sp.powsimp(left.xreplace(at)), middle())


def tends(expr: sp.Expr, point: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that `expr` tends to `value` as lam tends to `point` at a fixed age."""
    return LimitIs(expr=expr, var=lam, point=point, value=value)


def vanishing(expr: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that `expr` tends to `value` as lam tends to 0, 1/lam being the variable."""
    return tends(expr.xreplace({lam: 1 / lam}), sp.oo, value)


def growing(expr: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that `expr` tends to `value` as lam tends to infinity, 1/lam being the variable."""
    return tends(expr.xreplace({lam: 1 / lam}), sp.S.Zero, value)


CLAIMS = (
    Claim(
        id="our.emergence.flow_geometric.law",
        says=(
            "geometric mean: 2 eta tau* = lam^(-1/2) g(|ln lam|), where g(D) is the x for which the mean of e^{-e^w} "
            "over |w - ln x| <= D/2 is 1/2"
        ),
        reading=(
            "with x = 2 eta tau sqrt(lam) the share of the way from ln 1 to ln lam that is left is that mean, for lam "
            "= e^D and lam = e^-D"
        ),
        where="section H.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both((scaled(1), scaled(-1))),
        domain=SPANNED,
        assumes=FROM_ZERO,
        derived_in="flow emergence: age",
        checks=EXACT,
    ),
    Claim(
        id="our.emergence.flow_geometric.limits",
        says="tau* ~ e^{-gamma} lam^(-1/2)/(2 eta) for lam -> 0 and for lam -> infinity",
        reading=(
            "with x = 2 eta tau sqrt(lam) fixed, ln of the variance over the geometric mean tends to -(ln x + gamma) "
            "as lam -> 0 and to ln x + gamma as lam -> infinity: both vanish at x = e^-gamma only; with lam = r^2 or "
            "r^-2 it is plus or minus Ein(x r) - ln r, which tends to ln x + gamma, less Ein(x/r), which tends to 0"
        ),
        where="section H.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Identity(GEOMETRIC.xreplace({lam: lam**2}), Ein(xi * lam) - sp.log(lam) - Ein(xi / lam)),
                tends(Ein(xi * lam) - sp.log(lam), sp.oo, sp.log(xi) + sp.EulerGamma),
                tends(Ein(xi * lam), sp.S.Zero, sp.S.Zero),
                Identity(GEOMETRIC.xreplace({lam: lam**-2}), Ein(xi / lam) + sp.log(lam) - Ein(xi * lam)),
            )
        ),
        domain=AGED,
        assumes=FROM_ZERO,
        derived_in="flow emergence: age",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.emergence.flow_geometric.once",
        says="the generated variance from Q = 0 moves from 1 to lam without turning, so every level is passed once",
        where="section H.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Within(Inequality(sp.Derivative(log_variance(), xi), ">", sp.S.Zero), AGED.where(lam > 1)),
                Within(Inequality(sp.Derivative(log_variance(), xi), "<", sp.S.Zero), AGED.where(lam < 1)),
            )
        ),
        domain=AGED,
        assumes=FROM_ZERO,
        derived_in="flow emergence: pace",
        checks=EXACT,
        slips=(Inequality(sp.Derivative(log_variance(), xi), ">", sp.S.Zero),),
        formula=False,
    ),
    Claim(
        id="our.emergence.flow_decay",
        says="geometric mean, from Q = 0: the more variance a mode has, the earlier it passes, above 1 as below",
        reading=(
            "the gap to the level has the slope 1/2 - e^-x in ln lam at a fixed time, x = 2 eta tau lam, which is "
            "positive if x > ln 2; at x = ln 2 a mode above 1 has not passed yet and a mode below 1 (written 1/lam) has"
        ),
        where="section H.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Identity(
                    lam * sp.Derivative(EARLY, lam) + xi * sp.Derivative(EARLY, xi), sp.Rational(1, 2) - sp.exp(-xi)
                ),
                Within(Inequality(at_turn(lam), "<", sp.S.Zero), ABOVE),
                Within(Inequality(at_turn(1 / lam), "<", sp.S.Zero), ABOVE),
            )
        ),
        domain=AGED,
        assumes=FROM_ZERO,
        derived_in="flow emergence: pace",
        checks=EXACT,
        slips=(
            Within(Inequality(at_turn(lam), ">", sp.S.Zero), ABOVE),
            Within(Inequality(at_turn(1 / lam), ">", sp.S.Zero), ABOVE),
            Within(Inequality(at_turn(lam) + sp.log(lam) / 4, "<", sp.S.Zero), ABOVE),
        ),
        formula=False,
    ),
    Claim(
        id="our.emergence.flow_harmonic",
        says=("harmonic mean, x = 2 eta lam tau*: E_1(x) -> ln 2 as lam -> 0; Ein(x) -> ln 2 as lam -> infinity"),
        reading=(
            "at fixed x, ln of the variance over the harmonic mean tends to E_1(x) - ln 2 and to Ein(x) - ln 2 = "
            "E_1(x) + ln x + gamma - ln 2"
        ),
        where="section H.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                vanishing(HARMONIC, E1 - sp.log(2)),
                growing(HARMONIC, E1 + sp.log(xi) + sp.EulerGamma - sp.log(2)),
            )
        ),
        domain=AGED,
        assumes=FROM_ZERO,
        derived_in="flow emergence: age",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.emergence.flow_match",
        says=(
            "|ln(lam~/lam)| <= delta: E_1(2 eta tau* lam) ~ delta (lam << 1, alpha -> 1), E_1(2 eta tau*) ~ delta "
            "(lam >> 1, alpha -> 0)"
        ),
        reading=(
            "ln(lam~/lam) tends to E_1(x) as lam -> 0 at fixed x = 2 eta tau lam, and to -E_1(x) as lam -> infinity at "
            "fixed x = 2 eta tau"
        ),
        where="section H.2.1 of the spectral-bias paper",
        source="ours",
        relation=Both((vanishing(MISSING, E1), tends(MISSING.xreplace(YOUNG), sp.oo, -E1))),
        domain=AGED,
        assumes=FROM_ZERO,
        derived_in="flow emergence: age",
        checks=(KERNEL,),
    ),
)
