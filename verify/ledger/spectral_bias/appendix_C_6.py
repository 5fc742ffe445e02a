"""Appendix C.6: the divergence of the generated law from that of the data."""

import sympy as sp

from numerics.scenes import divergence as divergence_scenes
from theory import divergence
from theory.divergence import Lam1, Lam2, Sigma1, Sigma2, U, X, d, lndet1, lndet2, mu1, mu2
from theory.domain import domain_of
from theory.matrices import Expect, Inv
from theory.relation import Both, Identity, LimitIs, MatrixIdentity, Monotone, Relation, Within
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

lam, lam_gen, mu, mu_gen, r = symbols("lam lam_gen mu mu_gen r_kl")
SHARED = "generated (~) against data: KL = 1/2 sum_k [lam~_k/lam_k - 1 - ln(lam~_k/lam_k) + (u_k^T (mu - mu~))^2/lam_k]"
ASSUMES = ("same eigenbasis", "two Gaussians with regular covariances")
MODES = box(lam=("0.2", "3.0"), lam_gen=("0.2", "3.0"), mu=("-1.5", "1.5"), mu_gen=("-1.5", "1.5"))
VARIANCES = MODES[:2]
densities = [
    divergence.log_density(X, mean, Sigma, lndet)
    for mean, Sigma, lndet in ((mu1, Sigma1, lndet1), (mu2, Sigma2, lndet2))
]
turned = [U * Lam1 * U.T, U * Lam2 * U.T]


def quadratic(matrix: sp.MatrixExpr) -> sp.Expr:
    """Return (mu_2 - mu_1)^T matrix (mu_2 - mu_1)."""
    return sp.Trace((mu2 - mu1).T * matrix * (mu2 - mu1))


def printed_mode(ratio: sp.Expr) -> sp.Expr:
    """Return 1/2 [ratio - 1 - ln ratio]."""
    return (ratio - 1 - sp.log(ratio)) / 2


def integral(relation: Relation) -> sp.Expr:
    """Return the integral over the line that a relation on a primitive states: twice its limit at infinity."""
    limits = [part for part in relation.parts if isinstance(part, LimitIs)] if isinstance(relation, Both) else []
    return 2 * limits[0].value if limits else sp.nan


def least_at(contribution: sp.Expr, place: sp.Expr) -> Both:
    """Return that the contribution is 0 where lam~ = place, falls below and grows above."""
    sides = ((lam_gen < place, "<"), (lam_gen > place, ">"))
    slopes = (
        Within(Monotone(expr=contribution, var=lam_gen, op=op), divergence.PAIR.where(side)) for side, op in sides
    )
    return Both((Identity(contribution.xreplace({lam_gen: place}), sp.S.Zero), *slopes))


