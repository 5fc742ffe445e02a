"""Our own statements on two layers under flow matching: what full training generates, how fast, and untied layers."""

import sympy as sp

from numerics.flow_matching import two_layer as measured
from theory import flow_two_layer as two
from theory.domain import POSITIVE, Domain, Range
from theory.flow_matching import A_t, B_t, Q, eta, lam, optimum, t, tau
from theory.flow_two_layer import EARLY, LATE, b, by_b
from theory.functions import phi1
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, Relation, Solves, Within
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.appendix_H_3 import AFTER, ALIGNED_LAYERS, BEFORE, b_optimum, ends_at, sided

kappa, v, c, C, Y, Y0, up, down = symbols("kappa_t stretched c C Y Y0 Y_up Y_down")
CLOCK = {eta: sp.Rational(1, 8), tau: kappa}  # then 8 eta tau is kappa
SPECTRUM = Domain(((lam, POSITIVE),))
LAYERS = box(lam=("0.2", "3.0"), Q=("0.05", "1.0"), eta=("0.1", "0.4"), tau=("0.05", "0.8"))
SIDES = (POSITIVE, Range(-sp.oo, sp.S.Zero, high_open=True))
curved = (b**2 + lam) / (1 + lam)


def integrand(kappa: sp.Expr) -> sp.Expr:
    """Return Q e^{kappa b}/(1 + Q (b^2 + lam)/(1 + lam) (e^{kappa b} - 1)/b), the quotient by b written through phi1."""
    return Q * sp.exp(kappa * b) / (1 + Q * curved * kappa * phi1(kappa * b))


def substitution(integrand: sp.Expr) -> Both:
    """Return that `integrand` at b = B_t is the weight at t, before and after t*."""
    there = integrand.xreplace({b: B_t()})
    return Both(tuple(Within(Identity(two.weight(), there), side) for side in (LATE, EARLY)))


def integral(relation: Relation) -> sp.Expr:
    """Return 2/(1 + lam) times the integral of what stands for the weight, from b = -1 to b = lam."""
    while isinstance(relation, Both | Within):
        relation = relation.parts[0] if isinstance(relation, Both) else relation.relation
    weight = relation.formula.xreplace({t: (1 + b) / (1 + lam)})
    return 2 / (1 + lam) * sp.Integral(weight, (b, -1, lam))


def layer(side: Range, value: sp.Expr, base: sp.Expr, power: int) -> Within:
    """Return that kappa^power (w - base) tends to `value` at b = v/kappa, as kappa tends to infinity."""
    weight = by_b().xreplace(CLOCK).xreplace({b: v / kappa})
    domain = Domain(((v, side), (lam, POSITIVE), (Q, POSITIVE), (kappa, POSITIVE)))
    return Within(LimitIs(expr=kappa**power * (weight - base), var=kappa, point=sp.oo, value=value), domain)


def boundary_layer(first: sp.Expr, second: sp.Expr) -> Both:
    """Return the two leading orders of the weight near t*."""
    return Both(
        tuple(
            part for side in SIDES for part in (layer(side, first, sp.S.Zero, 1), layer(side, second, first / kappa, 2))
        )
    )


def early(slope: sp.Expr) -> Both:
    """Return that the generated ln variance starts as 2 Q with the slope `slope` in kappa."""
    growth = 2 * Q * (B_t() - Q * A_t())
    primitive = Q * ((1 + lam) * t**2 - 2 * t) - 2 * Q**2 * (lam * t**3 / 3 - (1 - t) ** 3 / 3)
    ends = primitive.xreplace({t: sp.S.One}) - primitive.xreplace({t: sp.S.Zero})
    times = Domain(((lam, POSITIVE), (Q, POSITIVE), (t, Range(sp.S.Zero, sp.S.One))))
    integrated = Within(Antiderivative(primitive=primitive, integrand=growth, var=t), times)
    return Both((Identity(ends, slope), integrated, *(part for side in SIDES for part in _started(side))))


def _started(side: Range) -> tuple[Within, ...]:
    """Return the value and the slope in kappa of the weight at kappa = 0, where b is in `side`."""
    domain = Domain(((b, side), (lam, POSITIVE), (Q, POSITIVE), (kappa, POSITIVE)))
    weight = by_b().xreplace(CLOCK)
    slope = LimitIs(expr=sp.Derivative(weight, kappa), var=kappa, point=sp.S.Zero, value=Q * (b - Q * curved))
    return Within(LimitIs(expr=weight, var=kappa, point=sp.S.Zero, value=Q), domain), Within(slope, domain)


