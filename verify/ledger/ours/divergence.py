"""How good the generated law of a mode is during training: its divergence from the data, and from its own end."""

import sympy as sp

from numerics import one_layer as measured
from numerics.one_layer import divergence as divergences
from theory import quality
from theory.divergence import of_ratio, of_training
from theory.domain import domain_of
from theory.one_layer import (
    SAMPLED,
    TRAINED,
    Q,
    eta,
    final_variance,
    lam,
    later,
    log_variance_entire,
    log_variance_rate,
    optimum,
    sigma,
    sigma0,
    sigmaT,
    tau,
    weight,
)
from theory.relation import Both, Identity, Inequality, LimitIs, Monotone, Relation
from theory.shortfall import H, bracket, turn
from theory.symbols import symbols
from verify.checks.enclosure import Enclosure
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

(xi,) = symbols("xi")
ZERO = sp.S.Zero
ASSUMES = ("one layer, centred data", "aligned initial weight Q, the same at every noise level")
VARIED = SAMPLED.where(lam > 0)
BOX = box(
    lam=("0.05", "3.0"),
    Q=("-0.2", "1.2"),
    eta=("0.1", "1.0"),
    tau=("0.05", "2.0"),
    sigma0=("0.05", "0.3"),
    sigmaT=("3.0", "10.0"),
)
LOSS_BOX = box(lam=("0.05", "3.0"), sigma=("0.1", "2.0"), Q=("-0.5", "1.2"), eta=("0.1", "1.0"), tau=("0.05", "0.5"))
ONE_TIME = (
    "for 0 < Q < 1, first falling and then rising variance and lam~_0 > lam_inf: KL(N(0, lam~(tau)) | N(0, lam_inf)) "
    "vanishes at one finite tau > 0, is positive afterwards, and tends to 0, while the training loss decreases throughout"
)
PAPER = {sigma0: sp.Rational(1, 500), sigmaT: sp.Integer(80), Q: sp.Rational(1, 2), eta: sp.Rational(1, 2)}
NEAR = domain_of((lam,)).within(lam=("0.05", "0.12"))


def printed(H: sp.Expr) -> sp.Expr:
    """Return 1/2 (lam_inf/lam e^-H - 1 + H - ln(lam_inf/lam))."""
    ratio = final_variance() / lam
    return (ratio * sp.exp(-H) - 1 + H - sp.log(ratio)) / 2


def divergence_of(relation: Relation) -> sp.Expr:
    """Return the divergence that the first part states."""
    return relation.parts[0].formula if isinstance(relation, Both) else relation.formula


def lost(relation: Relation) -> sp.Expr:
    """Return what a mode adds to the loss above its minimum, from the speed at which it is lost."""
    return relation.formula / (-4 * eta * (lam + sigma**2))


def away(factor: sp.Expr) -> Both:
    """Return that (e^-H - 1 + factor H)/2 is 0 at H = 0 and grows with |H|."""
    value = {sign: (sp.exp(-sign * xi) - 1 + factor * sign * xi) / 2 for sign in (1, -1)}
    grows = (Monotone(expr=expr, var=xi, op=">") for expr in value.values())
    return Both((Identity(value[1].xreplace({xi: ZERO}), ZERO), *grows))


def at_paper(time: str) -> sp.Expr:
    """Return H at Q = 1/2 and the paper's noise levels when 2 eta tau is `time`."""
    return H().xreplace({**PAPER, tau: sp.Rational(time)})


