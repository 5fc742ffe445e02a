"""What a chain generates: samples, their distribution over the clean components, its distance to the natural one."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float


def without_noise(
    U: Sequence[np.ndarray], xi: Float[np.ndarray, "d m"], keep: Sequence[int] = (0,)
) -> dict[int, Float[np.ndarray, "d m"]]:
    """Return x = P_t ⋯ P_T ξ for every t in `keep` (eq 14 at t = 0), U being U_0..U_T."""
    found, x = {}, xi
    for t in range(len(U) - 1, -1, -1):
        x = U[t] @ (U[t].T @ x)
        if t in keep:
            found[t] = x
    return found


def with_noise(
    U: Sequence[np.ndarray], sizes: Float[np.ndarray, " steps"], samples: int, rng: np.random.Generator
) -> Float[np.ndarray, "d m"]:
    """Return samples of x_g = Σ_t P_0 ⋯ P_t ξ_t with ξ_t of standard deviation sizes[t] (eq 25)."""
    x = np.zeros((len(U[0]), samples))
    for basis, size in zip(reversed(U), sizes[::-1], strict=True):
        x = basis @ (basis.T @ (x + size * rng.normal(size=x.shape)))
    return x


def paper_schedule(T: int) -> Float[np.ndarray, " steps"]:
    """Return the standard deviations of the schedule after eq 25: N(0, 1) at T, N(0, 1/T) before."""
    return np.append(np.full(T, np.sqrt(1 / T)), 1.0)


def constant_schedule(T: int) -> Float[np.ndarray, " steps"]:
    """Return equal standard deviations 1 for all t."""
    return np.ones(T + 1)


SCHEDULES = {"paper": paper_schedule, "constant": constant_schedule}


def histogram(U: Float[np.ndarray, "d k"], x: Float[np.ndarray, "d m"]) -> Float[np.ndarray, "k m"]:
    """Return |<u_i, x_j>| / |x_j|, whose mean over j is c_i of eq 26.

    Raises:
        ValueError: a sample is zero, which has no direction.
    """
    sizes = np.linalg.norm(x, axis=0)
    if not (sizes > 0).all():
        raise ValueError("x: expected samples other than zero")
    return np.abs(U.T @ (x / sizes))


def distance(c: Float[np.ndarray, " k"], natural: Float[np.ndarray, " k"]) -> float:
    """Return |c - natural|/|natural|, the relative Euclidean distance of two histograms over the components."""
    return float(np.linalg.norm(c - natural) / np.linalg.norm(natural))


def share_of_first(U: Float[np.ndarray, "d k"], x: Float[np.ndarray, "d m"]) -> float:
    """Return the share of the squared length of all samples that lies along u_0."""
    return float(((U[:, 0] @ x) ** 2).sum() / (x**2).sum())


def nearest(x: Float[np.ndarray, "d m"], training: Float[np.ndarray, "d n"]) -> Float[np.ndarray, " m"]:
    """Return the largest cosine of each sample with a training image."""
    units = [part / np.linalg.norm(part, axis=0) for part in (x, training)]
    return (units[0].T @ units[1]).max(1)


def power_iteration(lams2: Float[np.ndarray, " k"], T: int) -> tuple[float, float]:
    """Return the share of u_0 and the second over the first variance of Σ_0^T ξ, from the eigenvalues λ_i²."""
    weights = (lams2 / lams2[0]) ** (2.0 * T)
    return float(1 / weights.sum()), float(weights[1])
