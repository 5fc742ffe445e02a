"""Corrections to the set-up of the power-iteration paper: Jacobians, reverse variances, accumulated noise, covariances."""

import sympy as sp

from theory.denoiser import MODE, NOISY, PSD, SHIFTED, P, Sigma, d, eps, lam2, mean, nothing, s, unit, x0
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.gaussian import normal
from theory.matrices import Expect, Independent, Moments, Orthogonal, Orthonormal, norm2
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Recurrence
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

x, y, mu, n, rho, T, a_X, s_X, sig, s_a, s_b = symbols("x y mu n rho T a_X s_X sig s_a s_b")
codim, x_1, x_2 = symbols("codim x_1 x_2")
noisy, u, U = x0 + eps, sp.MatrixSymbol("u", d, 1), sp.MatrixSymbol("U", d, d)
alpha, alpha_bar, clean, before = symbols("alpha_t alpha_bar x_clean x_before")
BETWEEN = Range(sp.S.Zero, sp.S.One, low_open=True, high_open=True)
POSTERIOR = Domain(((alpha, BETWEEN), (alpha_bar, BETWEEN), *domain_of((x, clean, before)).ranges))
xi, z = sp.MatrixSymbol("xi", d, 1), sp.MatrixSymbol("z", d, 1)
START = (Moments(xi, nothing, rho**2 * unit),)
LAW = (PSD, Moments(x0, nothing, Sigma), Moments(z, nothing, unit), Independent(x0, z))
gain = lam2 / (lam2 + s)


def affine(x: sp.Expr) -> sp.Expr:
    """Return the optimal denoiser of Gaussian data of mean mu along a mode."""
    return mu + gain * (x - mu)


def posterior_mean(x_0: sp.Expr, x_t: sp.Expr) -> sp.Expr:
    """Return E[x_{t-1} | x_t, x_0] along a mode, abar being that of step t - 1."""
    clean, noisy = sp.sqrt(alpha_bar) * (1 - alpha), sp.sqrt(alpha) * (1 - alpha_bar)
    return (clean * x_0 + noisy * x_t) / (1 - alpha * alpha_bar)


def posterior_variance() -> sp.Expr:
    """Return the variance of x_{t-1} given x_t and x_0 along a mode."""
    return (1 - alpha) * (1 - alpha_bar) / (1 - alpha * alpha_bar)


def bayes() -> Identity:
    """Return that prior times likelihood over evidence is the normal density with that mean and variance."""
    prior = normal(before, sp.sqrt(alpha_bar) * clean, 1 - alpha_bar)
    likelihood = normal(x, sp.sqrt(alpha) * before, 1 - alpha)
    evidence = normal(x, sp.sqrt(alpha * alpha_bar) * clean, 1 - alpha * alpha_bar)
    return Identity(prior * likelihood / evidence, normal(before, posterior_mean(clean, x), posterior_variance()))


def after(variance: sp.Expr, added: sp.Expr) -> Recurrence:
    """Return that `variance` is 0 at n = 0 and the next step adds `added` to it."""
    return Recurrence(solution=variance, var=n, unknown=y, following=y + added, start=sp.S.Zero)


def spare(op: str) -> Inequality:
    """Return how the number of directions without data compares with 1."""
    return Inequality(codim, op, sp.S.One)


def generated(mean: sp.MatrixExpr, second: sp.MatrixExpr) -> Both:
    """Return mean and second moment of P xi."""
    output = P * xi
    return Both((MatrixIdentity(Expect(output), mean, START), MatrixIdentity(Expect(output * output.T), second, START)))


def fades(value: sp.Expr) -> LimitIs:
    """Return that the variance of the schedule of Theorem 4.3 tends to `value`."""
    return LimitIs(expr=(T + 1) / T**2, var=T, point=sp.oo, value=value)


