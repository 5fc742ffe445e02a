"""Prop. 4.2 on real images: the law needs two moments of the data, so it holds for every mode of any data set."""

from theory.one_layer import SAMPLED, later, sampled, sigma0, variance, weight
from verify.checks.images import OnImages
from verify.claim import Claim
from verify.images import (
    ETA,
    IMAGES,
    SIGMA0,
    SIGMAT,
    Q,
    emergence_of_digits,
    emergence_of_faces,
    emergence_of_patches,
)
from verify.ledger.lanes import KERNEL

KNOWN = (("Q", Q), ("eta", ETA), ("sigma0", SIGMA0), ("sigmaT", SIGMAT))
MEASURED = {"digits": emergence_of_digits, "faces": emergence_of_faces, "patches": emergence_of_patches}


def _claim(name: str) -> Claim:
    return Claim(
        id=f"our.images.{name}",
        says=f"the generated variance along every principal component of {name} follows the law of Prop. 4.2",
        where="real images",
        source="ours",
        relation=sampled(variance(), weight(sigma0)),
        domain=later(SAMPLED),
        assumes=("images centred", f"W(0) = {Q} I", f"eta = {ETA}", f"sigma_0 = {SIGMA0}, sigma_T = {SIGMAT}"),
        derived_in="one layer: variance",
        checks=(KERNEL, OnImages(measure=MEASURED[name], known=KNOWN)),
    )


CLAIMS = tuple(_claim(name) for name in IMAGES)
