"""What the law predicts for the modes of a real image set, and what was measured on its full covariance."""

import numpy as np

from numerics.image_modes import Emergence
from numerics.spectra import covariance, spectrum_of
from verify.images import ETA, SIGMA0, SIGMAT, ImageData, Q
from verify.predict import Setting, emergence_times, log_variances
from verify.report.model import ImageSet

SETTING = Setting(Q=Q, sigma0=SIGMA0, sigmaT=SIGMAT)
CLOCK = np.geomspace(1e-5, 1e5, 100)
CURVES = 6
NOTE = rf"From $Q={Q}$, sampler from $\sigma_T={SIGMAT:g}$ to $\sigma_0={SIGMA0:g}$; geometric criterion."


def predicted(name: str, images: ImageData, measured: Emergence | None = None) -> ImageSet:
    """Return the image set with the law's variances and emergence times, and measured points if there are any."""
    lams = spectrum_of(covariance(images.rows)).lams
    shown = modes_shown(lams.size)
    return ImageSet(
        name=images.words,
        spectrum=lams,
        clock=CLOCK,
        shown=shown,
        variances=np.exp(log_variances(lams[list(shown), None], CLOCK, SETTING)),
        emergence=emergence_times(lams, SETTING),
        measured=points(measured, shown) if measured else (),
        images=len(images.rows),
        command=f"lindiff verify our.images.{name}",
        note=NOTE,
    )


def modes_shown(count: int) -> tuple[int, ...]:
    """Return some of `count` modes, spread evenly over the logarithm of their rank."""
    return tuple(int(k) for k in np.unique(np.geomspace(1, max(count - 1, 1), CURVES).astype(int)) - 1)


def points(measured: Emergence, shown: tuple[int, ...]) -> tuple[tuple[int, float, float], ...]:
    """Return (mode, 2 eta tau, variance) of the modes shown."""
    return tuple(
        (mode, 2 * ETA * tau, float(np.exp(np.asarray(found.value)[mode])))
        for tau, found in zip(measured.taus, measured.log_variances, strict=True)
        for mode in shown
    )
