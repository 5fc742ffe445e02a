"""Our own statements on two symmetric layers: corners, limits, fixed points, and corrections of section 5.1."""

from dataclasses import replace

import sympy as sp

from theory.domain import POSITIVE, domain_of
from theory.matrices import Eigenvector, Symmetric
from theory.one_layer import Q, eta, initial_variance, lam, optimum, sampled, sigma, sigma0, sigmaT, tau
from theory.overlaps import NARROW, ORDERED, PAIR, coefficient, lam1, lam2, narrow_rate, q1, q2
from theory.overlaps import optimum as best
from theory.regression import PSD, M, Sigma, W, d
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Solves, Within
from theory.symbols import symbols
from theory.two_layer import (
    LIVE,
    SAMPLED,
    STARTED,
    STARTED_SAMPLED,
    TRAINED,
    bracket,
    decay,
    log_variance_entire,
    narrowed,
    share,
    w,
    weight,
    weight_entire,
)
from theory.two_layer_emergence import excess, gap, pace
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import ODE_VARIANCE, ODE_WEIGHT, SETTING, logistic
from verify.ledger.spectral_bias.section_4_3_shape import PAPER
from verify.ledger.spectral_bias.section_5_1_more import FEW_BOXES, GEOMETRIC, TENTH
from verify.ledger.spectral_bias.shared_noise import MODES, aged, at_paper, bracketed

ZERO = sp.S.Zero
v, v1 = sp.MatrixSymbol("v", d, 1), sp.MatrixSymbol("v1", d, 1)
(w1,) = symbols("psi")
K = W * M + M * W - 2 * Sigma
LATER = narrowed(STARTED_SAMPLED, tau=POSITIVE)
SYMMETRIC = Symmetric(W)
speed = 8 * eta * weight(sigma) * (lam - (lam + sigma**2) * weight(sigma))


def without(sigma: sp.Expr) -> sp.Expr:
    """Return 1 + 8 eta tau sigma^2 Q, what the bracket is for lam = 0."""
    return 1 + 8 * eta * tau * sigma**2 * Q


def without_data() -> sp.Expr:
    """Return the generated variance for lam = 0."""
    return sigma0**2 * (sigmaT**2 * without(sigma0) / (sigma0**2 * without(sigmaT))) ** Q


def at_zero(solves: Solves, symbol: sp.Symbol) -> Solves:
    """Return the same with 0 for a symbol of the equation."""
    return replace(solves, rate=solves.rate.xreplace({symbol: ZERO}))


