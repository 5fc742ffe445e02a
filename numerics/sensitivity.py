"""How fast the generated law changes in training, from the derivative of the probability flow, not from differences."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float

from numerics.linear_ode import SAFETY, gauss_integral, gauss_points, propagate, refine
from numerics.measured import Measured
from numerics.probability_flow import Denoisers, pull_back


def generated_rate(
    denoisers: Denoisers,
    rates: Denoisers,
    *,
    sigma0: float,
    sigmaT: float,
    directions: Float[np.ndarray, "d n"],
    goal: float = 1e-10,
    panels: int = 8,
    most: int = 128,
) -> Measured:
    """Return d/dtau of ln of the variance generated along each direction, where dTheta/dtau = rates(σ).

    The error is `SAFETY` times the gap of two resolutions plus the effect, to first order, of the errors put in.
    """
    run = partial(_run, denoisers, rates, sigma0, sigmaT, directions)
    coarse, fine = refine(run, _gap, goal=goal, panels=panels, most=most)
    return Measured(value=fine.rate, error=SAFETY * np.abs(coarse.rate - fine.rate) + fine.doubt)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    rate: Float[np.ndarray, " n"]
    doubt: Float[np.ndarray, " n"]


def _run(
    denoisers: Denoisers, rates: Denoisers, sigma0: float, sigmaT: float, directions: np.ndarray, panels: int
) -> _Run:
    s = gauss_points(np.log(sigma0), np.log(sigmaT), panels)
    Theta, speed = denoisers(np.exp(s).ravel()), rates(np.exp(s).ravel())
    length, d = np.log(sigmaT) - np.log(sigma0), len(directions)
    K = _with_derivative(Theta.array, speed.array)
    end = propagate(K.reshape(*s.shape, 2 * d, 2 * d), np.vstack([directions, np.zeros_like(directions)]), length)
    Y, dY = end[:d], end[d:]
    size = np.square(Y).sum(0)
    wrong, wrong_speed, moved = (_integral(x, s.shape, length) for x in (Theta.error, speed.error, _norm(speed.array)))
    gain = 2 * np.linalg.norm(Y, 2) / np.sqrt(size)
    return _Run(rate=2 * (Y * dY).sum(0) / size, doubt=gain * (wrong_speed + 2 * gain * wrong * moved))


def _gap(coarse: _Run, fine: _Run) -> float:
    return float((np.abs(coarse.rate - fine.rate) / (1 + np.abs(fine.rate))).max())


def _with_derivative(Theta: Float[np.ndarray, "m d d1"], speed: Float[np.ndarray, "m d d1"]) -> np.ndarray:
    """Return K of (y, dy/dtau), for the pull-back y of a direction."""
    d = Theta.shape[-2]
    M, dM = pull_back(Theta)[:, :d, :d], speed[:, :, :d].swapaxes(-1, -2)
    return np.block([[M, np.zeros_like(M)], [dM, M]])


def _integral(values: np.ndarray | float, shape: tuple[int, int], length: float) -> float:
    return gauss_integral(np.broadcast_to(values, (shape[0] * shape[1], 1, 1)).reshape(shape), length)


def _norm(matrices: Float[np.ndarray, "m d d1"]) -> Float[np.ndarray, "m 1 1"]:
    return np.linalg.norm(matrices, 2, axis=(-2, -1))[:, None, None]