CLAIMS = (
    Claim(
        id="our.one_layer.kl.value",
        says="KL(N(0, lam~) | N(0, lam)) = 1/2 (lam_inf/lam e^-H - 1 + H - ln(lam_inf/lam))",
        reading="H = ln(lam_inf/lam~) is the integral of e^(-a (lam + s)) [(1 - Q)/s - 1/(lam + s)] over the noise "
        "variances s",
        where="one layer, divergence during training",
        source="ours",
        relation=Both(
            (
                Identity(of_training(), printed(H())),
                quality.integral(H(), sp.exp(-2 * eta * tau * (lam + sigma0**2)) * bracket(sigma0)),
            )
        ),
        domain=VARIED,
        assumes=ASSUMES,
        derived_in="quality: integral",
        checks=(*EXACT, Ode(measure=divergences.divergence, box=BOX, formula=divergence_of)),
    ),
    Claim(
        id="our.one_layer.kl.rate",
        says="dKL/dtau = 1/2 (lam~/lam - 1) d ln lam~/dtau",
        where="one layer, divergence during training",
        source="ours",
        relation=Identity(
            sp.Derivative(of_training(), tau), (sp.exp(log_variance_entire()) / lam - 1) * log_variance_rate() / 2
        ),
        domain=VARIED,
        assumes=ASSUMES,
        derived_in="divergence: training",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.kl.floor",
        says="the limit of KL is positive unless lam = sigma_0 sigma_T",
        reading="it is 1/2 (r - 1 - ln r) at r = lam_inf/lam, which is 1 only for lam = sigma_0 sigma_T; that 1/2 "
        "(r - 1 - ln r) is positive but at r = 1 is our.one_layer.kl_nonmonotone.zero with r = e^-H",
        where="one layer, divergence during training",
        source="ours",
        relation=Both(
            (
                LimitIs(expr=of_training(), var=tau, point=sp.oo, value=of_ratio(final_variance() / lam)),
                Identity(
                    final_variance() / lam - 1,
                    (sigma0 * sigmaT - lam) * (sigma0 * sigmaT + lam) / (lam * (lam + sigmaT**2)),
                ),
            )
        ),
        domain=later(VARIED),
        assumes=ASSUMES,
        derived_in="divergence: floor",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.one_layer.kl.small",
        says="if lam_inf = lam then KL ~ H^2/4",
        reading="KL/H^2 tends to 1/4 as H tends to 0, which it does as tau grows",
        where="one layer, divergence during training",
        source="ours",
        relation=LimitIs(expr=of_ratio(sp.exp(-xi)) / xi**2, var=xi, point=ZERO, value=sp.Rational(1, 4)),
        domain=domain_of((xi,)),
        assumes=ASSUMES,
        checks=(KERNEL,),
        formula=False,
        slips=(
            LimitIs(expr=of_ratio(sp.exp(-xi)) / xi**2, var=xi, point=ZERO, value=sp.Rational(1, 2)),
            LimitIs(expr=of_ratio(sp.exp(-xi)) / xi, var=xi, point=ZERO, value=sp.Rational(1, 4)),
        ),
    ),
    Claim(
        id="our.one_layer.kl_nonmonotone.value",
        says="KL(N(0, lam~(tau)) | N(0, lam_inf)) = 1/2 (e^-H - 1 + H)",
        reading="H = ln(lam_inf/lam~); it vanishes where H does, and only there (our.one_layer.kl_nonmonotone.zero)",
        where="one layer, divergence during training",
        source="ours",
        relation=Identity(of_ratio(sp.exp(log_variance_entire()) / final_variance()), (sp.exp(-H()) - 1 + H()) / 2),
        domain=VARIED,
        assumes=ASSUMES,
        checks=(*EXACT, Ode(measure=divergences.divergence_from_end, box=BOX, formula=divergence_of)),
    ),
    Claim(
        id="our.one_layer.kl_nonmonotone.zero",
        says="1/2 (e^-H - 1 + H) is 0 at H = 0 and grows with |H|",
        where="one layer, divergence during training",
        source="ours",
        relation=away(sp.S.One),
        domain=domain_of((xi,)),
        checks=EXACT,
        formula=False,
        slips=(away(-sp.S.One), away(sp.Rational(1, 2)), away(sp.S(2))),
    ),
    Claim(
        id="our.one_layer.kl_nonmonotone.once",
        says=ONE_TIME,
        reading="H = 0 at one tau at most: with s* = (1 - Q) lam/Q the derivative of H e^(a (lam + s*)) is the integral "
        "of 2 eta Q (s* - s)^2/(s (lam + s)) e^(a (s* - s)) over the noise variances, which is positive",
        where="one layer, divergence during training",
        source="ours",
        relation=quality.integral(
            sp.Derivative(H() * sp.exp(2 * eta * tau * (lam + turn())), tau),
            2
            * eta
            * Q
            * (turn() - sigma0**2) ** 2
            / (sigma0**2 * (lam + sigma0**2))
            * sp.exp(2 * eta * tau * (turn() - sigma0**2)),
        ),
        domain=later(quality.PARTLY),
        assumes=ASSUMES,
        derived_in="quality: growth",
        checks=EXACT,
    ),
    Claim(
        id="our.one_layer.kl_nonmonotone.end",
        says=ONE_TIME,
        reading="H becomes positive if (1 - Q) lam > Q sigma_0^2: below s* the integrand of that derivative is at least "
        "its value at tau = 0, because e^(a (s* - s)) >= 1 there, so that H e^(a (lam + s*)) grows without bound",
        where="one layer, divergence during training",
        source="ours",
        relation=quality.DERIVATION["end"].relation,
        domain=quality.BELOW,
        assumes=ASSUMES,
        derived_in="quality: end",
        checks=EXACT,
        formula=False,
        slips=(
            Inequality(turn() - sigma**2, "<=", ZERO),
            Inequality(bracket(sigma), "<=", ZERO),
            Inequality(bracket(sigma) - Q / sigma**2, ">=", ZERO),
        ),
    ),
    Claim(
        id="our.one_layer.kl_nonmonotone.loss",
        says=ONE_TIME,
        reading="the training loss: at every noise level the share of the mode above its minimum decays with 4 eta "
        "(lam + sigma^2)",
        where="one layer, divergence during training",
        source="ours",
        relation=Identity(
            sp.Derivative((lam + sigma**2) * (weight(sigma) - optimum(sigma)) ** 2, tau),
            -4 * eta * (lam + sigma**2) ** 2 * (weight(sigma) - optimum(sigma)) ** 2,
        ),
        domain=TRAINED,
        assumes=ASSUMES,
        derived_in="quality: loss",
        checks=(*EXACT, Ode(measure=measured.excess_loss, box=LOSS_BOX, formula=lost)),
    ),
    Claim(
        id="our.one_layer.kl_nonmonotone.case",
        says=ONE_TIME,
        reading="the case exists: at Q = 1/2, sigma_0 = 0.002, sigma_T = 80 every mode with 0.05 <= lam <= 0.12 starts "
        "above its end (H < 0 at tau = 0) and is below it at 2 eta tau = 10 (H > 0)",
        where="one layer, divergence during training",
        source="ours",
        relation=Both((Inequality(at_paper("0"), "<", ZERO), Inequality(at_paper("10"), ">", ZERO))),
        domain=NEAR,
        assumes=ASSUMES,
        checks=(Enclosure(boxes=2_000, samples=30),),
        formula=False,
        slips=(Inequality(at_paper("0"), ">", ZERO), Inequality(at_paper("10"), "<", ZERO)),
    ),
)
