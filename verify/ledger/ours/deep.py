"""Our own statements on deep and residual layers: explicit times and weights, and what a skip changes."""

import sympy as sp

from numerics import layers as measured
from theory.deep import (
    INNER,
    L,
    infinite_time,
    inner_weight,
    outer_slope,
    outer_time,
    phi,
    plain,
    s_layer,
    tied_rate,
    v,
)
from theory.domain import POSITIVE, domain_of
from theory.one_layer import Q, eta, lam, sigma, tau, y
from theory.relation import Antiderivative, Both, Identity, LimitIs, Relation, Solves
from theory.symbols import symbols
from theory.two_layer import narrowed
from theory.untied import mass, mode_loss, p, pull
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.appendix_F_3 import LAYERS, TIED_LAYERS, equal_rate
from verify.ledger.spectral_bias.lanes_5_1 import SETTING

ZERO = sp.S.Zero
TIMED = narrowed(domain_of((v, lam, sigma, eta)), v=POSITIVE, lam=POSITIVE).where(v * mass() < lam)
ON_TIME = box(v=("0.1", "1.2"), lam=("0.2", "2.0"), sigma=("0.3", "1.0"), eta=("0.2", "1.0"))
SKIPPED = box(sigma=("0.3", "1.0"), Q=("0.05", "1.0"), eta=("0.1", "1.0"), tau=("0.1", "0.8"))
rho, x = symbols("rho x")  # the root w*^(1/L) and (v/w*)^(1/L)
ROOTS = narrowed(domain_of((x, rho, lam)), x=POSITIVE, lam=POSITIVE).where(x < 1)


def rational_part(depth: int) -> sp.Expr:
    """Return Re sum_j zeta_j^2/(zeta_j - x) over the roots of unity zeta_j of order `depth`, a rational function."""
    angles = [2 * sp.pi * j / depth for j in range(depth)]
    terms = [
        (sp.cos(2 * a) * (sp.cos(a) - x) + sp.sin(2 * a) * sp.sin(a)) / (1 - 2 * x * sp.cos(a) + x**2) for a in angles
    ]
    return sp.Add(*terms)


def depth_identity(depth: int) -> Identity:
    """Return that the derivative of the bracket is 1/(v^(2-2/L)(lam - M v)), in x = (v/w*)^(1/L), times dv/dx.

    With M = lam/rho^L and v = (rho x)^L; the bracket is -L/((L-2) lam v^(1-2/L)) - (M rho^2/lam^2) Re sum zeta^2 ln(1 -
    x/zeta).
    """
    M, weight = lam / rho**depth, (rho * x) ** depth
    integrand = depth * rho * (rho * x) ** (depth - 1) / ((rho * x) ** (2 * depth - 2) * (lam - M * weight))
    power = sp.Derivative(-sp.Rational(depth, depth - 2) / (lam * (rho * x) ** (depth - 2)), x)
    return Identity(integrand, power + M * rho**2 / lam**2 * rational_part(depth))


def quartic_time() -> sp.Expr:
    """Return 2 [-1/(lam sqrt v) + (sqrt M/lam^(3/2)) artanh x] in x = sqrt(v/w*) and rho = sqrt w*."""
    artanh = sp.log((1 + x) / (1 - x)) / 2
    return 2 * (-1 / (lam * rho * x) + sp.sqrt(lam / rho**2) / lam ** sp.Rational(3, 2) * artanh)


def speed(relation: Relation) -> sp.Expr:
    """Return dv/dtau that a primitive of the training time in v gives."""
    return 1 / sp.diff(relation.formula, v)


def skip_loss(sign: int) -> sp.Expr:
    """Return the mode's loss at the weight 1 + sign p^2."""
    return mode_loss(1 + sign * p**2)


def skip_rate(sign: int, target: sp.Expr) -> Identity:
    """Return that u = p^2 has the rate 8 eta u (target - M u)."""
    flow = -eta * sp.Derivative(p**2, p) * sp.Derivative(skip_loss(sign), p)
    return Identity(flow, 8 * eta * p**2 * (target - mass() * p**2))


def skip_weight(sign: int) -> sp.Expr:
    """Return u after training time tau from Q, for the weight 1 + sign u."""
    e = sp.exp(sign * 8 * eta * sigma**2 * tau)
    return sigma**2 * Q / (sigma**2 * e + sign * mass() * Q * (e - 1))


def skipped(sign: int) -> Solves:
    """Return that `skip_weight` solves its equation."""
    rate = 8 * eta * y * (-sign * sigma**2 - mass() * y)
    return Solves(solution=skip_weight(sign), var=tau, unknown=y, rate=rate, at=ZERO, start=Q)


def upper(relation: Relation) -> sp.Expr:
    """Return the formula of the first part with the variance of the measured mode."""
    return relation.formula.xreplace({lam: sp.Rational(7, 10)})


STARTED = narrowed(domain_of((lam, sigma, Q, eta, tau)), Q=POSITIVE)
SKIP = domain_of((p, lam, sigma, eta))

