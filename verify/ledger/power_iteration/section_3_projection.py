"""Section 3, eq. (8): the projection learned from noisy data."""

import sympy as sp

from theory.denoiser import NOISY, P, Sigma, d, lam2, unit
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Eigenvector, Grad
from theory.relation import Identity, MatrixIdentity
from theory.reverse import s, sig
from theory.spiked import PAIR, overlap, s_a, s_b, w_ab
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.spiked import LARGE

(sig_bar,) = symbols("sig_bar")
mean, z, u, v, x_t = (sp.MatrixSymbol(name, d, 1) for name in ("m", "z", "u", "v", "x_t"))
LEVELS = Domain(((sig_bar, POSITIVE), (sig, POSITIVE)))

PCA = (
    "we learn a simple PCA denoiser (projection) based on X_{t-1}: D_PCA^t(x_t) = D_PCA^t(x_t; X_{t-1}) = P_t(x_t; X_0 + "
    "E_{sigmabar_t})"
)
PATH = (
    "each column in E_{sigmabar_t} is distributed by N(0, sigmabar_t^2 I) and sigmabar_t is a function of the sigma_s"
)


def increments(covariance: sp.Expr) -> Identity:
    """Return that E_t - E_{t-1} has the variance sigma_t^2 where the two have this covariance."""
    return Identity(sig_bar**2 + (sig_bar**2 + sig**2) - 2 * covariance, sig**2)


CLAIMS = (
    Claim(
        id="wdmg.eq8.population",
        says=PCA,
        reading="both equalities for population covariances: Sigma_{t-1} and Sigma_t have the same eigenvectors, so that it does "
        "not matter whether X_{t-1} or X_t = X_0 + E is used",
        where="eq. (8)",
        source="as printed",
        relation=MatrixIdentity((Sigma + s * unit) * u, (lam2 + s) * u, (Eigenvector(u, Sigma, lam2),)),
        domain=NOISY.joined(domain_of((lam2,))),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq8.sample",
        says=PCA,
        reading="the second equality for data, in large dimension: the component learned from X_{t-1} is that of X_0 + "
        "E_{sigmabar_t} although the noises differ, <u^{t-1}, u^t> = 1",
        where="eq. (8)",
        source="as printed",
        relation=Identity(overlap(s_a, s_b, w_ab), sp.S.One),
        domain=PAIR.where(s_b < s_a, w_ab**2 <= s_a * s_b),
        assumes=LARGE,
        checks=EXACT,
        corrected_by="our.spiked.overlap",
        formula=False,
    ),
    *(
        Claim(
            id=f"wdmg.eq8.{name}",
            says=PATH,
            reading=f"{name} noise, {words}: it is that of the forward process (3), where x_t - x_{{t-1}} has the variance sigma_t^2",
            where="eqs. (3), (8)",
            source="as printed",
            relation=increments(covariance),
            domain=LEVELS,
            assumes=("sigmabar_t^2 = sigmabar_{t-1}^2 + sigma_t^2",),
            checks=EXACT,
            corrected_by=None if name == "accumulated" else "our.diffusion.increments",
            formula=False,
            slips=(increments(sp.S.Zero), increments(sig**2), increments(sig_bar * sig))
            if name == "accumulated"
            else (),
        )
        for name, words, covariance in (
            ("accumulated", "E_t = E_{t-1} plus an independent increment", sig_bar**2),
            ("fresh", "E_t and E_{t-1} independent", sp.S.Zero),
            ("shared", "E_t = sigmabar_t Z with one Z", sig_bar * sp.sqrt(sig_bar**2 + sig**2)),
        )
    ),
    Claim(
        id="wdmg.dep3",
        says="it is a deterministic denoiser given the sampling of training data and noises, which does not depend neither on "
        "x_t nor on x_0",
        reading="the operator of x_t -> P_t x_t: the gradient of <v, P_t x_t> in x_t is P_t^T v at every x_t",
        where="sec. 3",
        source="as printed",
        relation=MatrixIdentity(Grad(sp.Trace(v.T * P * x_t), x_t), P.T * v),
        domain=Domain(()),
        checks=EXACT,
    ),
)