def positive(denominator: sp.Expr) -> Both:
    """Return that the denominator is positive for b > 0 and for b < 0."""
    sides = (Domain(((b, side), (lam, POSITIVE), (Q, POSITIVE), (kappa, POSITIVE))) for side in SIDES)
    return Both(tuple(Within(Inequality(denominator, ">", sp.S.Zero), side) for side in sides))


near = v * (1 + lam) / lam / (1 - sp.exp(-v))
next_order = -(v**2) * (1 + lam) ** 2 / (Q * lam**2) * sp.exp(-v) / (1 - sp.exp(-v)) ** 2
UNTIED = Domain(
    ((Y0, POSITIVE), (up, POSITIVE), (down, POSITIVE), (c, POSITIVE), (eta, POSITIVE), (tau, Range(sp.S.Zero)))
)
SIGNED = Domain(((b, Range()), (c, POSITIVE), (C, POSITIVE)))


def riccati(solution: sp.Expr) -> Solves:
    """Return that `solution` is (p + q)^2 in training from Y_0, with w = p q and A_t = c.

    In terms of Y_+ and -Y_-: 4 B_t = c (Y_+ + Y_-) and C^2 = -Y_+ Y_-.
    """
    rate = eta * c * (up - down) * Y - eta * c * (Y**2 - up * down)
    return Solves(solution=solution, var=tau, unknown=Y, rate=rate, at=sp.S.Zero, start=Y0)


def untied(speed: sp.Expr) -> sp.Expr:
    """Return Y = (Y_+ - Y_- xi)/(1 - xi) with xi = (Y_0 - Y_+)/(Y_0 - Y_-) exp(-speed tau)."""
    xi = (Y0 - up) / (Y0 + down) * sp.exp(-speed * tau)
    return (up + down * xi) / (1 - xi)


def product(Y: sp.Expr) -> sp.Expr:
    """Return w = (Y - C^2/Y)/4."""
    return (Y - up * down / Y) / 4


def values(root: sp.Expr) -> Both:
    """Return that 2 w* + root and 2 w* - root have the sum 4 B/A and the product -C^2, w* = B/A = b/c."""
    return Both(
        (
            Identity((2 * b / c + root) + (2 * b / c - root), 4 * b / c),
            Identity((2 * b / c + root) * (2 * b / c - root), -(C**2)),
        )
    )


