"""When a preconditioned network has learned a mode: a square-root law, for rising and falling modes alike.

As sigma_0 -> 0 and sigma_T -> infinity the variance generated under EDM preconditioning starts at sigma_data^2 and
ends at lam. With lam = sigma_data^2 exp(+-delta) and x = 2 eta tau sqrt(lam)/sigma_data it is half-way between their
logarithms where Ein(x exp(delta/2)) - Ein(x exp(-delta/2)) = delta/2, for either sign: x is a function g(delta).

The function decreases. The gap grows with x, and with delta where exp(-y_1) + exp(-y_2) < 1 at the ends y_1 < y_2 of
the window. On the line where the sum is 1, p = exp(-y_1) > 1/2, the gap is 0 at p = 1/2 and its derivative in p has
the sign of q ln q - p ln p, q = 1 - p: negative, because p ln p - q ln q is concave and 0 at p = 1/2 and p = 1. So the
gap is negative on the line, and the passage lies beyond it, where the sum is less than 1.

Source: derived here.
"""

import sympy as sp

from theory import parametrised_steps
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.functions import Ein
from theory.one_layer import eta, lam, later, sigma0, sigmaT, tau
from theory.parametrised import SAMPLED_EDM, log_edm_variance, sigma_data, v
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, Monotone, Within
from theory.symbols import symbols

delta, xi, x, rho, p = symbols("delta xi x rho p_low")
a = 2 * eta * tau
EITHER = {
    sign: {lam: sigma_data**2 * sp.exp(sign * delta), tau: xi * sp.exp(-sign * delta / 2) / (2 * eta)}
    for sign in (1, -1)
}
FINE = domain_of((lam, sigma_data, eta, tau, sigma0))
IDEAL = domain_of((lam, sigma_data, eta, tau)).where(lam > 0)
PASSED = Domain((*domain_of((xi,)).ranges, (delta, POSITIVE)))
UPPER_HALF = Domain(((p, Range(sp.Rational(1, 2), sp.S.One, low_open=True, high_open=True)),))
SCALED = domain_of((eta, sigma_data)).joined(PASSED)


def log_variance_from_noise() -> sp.Expr:
    """Return ln of the generated variance as sigma_T tends to infinity."""
    return sp.log(sigma_data**2 + sigma0**2) + Ein(a * v(sigma0)) - Ein(a)


def log_ideal_variance() -> sp.Expr:
    """Return ln of the generated variance as sigma_0 tends to 0 as well."""
    return sp.log(sigma_data**2) + Ein(a * lam / sigma_data**2) - Ein(a)


def halfway() -> sp.Expr:
    """Return ln of the generated variance over the geometric mean of its first and last level."""
    return log_ideal_variance() - (sp.log(sigma_data**2) + sp.log(lam)) / 2


def gap() -> sp.Expr:
    """Return what vanishes at x = g(delta)."""
    return Ein(xi * sp.exp(delta / 2)) - Ein(xi * sp.exp(-delta / 2)) - delta / 2


def gap_on_line() -> sp.Expr:
    """Return the gap where exp(-y_1) = p and exp(-y_2) = 1 - p are the values at the ends of the window."""
    low, high = -sp.log(p), -sp.log(1 - p)
    return Ein(high) - Ein(low) - (sp.log(high) - sp.log(low)) / 2


def imbalance() -> sp.Expr:
    """Return p ln p - q ln q with q = 1 - p."""
    return p * sp.log(p) - (1 - p) * sp.log(1 - p)


def drift() -> sp.Expr:
    """Return d halfway/d ln lam."""
    return sp.Rational(1, 2) - sp.exp(-a * lam / sigma_data**2)


def pace() -> sp.Expr:
    """Return d halfway/d ln tau."""
    return sp.exp(-a) - sp.exp(-a * lam / sigma_data**2)


