"""Corrections to the set-up of the power-iteration paper: what the forward process adds and what a reverse step draws."""

import sympy as sp

from theory.denoiser import PSD, P, Sigma, d, nothing, unit, x0
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Expect, Independent, Moments, norm2
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Recurrence
from theory.reverse import POSTERIOR, STEP, bayes, sig, unscaled
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

y, n, rho, T, a_X, s_X, s_a, s_b, e_t = symbols("y n rho T a_X s_X s_a s_b e_t")
xi, z = sp.MatrixSymbol("xi", d, 1), sp.MatrixSymbol("z", d, 1)
START = (Moments(xi, nothing, rho**2 * unit),)
LAW = (PSD, Moments(x0, nothing, Sigma), Moments(z, nothing, unit), Independent(x0, z))


def after(variance: sp.Expr, added: sp.Expr) -> Recurrence:
    """Return that `variance` is 0 at n = 0 and the next step adds `added` to it."""
    return Recurrence(solution=variance, var=n, unknown=y, following=y + added, start=sp.S.Zero)


def generated(mean: sp.MatrixExpr, second: sp.MatrixExpr) -> Both:
    """Return mean and second moment of P xi."""
    output = P * xi
    return Both((MatrixIdentity(Expect(output), mean, START), MatrixIdentity(Expect(output * output.T), second, START)))


def fades(value: sp.Expr) -> LimitIs:
    """Return that the variance of the schedule of Theorem 4.3 tends to `value`."""
    return LimitIs(expr=(T + 1) / T**2, var=T, point=sp.oo, value=value)


CLAIMS = (
    Claim(
        id="our.diffusion.mean",
        says="the mean of x_g = P xi is 0 for every matrix P that is independent of xi: what may single out a component is the "
        "covariance, E x_g x_g^T = rho^2 P P^T",
        where="corrects the abstract of the power-iteration paper",
        source="ours",
        relation=generated(nothing, rho**2 * P * P.T),
        domain=domain_of((rho,)),
        assumes=("E xi = 0, E xi xi^T = rho^2 I",),
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.vanishing",
        says="with sigma_t = 1/T for t = 0, ..., T the variance (T + 1)/T^2 of x_T given x_0 vanishes as T grows",
        where="corrects sec. 3 of the power-iteration paper",
        source="ours",
        relation=fades(sp.S.Zero),
        domain=domain_of((T,)),
        checks=(KERNEL,),
        slips=(fades(sp.S.One), fades(sp.oo), fades(1 / T)),
        formula=False,
    ),
    Claim(
        id="our.diffusion.start",
        says="x_T = a x_0 + b z with white z has the variance a^2 lambda^2 + b^2 along a mode: sqrt(abar) and sqrt(1 - abar) for the "
        "scaled process, 1 and the accumulated noise for the unscaled one",
        where="beyond eq. (5) of the power-iteration paper",
        source="ours",
        relation=MatrixIdentity(
            Expect(norm2(a_X * x0 + s_X * z)), sp.Trace(a_X**2 * Sigma) + s_X**2 * sp.Trace(unit), LAW
        ),
        domain=domain_of((a_X, s_X)),
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.posterior",
        says="given x_0, the law of x_{t-1} given x_t has the mean of eq. (6) and the variance beta_t (1 - abar_{t-1})/(1 - "
        "abar_t), below beta_t",
        where="corrects eq. (6) of the power-iteration paper where e_t^2 = beta_t is meant to be this variance",
        source="ours",
        reading="Bayes' rule: N(x_{t-1} | sqrt(abar_{t-1}) x_0, 1 - abar_{t-1}) N(x_t | sqrt(alpha_t) x_{t-1}, beta_t) over N(x_t | "
        "sqrt(abar_t) x_0, 1 - abar_t) is normal with this mean and variance",
        relation=bayes(),
        domain=POSTERIOR,
        assumes=("eqs. (1), (2)",),
        derived_in="reverse step: posterior",
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.posterior.unscaled",
        says="in the unscaled process the law of x_{t-1} given x_t and x_0 has the variance sigma_t^2 s_{t-1}/(s_{t-1} + "
        "sigma_t^2), s_{t-1} the accumulated noise variance before the step",
        where="corrects eq. (6) of the power-iteration paper where e_t = sigma_t is meant to be this variance",
        source="ours",
        reading="the variance of a Gaussian given a second one: s - s^2/(s + sigma_t^2)",
        relation=unscaled(),
        domain=STEP,
        assumes=("eq. (3)",),
        derived_in="reverse step: without scaling",
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.noise_sum",
        says="after t steps of noise sigma^2 the accumulated variance is t sigma^2, the sum over i = 1, ..., t; for sigma_i = i "
        "sigma it is t (t + 1)(2 t + 1)/6 sigma^2",
        where="corrects the sum before eq. (9) of the power-iteration paper",
        source="ours",
        relation=Both(
            (
                after(n * sig**2, sig**2),
                after(n * (n + 1) * (2 * n + 1) / 6 * sig**2, (n + 1) ** 2 * sig**2),
            )
        ),
        domain=Domain(((sig, POSITIVE), *domain_of((n,)).ranges)),
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.increments",
        says="noises of variances s_a and s_b with covariance w differ by a noise of variance s_a + s_b - 2 w: sigma_t^2 for "
        "accumulated noise, the sum for fresh noise, (sqrt(s_a) - sqrt(s_b))^2 for shared noise",
        where="corrects eq. (8) of the power-iteration paper",
        source="ours",
        relation=Both(
            tuple(
                Identity(s_a + s_b - 2 * w, variance)
                for w, variance in (
                    (s_b, s_a - s_b),
                    (sp.S.Zero, s_a + s_b),
                    (sp.sqrt(s_a) * sp.sqrt(s_b), (sp.sqrt(s_a) - sp.sqrt(s_b)) ** 2),
                )
            )
        ),
        domain=domain_of((s_a, s_b)),
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.last",
        says="m + e z with white z has the covariance e^2 I, so that a last step without noise is eqs. (5), (6) with e_1 = 0",
        where="corrects eq. (7) of the power-iteration paper",
        source="ours",
        relation=MatrixIdentity(Expect(e_t * z * (e_t * z).T), e_t**2 * unit, (Moments(z, nothing, unit),)),
        domain=domain_of((e_t,)),
        checks=EXACT,
    ),
)
