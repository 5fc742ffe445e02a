"""When a generated variance passes a mean of its ends, for sigma_0^2 << lam << sigma_T^2: equations and solutions.

With x = 2 eta tau lam, L = ln(lam/sigma_0^2), T = ln(sigma_T^2/lam) and E_1(x) = -Ei(-x), two forms of
ln(variance/lam) remain of Prop. 4.2 when the noise levels are far away:

    late, x of order 1                    (1 - Q) exp(-x) (gamma + ln x - L) + E_1(x)
    early, sigma_T^-2 << 2 eta tau << 1/lam   Q T - (1 - Q) L - Q (gamma + ln(2 eta tau sigma_T^2))

The late form is linear in L, so that a level of passage gives L as a function of x.

Source: derived here from Prop. 4.2 of the spectral-bias paper.
"""

import sympy as sp

from theory import emergence
from theory.derivation import Derivation, Step
from theory.domain import Domain, Range, domain_of
from theory.emergence import AGED, log_variance, xi
from theory.functions import Ein
from theory.one_layer import SAMPLED, Q, eta, initial_variance, lam, later, log_variance_entire, sigma0, sigmaT, tau
from theory.relation import Identity, LimitIs
from theory.shortfall import ONE, ZERO, a, starting
from theory.symbols import symbols

reach, w = symbols("reach w_L")
g = sp.EulerGamma
ln2 = sp.log(2)
RISING = starting(AGED, ZERO, ONE, high_open=True)
FALLING = starting(later(SAMPLED).where(lam > 0), ZERO, ONE, low_open=True)
TIMES = domain_of((xi,))
SPANS = Domain((*starting(domain_of((Q, reach)), ZERO, ONE, high_open=True).ranges,))
BRANCH = Domain(((w, Range(ONE, sp.oo, low_open=True)),))


def E1(x: sp.Expr) -> sp.Expr:
    """Return the exponential integral E_1(x) for x > 0."""
    return -sp.Ei(-x)


def E2(x: sp.Expr) -> sp.Expr:
    """Return E_2(x) = exp(-x) - x E_1(x), the integral of exp(-x t)/t^2 over t > 1."""
    return sp.exp(-x) - x * E1(x)


def late(x: sp.Expr, L: sp.Expr, start: sp.Expr = Q) -> sp.Expr:
    """Return the late form of ln(variance/lam)."""
    return (1 - start) * sp.exp(-x) * (g + sp.log(x) - L) + E1(x)


def no_top() -> sp.Expr:
    """Return ln(variance/lam) as sigma_T tends to infinity at fixed x."""
    r0 = sigma0**2 / lam
    return sp.log(1 + r0) + E1(xi * (1 + r0)) - (1 - Q) * sp.exp(-xi) * E1(xi * r0)


def early(time: sp.Expr) -> sp.Expr:
    """Return the early form of ln(variance) at 2 eta tau = `time`."""
    return sp.log(initial_variance()) - Q * (g + sp.log(time * sigmaT**2))


def span_geometric(x: sp.Expr) -> sp.Expr:
    """Return the L for which the late form is on the geometric level (Q T - (1 - Q) L)/2 at x."""
    return (Q * reach / 2 - E1(x) - (1 - Q) * sp.exp(-x) * (g + sp.log(x))) / ((1 - Q) * (1 - 2 * sp.exp(-x)) / 2)


def span_harmonic(x: sp.Expr) -> sp.Expr:
    """Return the L for which, from Q = 0, the late form is on the harmonic level ln 2 - L at x."""
    return (ln2 - E1(x) - sp.exp(-x) * (g + sp.log(x))) / (1 - sp.exp(-x))


def span_arithmetic(x: sp.Expr) -> sp.Expr:
    """Return the L for which, from Q = 0, the late form is on the arithmetic level -ln 2 at x."""
    return g + sp.log(x) + sp.exp(x) * (ln2 + E1(x))


def span_lambert() -> sp.Expr:
    """Return the L for which w exp(-w) = ln 2 exp(gamma - 1 - L)."""
    return w - sp.log(w) + g - 1 + sp.log(ln2)


DERIVATION = Derivation(
    name="passage",
    continues=emergence.DERIVATION,
    steps=(
        Step(
            name="far first level",
            states=no_top(),
            relation=LimitIs(expr=log_variance() - sp.log(lam), var=sigmaT, point=sp.oo, value=no_top()),
            domain=RISING,
            because="E_1 of what grows with sigma_T vanishes",
        ),
        Step(
            name="late form",
            states=late(xi, sp.log(lam / sigma0**2)),
            relation=LimitIs(
                expr=no_top() - (1 - Q) * sp.exp(-xi) * sp.log(sigma0**2 / lam),
                var=sigma0,
                point=ZERO,
                value=late(xi, ZERO),
            ),
            domain=RISING,
            because="E_1(u) + ln u + gamma tends to 0 with u",
        ),
        Step(
            name="small variance",
            states=sp.log(initial_variance()) - Q * (Ein(a * sigmaT**2) - Ein(a * sigma0**2)),
            relation=LimitIs(
                expr=log_variance_entire(),
                var=lam,
                point=ZERO,
                value=sp.log(initial_variance()) - Q * (Ein(a * sigmaT**2) - Ein(a * sigma0**2)),
            ),
            domain=FALLING,
            because="at fixed 2 eta tau nothing is learned of a mode whose x vanishes",
        ),
        Step(
            name="early form",
            states=early(a),
            relation=LimitIs(expr=Ein(a * sigmaT**2) - sp.log(a * sigmaT**2), var=sigmaT, point=sp.oo, value=g),
            domain=domain_of((eta, tau, sigmaT)).where(tau > 0),
            because="Ein(u) = ln u + gamma + E_1(u)",
        ),
        Step(
            name="geometric span",
            states=span_geometric(xi),
            relation=Identity(late(xi, span_geometric(xi)), (Q * reach - (1 - Q) * span_geometric(xi)) / 2),
            domain=SPANS.joined(TIMES).where(sp.Ne(1 - 2 * sp.exp(-xi), 0)),
            because="solve the linear equation for L",
        ),
        Step(
            name="harmonic span",
            states=span_harmonic(xi),
            relation=Identity(late(xi, span_harmonic(xi), ZERO), ln2 - span_harmonic(xi)),
            domain=TIMES,
            because="solve the linear equation for L",
        ),
        Step(
            name="arithmetic span",
            states=span_arithmetic(xi),
            relation=Identity(late(xi, span_arithmetic(xi), ZERO), -ln2),
            domain=TIMES,
            because="solve the linear equation for L",
        ),
    ),
)
