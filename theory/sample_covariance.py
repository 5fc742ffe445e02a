"""A covariance learned from n samples in large dimension: its outliers, its transform along a direction, its denoiser.

The data have the variance b in every direction and alpha = b + lambda^2 = b (1 + ell) along u. As d and n grow, d/n
tending to gamma, u^T (Sigma_hat - z)^-1 u tends to -M/(z (M - alpha)), where M(z) solves z = M (1 + gamma b/(M - b)).
Everything below is algebra in M: outliers sit where M = alpha, the bulk ends where dz/dM = 0, and at z = -s the root
is M = -k, with k the noise variance at which the ideal denoiser has the learned one's gain. The limit itself is
assumed.

Source: derived here; the equation for M is the deterministic equivalent of a sample covariance matrix.
"""

from collections.abc import Callable

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.relation import Both, Identity, LimitIs, Within
from theory.symbols import symbols

b, alpha, ell, gamma, M, s, k, arc = symbols("background alpha_pop ell_b gamma M_dual s_bar k_eff arc")

root = sp.sqrt(gamma)
POPULATION = domain_of((b, ell, gamma))
OUTSIDE = domain_of((b, ell, gamma, M)).where(b < M)
NOISY = Domain((*domain_of((b, gamma)).ranges, (s, POSITIVE)))
DIRECTION = Domain((*domain_of((alpha, b, gamma)).ranges, (s, POSITIVE)))


def place(M: sp.Expr) -> sp.Expr:
    """Return z at M."""
    return M * (1 + gamma * b / (M - b))


def variance() -> sp.Expr:
    """Return alpha = b (1 + ell)."""
    return b * (1 + ell)


def transform(M: sp.Expr, alpha: sp.Expr) -> sp.Expr:
    """Return the limit of u^T (Sigma_hat - z)^-1 u at z = z(M)."""
    return -M / (place(M) * (M - alpha))


def outlier() -> sp.Expr:
    """Return the eigenvalue of Sigma_hat outside the bulk that belongs to u, for ell > sqrt(gamma)."""
    return b * (1 + ell) * (1 + gamma / ell)


def overlap() -> sp.Expr:
    """Return the squared overlap of its eigenvector with u."""
    return (1 - gamma / ell**2) / (1 + gamma / ell)


def edge() -> sp.Expr:
    """Return the upper end of the bulk."""
    return b * (1 + sp.sqrt(gamma)) ** 2


def slope_in_M() -> sp.Expr:
    """Return dz/dM."""
    return 1 - gamma * b**2 / (M - b) ** 2


def own_noise(k: sp.Expr) -> sp.Expr:
    """Return the noise variance s at which k is the effective one: k - gamma b k/(k + b)."""
    return k - gamma * b * k / (k + b)


def effective_noise() -> sp.Expr:
    """Return k, the positive root of k^2 + (b - s - gamma b) k - b s."""
    return (s + gamma * b - b + sp.sqrt((s + gamma * b - b) ** 2 + 4 * b * s)) / 2


def gain(k: sp.Expr) -> sp.Expr:
    """Return alpha/(alpha + k), the gain along u of the ideal denoiser at noise variance k."""
    return alpha / (alpha + k)


def empty() -> sp.Expr:
    """Return the share of the eigenvalue 0 in the measure along u, for gamma > 1."""
    return (gamma - 1) / (gamma + ell)


def averaged(function: Callable[[sp.Expr], sp.Expr]) -> sp.Expr:
    """Return the integral of `function` over the measure along u: outlier, bulk and zeros; v = cos(theta)."""
    bulk = b * (1 + gamma + 2 * root * arc)
    tilt = (1 + gamma + 2 * root * arc) * (ell**2 + gamma - 2 * ell * root * arc)
    density = 2 / sp.pi * (1 + ell) * gamma * sp.sqrt(1 - arc**2) / tilt
    atoms = part(overlap()) * function(outlier()) + part(empty()) * function(sp.S.Zero)
    return atoms + sp.Integral(density * function(bulk), (arc, -1, 1))


def part(share: sp.Expr) -> sp.Expr:
    """Return max(share, 0)."""
    return (share + sp.Abs(share)) / 2


