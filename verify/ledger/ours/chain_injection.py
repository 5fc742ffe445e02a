"""Our statements on chains with noise injected at every step: the variance of each component, and what it can be."""

import sympy as sp

from theory.domain import POSITIVE, domain_of
from theory.injection import (
    BETWEEN,
    DRAWN,
    P_0,
    P_1,
    WAVES,
    K,
    S_last,
    T,
    bell,
    constant,
    decay,
    geometric,
    s,
    s_injected,
    stationary,
    x,
    xi_0,
    xi_1,
)
from theory.matrices import Expect, norm2
from theory.projection_chain import C, d, gamma, lam_sq, s_bar, step
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, MatrixIdentity, Monotone, Recurrence
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.ledger.lanes import ENCLOSURE, KERNEL
from verify.ledger.ours.chain import LARGE, ONE, ZERO, claim
from verify.ledger.power_iteration.section_4_1_injection import GAINS, spread

y, z, p = symbols("y z_pos x_pos")
n_0, n_1 = symbols("lam1 lam2")
direction = sp.MatrixSymbol("x", d, 1)
UNIT = domain_of((z, step)).where(z < 1)
FRESH = "fresh noise of one level s below threshold, tau_t = 1: "
NATURAL = "accumulated noise, tau_t^2 = s_t - s_{t-1}, mesh to 0: "


def lower(rhs: sp.Expr) -> MatrixIdentity:
    """Return what the injected noise adds along x to that of the last step, tau_0^2 ||P_0 x||^2."""
    image = P_0 * P_1 * xi_1 + P_0 * xi_0
    along = sp.Trace(direction.T * Expect(image * image.T) * direction)
    return MatrixIdentity(along - s_injected * norm2(P_0.T * direction), rhs, DRAWN)


def weak(value: sp.Expr) -> LimitIs:
    """Return the limit of 2 gamma s nu_i as the level s tends to 0."""
    nu = stationary(C(s_bar, lam_sq))
    return LimitIs(expr=2 * gamma * s_bar * nu, var=s_bar, point=ZERO, value=value)


def natural(primitive: sp.Expr) -> Antiderivative:
    """Return the variance of a component after accumulated noise of final level s."""
    return Antiderivative(primitive=primitive, integrand=C(s_bar, lam_sq), var=s_bar)


def constant_within(low: sp.Expr, high: sp.Expr) -> Both:
    """Return that kappa(gamma) lies between two numbers."""
    return Both((Inequality(constant(), ">", low), Inequality(constant(), "<", high)))


def long_chain(value: sp.Expr) -> LimitIs:
    """Return the limit of sqrt(T) nu_i, nu_i the integral of exp(-a T x^2) over 0 < x < 1."""
    return LimitIs(expr=sp.sqrt(T) * bell(ONE), var=T, point=sp.oo, value=value)


def laplace(tail: sp.Expr) -> Both:
    """Return that 1/z is the integral of 2 gamma exp(-2 gamma x z) over x > 0, the tail from x on being `tail`."""
    return Both(
        (
            Antiderivative(primitive=-tail, integrand=2 * gamma * sp.exp(-2 * gamma * x * z), var=x),
            LimitIs(expr=tail, var=x, point=sp.oo, value=ZERO),
            LimitIs(expr=tail, var=x, point=ZERO, value=1 / z),
        )
    )


