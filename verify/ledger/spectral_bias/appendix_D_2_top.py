"""Appendix D.2: where the mean of image data sets lies."""

import sympy as sp

from numerics.mean_direction import variance_along_mean
from numerics.measured import Measured
from theory.domain import domain_of
from theory.relation import Inequality
from theory.symbols import symbols
from verify.checks.observed import Observed
from verify.claim import Claim
from verify.images import digits, faces, patches

(s_mean,) = symbols("s_mean")


def of_digits() -> Measured:
    """Return the variance of the digits along their mean, over that of an average mode."""
    return variance_along_mean(digits().rows)


def of_faces() -> Measured:
    """Return that of the faces."""
    return variance_along_mean(faces().rows)


def of_patches() -> Measured:
    """Return that of the patches."""
    return variance_along_mean(patches().rows)


CLAIMS = (
    Claim(
        id="wp.D.2.top",
        says="since the mean of dataset usually lie in the directions of higher eigenvalues, the dynamics of W and b in "
        "the top eigenspace will be entangled with each other",
        where="app. D.2",
        source="as printed",
        reading="the variance along the mean, mu^T Sigma mu/|mu|^2, is larger than that of an average mode, Tr Sigma/d, "
        "on the bundled digits, faces and patches with pixels in [-1, 1]",
        relation=Inequality(s_mean, ">", sp.S.One),
        domain=domain_of((s_mean,)),
        checks=(Observed(measures=(("digits", of_digits), ("faces", of_faces), ("patches", of_patches))),),
        slips=(Inequality(s_mean, ">", sp.Integer(2)),),
        formula=False,
    ),
)
