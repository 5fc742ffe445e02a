"""Our own statements on gradient descent in discrete time: what it generates, when it converges, and how fast."""

import sympy as sp

from numerics import one_layer as measured
from theory.descent import LEVEL, LEVELS, factor, generated, s
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.one_layer import eta, lam, n, sigma, sigmaT, y
from theory.relation import Both, Identity, Inequality, Relation, Within
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_4_2 import CENTRED, DISCRETE

lam1, rho, r_fast = symbols("lam1 rho r_fast")
DESCENT = (CENTRED, DISCRETE)
THREE = sp.Integer(3)
STEPS = box(
    lam=("0.1", "2.0"),
    Q=("-0.2", "1.2"),
    eta=("0.01", "0.2"),
    n=("3", "3"),
    sigma0=("0.05", "0.2"),
    sigmaT=("1.0", "2.0"),
)
MODE = domain_of((lam, sigma, rho, eta))
TOP = domain_of((lam1, sigmaT, eta))
curvature = lam + sigma**2
SHARE = Domain(((y, Range(sp.S.Zero, sp.S.One, high_open=True)), (n, Range(sp.S.Zero))))
WHOLE = Domain(((y, Range(sp.S.Zero, sp.S.One)),))


def variance(relation: Relation) -> sp.Expr:
    """Return the generated variance whose logarithm a relation is about."""
    return sp.exp(relation.formula)


def induction(share: sp.Expr, lead: sp.Expr) -> Both:
    """Return that G_{n+1} = lead G_n + share^(n+1)/(n+1) and K_{n+1} = K_n + share^(n+1)/(n+1) have the right slopes."""
    grown = sp.Derivative(share ** (n + 1) / (n + 1), s)
    return Both(
        (
            Identity(factor(s) ** (n + 1) / s, lead * factor(s) ** n / s + grown),
            Identity(factor(s) ** (n + 1) / (lam + s), factor(s) ** n / (lam + s) + grown),
        )
    )


def contracts(bound: sp.Expr) -> Both:
    """Return that every mode below the largest curvature contracts if eta times it is less than `bound`, which may not."""
    below = MODE.where(eta * (curvature + rho**2) < bound)
    above = TOP.where(eta * (lam1 + sigmaT**2) >= bound)
    largest = factor(sigmaT**2).xreplace({lam: lam1})
    return Both(
        (
            Within(Inequality(factor(sigma**2) ** 2, "<", sp.S.One), below.where(lam > 0)),
            Within(Inequality(largest**2, ">=", sp.S.One), above),
        )
    )


def single(bound: sp.Expr, rate: sp.Expr) -> Both:
    """Return that 1 - 2 eta rate has modulus below 1 if and only if eta rate < bound."""
    domain = domain_of(tuple(sorted((eta * rate).free_symbols, key=str)))
    return Both(
        (
            Within(Inequality((1 - 2 * eta * rate) ** 2, "<", sp.S.One), domain.where(eta * rate < bound)),
            Within(Inequality((1 - 2 * eta * rate) ** 2, ">=", sp.S.One), domain.where(eta * rate >= bound)),
        )
    )