CLAIMS = (
    claim(
        id="our.chain.injection.lower",
        says="E x_g x_g^T >= tau_0^2 P_0, at any size: along x the steps t >= 1 add tau_t^2 ||(P_0 ... P_t)^T x||^2",
        relation=lower(s * norm2((P_0 * P_1).T * direction)),
        domain=domain_of((s, s_injected)),
        reading="two steps; further ones add squares alike; P_0 P_0^T = P_0",
        derived_in="injection: covariance",
        slips=(lower(s * norm2(P_1.T * direction)), lower(ZERO * norm2(direction))),
    ),
    claim(
        id="our.chain.injection.order",
        says="a component with the smaller gain at every step never gets more variance: nu_1 <= nu_0 for every schedule of the "
        "injected noise",
        relation=Inequality(spread(p, z), "<", ONE),
        domain=GAINS,
        reading="noise of any two variances, at the last step and at a step with gains c_1 < c_0; more steps add alike",
        assumes=(LARGE,),
        formula=False,
        slips=(Inequality(spread(p, z), ">", ONE), Inequality(spread(p, z), "<", sp.S.Half)),
    ),
    claim(
        id="our.chain.injection.fresh_constant.sum",
        says=FRESH + "after T steps nu = 1 + C (1 - C^(2 T))/(1 - C^2)",
        relation=Recurrence(solution=geometric(z), var=step, unknown=y, following=y + z ** (2 * step + 1), start=ONE),
        domain=UNIT,
        reading="step t adds g_t^2 = C^(2 t - 1), C = z < 1",
        assumes=(LARGE,),
        derived_in="injection: geometric sum",
        checks=(KERNEL,),
    ),
    claim(
        id="our.chain.injection.fresh_constant.limit",
        says=FRESH + "nu tends to 1 + C/(1 - C^2) as T tends to infinity",
        relation=LimitIs(expr=geometric(z), var=step, point=sp.oo, value=stationary(z)),
        domain=UNIT,
        assumes=(LARGE,),
        derived_in="injection: stationary",
        checks=(KERNEL,),
    ),
    claim(
        id="our.chain.injection.fresh_constant.weak",
        says="fresh noise of one weak level s, tau_t^2 = 2 gamma s: the generated variances tend to lam_i^2 as s tends to 0",
        relation=weak(lam_sq),
        domain=BETWEEN,
        reading="2 gamma s (1 + C/(1 - C^2)) tends to lam^2",
        assumes=(LARGE, "then T to infinity, then s to 0"),
        derived_in="injection: weak noise",
        checks=(KERNEL,),
        slips=(weak(2 * lam_sq), weak(ONE), weak(gamma * lam_sq), weak(lam_sq / gamma), weak(lam_sq + gamma)),
    ),
    claim(
        id="our.chain.injection.fresh_power.linear",
        says="fresh noise, s_t = S t/T, tau_t^2 = 1/T: nu ~ sqrt(pi) lam/(2 sqrt(gamma S T))",
        relation=long_chain(sp.sqrt(sp.pi * lam_sq / (gamma * S_last)) / 2),
        domain=domain_of((gamma, T, S_last, lam_sq)),
        reading="p = 1, Gamma(3/2) = sqrt(pi)/2: sqrt(T) times the integral of exp(-gamma S T x^2/lam^2) over 0 < x < 1, "
        "which the sum over steps misses by at most 1/T since the integrand falls",
        assumes=(LARGE, "then T to infinity, S below every threshold", "the gain to leading order in the noise"),
        derived_in="injection: long chain",
        checks=(KERNEL,),
        slips=(long_chain(sp.sqrt(sp.pi * lam_sq / (gamma * S_last))), long_chain(sp.sqrt(lam_sq / (gamma * S_last)))),
    ),
    claim(
        id="our.chain.injection.fresh_power.integral",
        says="the integral of exp(-gamma S T v^2/lam^2) is sqrt(pi) lam/(2 sqrt(gamma S T)) erf(sqrt(gamma S T) x/lam)",
        relation=Antiderivative(primitive=bell(x), integrand=sp.exp(-decay() * T * x**2), var=x),
        domain=WAVES,
        derived_in="injection: bell",
    ),
    claim(
        id="our.chain.injection.fresh_reachable.natural",
        says="Sigma_0 is reachable: 1/z is the integral of 2 gamma exp(-2 gamma x z) over x > 0, with z = 1/lam^2",
        relation=laplace(sp.exp(-2 * gamma * x * z) / z),
        domain=narrowed(domain_of((gamma, x, z)), x=POSITIVE),
        assumes=(LARGE, "fresh noise, max s_t to 0"),
        derived_in="injection: natural",
        checks=(KERNEL,),
        slips=(laplace(sp.exp(-gamma * x * z) / z), laplace(sp.exp(-2 * gamma * x * z))),
    ),
    claim(
        id="our.chain.injection.fresh_reachable.monotone",
        says="what is reached falls and is convex in 1/lam^2: each exp(-2 gamma x z) does so",
        relation=Both(
            (
                Monotone(expr=sp.exp(-2 * gamma * x * z), var=z, op="<"),
                Inequality(sp.Derivative(sp.exp(-2 * gamma * x * z), (z, 2)), ">", ZERO),
            )
        ),
        domain=narrowed(domain_of((gamma, x, z)), x=POSITIVE),
        reading="the first two of the alternating signs of a completely monotone function; Bernstein's theorem is not proved "
        "here",
        assumes=(LARGE, "fresh noise, max s_t to 0"),
        formula=False,
        slips=(
            Both((Monotone(expr=sp.exp(-2 * gamma * x * z), var=z, op=">"),)),
            Both((Inequality(sp.Derivative(sp.exp(-2 * gamma * x * z), (z, 2)), "<", ZERO),)),
        ),
    ),
    claim(
        id="our.chain.injection.accumulated_natural.integral",
        says=NATURAL + "nu = lam^2 K(S/lam^2), K(Y) = -Y^2/2 + Y/gamma + (1 - 1/gamma)/gamma ln(1 + gamma Y)",
        relation=natural(lam_sq * K(s_bar / lam_sq)),
        domain=BETWEEN,
        reading="lam^2 K(s/lam^2) is a primitive of C(s), and 0 at s = 0",
        assumes=(LARGE,),
        derived_in="injection: accumulated",
        slips=(natural(K(s_bar / lam_sq)), natural(lam_sq * K(s_bar))),
    ),
    claim(
        id="our.chain.injection.accumulated_natural.constant",
        says="kappa(gamma) = K(gamma^(-1/2)) = -1/(2 gamma) + gamma^(-3/2) + (1 - 1/gamma)/gamma ln(1 + sqrt(gamma))",
        relation=Identity(
            constant(),
            -1 / (2 * gamma) + gamma ** sp.Rational(-3, 2) + (1 - 1 / gamma) / gamma * sp.log(1 + sp.sqrt(gamma)),
        ),
        domain=domain_of((gamma,)),
        assumes=(LARGE, "s_T above every threshold lam_i^2/sqrt(gamma)"),
    ),
    claim(
        id="our.chain.injection.accumulated_natural.half",
        says="kappa(1) = 1/2: at d = n the schedule tau_t^2 = 2 (s_t - s_{t-1}) generates Sigma_0",
        relation=LimitIs(expr=constant(), var=gamma, point=ONE, value=sp.S.Half),
        domain=domain_of((gamma,)),
        checks=(KERNEL,),
        formula=False,
        slips=tuple(LimitIs(expr=constant(), var=gamma, point=ONE, value=v) for v in (ONE, ZERO, sp.Rational(1, 4))),
    ),
    claim(
        id="our.chain.injection.accumulated_natural.bounds",
        says="1/5 < kappa(gamma) < 6/5 for 1/4 <= gamma <= 4",
        relation=constant_within(sp.Rational(1, 5), sp.Rational(6, 5)),
        domain=domain_of((gamma,)).within(gamma=("1/4", "4")),
        checks=(ENCLOSURE,),
        formula=False,
        slips=(constant_within(sp.Rational(1, 4), sp.Rational(6, 5)), constant_within(sp.Rational(1, 5), ONE)),
    ),
    claim(
        id="our.chain.injection.accumulated_natural.level",
        says="the variance that is generated grows with the final level, up to the threshold",
        relation=Monotone(expr=lam_sq * K(s_bar / lam_sq), var=s_bar, op=">"),
        domain=BETWEEN,
        assumes=(LARGE,),
        formula=False,
        slips=(Monotone(expr=lam_sq * K(s_bar / lam_sq), var=s_bar, op="<"),),
    ),
    claim(
        id="our.chain.shares",
        says="the squares <u_i, x>^2/||x||^2 sum to 1 over all components, the moduli of eq. (26) do not",
        relation=Identity(p**2 / (p**2 + z**2) + z**2 / (p**2 + z**2), ONE),
        domain=domain_of((p, z)),
        where="corrects the reading of eq. (26) as a distribution",
        reading="an image with coordinates (x, z) in the span of two components",
        formula=False,
        slips=(Identity((p + z) / sp.sqrt(p**2 + z**2), ONE), Identity(p**2 / (p**2 + z**2), ONE)),
    ),
)