CLAIMS = (
    Claim(
        id="our.deep.equal",
        says="L separate layers that start equal obey dw/dtau = 2 eta L w^(2-2/L)(lam - (lam + sigma^2) w): one factor L "
        "less than tied ones",
        where="corrects appendix F.3 of the spectral-bias paper",
        source="ours",
        relation=Identity(equal_rate(), tied_rate(s_layer**L, factor=L)),
        domain=TIED_LAYERS,
        assumes=SETTING,
        derived_in="deep: mode",
        checks=(*EXACT, Ode(measure=measured.equal_speed, box=LAYERS)),
    ),
    *(
        Claim(
            id=f"our.deep.integer_depth.{name}",
            says="2 eta L^2 tau = [-L/((L-2) lam v^(1-2/L)) - (M rho^2/lam^2) Re sum_j zeta_j^2 ln(1 - x/zeta_j)] from Q "
            "to w, x = (v/w*)^(1/L), rho = w*^(1/L), zeta_j = exp(2 pi i j/L)",
            where="new",
            source="ours",
            reading=f"L = {depth}, below w*: the derivatives in x agree, that of Re ln(1 - x/zeta) being Re 1/(x - zeta)",
            relation=depth_identity(depth),
            domain=ROOTS,
            assumes=SETTING,
            derived_in="deep: tied",
            checks=EXACT,
        )
        for name, depth in (("three", 3), ("four", 4), ("six", 6))
    ),
    Claim(
        id="our.deep.integer_depth.artanh",
        says="L = 4: 16 eta tau = [-1/(lam sqrt w) + (sqrt M/lam^(3/2)) artanh sqrt(w/w*)] (times 2, from Q to w)",
        where="new",
        source="ours",
        reading="in x = sqrt(v/w*), v = (rho x)^2 and M = lam/rho^2: the bracket times 2 is a primitive of dv/(v^(3/2)(lam "
        "- M v)), below w*; artanh x = ln((1 + x)/(1 - x))/2",
        relation=Antiderivative(
            primitive=quartic_time(), integrand=2 * rho**2 * x / ((rho * x) ** 3 * (lam - lam * x**2)), var=x
        ),
        domain=ROOTS,
        assumes=SETTING,
        derived_in="deep: tied",
        checks=EXACT,
    ),
    Claim(
        id="our.deep.infinite.time",
        says="tied layers of infinite depth: 2 eta tau = [-1/(lam v) + (lam + sigma^2)/lam^2 ln(v/(w* - v))] from Q to w",
        where="new",
        source="ours",
        relation=Antiderivative(
            primitive=infinite_time(v) / (2 * eta), integrand=1 / (2 * eta * v**2 * pull(v)), var=v
        ),
        domain=TIMED,
        assumes=SETTING,
        derived_in="deep: implicit time",
        checks=(*EXACT, Ode(measure=measured.infinite_speed, box=ON_TIME, formula=speed)),
    ),
    Claim(
        id="our.deep.infinite.lambert",
        says="w = w*/(1 + W_0((w*/Q - 1) exp(w*/Q - 1 - 2 eta lam w* tau)))",
        where="new",
        source="ours",
        reading="u = w*/w - 1 > -1 has u e^u = (w*/Q - 1) exp(w*/Q - 1 - 2 eta lam w* tau): along the flow d(u e^u)/dtau = "
        "-2 eta lam w* u e^u",
        relation=Identity(
            sp.Derivative((lam / mass() / v - 1) * sp.exp(lam / mass() / v - 1), v) * 2 * eta * v**2 * pull(v),
            -2 * eta * lam * (lam / mass()) * (lam / mass() / v - 1) * sp.exp(lam / mass() / v - 1),
        ),
        domain=narrowed(domain_of((v, lam, sigma, eta)), v=POSITIVE),
        assumes=SETTING,
        derived_in="deep: implicit time",
        checks=EXACT,
    ),
    Claim(
        id="our.deep.infinite.internal",
        says="with the internal time phi = int 2 eta w dtau the weight is logistic, w = Q/(e^(-lam phi) + Q M phi phi1(-lam "
        "phi)), and 2 eta tau Q = phi phi1(-lam phi) + Q M phi^2 phi2(-lam phi), increasing in phi",
        where="new",
        source="ours",
        reading="dw/dphi = w (lam - M w) from Q, and d(2 eta tau Q)/dphi = Q/w",
        relation=Both(
            (
                Solves(solution=inner_weight(), var=phi, unknown=y, rate=y * pull(y), at=ZERO, start=Q),
                Antiderivative(primitive=plain(outer_time()), integrand=outer_slope(), var=phi),
            )
        ),
        domain=INNER,
        assumes=SETTING,
        derived_in="deep: outer time",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.residual.global_skip.rates",
        says="W = I + P P^T: a mode u of P P^T obeys du/dtau = 8 eta u (-sigma^2 - M u); W = I - P P^T: du/dtau = 8 eta u "
        "(sigma^2 - M u)",
        where="new",
        source="ours",
        relation=Both((skip_rate(1, -(sigma**2)), skip_rate(-1, sigma**2))),
        domain=SKIP,
        assumes=SETTING,
        derived_in="two layers: mode",
        checks=EXACT,
    ),
    Claim(
        id="our.residual.global_skip.plus",
        says="W = I + P P^T: u tends to 0, the denoiser to the identity",
        where="new",
        source="ours",
        relation=Both((skipped(1), LimitIs(expr=skip_weight(1), var=tau, point=sp.oo, value=ZERO))),
        domain=STARTED,
        assumes=SETTING,
        checks=(KERNEL, Ode(measure=measured.added_weight, box=SKIPPED, formula=upper)),
    ),
    Claim(
        id="our.residual.global_skip.minus",
        says="W = I - P P^T: u tends to sigma^2/(lam + sigma^2), so that W is optimal, at the rate 8 eta sigma^2 in every "
        "mode",
        where="new",
        source="ours",
        relation=Both((skipped(-1), LimitIs(expr=skip_weight(-1), var=tau, point=sp.oo, value=sigma**2 / mass()))),
        domain=STARTED,
        assumes=SETTING,
        checks=(KERNEL, Ode(measure=measured.subtracted_weight, box=SKIPPED, formula=upper)),
    ),
)