CLAIMS = (
    Claim(
        id="our.diffusion.jacobian",
        says="a denoiser is its Jacobian times its input only up to D(x) - D'(x) x, which for Gaussian data of mean mu is (1 - "
        "lambda^2/(lambda^2 + s)) mu",
        where="corrects sec. 1 and eq. (27) of the power-iteration paper",
        source="ours",
        relation=Identity(affine(x) - sp.Derivative(affine(x), x) * x, s / (lam2 + s) * mu),
        domain=MODE.joined(domain_of((x, mu))),
        assumes=("Gaussian data",),
        derived_in="denoiser: mode",
        checks=EXACT,
    ),
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
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.posterior.unscaled",
        says="in the unscaled process the law of x_{t-1} given x_t and x_0 has the variance sigma_t^2 s_{t-1}/(s_{t-1} + "
        "sigma_t^2), s_{t-1} the accumulated noise variance before the step",
        where="corrects eq. (6) of the power-iteration paper where e_t = sigma_t is meant to be this variance",
        source="ours",
        reading="the variance of a Gaussian given a second one: s - s^2/(s + sigma_t^2)",
        relation=Identity(s - s**2 / (s + sig**2), s * sig**2 / (s + sig**2)),
        domain=Domain(((s, POSITIVE), (sig, POSITIVE))),
        assumes=("eq. (3)",),
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
        id="our.diffusion.covariance",
        says="for data of mean m and covariance Sigma the covariance of x_t is Sigma + s I and E x_t x_t^T = Sigma + m m^T + s I",
        where="corrects eq. (9) of the power-iteration paper",
        source="ours",
        relation=Both(
            (
                MatrixIdentity(Expect((noisy - mean) * (noisy - mean).T), Sigma + s * unit, SHIFTED),
                MatrixIdentity(Expect(noisy * noisy.T), Sigma + mean * mean.T + s * unit, SHIFTED),
            )
        ),
        domain=NOISY,
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.spectrum",
        says="Sigma_0 has the eigenvalue lambda_i^2, not lambda_i, and Sigma_t the eigenvalue lambda_i^2 + s",
        where="corrects the words after eq. (9) of the power-iteration paper",
        source="ours",
        relation=MatrixIdentity((lam2 * u * u.T + s * unit) * u, (lam2 + s) * u, (Orthonormal((u,)),)),
        domain=MODE,
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.rank",
        says="the data reside in a proper subspace iff r < d, that is r <= d - 1",
        where="corrects the words after eq. (9) of the power-iteration paper",
        source="ours",
        reading="for integers: d - r >= 1 directions are left without data",
        relation=spare(">="),
        domain=Domain(((codim, Range(sp.S.One)),)),
        checks=EXACT,
        slips=(spare("<="), Inequality(codim, ">", sp.S.One), Inequality(codim, ">=", sp.Integer(2))),
        formula=False,
    ),
    Claim(
        id="our.diffusion.sample_covariance",
        says="for two samples the second moment (x_1^2 + x_2^2)/2 is the sample covariance plus the squared sample mean",
        where="corrects the words before eq. (10) of the power-iteration paper",
        source="ours",
        relation=Identity((x_1**2 + x_2**2) / 2, ((x_1 - x_2) / 2) ** 2 + ((x_1 + x_2) / 2) ** 2),
        domain=domain_of((x_1, x_2)),
        checks=EXACT,
    ),
    Claim(
        id="our.diffusion.complete",
        says="for the complete, orthogonal U of a diagonalisation U U^T is the identity: P_t takes the leading columns only",
        where="corrects eqs. (10), (11) of the power-iteration paper",
        source="ours",
        relation=MatrixIdentity(U * U.T, unit, (Orthogonal(U),)),
        domain=Domain(()),
        checks=EXACT,
        slips=tuple(MatrixIdentity(U * U.T, wrong, (Orthogonal(U),)) for wrong in (2 * unit, U, sp.ZeroMatrix(d, d))),
        formula=False,
    ),
)
