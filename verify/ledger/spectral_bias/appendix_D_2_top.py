"""Appendix D.2: where the mean of image data sets lies."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sympy as sp

from numerics.image_sets.mean_direction import share_of_mean, variance_along_mean
from numerics.measured import Measured
from theory.domain import Domain, Range, domain_of
from theory.relation import Inequality
from theory.symbols import symbols
from verify.checks.observed import Observed
from verify.claim import Claim
from verify.images import IMAGES

s_mean, s_top = symbols("s_mean s_top")
TOP = (
    "since the mean of dataset usually lie in the directions of higher eigenvalues, the dynamics of W and b in the top "
    "eigenspace will be entangled with each other"
)
WHERE, ON_IMAGES = "app. D.2", "on the bundled digits, faces and patches with pixels in [-1, 1]"


@dataclass(frozen=True, slots=True)
class OfImages:
    """What `read` measures on the image set called `name`."""

    name: str
    read: Callable[[np.ndarray], Measured]

    def __call__(self) -> Measured:
        """Load the images and measure."""
        return self.read(IMAGES[self.name]().rows)


def on_images(read: Callable[[np.ndarray], Measured]) -> Observed:
    """Return the check that reads every image set."""
    return Observed(measures=tuple((name, OfImages(name, read)) for name in IMAGES))


CLAIMS = (
    Claim(
        id="wp.D.2.top.average",
        says=TOP,
        where=WHERE,
        source="as printed",
        reading="the variance along the mean, mu^T Sigma mu/|mu|^2, is larger than that of an average mode, Tr Sigma/d, "
        + ON_IMAGES,
        relation=Inequality(s_mean, ">", sp.S.One),
        domain=domain_of((s_mean,)),
        checks=(on_images(variance_along_mean),),
        slips=(Inequality(s_mean, ">", sp.Integer(2)),),
        formula=False,
    ),
    Claim(
        id="wp.D.2.top.tenth",
        says=TOP,
        where=WHERE,
        source="as printed",
        reading="more than half of |mu|^2 lies along the leading tenth of the modes, " + ON_IMAGES,
        relation=Inequality(s_top, ">", sp.Rational(1, 2)),
        domain=Domain(((s_top, Range(sp.S.Zero, sp.S.One)),)),
        checks=(on_images(share_of_mean),),
        slips=(Inequality(s_top, ">", sp.Rational(9, 10)),),
        formula=False,
    ),
)
