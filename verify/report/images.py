"""What the law predicts for the modes of a real image set, and what was measured on its full covariance."""

from collections.abc import Sequence

import numpy as np

from numerics.spectra import covariance, spectrum_of
from verify.images import SIGMA0, SIGMAT, ImageData, Q, modes_shown
from verify.predict import Setting, emergence_times, log_variances
from verify.report.model import ImageSet

Rows = Sequence[Sequence[object]]
SETTING = Setting(Q=Q, sigma0=SIGMA0, sigmaT=SIGMAT)
CLOCK = np.geomspace(1e-5, 1e5, 100)
NOTE = rf"From $Q={Q}$, sampler from $\sigma_T={SIGMAT:g}$ to $\sigma_0={SIGMA0:g}$; geometric criterion."


def predicted(name: str, images: ImageData, measured: Rows = ()) -> ImageSet:
    """Return the image set with the law's variances and emergence times.

    `measured` has rows (mode, 2 eta tau, variance) from integrating the full equations.
    """
    lams = spectrum_of(covariance(images.rows)).lams
    shown = modes_shown(lams.size)
    return ImageSet(
        name=images.words,
        spectrum=lams,
        clock=CLOCK,
        shown=shown,
        variances=np.exp(log_variances(lams[list(shown), None], CLOCK, SETTING)),
        emergence=emergence_times(lams, SETTING),
        measured=tuple((int(str(mode)), float(str(clock)), float(str(variance))) for mode, clock, variance in measured),
        images=len(images.rows),
        command=f"lindiff verify our.images.{name}",
        note=NOTE,
    )