DERIVATION = Derivation(
    name="sample covariance",
    steps=(
        Step(
            name="outlier",
            states=outlier(),
            relation=Identity(place(variance()), outlier()),
            domain=POPULATION,
            because="the transform along u has a pole where M = alpha",
        ),
        Step(
            name="edge",
            states=edge(),
            relation=Both(
                (
                    Within(Identity(sp.Derivative(place(M), M), slope_in_M()), OUTSIDE),
                    Identity(slope_in_M().xreplace({M: b * (1 + sp.sqrt(gamma))}), sp.S.Zero),
                    Identity(place(b * (1 + sp.sqrt(gamma))), edge()),
                )
            ),
            domain=domain_of((b, gamma)),
            because="the bulk ends where z(M) turns, and M = alpha is beyond that for ell > sqrt(gamma)",
        ),
        Step(
            name="overlap",
            states=overlap(),
            relation=Identity(variance() * slope_in_M().xreplace({M: variance()}) / outlier(), overlap()),
            domain=POPULATION,
            because="the weight of the pole: (l - z) u^T (Sigma_hat - z)^-1 u tends to alpha z'(alpha)/l",
        ),
        Step(
            name="mass",
            states=sp.S.One,
            relation=LimitIs(expr=-place(M) * transform(M, alpha), var=M, point=sp.oo, value=sp.S.One),
            domain=domain_of((alpha, b, gamma, M)).where(b < M, alpha < M),
            because="far out z is M, and the transform -1/z",
        ),
        Step(
            name="mean",
            states=alpha,
            relation=LimitIs(expr=place(M) * (-place(M) * transform(M, alpha) - 1), var=M, point=sp.oo, value=alpha),
            domain=domain_of((alpha, b, gamma, M)).where(b < M, alpha < M),
            because="the next order of the transform is the mean of the measure: Sigma_hat is unbiased",
        ),
        Step(
            name="second moment",
            states=alpha**2 + gamma * b * alpha,
            relation=LimitIs(
                expr=place(M) * (place(M) * (-place(M) * transform(M, alpha) - 1) - alpha),
                var=M,
                point=sp.oo,
                value=alpha**2 + gamma * b * alpha,
            ),
            domain=domain_of((alpha, b, gamma, M)).where(b < M, alpha < M),
            because="and the order after that; the variance of the measure is gamma b alpha",
        ),
        Step(
            name="zeros",
            states=empty(),
            relation=Identity(
                (place(M) * transform(M, variance())).xreplace({M: b * (1 - gamma)}) * -1,
                empty(),
            ),
            domain=POPULATION.where(gamma > 1),
            because="z = 0 at M = b (1 - gamma), where -z times the transform is the share of the eigenvalue 0",
        ),
        Step(
            name="measure",
            states=averaged(lambda x: x),
            relation=Both(
                (
                    Identity((1 + root * arc) ** 2 + gamma * (1 - arc**2), 1 + gamma + 2 * root * arc),
                    Identity((root * arc - ell) ** 2 + gamma * (1 - arc**2), ell**2 + gamma - 2 * ell * root * arc),
                )
            ),
            domain=Domain(((gamma, POSITIVE), (ell, POSITIVE), (arc, Range(sp.S.NegativeOne, sp.S.One)))),
            because="on the bulk M = b (1 + sqrt(gamma) exp(i theta)) and z = |M|^2/b; the density is the imaginary "
            "part of the transform over pi, with |M - alpha|^2 in its denominator",
        ),
        Step(
            name="effective noise",
            states=effective_noise(),
            relation=Identity(own_noise(effective_noise()), s),
            domain=NOISY,
            because="z(M) = -s at M = -k; the quadratic equation has one positive root",
        ),
        Step(
            name="gain",
            states=gain(k),
            relation=Identity(1 - own_noise(k) * transform(-k, alpha), gain(k)),
            domain=domain_of((alpha, b, gamma, k)).where(k + b > gamma * b),
            because="Sigma_hat (Sigma_hat + s)^-1 is 1 - s (Sigma_hat + s)^-1, and z = -s at M = -k",
        ),
    ),
)
