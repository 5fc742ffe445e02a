"""Section 3.2: what the optimal denoiser keeps of each mode."""

import sympy as sp

from numerics import scenes
from theory import regression
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Eigenvector
from theory.relation import Both, Identity, Inequality, MatrixIdentity
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.section_3_2 import GAUSSIAN, denoised

lam, sigma = symbols("lam sigma")
half = sp.Rational(1, 2)
gain = lam / (lam + sigma**2)

DATA = domain_of((lam, sigma))
SPREAD = Domain(((lam, POSITIVE), (sigma, POSITIVE)))

SHRINKS = '"shrinked mode-by-mode by lam_k/(lam_k + sigma^2)"'
KEEPS = "modes with lam_k >> sigma^2 \"will be retained; modes with variance much smaller than noise will be 'shrinked' out\""
THRESHOLD = 'sigma^2 "defines a threshold of signal and noise, and modes below which will be removed"'


CLAIMS = (
    Claim(
        id="wp.3.2.shrink.gain",
        says="the difference of the state and distribution mean was projected onto the eigenbasis and " + SHRINKS,
        reading="u_k . (D* - mu) = lam_k/(lam_k + sigma^2) u_k . (x - mu) for every eigenvector u_k of Sigma",
        where="sec. 3.2",
        source="as printed",
        relation=MatrixIdentity(
            regression.u.T * (denoised(regression.point) - regression.mu),
            gain * regression.u.T * (regression.point - regression.mu),
            (regression.PSD, Eigenvector(regression.u, regression.Sigma, lam)),
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
