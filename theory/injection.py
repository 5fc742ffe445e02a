"""A chain of projections with noise injected at every step: the variance it generates along each component.

x_g = sum over t of P_0 ... P_t xi_t, the xi_t independent of covariance tau_t^2 I, has the variance
sum of tau_t^2 g_t^2 along a component; g_t is the gain of the chain that ends at t.

Source: power-iteration paper, eq. (25); closed forms of the variances are ours.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Expect, Independent, Moments
from theory.projection_chain import DERIVATION as CHAIN
from theory.projection_chain import NOISY, C, d, gamma, lam_sq, s_bar
from theory.relation import Antiderivative, Identity, LimitIs, MatrixIdentity, Recurrence
from theory.symbols import symbols

step, y, y_noise, T, S_last, x, s, z_pos = symbols("step y y_noise T S_last x s z_pos")
P_0, P_1 = sp.MatrixSymbol("P_0", d, d), sp.MatrixSymbol("P_1", d, d)
xi_0, xi_1 = sp.MatrixSymbol("xi_0", d, 1), sp.MatrixSymbol("xi_1", d, 1)
(s_injected,) = symbols("s_injected")
DRAWN = (
    Moments(xi_0, sp.ZeroMatrix(d, 1), s_injected * sp.Identity(d)),
    Moments(xi_1, sp.ZeroMatrix(d, 1), s * sp.Identity(d)),
    Independent(xi_0, xi_1),
)


def geometric(c: sp.Expr) -> sp.Expr:
    """Return 1 + sum of c^(2 t - 1) over t = 1, ..., step: fresh noise of one level, tau_t = 1."""
    return 1 + c * (1 - c ** (2 * step)) / (1 - c**2)


def stationary(c: sp.Expr) -> sp.Expr:
    """Return 1 + c/(1 - c^2), the limit of the geometric sum."""
    return 1 + c / (1 - c**2)


def K(Y: sp.Expr) -> sp.Expr:
    """Return the integral K of (1 - gamma y^2)/(1 + gamma y) from 0 to Y."""
    return -(Y**2) / 2 + Y / gamma + (1 - 1 / gamma) / gamma * sp.log(1 + gamma * Y)


def constant() -> sp.Expr:
    """Return kappa(gamma) = K(gamma^(-1/2))."""
    return K(1 / sp.sqrt(gamma))


def decay() -> sp.Expr:
    """Return a = gamma S/lam^2, with g(x T)^2 ~ exp(-a T x^2) for fresh noise of level s_t = S t/T."""
    return gamma * S_last / lam_sq


def bell(x: sp.Expr) -> sp.Expr:
    """Return the integral of exp(-a T v^2) over v from 0 to x."""
    root = sp.sqrt(decay() * T)
    return sp.sqrt(sp.pi) / (2 * root) * sp.erf(root * x)


BETWEEN = Domain(tuple((v, POSITIVE if v == s_bar else r) for v, r in NOISY.ranges), NOISY.conditions)
WAVES = domain_of((gamma, T, S_last, lam_sq, x))

DERIVATION = Derivation(
    name="injection",
    continues=CHAIN,
    steps=(
        Step(
            name="sum",
            states=P_0 * P_1 * xi_1 + P_0 * xi_0,
            relation=MatrixIdentity(P_0 * (P_1 * xi_1 + xi_0), P_0 * P_1 * xi_1 + P_0 * xi_0),
            domain=domain_of((gamma,)),
            because="noise that enters before P_t passes P_t, ..., P_0; a step more puts one projection in front",
        ),
        Step(
            name="covariance",
            states=s * P_0 * P_1 * (P_0 * P_1).T + s_injected * P_0 * P_0.T,
            relation=MatrixIdentity(
                Expect((P_0 * P_1 * xi_1 + P_0 * xi_0) * (P_0 * P_1 * xi_1 + P_0 * xi_0).T),
                s * P_0 * P_1 * (P_0 * P_1).T + s_injected * P_0 * P_0.T,
                DRAWN,
            ),
            domain=domain_of((s, s_injected)),
            because="the draws are independent, so that their covariances add",
        ),
        Step(
            name="geometric sum",
            states=geometric(z_pos),
            relation=Recurrence(
                solution=geometric(z_pos), var=step, unknown=y, following=y + z_pos ** (2 * step + 1), start=sp.S.One
            ),
            domain=domain_of((z_pos, step)).where(z_pos < 1),
            because="fresh noise of one level: g_t^2 = C^(2 t - 1)",
        ),
        Step(
            name="stationary",
            states=stationary(z_pos),
            relation=LimitIs(expr=geometric(z_pos), var=step, point=sp.oo, value=stationary(z_pos)),
            domain=domain_of((z_pos, step)).where(z_pos < 1),
            because="C < 1 once there is noise",
        ),
        Step(
            name="weak noise",
            states=lam_sq / (2 * gamma * s_bar),
            relation=LimitIs(
                expr=2 * gamma * s_bar / lam_sq * stationary(C(s_bar, lam_sq)),
                var=s_bar,
                point=sp.S.Zero,
                value=sp.S.One,
            ),
            domain=BETWEEN,
            because="1 - C^2 ~ 2 gamma s/lam^2",
        ),
        Step(
            name="accumulated",
            states=lam_sq * K(s_bar / lam_sq),
            relation=Antiderivative(primitive=lam_sq * K(s_bar / lam_sq), integrand=C(s_bar, lam_sq), var=s_bar),
            domain=BETWEEN,
            because="tau_t^2 = s_t - s_{t-1} makes the sum of tau_t^2 C(s_t) an integral over s",
        ),
        Step(
            name="bell",
            states=bell(x),
            relation=Antiderivative(primitive=bell(x), integrand=sp.exp(-decay() * T * x**2), var=x),
            domain=WAVES,
            because="s_t = S t/T: the sum of s_t up to x T is S T x^2/2, which gives a bell in x",
        ),
        Step(
            name="long chain",
            states=sp.sqrt(sp.pi / decay()) / 2,
            relation=LimitIs(expr=sp.sqrt(T) * bell(sp.S.One), var=T, point=sp.oo, value=sp.sqrt(sp.pi / decay()) / 2),
            domain=domain_of((gamma, T, S_last, lam_sq)),
            because="the error function tends to 1",
        ),
        Step(
            name="natural",
            states=1 / z_pos,
            relation=Identity(
                -sp.Derivative(sp.exp(-2 * gamma * x * z_pos) / z_pos, x), 2 * gamma * sp.exp(-2 * gamma * x * z_pos)
            ),
            domain=domain_of((gamma, x, z_pos)),
            because="1/z is the integral of 2 gamma exp(-2 gamma x z) over x > 0: the natural spectrum is reachable",
        ),
    ),
)
