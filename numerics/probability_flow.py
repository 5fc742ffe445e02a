"""The law that a family of affine denoisers generates, by the exact probability flow from noise to data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float

from numerics.linear_ode import SAFETY, gauss_integral, gauss_points, propagate, refine
from numerics.measured import Measured, exponential

Denoisers = Callable[[np.ndarray], Measured]
"""Maps m noise levels to their Theta = [W b], shape (m, d, d+1), one error for each (the 2-norm)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Generated:
    """The Gaussian generated from N(0, sigmaT² I), seen along the columns v of `directions`.

    Args:
        log_variance: ln Var(v·x), for each direction.
        mean: E(v·x), for each direction.
        covariance: Cov(v·x, w·x), for each pair of directions.
    """

    log_variance: Measured
    mean: Measured
    covariance: Measured

    @property
    def variance(self) -> Measured:
        """Var(v·x), for each direction."""
        return exponential(self.log_variance)


def generate(
    denoisers: Denoisers,
    *,
    sigma0: float,
    sigmaT: float,
    directions: Float[np.ndarray, "d n"],
    goal: float = 1e-10,
    panels: int = 8,
    most: int = 128,
) -> Generated:
    """Return the law at sigma0 of dx/dσ = -[(W-I)x + b]/σ, from N(0, sigmaT² I) at sigmaT.

    Every direction is followed by the adjoint flow, so its variance is accurate relative to itself.
    The panels are doubled until two results differ by less than `goal` (in ln variance) or there would be more than
    `most`. The error is `SAFETY` times that difference plus the effect of the denoisers' errors, to first order.
    """
    run = partial(_run, denoisers, sigma0, sigmaT, directions)
    return _judge(*refine(run, _gap, goal=goal, panels=panels, most=most), sigmaT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """The pull-back of each direction v: v·x(sigma0) = Y_v·x(sigmaT) + m_v."""

    Y: Float[np.ndarray, "d n"]
    m: Float[np.ndarray, " n"]
    doubt: float
    length: float

    @property
    def log_size(self) -> Float[np.ndarray, " n"]:
        with np.errstate(divide="ignore"):
            return np.log(np.square(self.Y).sum(0))


def _run(denoisers: Denoisers, sigma0: float, sigmaT: float, directions: np.ndarray, panels: int) -> _Run:
    s = gauss_points(np.log(sigma0), np.log(sigmaT), panels)
    Theta = denoisers(np.exp(s).ravel())
    length = np.log(sigmaT) - np.log(sigma0)
    start = np.vstack([directions, np.zeros(directions.shape[1])])
    end = propagate(pull_back(Theta.array).reshape(*s.shape, *2 * start.shape[:1]), start, length)
    doubt = gauss_integral(np.broadcast_to(Theta.error, (s.size, 1, 1)).reshape(s.shape), length)
    return _Run(Y=end[:-1], m=end[-1], doubt=doubt, length=length)


def pull_back(Theta: Float[np.ndarray, "m d d1"]) -> Float[np.ndarray, "m d1 d1"]:
    """Return K of d(y,m)/d ln σ = K (y,m), which keeps y·x + m constant along the probability flow."""
    d = Theta.shape[-2]
    K = np.zeros((len(Theta), d + 1, d + 1))
    K[:, :, :d] = (Theta - np.eye(d, d + 1)).swapaxes(-1, -2)
    return K


def _gap(coarse: _Run, fine: _Run) -> float:
    mean = np.abs(coarse.m - fine.m) / (1 + np.abs(fine.m))
    return float(np.max([np.abs(coarse.log_size - fine.log_size), mean]))


def _judge(coarse: _Run, fine: _Run, sigmaT: float) -> Generated:
    size = np.sqrt(np.square(fine.Y).sum(0))
    largest = np.linalg.norm(fine.Y, 2)
    lost = fine.doubt + 1e-15 * fine.length
    log_error = SAFETY * np.abs(coarse.log_size - fine.log_size) + 2 * lost * largest / size
    mean_error = SAFETY * np.abs(coarse.m - fine.m) + lost * (largest + np.abs(fine.m).max())
    cross_error = SAFETY * np.abs(coarse.Y.T @ coarse.Y - fine.Y.T @ fine.Y) + 2 * lost * largest * np.add.outer(
        size, size
    )
    return Generated(
        log_variance=Measured(value=2 * np.log(sigmaT) + fine.log_size, error=log_error),
        mean=Measured(value=fine.m, error=mean_error),
        covariance=Measured(value=sigmaT**2 * fine.Y.T @ fine.Y, error=sigmaT**2 * cross_error),
    )
