"""Denoisers trained for the time a on a sample covariance: the variance along an eigenvalue x, and when it emerges.

With W_x(s) = x/(x + s) (1 - exp(-a (x + s))) at the noise variance s the sampler's variance from S down to s_0 is
phi_a(x), ln phi_a(x) = ln S + f(s_0) - f(S), where s df/ds = 1 - W_x(s). It is the law of one layer from the weight 0,
with a = 2 eta tau; the eigenvalue x is that of the sample covariance, for an outlier l and not alpha.

Source: derived here from Prop. 4.2 of the spectral-bias paper.
"""

import sympy as sp

from theory import one_layer, sample_covariance
from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.functions import Ein, phi1
from theory.one_layer import lam, log_variance_entire, sigma0, sigmaT
from theory.relation import Antiderivative, Both, Identity, LimitIs
from theory.symbols import symbols

x, s, a, b, gamma, ell, eta, tau, inverse, rest = symbols(
    "x_hat s_bar a_time background gamma ell_b eta tau u_span excess"
)
LN2 = sp.log(2)
FIRST = -sp.EulerGamma - sp.log(LN2) + 2 * sp.Ei(-LN2)
TRAINED = Domain(tuple((symbol, POSITIVE) for symbol in (x, s, a)))
SAMPLED = Domain(((x, POSITIVE), (a, POSITIVE), *domain_of((sigma0, sigmaT)).ranges)).where(sigma0 < sigmaT)
MODES = {lam: x, one_layer.Q: sp.S.Zero, eta: sp.Rational(1, 2), tau: a}


def weight(x: sp.Expr, s: sp.Expr) -> sp.Expr:
    """Return W_x(s), the weight of the mode after the training time a from 0."""
    return x / (x + s) * (1 - sp.exp(-a * (x + s)))


def primitive(x: sp.Expr, s: sp.Expr) -> sp.Expr:
    """Return f(s)."""
    return sp.log(x + s) + sp.exp(-a * x) * sp.Ei(-a * s) - sp.Ei(-a * (x + s))


def log_generated(x: sp.Expr) -> sp.Expr:
    """Return ln phi_a(x)."""
    return sp.log(sigmaT**2) + primitive(x, sigma0**2) - primitive(x, sigmaT**2)


def log_entire() -> sp.Expr:
    """Return the same without singularities at a = 0 and x = 0."""
    return log_variance_entire().xreplace(MODES)


def spread() -> sp.Expr:
    """Return ln(S/s_0)."""
    return sp.log(sigmaT**2 / sigma0**2)


def second_order() -> sp.Expr:
    """Return the coefficient of a^2 in phi_a(x)/s_0."""
    return (x**2 * (spread() ** 2 - spread()) - x * (sigmaT**2 - sigma0**2)) / 2


def expanded(inverse: sp.Expr, rest: sp.Expr) -> sp.Expr:
    """Return the age ln 2 + FIRST u + r u^2."""
    return LN2 + FIRST * inverse + rest * inverse**2


def small_distance(inverse: sp.Expr, rest: sp.Expr) -> sp.Expr:
    """Return ln of the variance over its geometric level at that age, for S -> infinity and ln(x/s_0) = 1/u.

    It is ln(1 + e) + E_1(y (1 + e)) - exp(-y) E_1(y e) - (ln(1 + e) - 1/u)/2 at the age y, e = exp(-1/u), where 1/u
    cancels because exp(-ln 2) = 1/2.
    """
    age, low, tilt = expanded(inverse, rest), sp.exp(-1 / inverse), FIRST + rest * inverse
    lost = sp.exp(-age) * (sp.EulerGamma + sp.log(age) - Ein(age * low))
    return sp.log(1 + low) / 2 - sp.Ei(-age * (1 + low)) + lost + tilt * phi1(-tilt * inverse) / 2


DERIVATION = Derivation(
    name="sample training",
    continues=one_layer.DERIVATION,
    steps=(
        Step(
            name="rate",
            states=1 - weight(x, s),
            relation=Antiderivative(primitive=primitive(x, s), integrand=(1 - weight(x, s)) / s, var=s),
            domain=TRAINED,
            because="partial fractions in s, and the derivative of Ei",
        ),
        Step(
            name="variance",
            states=log_generated(x),
            relation=Identity(log_entire(), log_generated(x)),
            domain=SAMPLED,
            because="the law of one layer from the weight 0 at a = 2 eta tau, lam = x",
        ),
        Step(
            name="early",
            states=1 + a * x * spread(),
            relation=LimitIs(
                expr=(sp.exp(log_entire()) / sigma0**2 - 1) / a, var=a, point=sp.S.Zero, value=x * spread()
            ),
            domain=SAMPLED,
            because="at a = 0 the sampler shrinks all noise to s_0; ln phi grows at the rate x ln(S/s_0)",
        ),
        Step(
            name="curvature",
            states=second_order(),
            relation=LimitIs(
                expr=(sp.exp(log_entire()) / sigma0**2 - 1 - a * x * spread()) / a**2,
                var=a,
                point=sp.S.Zero,
                value=second_order(),
            ),
            domain=SAMPLED,
            because="the next order: phi_a is not linear in x, its mean over eigenvalues not its value at the mean",
        ),
        Step(
            name="age",
            states=small_distance(inverse, rest),
            relation=Both(
                (
                    Identity(
                        sp.Ei(-a * sp.exp(-1 / inverse)),
                        sp.EulerGamma + sp.log(a) - 1 / inverse - Ein(a * sp.exp(-1 / inverse)),
                    ),
                    Identity((1 - sp.exp(-rest * inverse)) / (2 * inverse), rest * phi1(-rest * inverse) / 2),
                )
            ),
            domain=Domain(tuple((symbol, POSITIVE) for symbol in (a, inverse))).joined(domain_of((rest,))),
            because="the exponential integral of what is small, and 1/u times a small difference, without cancellation",
        ),
        Step(
            name="earlier",
            states=1 / (1 + gamma / ell),
            relation=Identity(sample_covariance.variance() / sample_covariance.outlier(), 1 / (1 + gamma / ell)),
            domain=sample_covariance.POPULATION,
            because="times of emergence are inversely proportional to the eigenvalue that is trained on",
        ),
    ),
)