CLAIMS = (
    Claim(
        id="our.flow.two_layer_limit",
        says="symmetric two layers, Q > 0: as tau -> infinity, lam~ -> 1 + lam, i.e. generated covariance Sigma + I",
        reading=(
            "w -> max(B_t/A_t, 0) for every t but t*, staying between 0 and max(Q, w*), so that ln lam~ tends to "
            "ln A_1 - ln A_{t*}"
        ),
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=Both(
            (
                Identity(A_t(sp.S.One) / A_t(1 / (1 + lam)), 1 + lam),
                Within(ends_at(AFTER, b_optimum), sided(AFTER)),
                Within(ends_at(BEFORE, sp.S.Zero), sided(BEFORE)),
                Within(
                    Antiderivative(primitive=sp.log(A_t()), integrand=2 * optimum(), var=t),
                    Domain(((lam, POSITIVE), (t, Range(sp.S.Zero, sp.S.One)))),
                ),
            )
        ),
        domain=SPECTRUM,
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.flow.two_layer_integral",
        says=(
            "kappa = 8 eta tau: ln lam~ = 2/(1 + lam) int_{-1}^lam Q e^{kappa b} db/(1 + Q (b^2 + lam)/(1 + lam) "
            "(e^{kappa b} - 1)/b)"
        ),
        reading="the integrand is the weight at b = B_t, where dt = db/(1 + lam)",
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=substitution(integrand(8 * eta * tau)),
        domain=two.restricted(two.ALL),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: by b",
        checks=(*EXACT, Ode(measure=measured.log_variance, box=LAYERS, formula=integral, points=2)),
        slips=(substitution(integrand(4 * eta * tau)),),
    ),
    Claim(
        id="our.flow.two_layer_integral.analytic",
        says="the integrand is analytic on [-1, lam]",
        reading="its denominator is positive there; (e^{kappa b} - 1)/b is an entire function of b",
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=positive(1 + Q * curved * kappa * phi1(kappa * b)),
        domain=SPECTRUM,
        assumes=ALIGNED_LAYERS,
        checks=EXACT,
        slips=(positive(1 - Q * curved * kappa * phi1(kappa * b)),),
        formula=False,
    ),
    Claim(
        id="our.flow.two_layer_asymptotics.start",
        says="kappa -> 0: ln lam~ = 2 Q + kappa [Q (lam - 1) - (2/3) Q^2 (1 + lam)] + O(kappa^2)",
        reading="the weight and its slope in kappa tend to Q and Q B_t - Q^2 A_t, whose integrals these are",
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=early(Q * (lam - 1) - sp.Rational(2, 3) * Q**2 * (1 + lam)),
        domain=Domain(((lam, POSITIVE), (Q, POSITIVE))),
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: entire form",
        checks=(KERNEL,),
        slips=(early(Q * (lam - 1) - sp.Rational(1, 3) * Q**2 * (1 + lam)),),
    ),
    Claim(
        id="our.flow.two_layer_asymptotics.layer",
        says=(
            "kappa -> infinity: ln(lam~/(1 + lam)) = 2 pi^2/(3 lam kappa^2) - 4 pi^2 (1 + lam)/(3 Q lam^2 kappa^3) + "
            "O(kappa^-4)"
        ),
        reading=(
            "at b = v/kappa the weight is (1 + lam)/(lam kappa) v/(1 - e^-v) - (1 + lam)^2/(Q lam^2 kappa^2) v^2 "
            "e^-v/(1 - e^-v)^2 + ...; less v for v > 0, the two integrate to pi^2/3 and 2 pi^2/3"
        ),
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=boundary_layer(near, next_order),
        domain=SPECTRUM,
        assumes=ALIGNED_LAYERS,
        derived_in="flow matching, two layers: by b",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.flow.untied.solution",
        says=(
            "two separate layers with C = p^2 - q^2 != 0: dY/dtau = 4 eta B_t Y - eta A_t (Y^2 - C^2) for Y = (p + q)^2; "
            "Y = (Y_+ - Y_- xi)/(1 - xi), xi = (Y_0 - Y_+)/(Y_0 - Y_-) e^{-R tau}, R = 2 eta sqrt(4 B_t^2 + C^2 A_t^2)"
        ),
        reading=(
            "in terms of A_t = c, Y_+ and -Y_-, any positive numbers: then 4 B_t = c (Y_+ + Y_-), of either sign, C^2 = "
            "-Y_+ Y_- and R = eta c (Y_+ - Y_-)"
        ),
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=riccati(untied(eta * c * (up + down))),
        domain=UNTIED,
        assumes=("W_t = U_t V_t, aligned", *ALIGNED_LAYERS[1:]),
        checks=EXACT,
        slips=(riccati(untied(2 * eta * c * (up + down))), riccati(untied(eta * c * (up - down)))),
    ),
    Claim(
        id="our.flow.untied.roots",
        says="Y_+- = 2 w* +- sqrt(4 w*^2 + C^2)",
        reading="w* = b/c of either sign; they have the sum 4 B_t/A_t and the product -C^2",
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=values(sp.sqrt(4 * (b / c) ** 2 + C**2)),
        domain=SIGNED,
        assumes=("W_t = U_t V_t, aligned", *ALIGNED_LAYERS[1:]),
        checks=EXACT,
        slips=(values(sp.sqrt((b / c) ** 2 + C**2)),),
        formula=False,
    ),
    Claim(
        id="our.flow.untied.limit",
        says="w -> w* for every t, also where w* < 0",
        reading="w = (Y - C^2/Y)/4 tends to (Y_+ + Y_-)/4 = B_t/A_t, of either sign",
        where="appendix H.3 of the spectral-bias paper",
        source="ours",
        relation=LimitIs(expr=product(untied(eta * c * (up + down))), var=tau, point=sp.oo, value=(up - down) / 4),
        domain=UNTIED,
        assumes=("W_t = U_t V_t, aligned", *ALIGNED_LAYERS[1:]),
        checks=(KERNEL,),
    ),
)