CLAIMS = (
    Claim(
        id="wp.C.6.general",
        says="KL(N_1 | N_2) = 1/2 [ln(det Sigma_2/det Sigma_1) - d + Tr(Sigma_2^-1 Sigma_1) + (mu_2 - mu_1)^T "
        "Sigma_2^-1 (mu_2 - mu_1)]",
        reading="the mean over N_1 of ln p_1 - ln p_2, in any dimension; the logarithms of the determinants are numbers",
        where="app. C.6, [61]-[65]",
        source="reconstructed",
        relation=MatrixIdentity(
            Expect(densities[0] - densities[1]),
            (lndet2 - lndet1 - d + sp.Trace(Inv(Sigma2) * Sigma1) + quadratic(Inv(Sigma2))) / 2,
            divergence.GAUSSIANS,
        ),
        domain=divergence.ANY,
        assumes=("two multivariate Gaussians with regular covariances",),
        derived_in="divergence: two Gaussians",
        checks=(KERNEL, Matrices(scene=divergence_scenes.two_gaussians)),
    ),
    Claim(
        id="wp.C.6.shared.basis",
        says=SHARED,
        reading="in any dimension: with Sigma_i = U Lam_i U^T the eigenvectors leave the trace and the square, whose "
        "terms are then those of the modes",
        where="app. C.6, [66]-[68]",
        source="reconstructed",
        relation=MatrixIdentity(
            (lndet2 - lndet1 - d + sp.Trace(Inv(turned[1]) * turned[0]) + quadratic(Inv(turned[1]))) / 2,
            (lndet2 - lndet1 - d + sp.Trace(Inv(Lam2) * Lam1) + quadratic(U * Inv(Lam2) * U.T)) / 2,
            divergence.SHARED,
        ),
        domain=divergence.ANY,
        assumes=ASSUMES,
        derived_in="divergence: shared eigenbasis",
        checks=(KERNEL, Matrices(scene=divergence_scenes.shared_eigenbasis)),
    ),
    Claim(
        id="wp.C.6.shared.mode",
        says=SHARED,
        reading="a term of the sum is the divergence of the laws of the mode, int p_1 (ln p_1 - ln p_2) dx, which add "
        "because the modes of either law are independent; the integral through a primitive and its two limits",
        where="app. C.6, [69], [70]",
        source="reconstructed",
        relation=divergence.integrated((lam_gen / lam - 1 - sp.log(lam_gen / lam) + (mu - mu_gen) ** 2 / lam) / 2),
        domain=divergence.LINE,
        assumes=ASSUMES,
        derived_in="divergence: one mode",
        checks=(KERNEL, Ode(measure=divergence_scenes.mode, box=MODES, formula=integral)),
    ),
    Claim(
        id="wp.C.6.min",
        says="If they share the same mean it simplifies even further, which has unique minimizer when lam~_k = lam_k",
        reading="the contribution of a mode vanishes at lam~ = lam, falls with lam~ below and grows above",
        where="app. C.6",
        source="as printed",
        relation=least_at(printed_mode(lam_gen / lam), lam),
        domain=divergence.PAIR,
        assumes=(*ASSUMES, "same mean"),
        derived_in="divergence: minimum",
        checks=EXACT,
        formula=False,
        slips=(
            least_at(printed_mode(lam_gen / lam), 2 * lam),
            least_at(printed_mode(lam_gen / lam) + sp.log(lam_gen / lam), lam),
            least_at((lam_gen / lam - 1 + sp.log(lam_gen / lam)) / 2, lam),
            least_at((lam_gen / lam - 1 - 2 * sp.log(lam_gen / lam)) / 2, lam),
        ),
    ),
    Claim(
        id="wp.C.6.mode",
        says="KL_k = 1/2 [lam~_k/lam_k - 1 - ln(lam~_k/lam_k)]",
        reading="int p_1 (ln p_1 - ln p_2) dx for equal means, through a primitive and its two limits",
        where="app. C.6, [71]",
        source="reconstructed",
        relation=divergence.integrated(printed_mode(lam_gen / lam), sp.S.Zero),
        domain=divergence.LINE,
        assumes=(*ASSUMES, "same mean"),
        derived_in="divergence: ratio",
        checks=(KERNEL, Ode(measure=divergence_scenes.mode, box=VARIANCES, formula=integral)),
    ),
    Claim(
        id="wp.C.6.mode.ratio",
        says="the KL divergence can be reduced to the ratio of gnerated and true variance along each principal axes "
        "of data",
        reading="with r = lam~/lam the contribution is 1/2 [r - 1 - ln r], whatever lam",
        where="app. C.6",
        source="as printed",
        relation=Identity(divergence.of_mode().xreplace({mu_gen: mu, lam_gen: r * lam}), printed_mode(r)),
        domain=domain_of((r, lam, mu)).where(lam > 0),
        assumes=(*ASSUMES, "same mean"),
        derived_in="divergence: ratio",
        checks=(*EXACT, Ode(measure=divergence_scenes.ratio, box=box(r=("0.1", "8.0")))),
    ),
)
