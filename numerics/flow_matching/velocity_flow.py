"""The law that a family of affine velocities carries from noise at t = 0 to t = 1, by its own ODE.

A velocity is Theta = [W b], v(x) = W x + b. It is known at any times t, each trained on its own loss, with nothing
shared between them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float

from numerics.linear_ode import SAFETY, gauss_integral, gauss_points, propagate, refine
from numerics.measured import Measured

Velocities = Callable[[np.ndarray], Measured]
"""Maps m times to their Theta = [W b], shape (m, d, d+1), one error for each (the 2-norm)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transported:
    """What dx/dt = W_t x + b_t makes of x at t = 0: x(end) = F x(0) + m, and its covariance if x(0) is N(0, I)."""

    F: Measured
    m: Measured
    covariance: Measured


def transport(
    velocities: Velocities, d: int, *, end: float = 1.0, goal: float = 1e-10, panels: int = 4, most: int = 64
) -> Transported:
    """Return the map from t = 0 to t = `end`.

    The panels are doubled until two results differ by less than `goal`, or there would be more than `most`. The error
    is `SAFETY` times that difference plus the effect of the velocities' errors, to first order.
    """
    run = partial(_run, velocities, d, end)
    return _judged(*refine(run, _gap, goal=goal, panels=panels, most=most))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """The map as a matrix of homogeneous coordinates, and the integral of the velocities' errors."""

    map: Float[np.ndarray, "d1 d1"]
    doubt: float


def _run(velocities: Velocities, d: int, end: float, panels: int) -> _Run:
    t = gauss_points(0.0, end, panels)
    Theta = velocities(t.ravel())
    K = np.zeros((t.size, d + 1, d + 1))
    K[:, :d] = Theta.array
    doubt = gauss_integral(np.broadcast_to(Theta.error, (t.size, 1, 1)).reshape(t.shape), end)
    return _Run(map=propagate(K.reshape(*t.shape, d + 1, d + 1), np.eye(d + 1), end), doubt=doubt)


def _gap(coarse: _Run, fine: _Run) -> float:
    return float(np.abs(coarse.map - fine.map).max())


def _judged(coarse: _Run, fine: _Run) -> Transported:
    F, m = fine.map[:-1, :-1], fine.map[:-1, -1:]
    size = float(np.linalg.norm(fine.map, 2))
    error = SAFETY * _gap(coarse, fine) + (fine.doubt + 1e-15) * size**2
    return Transported(
        F=Measured(value=F, error=error),
        m=Measured(value=m, error=error),
        covariance=Measured(value=F @ F.T, error=2 * error * size * len(F)),
    )
