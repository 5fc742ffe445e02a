"""Linear networks that start aligned with their data, trained: the course of one mode, read off the matrices.

The covariance is rotated and nothing is diagonal; the mode's neighbours have other variances and other weights.
"""

from dataclasses import dataclass

import numpy as np

from numerics.measured import Measured
from numerics.networks.linear import LINEAR
from numerics.networks.linear.aligned import Aligned, D, aligned, dense
from numerics.networks.linear.descent import EPS, descent
from numerics.networks.linear.loss import exact_loss
from numerics.networks.linear.preconditioned import SIGMA_DATA, coefficients
from numerics.networks.linear.scenes import SIGMA, STEPS, TIMES
from numerics.networks.linear.trained import Trained
from numerics.objective import Objective, edm_x, flow_matching
from numerics.problems import Letters, letters_of

MEAN = 0.8
DEPTH = 3
Reading = tuple[str, np.ndarray, np.ndarray]
"""A parameter X and two vectors: left.X right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """So many steps of this size."""

    eta: float = 0.04
    steps: int = STEPS


WALK = Pace()


def one_layer(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of the weight y."""
    modes = aligned(seed)
    Q = modes.weights(-0.5, 1.2)
    return _course(
        "one_layer", modes, pace, {"W": dense(modes.U, Q, modes.U)}, {"y": ("W", modes.u, modes.u)}, {"y": Q}
    )


def biased(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of the weight w and the bias b along a mode that carries the mean mu."""
    modes = aligned(seed)
    w, b = modes.weights(-0.5, 1.2), modes.weights(-1.0, 1.0)
    start = {"W": dense(modes.U, w, modes.U), "b": b @ modes.U.T}
    reads = {"w": ("W", modes.u, modes.u), "b": ("b", modes.u, np.ones(1))}
    found = _course("biased", modes, pace, start, reads, {"w": w, "b": b}, mu=MEAN * modes.u)
    return found.renamed(letters_of(mu=MEAN), found.course, found.first)


def two_layer(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of q, the length of the mode vector P^T u."""
    return _square(seed, pace, edm_x(SIGMA), letters_of(sigma=SIGMA))


def untied(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of the weights p in the second and q in the first layer."""
    modes = aligned(seed)
    p, q = modes.weights(0.2, 1.2), modes.weights(0.2, 1.2)
    start = {"W1": dense(modes.R, q, modes.U), "W2": dense(modes.U, p, modes.R)}
    reads = {"p": ("W2", modes.u, modes.r), "q": ("W1", modes.r, modes.u)}
    return _course("untied", modes, pace, start, reads, {"p": p, "q": q})


def deep(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of the weight s_layer that three layers share, read off the second."""
    modes = aligned(seed)
    s = modes.weights(0.3, 1.1)
    start = {f"W{k}": dense(modes.U, s, modes.U) for k in range(1, DEPTH + 1)}
    found = _course("deep", modes, pace, start, {"s_layer": ("W2", modes.u, modes.u)}, {"s_layer": s})
    return found.renamed(letters_of(L=DEPTH), found.course, found.first)


def preconditioned(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of the end-to-end weight y inside EDM's preconditioning, from W' = 0."""
    modes, (skip, out, into) = aligned(seed), coefficients(SIGMA)
    start = {"W_prime": np.zeros((len(SIGMA), D, D))}
    reads = {"y": ("W_prime", modes.u, modes.u)}
    found = _course("preconditioned", modes, pace, start, reads, {"y": np.zeros((len(SIGMA), D))}, weight=1 / out**2)
    inner = found.course["y"]
    y = Measured(value=skip + out * into * inner.array, error=out * into * inner.error + 8 * EPS)
    return found.renamed(letters_of(sigma_data=SIGMA_DATA), {"y": y}, {"y": skip})


def velocity(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of the weight y under flow matching."""
    modes = aligned(seed)
    Q = modes.weights(-0.5, 1.2)
    start, reads = {"W": dense(modes.U, Q, modes.U)}, {"y": ("W", modes.u, modes.u)}
    return _course(
        "one_layer", modes, pace, start, reads, {"y": Q}, kind=flow_matching(TIMES), by_level=letters_of(t=TIMES)
    )


def velocity_two_layer(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of q, the length of the mode vector P^T u, under flow matching."""
    return _square(seed, pace, flow_matching(TIMES), letters_of(t=TIMES))


def _square(seed: int, pace: Pace, kind: Objective, by_level: Letters) -> Trained:
    modes = aligned(seed)
    q = modes.weights(0.2, 1.2)
    start, reads = {"P": dense(modes.U, q, modes.R)}, {"q": ("P", modes.u, modes.r)}
    return _course("two_layer", modes, pace, start, reads, {"q": q}, kind=kind, by_level=by_level)


def _course(
    name: str, modes: Aligned, pace: Pace, start: Letters, reads: dict[str, Reading], weights: Letters, *,
    kind: Objective | None = None, by_level: Letters | None = None, mu: np.ndarray | None = None,
    weight: np.ndarray | None = None,
) -> Trained:  # fmt: skip
    """Return the course of each letter in `reads`, meant to start from the first column of its `weights`."""
    kind, by_level = kind or edm_x(SIGMA), by_level or letters_of(sigma=SIGMA)
    loss = exact_loss(LINEAR[name](D, SIGMA), modes.Sigma, np.zeros(D) if mu is None else mu, kind, weight)
    course = descent(loss, start, eta=pace.eta, steps=pace.steps)
    return Trained(
        common=letters_of(lam=modes.lam[0], eta=pace.eta),
        by_level=by_level,
        first={letter: values[:, 0] for letter, values in weights.items()},
        course={letter: _along(course[X], left, right) for letter, (X, left, right) in reads.items()},
    )


def _along(found: Measured, left: np.ndarray, right: np.ndarray) -> Measured:
    """Return left.X right, or left.x for a vector; every error of an entry may add up, and so may rounding."""
    matrix = found.array if found.array.ndim == 4 else found.array[..., None]
    value = np.einsum("...ab,a,b->...", matrix, left, right)
    error = np.asarray(found.error).reshape(*found.array.shape[:2])
    size = np.abs(matrix).max(axis=(-2, -1))
    return Measured(value=value, error=(error + 8 * EPS * size) * np.abs(left).sum() * np.abs(right).sum())
