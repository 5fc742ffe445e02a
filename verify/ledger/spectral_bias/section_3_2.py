"""Section 3.2: Gaussian data with noise, and its optimal denoiser."""

import sympy as sp

from numerics import noised_law, scenes
from numerics.scenes import moments as moment_scenes
from theory import regression
from theory.matrices import Expect, Inv, PositiveDefinite, inner
from theory.relation import Both, MatrixIdentity, Stationary
from verify.checks.matrices import Matrices, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

sigma = regression.sigma
probe = sp.MatrixSymbol("k", regression.d, 1)


GAUSSIAN = ("x_0 ~ N(mu, Sigma)", "Sigma positive semi-definite")


def denoised(x: sp.MatrixExpr) -> sp.MatrixExpr:
    """Return D*(x; sigma) as printed in (3)."""
    return regression.mu + Inv(regression.M) * regression.Sigma * (x - regression.mu)


noisy = regression.x0 + sigma * regression.z
precision = Inv(regression.Sigma) + regression.unit / sigma**2

CLAIMS = (
    Claim(
        id="wp.3.2.noised.moments",
        says="When noising by Gaussian noise at scale sigma, the corrupted x satisfies x ~ N(mu, Sigma + sigma^2 I)",
        reading="x = x0 + sigma z has the mean mu and the covariance Sigma + sigma^2 I, singular Sigma included",
        where="sec. 3.2",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(
                    Expect((noisy - regression.mu) * (noisy - regression.mu).T),
                    regression.Sigma + sigma**2 * regression.unit,
                    regression.DATA,
                ),
                MatrixIdentity(Expect(noisy), regression.mu, regression.DATA),
            )
        ),
        domain=regression.NOISE,
        assumes=GAUSSIAN,
        checks=(*EXACT, Matrices(scene=moment_scenes.noised_covariance)),
    ),
    Claim(
        id="wp.3.2.noised.law",
        says="When noising by Gaussian noise at scale sigma, the corrupted x satisfies x ~ N(mu, Sigma + sigma^2 I)",
        reading="the logarithms of the characteristic functions of N(mu, Sigma) and N(0, sigma^2 I), taken at k, add up to that of N(mu, Sigma + sigma^2 I)",
        where="sec. 3.2",
        source="as printed",
        relation=MatrixIdentity(
            -sp.Trace(probe.T * regression.Sigma * probe) / 2 - sigma**2 * inner(probe, probe) / 2,
            -sp.Trace(probe.T * (regression.Sigma + sigma**2 * regression.unit) * probe) / 2,
            (regression.PSD,),
        ),
        domain=regression.NOISE,
        assumes=GAUSSIAN,
        checks=EXACT,
    ),
    Claim(
        id="wp.3.2.denoiser.bayes",
        says="D*(x; sigma) = mu + (Sigma + sigma^2 I)^-1 Sigma (x - mu) is Bayes-optimal",
        reading="D* is the mean of the posterior, whose precision is Sigma^-1 + sigma^-2 I, for positive definite Sigma",
        where="eq. (3)",
        source="as printed",
        relation=MatrixIdentity(
            Inv(precision) * (Inv(regression.Sigma) * regression.mu + regression.point / sigma**2),
            denoised(regression.point),
            (PositiveDefinite(regression.Sigma), PositiveDefinite(precision)),
        ),
        domain=regression.NOISE,
        assumes=GAUSSIAN,
        checks=(*EXACT, Matrices(scene=noised_law.posterior_mean)),
    ),
    Claim(
        id="wp.3.2.denoiser.uncorrelated",
        says="D*(x; sigma) = mu + (Sigma + sigma^2 I)^-1 Sigma (x - mu) is Bayes-optimal",
        reading="x0 - D*(x) has mean 0 and is uncorrelated with x, so for a Gaussian law independent of it, and D*(x) is the conditional mean; singular Sigma included",
        where="eq. (3)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(Expect(regression.x0 * noisy.T), Expect(denoised(noisy) * noisy.T), regression.DATA),
                MatrixIdentity(Expect(denoised(noisy)), regression.mu, regression.DATA),
            )
        ),
        domain=regression.NOISE,
        assumes=GAUSSIAN,
        checks=(*EXACT, Matrices(scene=moment_scenes.cross_moment)),
    ),
    Claim(
        id="wp.3.2.denoiser.minimises",
        says="For Gaussian data, minimizing (2) yields D*.",
        reading="W = (Sigma + sigma^2 I)^-1 Sigma and b = mu - W mu are the stationary point of the loss, which is convex (wp.C.3.square)",
        where="sec. 3.2",
        source="as printed",
        relation=Stationary(
            scalar=regression.loss,
            letters=(regression.W, regression.b),
            at=sp.Tuple(
                Inv(regression.M) * regression.Sigma,
                regression.mu - Inv(regression.M) * regression.Sigma * regression.mu,
            ),
            given=regression.DATA,
        ),
        domain=regression.NOISE,
        assumes=GAUSSIAN,
        derived_in="regression: optimal weights",
        checks=(*EXACT, Matrices(scene=scenes.minimiser, formula=point_of)),
    ),
)
