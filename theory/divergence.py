"""How far the generated Gaussian is from that of the data: the divergence is a sum over modes of r - 1 - ln r.

KL(N_1 | N_2) = E_1[ln p_1 - ln p_2], with ln p_i = -(d ln 2 pi + ln det Sigma_i + |x - mu_i|^2_i)/2 and the norm
|y|^2_i = y^T Sigma_i^-1 y. The logarithms of the two determinants are letters of their own.

Source: spectral-bias paper, appendix C.6.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import Domain, domain_of
from theory.gaussian import normal
from theory.matrices import Expect, Inv, Moments, Orthogonal, PositiveDefinite, inner
from theory.one_layer import SAMPLED, final_variance, lam, later, log_variance_entire, log_variance_rate, tau
from theory.relation import Antiderivative, Both, Identity, LimitIs, MatrixIdentity, Monotone, Within
from theory.symbols import symbols

d, x, mu, lam_gen, mu_gen, r, lndet1, lndet2 = symbols("d x mu lam_gen mu_gen r_kl lndet1 lndet2")
X, mu1, mu2 = (sp.MatrixSymbol(name, d, 1) for name in ("x", "mu_1", "mu_2"))
Sigma1, Sigma2, U, Lam1, Lam2 = (sp.MatrixSymbol(name, d, d) for name in ("Sigma_1", "Sigma_2", "U", "Lam_1", "Lam_2"))
unit = sp.Identity(d)

GAUSSIANS = (PositiveDefinite(Sigma1), PositiveDefinite(Sigma2), Moments(X, mu1, Sigma1))
SHARED = (Orthogonal(U), PositiveDefinite(Lam1), PositiveDefinite(Lam2), PositiveDefinite(U * Lam2 * U.T))
ANY = domain_of((lndet1, lndet2))
LINE = domain_of((x, lam, mu, lam_gen, mu_gen)).where(lam > 0)
PAIR = domain_of((lam, lam_gen)).where(lam > 0)


def log_density(x: sp.MatrixExpr, mean: sp.MatrixExpr, Sigma: sp.MatrixExpr, lndet: sp.Expr) -> sp.Expr:
    """Return ln of the density of N(mean, Sigma) at x, lndet being ln det Sigma."""
    return -(d * sp.log(2 * sp.pi) + lndet + inner(x - mean, Inv(Sigma) * (x - mean))) / 2


def divergence() -> sp.Expr:
    """Return KL(N_1 | N_2) in any dimension."""
    return (lndet2 - lndet1 - d + sp.Trace(Inv(Sigma2) * Sigma1) + inner(mu2 - mu1, Inv(Sigma2) * (mu2 - mu1))) / 2


def of_ratio(r: sp.Expr) -> sp.Expr:
    """Return the divergence that a mode with generated over true variance r contributes, for equal means."""
    return (r - 1 - sp.log(r)) / 2


def of_mode() -> sp.Expr:
    """Return KL(N(mu_gen, lam_gen) | N(mu, lam)), what a mode contributes."""
    return (lam_gen / lam - 1 - sp.log(lam_gen / lam) + (mu - mu_gen) ** 2 / lam) / 2


def integrand(shift: sp.Expr) -> sp.Expr:
    """Return p_1 (ln p_1 - ln p_2) of a mode at the distance x from the generated mean, which is off by `shift`."""
    gap = sp.log(lam / lam_gen) - x**2 / lam_gen + (x + shift) ** 2 / lam
    return normal(x, sp.S.Zero, lam_gen) * gap / 2


def primitive(whole: sp.Expr, shift: sp.Expr) -> sp.Expr:
    """Return an antiderivative of the integrand in x, which grows from minus to plus half of the divergence `whole`."""
    swing = x * (1 - lam_gen / lam) / 2 - lam_gen / lam * shift
    return whole / 2 * sp.erf(x / sp.sqrt(2 * lam_gen)) + swing * normal(x, sp.S.Zero, lam_gen)


def integrated(whole: sp.Expr, shift: sp.Expr = mu_gen - mu) -> Both:
    """Return that the integrand has the integral `whole` over the line."""
    rises = primitive(whole, shift)
    ends = ((sp.oo, whole / 2), (-sp.oo, -whole / 2))
    limits = (LimitIs(expr=rises, var=x, point=end, value=value) for end, value in ends)
    return Both((Antiderivative(primitive=rises, integrand=integrand(shift), var=x), *limits))


def of_training() -> sp.Expr:
    """Return KL(N(0, generated variance) | N(0, lam)) along the training of one layer."""
    return of_ratio(sp.exp(log_variance_entire()) / lam)


DERIVATION = Derivation(
    name="divergence",
    steps=(
        Step(
            name="two Gaussians",
            states=divergence(),
            relation=MatrixIdentity(
                Expect(log_density(X, mu1, Sigma1, lndet1) - log_density(X, mu2, Sigma2, lndet2)),
                divergence(),
                GAUSSIANS,
            ),
            domain=ANY,
            because="the logarithms of the densities are quadratic, so two moments of the first law give the mean",
        ),
        Step(
            name="shared eigenbasis",
            states=sp.Trace(Inv(Lam2) * Lam1),
            relation=MatrixIdentity(sp.Trace(Inv(U * Lam2 * U.T) * U * Lam1 * U.T), sp.Trace(Inv(Lam2) * Lam1), SHARED),
            domain=ANY,
            because="the eigenvectors cancel in the trace, and what is left is a sum over modes",
        ),
        Step(
            name="one mode",
            states=of_mode(),
            relation=integrated(of_mode()),
            domain=LINE,
            because="integrate the density times the logarithm of the ratio of the densities over the line",
        ),
        Step(
            name="ratio",
            states=of_ratio(r),
            relation=Identity(of_mode().xreplace({mu_gen: mu, lam_gen: r * lam}), of_ratio(r)),
            domain=domain_of((r, lam, mu)).where(lam > 0),
            because="for equal means only the ratio of the variances is left",
        ),
        Step(
            name="minimum",
            states=of_ratio(r),
            relation=Both(
                (
                    Identity(of_ratio(sp.S.One), sp.S.Zero),
                    Within(Monotone(expr=of_ratio(r), var=r, op="<"), domain_of((r,)).where(r < 1)),
                    Within(Monotone(expr=of_ratio(r), var=r, op=">"), domain_of((r,)).where(r > 1)),
                )
            ),
            domain=Domain(()),
            because="the derivative is (1 - 1/r)/2",
        ),
        Step(
            name="training",
            states=of_training(),
            relation=Identity(
                sp.Derivative(of_training(), tau),
                (sp.exp(log_variance_entire()) / lam - 1) * log_variance_rate() / 2,
            ),
            domain=SAMPLED.where(lam > 0),
            because="the divergence moves with ln of the generated variance",
        ),
        Step(
            name="floor",
            states=of_ratio(final_variance() / lam),
            relation=LimitIs(expr=of_training(), var=tau, point=sp.oo, value=of_ratio(final_variance() / lam)),
            domain=later(SAMPLED).where(lam > 0),
            because="the generated variance tends to that of the optimal denoisers",
        ),
    ),
)
