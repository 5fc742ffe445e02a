"""Angles between clean and noisy components: index by index, and between whole subspaces."""

import numpy as np
import scipy.linalg
from jaxtyping import Float


def sines(U: Float[np.ndarray, "d k"], V: Float[np.ndarray, "d k"]) -> Float[np.ndarray, " k"]:
    """Return sqrt(1 - <u_i, v_i>²) for every index, without cancellation at small angles."""
    along = (U * V).sum(0)
    return np.minimum(np.linalg.norm(V - U * along, axis=0), 1.0)


def principal_sines(U: Float[np.ndarray, "d k"], V: Float[np.ndarray, "d k"]) -> Float[np.ndarray, " k"]:
    """Return the sines of the principal angles between the spans of U and V, smallest first."""
    return np.sort(np.sin(scipy.linalg.subspace_angles(U, V)))


def nested_sines(U: Float[np.ndarray, "d k"], V: Float[np.ndarray, "d k"]) -> Float[np.ndarray, " k"]:
    """Return for every i the sine of the largest angle between u_i and the span of all of V.

    A component that two close eigenvalues have mixed with its neighbour is still inside that span.
    """
    return np.sqrt(np.clip(1 - ((V.T @ U) ** 2).sum(0), 0.0, 1.0))


def crossings(
    levels: Float[np.ndarray, " m"], curves: Float[np.ndarray, "m k"], height: float
) -> Float[np.ndarray, " k"]:
    """Return the first level at which each curve reaches `height`, log-linear between levels.

    A curve that starts above it crosses at the first level; one that stays below crosses at the last.
    """
    return np.array([_crossing(levels, curve, height) for curve in np.asarray(curves).T])


def expected_slopes(lams2: Float[np.ndarray, " k"], d: int, n: int) -> Float[np.ndarray, " k"]:
    """Return sin θ_i / σ̄_t of eq 15: sqrt(d / n) / λ_i, in 1/data units."""
    return np.sqrt(d / n / lams2)


def first_order_slopes(lams2: Float[np.ndarray, " r"], d: int, n: int, k: int) -> Float[np.ndarray, " k"]:
    """Return the root mean square of sin θ_i / σ̄_t to first order in the noise, from all r = rank eigenvalues.

    E <u_j, u_i^t>² = σ̄² (λ_i² + λ_j²) / (n (λ_i² - λ_j²)²) for each other clean component j, of which d - r have
    eigenvalue zero and contribute σ̄² / (n λ_i²): the first-order perturbation of X₀X₀ᵀ/n by (X₀Eᵀ + EX₀ᵀ)/n.
    """
    own, other = lams2[:k, None], lams2[None, :]
    with np.errstate(divide="ignore"):
        mixed = np.where(np.eye(k, len(lams2)) > 0, 0.0, (own + other) / (own - other) ** 2)
    return np.sqrt((mixed.sum(1) + (d - len(lams2)) / lams2[:k]) / n)


def _crossing(levels: np.ndarray, curve: np.ndarray, height: float) -> float:
    reached = np.flatnonzero(curve >= height)
    if not reached.size:
        return float(levels[-1])
    if not (k := reached[0]):
        return float(levels[0])
    share = (height - curve[k - 1]) / (curve[k] - curve[k - 1])
    return float(np.exp((1 - share) * np.log(levels[k - 1]) + share * np.log(levels[k])))
