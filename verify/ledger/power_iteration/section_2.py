"""Section 2: shrinkage, what a denoiser depends on, the number of samples, the law of the data."""

import sympy as sp

from theory.denoiser import CENTRED, MODE, NOISY, PSD, Sigma, W, W_star, error, lam2, s, unit
from theory.domain import domain_of
from theory.matrices import Eigenvector, norm2
from theory.relation import Identity, Inequality, MatrixIdentity
from theory.spiked import gamma, sine_squared
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.denoiser import DATA
from verify.ledger.ours.spiked import LARGE
from verify.ledger.ours.spiked_emergence import NEEDED, eps, samples

x, d = symbols("x d")
u = sp.MatrixSymbol("u", d, 1)
gain = lam2 / (lam2 + s)
POINT = MODE.joined(domain_of((x,)))

DEPENDS = "In this case, the (optimal) denoiser does depend on the underlying image"


def learned(op: str) -> Inequality:
    """Return how the gain of the best denoiser changes with the variance of the training images."""
    return Inequality(sp.Derivative(gain, lam2), op, sp.S.Zero)


def moment_error() -> sp.Expr:
    """Return E|x0 - W x|^2 by the second moments of data and noise."""
    return sp.Trace((unit - W) * Sigma * (unit - W).T) + s * norm2(W)


CLAIMS = (
    Claim(
        id="wdmg.bg-shrink",
        says="the learned denoising functions are equivalent to a shrinkage operation in a basis adapted to the underlying image",
        reading="Gaussian data, where the optimal denoiser is known: along a principal component it is the shrinkage by "
        "lambda^2/(lambda^2 + s)",
        where="sec. 2",
        source="as printed",
        relation=MatrixIdentity(W_star * u, gain * u, (PSD, Eigenvector(u, Sigma, lam2))),
        domain=MODE,
        assumes=(DATA, "Gaussian data"),
        derived_in="denoiser: mode",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.dep.input",
        says=DEPENDS,
        reading="the operator of the optimal linear denoiser, dD/dx = lambda^2/(lambda^2 + s), differs between images x",
        where="sec. 2",
        source="as printed",
        relation=Inequality(sp.Derivative(gain * x, (x, 2)), "!=", sp.S.Zero),
        domain=POINT,
        assumes=(DATA,),
        checks=EXACT,
        corrected_by="our.denoiser.optimal",
        formula=False,
    ),
    Claim(
        id="wdmg.dep.training",
        says=DEPENDS,
        reading="it depends on the images it was trained on: its gain grows with their variance along a component",
        where="sec. 2",
        source="as printed",
        relation=learned(">"),
        domain=MODE,
        assumes=(DATA,),
        derived_in="denoiser: mode",
        checks=EXACT,
        slips=(learned("<"), learned("<="), Inequality(sp.Derivative(1 - gain, lam2), ">", sp.S.Zero)),
        formula=False,
    ),
    Claim(
        id="wdmg.linear-sc",
        says="we consider linear models and deduce a linear sample complexity bound associated with learning the score function",
        reading="in large dimension, at a given angle sin^2 = eps^2 and given ell = lambda^2/s: n = d (1 + (1 - eps^2) ell)/(eps^2 "
        "ell^2), a multiple of d",
        where="sec. 2",
        source="as printed",
        relation=Identity(eps**2, sine_squared().xreplace({gamma: 1 / samples})),
        domain=NEEDED,
        assumes=LARGE,
        derived_in="spiked: angle",
        checks=EXACT,
    ),
    Claim(
        id="wdmg.data",
        says="we consider data that reside in a low dimensional subspace, with no specific distribution",
        reading="no distribution is needed: the error of a linear denoiser depends on the law of the data through its covariance "
        "alone, which may be singular",
        where="sec. 2",
        source="as printed",
        relation=MatrixIdentity(error, moment_error(), CENTRED),
        domain=NOISY,
        assumes=(DATA,),
        derived_in="denoiser: completed square",
        checks=(KERNEL,),
    ),
)
