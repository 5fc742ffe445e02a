"""Abstract: which linear denoiser is optimal, and how a component depends on noise, data and its eigenvalue."""

import sympy as sp

from theory.denoiser import LEADING, MODE, OTHER, P, cut, d, excess, lam2, mode_error, nothing, s, unit, w
from theory.domain import domain_of
from theory.matrices import Expect, Moments, Orthonormal
from theory.relation import Identity, Inequality, LimitIs, MatrixIdentity, Monotone
from theory.spiked import BELOW, ell, overlap_squared, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.denoiser import DATA
from verify.ledger.ours.denoiser_rank import PROJECTOR
from verify.ledger.ours.spiked import LARGE
from verify.ledger.ours.spiked_emergence import levels_ordered

OPTIMAL = "the linear case, where the optimal denoiser in the MSE sense is known to be the PCA projection"
EMERGE = (
    "low frequencies emerge earlier in the generation process, where the denoising basis vectors are more aligned to the "
    "true data with a rate depending on their eigenvalues"
)
MEAN = "the linear diffusion model converges in mean to the leading eigenvector of the underlying data"
WHERE = "abstract, sec. 1, sec. 3"
(rho,) = symbols("rho")
xi, u_0 = sp.MatrixSymbol("xi", d, 1), sp.MatrixSymbol("u_0", d, 1)
gain = lam2 / (lam2 + s)


def shrinks_less(gain: sp.Expr, value: sp.Expr) -> LimitIs:
    """Return that a gain tends to `value` with the noise."""
    return LimitIs(expr=gain, var=s, point=sp.S.Zero, value=value)


def aligned(op: str) -> Monotone:
    """Return that the overlap with the clean component changes with its eigenvalue in this direction."""
    return Monotone(expr=overlap_squared(s), var=lam2, op=op)


CLAIMS = (
    Claim(
        id="wdmg.opt-pca.linear",
        says=OPTIMAL,
        reading="among all linear maps: in a mode of variance lambda^2 > 0, which the projection onto the data keeps, no gain w "
        "has a smaller error (1 - w)^2 lambda^2 + w^2 s than the gain 1",
        where=WHERE,
        source="as printed",
        relation=Inequality(mode_error(sp.S.One), "<=", mode_error(w)),
        domain=MODE.joined(domain_of((w,))),
        assumes=(DATA,),
        checks=EXACT,
        corrected_by="our.denoiser.optimal",
        formula=False,
    ),
    Claim(
        id="wdmg.opt-pca.projector",
        says=OPTIMAL,
        reading="among all orthogonal projectors, of any rank: keeping a mode of variance lambda^2 > 0 is never worse than "
        "dropping it",
        where=WHERE,
        source="as printed",
        relation=Inequality(mode_error(sp.S.One), "<=", mode_error(sp.S.Zero)),
        domain=MODE,
        assumes=(DATA,),
        checks=EXACT,
        corrected_by="our.denoiser.rank_projector.number",
        formula=False,
    ),
    Claim(
        id="wdmg.opt-pca.rank",
        says=OPTIMAL,
        reading="among the orthogonal projectors of a given rank: tr(A Sigma) - tr(P Sigma) is a sum of traces of products of "
        "positive semidefinite matrices, where A keeps the leading eigenvectors",
        where=WHERE,
        source="as printed",
        relation=MatrixIdentity(*excess(), (*LEADING, *OTHER)),
        domain=domain_of((cut,)),
        assumes=(DATA, PROJECTOR),
        derived_in="denoiser: leading projector",
        checks=(KERNEL,),
    ),
    Claim(
        id="wdmg.opt-pca.small",
        says=OPTIMAL,
        reading="as the noise vanishes: the best gain lambda^2/(lambda^2 + s) of every mode with variance tends to 1",
        where=WHERE,
        source="as printed",
        relation=shrinks_less(gain, sp.S.One),
        domain=MODE,
        assumes=(DATA,),
        derived_in="denoiser: mode",
        checks=(KERNEL,),
        slips=(shrinks_less(gain, sp.Rational(1, 2)), shrinks_less(gain, gain), shrinks_less(1 - gain, sp.S.One)),
        formula=False,
    ),
    Claim(
        id="wdmg.abs-rank1",
        says="the dependence of the denoiser on the noise level and the amount of training data can be expressed "
        "analytically, in the rank-1 case",
        reading="in the limit of large d and n: sin^2 of the angle between the noisy and the clean component is gamma (ell + "
        "1)/(ell (ell + gamma)) with ell = lambda^2/s and gamma = d/n",
        where="abstract",
        source="as printed",
        relation=Identity(1 - overlap_squared(s), sine_squared().xreplace({ell: lam2 / s})),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    levels_ordered(
        id="wdmg.abs-emerge.order",
        says=EMERGE,
        reading="low frequencies are those of large eigenvalue: the noise level at which a component is first seen, and the one "
        "at which half of it is, increase with its eigenvalue",
        where="abstract",
        source="as printed",
    ),
    Claim(
        id="wdmg.abs-emerge.aligned",
        says=EMERGE,
        reading="at a noise level at which it is seen, a component is the more aligned to the true one the larger its "
        "eigenvalue",
        where="abstract",
        source="as printed",
        relation=aligned(">"),
        domain=BELOW.where(s > 0),
        assumes=LARGE,
        derived_in="spiked: monotone",
        checks=EXACT,
        slips=(aligned("<"), aligned("<="), Monotone(expr=1 / overlap_squared(s), var=lam2, op=">")),
        formula=False,
    ),
    Claim(
        id="wdmg.abs-mean.first_moment",
        says=MEAN,
        reading="the mean of the generated vector is the leading eigenvector: E x_g = u_0 for x_g = P_T xi with xi of mean 0; the chain of one projector P is shown",
        where="abstract",
        source="as printed",
        relation=MatrixIdentity(
            Expect(P * xi),
            u_0,
            (Moments(xi, nothing, rho**2 * unit), Orthonormal((u_0,)), *OTHER),
        ),
        domain=domain_of((rho,)),
        assumes=("eqs. (13), (14)",),
        checks=EXACT,
        corrected_by="our.diffusion.mean",
        formula=False,
    ),
)
