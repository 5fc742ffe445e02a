"""The variances generated along every mode of a real data set, measured on its full covariance."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float

from numerics.autograd import pack
from numerics.denoisers import edm_losses, trained
from numerics.measured import Measured
from numerics.probability_flow import generate
from numerics.spectra import Spectrum, covariance, spectrum_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Emergence:
    """The modes of a data set and what is generated along them at each training time."""

    modes: Spectrum
    taus: tuple[float, ...]
    log_variances: tuple[Measured, ...]


def generated_along_modes(
    data: Float[np.ndarray, "n d"],
    *,
    Q: float,
    eta: float,
    taus: tuple[float, ...],
    sigma0: float,
    sigmaT: float,
    centred: bool = True,
    panels: int = 4,
) -> Emergence:
    """Return ln of the variance generated along each mode, for denoisers trained from W = Q I, b = 0.

    Args:
        data: samples; their covariance enters the loss as the full d x d matrix.
        Q: initial weight.
        eta: learning rate.
        taus: training times.
        sigma0: last noise level, in data units.
        sigmaT: first noise level, in data units.
        centred: subtract the mean of the data first.
        panels: resolution in ln σ; time grows in proportion, the reported error falls like its 20th power.
    """
    Sigma, mean = covariance(data), data.mean(0) * (not centred)
    modes, losses = spectrum_of(Sigma), edm_losses(Sigma, mean)
    start = pack(Q * np.eye(len(Sigma)), np.zeros(len(Sigma)))
    sampler = partial(generate, sigma0=sigma0, sigmaT=sigmaT, directions=modes.U, panels=panels, most=2 * panels)
    runs = [sampler(trained(losses, start, eta=eta, tau=tau)) for tau in taus]
    return Emergence(modes=modes, taus=taus, log_variances=tuple(run.log_variance for run in runs))