CLAIMS = (
    Claim(
        id="our.two_layer.inflection",
        says="the second derivative of the weight is 8 eta (lam - 2 (lam + sigma^2) w) times the first: it changes its "
        "sign at w = w*/2 and nowhere else",
        where="corrects section 5.1 of the spectral-bias paper",
        source="ours",
        relation=Identity(
            sp.Derivative(weight(sigma), tau, 2),
            16 * eta * (lam + sigma**2) * (optimum(sigma) / 2 - weight(sigma)) * speed,
        ),
        domain=STARTED,
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=EXACT,
    ),
    Claim(
        id="our.two_layer.level_passage",
        says="from Q = 1/10 the first passage of the generated variance through the geometric mean has a local exponent "
        "within 0.05 of 1; from Q = 1/2 there are variances lam of a mode whose level hardly changes, and no such law",
        where="corrects section 5.1 of the spectral-bias paper",
        source="ours",
        reading=f"lam in [0.001, 10], {PAPER}; the passage has 8 eta tau lam in [2.3, 2.8]",
        relation=Both(
            (
                *bracketed(at_paper(gap("geometric"), TENTH), MODES, GEOMETRIC),
                Inequality(at_paper(excess("geometric") + pace() / 20, TENTH), ">=", ZERO),
                Inequality(at_paper(excess("geometric") - pace() / 20, TENTH), "<=", ZERO),
            )
        ),
        domain=aged(MODES, GEOMETRIC),
        assumes=SETTING,
        derived_in="two layers: variance",
        checks=(FEW_BOXES,),
        slips=(Inequality(at_paper(excess("geometric"), TENTH), ">=", ZERO),),
        formula=False,
    ),
    Claim(
        id="our.two_layer.weight",
        says="the weight is Q/(E + 8 eta tau (lam + sigma^2) Q phi1(-8 eta lam tau)) for every lam >= 0 and Q >= 0; for "
        "lam = 0 it is Q/(1 + 8 eta tau sigma^2 Q), and from Q = 0 it stays 0",
        where="extends Prop. 5.1 of the spectral-bias paper to lam = 0 and Q = 0",
        source="ours",
        relation=Both(
            (
                Within(logistic(weight_entire(sigma)), LIVE),
                Within(at_zero(logistic(Q / without(sigma)), lam), TRAINED),
            )
        ),
        domain=TRAINED,
        assumes=SETTING,
        derived_in="two layers: entire weight",
        checks=(*EXACT, ODE_WEIGHT),
    ),
    Claim(
        id="our.two_layer.variance",
        says="the generated variance is sigma_0^2 [sigma_T^2 D(sigma_0)/(sigma_0^2 D(sigma_T))]^alpha_E with alpha_E = "
        "Q/(Q + (1 - Q) E) and D(sigma) = E + 8 eta tau (lam + sigma^2) Q phi1(-8 eta lam tau), for every lam >= 0 and "
        "Q >= 0",
        where="extends Prop. 5.1 of the spectral-bias paper to lam = 0 and Q = 0",
        source="ours",
        relation=Both(
            (
                Within(sampled(sp.exp(log_variance_entire()), weight_entire(sigma0)), LATER),
                Within(sampled(initial_variance(), Q), SAMPLED),
                Within(sampled(without_data(), Q / without(sigma0)), narrowed(SAMPLED, Q=POSITIVE)),
                Within(sampled(sigma0**2, ZERO), SAMPLED),
            )
        ),
        domain=SAMPLED,
        assumes=SETTING,
        derived_in="two layers: entire variance",
        checks=(*EXACT, ODE_VARIANCE),
    ),
    Claim(
        id="our.two_layer.fixed_points.commute",
        says="at every stationary P the weight W = P P^T commutes with Sigma and its eigenvalues are 0 or lam/(lam + "
        "sigma^2)",
        where="corrects appendix E.1 of the spectral-bias paper where eigenvalues coincide",
        source="ours",
        reading="stationary means K P = 0, so K W = W K = 0, for K = W M + M W - 2 Sigma, M = Sigma + sigma^2 I; judged "
        "are the identities of the proof: W K - K W = [W^2 - 2 W, Sigma]; v.K v = 2 (w v.M v - v.Sigma v) for an "
        "eigenvector v of W, so that w v.M v = v.Sigma v and w < 1 unless w = 0; and v'.[W^2 - 2 W, Sigma] v = (w' - "
        "w)(w' + w - 2) v'.Sigma v, so that v'.Sigma v = 0 for w' != w",
        relation=Both(
            (
                MatrixIdentity(W * K - K * W, (W * W - 2 * W) * Sigma - Sigma * (W * W - 2 * W), (SYMMETRIC, PSD)),
                MatrixIdentity(v.T * K * v, 2 * (w * v.T * M * v - v.T * Sigma * v), (PSD, Eigenvector(v, W, w))),
                MatrixIdentity(
                    v1.T * ((W * W - 2 * W) * Sigma - Sigma * (W * W - 2 * W)) * v,
                    (w1 - w) * (w1 + w - 2) * v1.T * Sigma * v,
                    (PSD, Eigenvector(v, W, w), Eigenvector(v1, W, w1)),
                ),
            )
        ),
        domain=domain_of((sigma, w, w1)),
        assumes=("zero-mean data",),
        derived_in="two layers: gradient",
        checks=EXACT,
    ),
    Claim(
        id="our.two_layer.fixed_points.exchange",
        says="at a stationary point with mode 1 learned and mode 2 absent, an exchange of the two grows at the rate 2 eta "
        "(lam_2 - lam_1)(lam_1 + 2 sigma^2)/(lam_1 + sigma^2): with fewer columns than modes only the largest survive",
        where="new",
        source="ours",
        reading="the rate of q_2 in its own direction, at q_1^2 = w*_1 and q_2 = 0, in the column of q_1",
        relation=Identity(
            sp.diff(narrow_rate(lam2, q2, lam1, q1), q2).xreplace({q2: ZERO, q1: sp.sqrt(best(lam1))}),
            2 * eta * (lam2 - lam1) * (lam1 + 2 * sigma**2) / (lam1 + sigma**2),
        ),
        domain=PAIR,
        assumes=("zero-mean data", "gradient flow"),
        derived_in="overlaps: width one",
        checks=EXACT,
    ),
    Claim(
        id="our.two_layer.width_one",
        says="at width one the ratio q_2/q_1 of two modes changes at the logarithmic rate -2 eta (lam_1 - lam_2)(2 - "
        "|q|^2): while |q|^2 < 2 the smaller mode loses, wherever it stands",
        where="corrects appendix E.1.2 of the spectral-bias paper",
        source="ours",
        relation=Identity(
            (narrow_rate(lam2, q2, lam1, q1) * q1 - q2 * narrow_rate(lam1, q1, lam2, q2)) / (q1 * q2),
            -2 * eta * (lam1 - lam2) * (2 - q1**2 - q2**2),
        ),
        domain=NARROW.where(sp.Ne(q1, 0), sp.Ne(q2, 0)),
        assumes=("zero-mean data", "gradient flow", "two modes, one column"),
        derived_in="overlaps: width one",
        checks=EXACT,
    ),
    Claim(
        id="our.two_layer.cutoff_limit",
        says="as sigma_0 -> 0 at fixed tau, the generated variance over sigma_0^(2 (1 - alpha_E)) tends to a positive "
        "number; alpha_E < 1 for 0 < Q < 1, alpha_E > 1 for Q > 1",
        where="new",
        source="ours",
        reading="so the limit is 0 for 0 < Q < 1 and infinite for Q > 1, while at tau = infinity it is lam sigma_T^2/(lam "
        "+ sigma_T^2)",
        relation=Both(
            (
                LimitIs(
                    expr=log_variance_entire() - 2 * (1 - share()) * sp.log(sigma0),
                    var=sigma0,
                    point=ZERO,
                    value=share() * (sp.log(sigmaT**2 * bracket(ZERO)) - sp.log(bracket(sigmaT))),
                ),
                Identity(1 - share(), (1 - Q) * decay() / (Q + (1 - Q) * decay())),
            )
        ),
        domain=LATER,
        assumes=SETTING,
        derived_in="two layers: entire variance",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.two_layer.phases",
        says="the factor of o_12 in its own rate is positive before either mode has emerged and negative once the mode of "
        "larger variance has: the overlap rises before that mode, and falls after",
        where="corrects the summary of appendix E.1.2 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Inequality(coefficient(ZERO, ZERO), ">", ZERO),
                Inequality(coefficient(best(lam1), ZERO), "<", ZERO),
            )
        ),
        domain=ORDERED,
        assumes=("zero-mean data", "gradient flow", "the overlaps with further modes vanish"),
        derived_in="overlaps: one emerged",
        checks=EXACT,
        slips=(Inequality(coefficient(ZERO, ZERO), "<", ZERO), Inequality(coefficient(best(lam1), ZERO), ">", ZERO)),
        formula=False,
    ),
    Claim(
        id="our.two_layer.order",
        says="from equal initial weights Q > 0 the time to the arithmetic mean, ln(1 + w*/Q)/(8 eta lam), falls with lam",
        where="corrects appendix E.1.2 of the spectral-bias paper",
        source="ours",
        relation=Monotone(expr=sp.log(1 + optimum(sigma) / Q) / (8 * eta * lam), var=lam, op="<"),
        domain=narrowed(domain_of((lam, sigma, Q, eta)), lam=POSITIVE, Q=POSITIVE),
        assumes=SETTING,
        derived_in="two layers: weight",
        checks=EXACT,
        slips=(Monotone(expr=sp.log(1 + optimum(sigma) / Q), var=lam, op="<"),),
        formula=False,
    ),
)
