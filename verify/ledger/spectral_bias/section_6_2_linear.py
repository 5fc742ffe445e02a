"""Section 6.2, what linear convolutional networks forecast: the law of the full width, and why local filters differ."""

import sympy as sp

from theory.convolution import N, S, full_width
from theory.domain import Domain, Range, domain_of
from theory.one_layer import eta, later, log_variance_entire, sigma0, sigmaT, tau
from theory.relation import Identity
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, FULL, LOCAL

alpha, gam_re = symbols("alpha gam_re")
FORECAST = (
    "For a full-width linear convolutional network our analysis predicts an inverse-variance law in Fourier space "
    "(Prop. 5.3). The patch-convolution variant lacks a clear forecast on distribution"
)
CAUSE = (
    "local convolutional filters couple neighbouring pixels, binding many Fourier modes into one learning unit. Sampling "
    "remains diagonal in Fourier space, so a broad band of modes is amplified simultaneously."
)
lag0, lag1, cos_w = symbols("lag0 lag1 cos_w")
BAND = Domain(((lag0, Range()), (lag1, Range()), (cos_w, Range(-sp.S.One, sp.S.One))))
SCALED = {S: alpha**2 * S, sigma0: alpha * sigma0, sigmaT: alpha * sigmaT, tau: tau / alpha**2}


def spectrum(cosine: sp.Expr) -> sp.Expr:
    """Return ln of the spectrum that three taps generate, at the frequency of this cosine."""
    return lag0 + 2 * lag1 * cosine


CLAIMS = (
    Claim(
        id="wp.6.2.forecast",
        says=FORECAST,
        where="section 6.2",
        source="as printed",
        reading="the law of Prop. 5.3: if the variance of a Fourier mode and the squares of both noise levels of the sampler "
        "are multiplied by alpha^2 and the training time divided by it, the generated variance is multiplied by alpha^2: "
        "times go as the inverse of the variance",
        relation=Identity(
            full_width(log_variance_entire()).xreplace(SCALED), full_width(log_variance_entire()) + 2 * sp.log(alpha)
        ),
        domain=later(domain_of((S, gam_re, N, eta, tau, sigma0, sigmaT, alpha)).where(sigma0 < sigmaT, alpha > 0)),
        assumes=(CIRCULAR, FULL, FLOW),
        checks=EXACT,
    ),
    Claim(
        id="wp.6.2.cause",
        says=CAUSE,
        where="section 6.2",
        source="as printed",
        reading="three taps on a circle: at every training time ln of the generated variance of a Fourier mode is lag0 + 2 "
        "lag1 cos omega (our.patch.degree); binding: the modes omega = 0 and pi fix all others",
        relation=Identity(spectrum(cos_w), ((1 + cos_w) * spectrum(sp.S.One) + (1 - cos_w) * spectrum(-sp.S.One)) / 2),
        domain=BAND,
        assumes=(CIRCULAR, LOCAL, FLOW),
        checks=EXACT,
    ),
)
