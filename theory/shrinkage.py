"""The optimal denoiser of every noise level, applied again and again or inside a sampler: what becomes of a mode.

D_s = Sigma (Sigma + s I)^-1 multiplies a mode of variance lam^2 by lam^2/(lam^2 + s). All D_s commute, so that gains
of repeated denoising multiply. With u = s/lam_0^2 and q = lam_0^2/lam_1^2 > 1 the second mode loses against the first

    ln(1 + q u) - ln(1 + u)

in a step, which is between constants times min(1, u). A sampler takes Euler steps of dx/d ln sigma = x - D x, whose
factor differs from that of the exact flow by -p (1 - p)/2 h^2 in the logarithm, h = ln(sigma_t/sigma_{t-1}) and
p = s/(lam^2 + s).

Source: derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Eigenvector, Inv, PositiveSemidefinite
from theory.relation import Antiderivative, Identity, LimitIs, MatrixIdentity, Monotone, Recurrence
from theory.symbols import symbols

d, gamma, s, t, lam2, lam2_0, lam2_1, quotient, level, log_level, h, y, y_noise = symbols(
    "d gamma s_bar step lam_sq lam2_0 lam2_1 quotient u_level log_level mesh y y_noise"
)
Sigma = sp.MatrixSymbol("Sigma", d, d)
u = sp.MatrixSymbol("u", d, 1)
unit = sp.Identity(d)
PSD = PositiveSemidefinite(Sigma)

NOISY = Domain(((s, POSITIVE),))
MODE = domain_of((lam2,)).joined(NOISY)
PAIR = domain_of((lam2_0, lam2_1)).joined(NOISY).where(lam2_1 < lam2_0)
RELATIVE = Domain(((quotient, Range(sp.S.One, sp.oo, low_open=True)), (level, Range(sp.S.Zero))))
BELOW = Domain(
    (
        (quotient, Range(sp.S.One, sp.oo, low_open=True)),
        (y_noise, Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True)),
    )
)
FLOWING = domain_of((lam2, log_level))


def denoiser(s: sp.Expr) -> sp.MatrixExpr:
    """Return D_s = Sigma (Sigma + s I)^-1, the linear denoiser of least error at noise variance s."""
    return Sigma * Inv(Sigma + s * unit)


def gain(lam2: sp.Expr, s: sp.Expr) -> sp.Expr:
    """Return lam^2/(lam^2 + s), by which D_s multiplies a mode."""
    return lam2 / (lam2 + s)


def step_ratio() -> sp.Expr:
    """Return the amplitude of the second mode over that of the first after one application of D_s."""
    return lam2_1 / lam2_0 * (lam2_0 + s) / (lam2_1 + s)


def loss_of_step() -> sp.Expr:
    """Return minus the logarithm of that ratio in u = s/lam_0^2 and q = lam_0^2/lam_1^2."""
    return sp.log(1 + quotient * level) - sp.log(1 + level)


def steps_to(ratio: sp.Expr, eps: sp.Expr) -> sp.Expr:
    """Return how many factors `ratio` of the amplitudes bring the ratio of the variances to eps."""
    return sp.log(1 / eps) / (2 * sp.log(1 / ratio))


def noise_share(log_level: sp.Expr) -> sp.Expr:
    """Return p = s/(lam^2 + s) at ln sigma = `log_level`."""
    return sp.exp(2 * log_level) / (lam2 + sp.exp(2 * log_level))


def exact_factor() -> sp.Expr:
    """Return ln of the factor of the exact flow from ln sigma down to ln sigma - h."""
    return sp.log((lam2 + sp.exp(2 * log_level - 2 * h)) / (lam2 + sp.exp(2 * log_level))) / 2


def euler_factor() -> sp.Expr:
    """Return ln of the factor D + r (x - D), r = exp(-h), of one step of the sampler."""
    return sp.log(1 - noise_share(log_level) * (1 - sp.exp(-h)))


def local_error() -> sp.Expr:
    """Return the coefficient of h^2 in the difference of the two."""
    p = noise_share(log_level)
    return -p * (1 - p) / 2


DERIVATION = Derivation(
    name="shrinkage",
    steps=(
        Step(
            name="mode",
            states=gain(lam2, s),
            relation=MatrixIdentity(denoiser(s) * u, gain(lam2, s) * u, (PSD, Eigenvector(u, Sigma, lam2))),
            domain=MODE,
            because="an eigenvector of Sigma is one of (Sigma + s I)^-1 with the eigenvalue 1/(lam^2 + s)",
        ),
        Step(
            name="chain",
            states=gain(lam2, s) ** t,
            relation=Recurrence(
                solution=gain(lam2, s) ** t, var=t, unknown=y, following=gain(lam2, s) * y, start=sp.S.One
            ),
            domain=MODE.joined(domain_of((t,))),
            because="each application multiplies by the gain again",
        ),
        Step(
            name="pair",
            states=step_ratio(),
            relation=Identity(gain(lam2_1, s) / gain(lam2_0, s), step_ratio()),
            domain=PAIR,
            because="divide the gains of two modes",
        ),
        Step(
            name="loss of a step",
            states=loss_of_step(),
            relation=Identity(
                loss_of_step().xreplace({quotient: lam2_0 / lam2_1, level: s / lam2_0}), -sp.log(step_ratio())
            ),
            domain=PAIR,
            because="measure the noise by the variance of the first mode",
        ),
        Step(
            name="growth",
            states=sp.Derivative(loss_of_step(), level),
            relation=Monotone(expr=loss_of_step(), var=level, op=">"),
            domain=RELATIVE,
            because="q/(1 + q u) > 1/(1 + u)",
        ),
        Step(
            name="concavity",
            states=sp.Derivative(loss_of_step(), (level, 2)),
            relation=Monotone(expr=sp.Derivative(loss_of_step(), level), var=level, op="<"),
            domain=RELATIVE,
            because="the derivative of q/(1 + q u) is minus its square",
        ),
        Step(
            name="sampler",
            states=noise_share(log_level),
            relation=Antiderivative(
                primitive=sp.log(lam2 + sp.exp(2 * log_level)) / 2, integrand=noise_share(log_level), var=log_level
            ),
            domain=FLOWING,
            because="along a mode dx/d ln sigma = (1 - gain) x",
        ),
        Step(
            name="local error",
            states=local_error(),
            relation=LimitIs(
                expr=(euler_factor() - exact_factor()) / h**2, var=h, point=sp.S.Zero, value=local_error()
            ),
            domain=FLOWING.joined(domain_of((h,))),
            because="both logarithms are -p h to first order",
        ),
        Step(
            name="global error",
            states=-noise_share(log_level) / 4,
            relation=Antiderivative(primitive=-noise_share(log_level) / 4, integrand=local_error(), var=log_level),
            domain=FLOWING,
            because="dp/d ln sigma = 2 p (1 - p): errors of steps of equal size h add up to h times an integral",
        ),
    ),
)