CLAIMS = (
    Claim(
        id="our.gd.variance.induction",
        says=(
            "descent, c = 1 - 2 eta lam: H_n = (1-Q)[G(eps_T) - G(eps_0)] - [K(eps_T) - K(eps_0)], G(s) = c^n ln s + "
            "sum_j c^(n-j) (c - 2 eta s)^j/j, K(s) = ln(lam + s) + sum_j (1 - 2 eta (lam + s))^j/j"
        ),
        reading=(
            "for every n: G' = (1 - 2 eta (lam + s))^n/s and K' = (1 - 2 eta (lam + s))^n/(lam + s), by induction; they "
            "hold for n = 0, and this is the step from n to n + 1"
        ),
        where="section 4.3 of the spectral-bias paper in discrete time",
        source="ours",
        relation=induction(factor(s), 1 - 2 * eta * lam),
        domain=LEVEL,
        assumes=DESCENT,
        derived_in="discrete training: spread",
        checks=EXACT,
        slips=(induction(factor(s), 1 - eta * lam), induction(factor(2 * s), 1 - 2 * eta * lam)),
    ),
    Claim(
        id="our.gd.variance.three",
        says="descent: lam~_n = lam_infinity e^{-H_n}",
        reading="written out for n = 3 steps, ln of the variance solves the sampling equation with the weight after 3 steps",
        where="section 4.3 of the spectral-bias paper in discrete time",
        source="ours",
        relation=generated(THREE),
        domain=LEVELS,
        assumes=DESCENT,
        derived_in="discrete training: three steps",
        checks=(*EXACT, Ode(measure=measured.gd_variance, box=STEPS, formula=variance)),
    ),
    Claim(
        id="our.gd.stability.levels",
        says="all noise levels converge if and only if 0 < eta < 1/(lam_max + eps_T)",
        reading=(
            "if eta (lam_max + eps_T) < 1, every mode of smaller curvature lam + sigma^2 > 0 contracts; if not, the mode "
            "lam_max at sigma_T does not"
        ),
        where="appendix D.1.1 of the spectral-bias paper",
        source="ours",
        relation=contracts(sp.S.One),
        domain=MODE,
        assumes=DESCENT,
        derived_in="one layer: descent",
        checks=EXACT,
        slips=(contracts(sp.Integer(2)), contracts(sp.Rational(1, 2))),
        formula=False,
    ),
    Claim(
        id="our.gd.stability.bias",
        says="bias: eta < 1",
        where="appendix D.1.1 of the spectral-bias paper",
        source="ours",
        relation=single(sp.S.One, sp.S.One),
        domain=domain_of((eta,)),
        assumes=DESCENT,
        checks=EXACT,
        slips=(single(sp.Integer(2), sp.S.One), single(sp.Rational(1, 2), sp.S.One)),
        formula=False,
    ),
    Claim(
        id="our.gd.stability.mean",
        says="non-centred: eta < 1/r_max(M)",
        reading="a deviation along an eigenvector of the coupling matrix M with eigenvalue r > 0 is multiplied by 1 - 2 eta r",
        where="appendix D.2 of the spectral-bias paper",
        source="ours",
        relation=single(sp.S.One, r_fast),
        domain=domain_of((eta, r_fast)),
        assumes=(DISCRETE,),
        checks=EXACT,
        slips=(single(sp.Integer(2), r_fast),),
        formula=False,
    ),
    Claim(
        id="our.gd.never_slower",
        says="Q = 0, 2 eta (lam + eps_T) <= 1: H_n <= H(2 eta n)",
        reading=(
            "H is an integral over s of a positive density times what is left of the deviation: with y = 2 eta (lam + s) "
            "in [0, 1] that is (1-y)^n after n steps and e^{-n y} in the flow; (1-y)^n <= e^{-n y}, in logarithms for y < 1"
        ),
        where="section 4.3 of the spectral-bias paper in discrete time",
        source="ours",
        relation=Both(
            (
                Within(Inequality(n * sp.log(1 - y), "<=", -n * y), SHARE),
                Within(Inequality(1 - y, "<=", sp.exp(-y)), WHOLE),
                Within(Inequality(lam / (s * (lam + s)), ">", sp.S.Zero), Domain(((lam, POSITIVE), (s, POSITIVE)))),
            )
        ),
        domain=SHARE,
        assumes=(*DESCENT, "Q = 0"),
        derived_in="discrete training: variance",
        checks=EXACT,
        slips=(
            Within(Inequality(n * sp.log(1 - y), ">=", -n * y), SHARE.where(n > 0, y > 0)),
            Within(Inequality(1 - y, "<=", sp.exp(-2 * y)), WHOLE),
        ),
        formula=False,
    ),
)
