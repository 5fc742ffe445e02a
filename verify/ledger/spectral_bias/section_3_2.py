"""Section 3.2: Gaussian data, its optimal denoiser, and what it keeps of each mode."""

import sympy as sp

from numerics import noised_law, scenes
from theory import regression as re
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Eigenvector, Expect, Inv, PositiveDefinite, inner
from theory.relation import Both, Identity, Inequality, MatrixIdentity, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices, point_of
from verify.claim import Claim
from verify.ledger.lanes import EXACT

lam, sigma = symbols("lam sigma")
half = sp.Rational(1, 2)
gain = lam / (lam + sigma**2)
probe = sp.MatrixSymbol("k", re.d, 1)

DATA = domain_of((lam, sigma))
SPREAD = Domain(((lam, POSITIVE), (sigma, POSITIVE)))

SHRINKS = '"shrinked mode-by-mode by lam_k/(lam_k + sigma^2)"'
KEEPS = 'modes with lam_k >> sigma^2 "will be retained; modes with variance much smaller than noise will be \'shrinked\' out"'
THRESHOLD = 'sigma^2 "defines a threshold of signal and noise, and modes below which will be removed"'
GAUSSIAN = ("x_0 ~ N(mu, Sigma)", "Sigma positive semi-definite")


def denoised(x: sp.MatrixExpr) -> sp.MatrixExpr:
    """Return D*(x; sigma) as printed in (3)."""
    return re.mu + Inv(re.M) * re.Sigma * (x - re.mu)


noisy = re.x0 + sigma * re.z
precision = Inv(re.Sigma) + re.unit / sigma**2

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
                    Expect((noisy - re.mu) * (noisy - re.mu).T), re.Sigma + sigma**2 * re.unit, re.DATA
                ),
                MatrixIdentity(Expect(noisy), re.mu, re.DATA),
            )
        ),
        domain=re.NOISE,
        assumes=GAUSSIAN,
        checks=(*EXACT, Matrices(scene=scenes.noised_covariance)),
    ),
    Claim(
        id="wp.3.2.noised.law",
        says="When noising by Gaussian noise at scale sigma, the corrupted x satisfies x ~ N(mu, Sigma + sigma^2 I)",
        reading="the logarithms of the characteristic functions of N(mu, Sigma) and N(0, sigma^2 I), taken at k, add up to that of N(mu, Sigma + sigma^2 I)",
        where="sec. 3.2",
        source="as printed",
        relation=MatrixIdentity(
            -sp.Trace(probe.T * re.Sigma * probe) / 2 - sigma**2 * inner(probe, probe) / 2,
            -sp.Trace(probe.T * (re.Sigma + sigma**2 * re.unit) * probe) / 2,
            (re.PSD,),
        ),
        domain=re.NOISE,
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
            Inv(precision) * (Inv(re.Sigma) * re.mu + re.point / sigma**2),
            denoised(re.point),
            (PositiveDefinite(re.Sigma), PositiveDefinite(precision)),
        ),
        domain=re.NOISE,
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
                MatrixIdentity(Expect(re.x0 * noisy.T), Expect(denoised(noisy) * noisy.T), re.DATA),
                MatrixIdentity(Expect(re.x0), Expect(denoised(noisy)), re.DATA),
            )
        ),
        domain=re.NOISE,
        assumes=GAUSSIAN,
        checks=(*EXACT, Matrices(scene=scenes.cross_moment)),
    ),
    Claim(
        id="wp.3.2.denoiser.minimises",
        says="For Gaussian data, minimizing (2) yields D*.",
        reading="W = (Sigma + sigma^2 I)^-1 Sigma and b = mu - W mu are the stationary point of the loss, which is convex (wp.C.3.square)",
        where="sec. 3.2",
        source="as printed",
        relation=Stationary(
            scalar=re.loss,
            letters=(re.W, re.b),
            at=sp.Tuple(Inv(re.M) * re.Sigma, re.mu - Inv(re.M) * re.Sigma * re.mu),
            given=re.DATA,
        ),
        domain=re.NOISE,
        assumes=GAUSSIAN,
        derived_in="regression: optimal weights",
        checks=(*EXACT, Matrices(scene=scenes.minimiser, formula=point_of)),
    ),
    Claim(
        id="wp.3.2.shrink.gain",
        says="the difference of the state and distribution mean was projected onto the eigenbasis and " + SHRINKS,
        reading="u_k . (D* - mu) = lam_k/(lam_k + sigma^2) u_k . (x - mu) for every eigenvector u_k of Sigma",
        where="sec. 3.2",
        source="as printed",
        relation=MatrixIdentity(
            re.u.T * (denoised(re.point) - re.mu),
            gain * re.u.T * (re.point - re.mu),
            (re.PSD, Eigenvector(re.u, re.Sigma, lam)),
        ),
        domain=DATA,
        assumes=GAUSSIAN,
        checks=(*EXACT, Matrices(scene=scenes.denoised_mode)),
    ),
    Claim(
        id="wp.3.2.shrink.retained",
        says=KEEPS,
        reading="with r = lam/sigma^2 > 0, what is lost of a mode, 1 - gain, lies between 0 and 1/r, and its gain between 0 and r, for all lam and sigma",
        where="sec. 3.2",
        source="as printed",
        relation=Both(
            (
                Inequality(1 - gain, "<=", sigma**2 / lam),
                Inequality(1 - gain, ">", sp.S.Zero),
                Inequality(gain, "<=", lam / sigma**2),
                Inequality(gain, ">", sp.S.Zero),
            )
        ),
        domain=SPREAD,
        assumes=GAUSSIAN,
        checks=EXACT,
        formula=False,
        slips=(
            Inequality(1 - gain, "<=", sigma**2 / (2 * lam)),
            Inequality(1 - gain, "<=", lam / sigma**2),
            Inequality(gain, "<=", (lam / sigma**2) ** 2),
            Inequality(gain, ">=", half),
        ),
    ),
    Claim(
        id="wp.3.2.shrink.threshold",
        says=THRESHOLD,
        reading="gain - 1/2 = (lam - sigma^2)/(2 (lam + sigma^2)): the gain is above 1/2 exactly if lam > sigma^2",
        where="sec. 3.2",
        source="as printed",
        relation=Identity(gain - half, (lam - sigma**2) / (2 * (lam + sigma**2))),
        domain=DATA,
        assumes=GAUSSIAN,
        checks=EXACT,
    ),
    Claim(
        id="wp.3.2.shrink.removed",
        says=THRESHOLD,
        reading="literally: every mode with lam < sigma^2 is removed, its gain is 0",
        where="sec. 3.2",
        source="as printed",
        relation=Identity(gain, sp.S.Zero),
        domain=DATA.where(lam < sigma**2),
        assumes=GAUSSIAN,
        corrected_by="our.denoiser.below_threshold",
        checks=EXACT,
        formula=False,
    ),
)