DERIVATION = Derivation(
    name="EDM passage",
    continues=parametrised_steps.DERIVATION,
    steps=(
        Step(
            name="from pure noise",
            states=log_variance_from_noise(),
            relation=LimitIs(expr=log_edm_variance(), var=sigmaT, point=sp.oo, value=log_variance_from_noise()),
            domain=later(SAMPLED_EDM),
            because="v tends to 1 where the noise is all there is",
        ),
        Step(
            name="to clean data",
            states=log_ideal_variance(),
            relation=LimitIs(expr=log_variance_from_noise(), var=sigma0, point=sp.S.Zero, value=log_ideal_variance()),
            domain=FINE,
            because="v tends to lam/sigma_data^2 where the noise vanishes",
        ),
        Step(
            name="levels",
            states=sp.log(lam),
            relation=Both(
                (
                    LimitIs(expr=log_ideal_variance(), var=tau, point=sp.S.Zero, value=sp.log(sigma_data**2)),
                    LimitIs(expr=log_ideal_variance(), var=tau, point=sp.oo, value=sp.log(lam)),
                )
            ),
            domain=IDEAL,
            because="Ein(u) vanishes at 0 and is ln u + gamma up to what vanishes at infinity",
        ),
        Step(
            name="half-way",
            states=gap(),
            relation=Both(tuple(Identity(halfway().xreplace(EITHER[sign]), sign * gap()) for sign in (1, -1))),
            domain=SCALED,
            because="in ln(a v) the window of the integral is centred at ln x and delta wide, whichever mode is above",
        ),
        Step(
            name="window",
            states=x - Ein(sp.exp(x)),
            relation=Antiderivative(primitive=x - Ein(sp.exp(x)), integrand=sp.exp(-sp.exp(x)), var=x),
            domain=domain_of((x,)),
            because="the mean of exp(-exp(w)) over the window is 1/2 where the gap vanishes",
        ),
        Step(
            name="one passage",
            states=gap(),
            relation=Monotone(expr=gap(), var=xi, op=">"),
            domain=PASSED,
            because="the derivative of Ein is (1 - exp(-u))/u, so the gap grows with x",
        ),
        Step(
            name="widening",
            states=sp.Derivative(gap(), delta),
            relation=Identity(
                sp.Derivative(gap(), delta),
                (1 - sp.exp(-xi * sp.exp(-delta / 2)) - sp.exp(-xi * sp.exp(delta / 2))) / 2,
            ),
            domain=PASSED,
            because="the gap grows with delta where the values at the ends of the window sum to less than 1",
        ),
        Step(
            name="on the line",
            states=gap_on_line(),
            relation=Both(
                (
                    Identity(
                        sp.Derivative(gap_on_line(), p),
                        -(p - sp.Rational(1, 2)) * imbalance() / (p * sp.log(p) * (1 - p) * sp.log(1 - p)),
                    ),
                    LimitIs(expr=gap_on_line(), var=p, point=sp.Rational(1, 2), value=sp.S.Zero),
                )
            ),
            domain=UPPER_HALF,
            because="with y = -ln p the derivative of Ein(y) - ln(y)/2 in p is -(1/2 - p)/(p y)",
        ),
        Step(
            name="imbalance",
            states=imbalance(),
            relation=Both(
                (
                    Inequality(sp.Derivative(imbalance(), (p, 2)), "<", sp.S.Zero),
                    LimitIs(expr=imbalance(), var=p, point=sp.Rational(1, 2), value=sp.S.Zero),
                    LimitIs(expr=p * sp.log(p), var=p, point=sp.S.One, value=sp.S.Zero),
                    Within(LimitIs(expr=-xi * sp.exp(-xi), var=xi, point=sp.oo, value=sp.S.Zero), domain_of((xi,))),
                )
            ),
            domain=UPPER_HALF,
            because="a concave function that is 0 at both ends is positive between them; q ln q is -xi exp(-xi)",
        ),
        Step(
            name="drift",
            states=drift(),
            relation=Identity(lam * sp.Derivative(halfway(), lam), drift()),
            domain=IDEAL,
            because="the derivative of Ein is (1 - exp(-u))/u",
        ),
        Step(
            name="pace",
            states=pace(),
            relation=Identity(tau * sp.Derivative(halfway(), tau), pace()),
            domain=IDEAL,
            because="the derivative of Ein is (1 - exp(-u))/u",
        ),
    ),
)
