"""Products of consecutive bases: how diagonal they are, how their product decays, and when each index mixes."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from numerics.digit_chain.bases import leading
from numerics.digit_chain.noise import noisy

MIXED = 0.5  # an index has mixed when less than half of its next component lies along its own


def bases(
    X0: Float[np.ndarray, "d n"], sigma_bars: np.ndarray, *, reading: str, rng: np.random.Generator, k: int = 30
) -> list[Float[np.ndarray, "d k"]]:
    """Return U_0, ..., U_T, the leading components of the noisy copies of X0."""
    return [leading(X, k).U for X in noisy(X0, sigma_bars, reading=reading, rng=rng)]


def consecutive(U: Sequence[np.ndarray]) -> Float[np.ndarray, "T k k"]:
    """Return U_tᵀ U_{t+1} for t = 0..T-1."""
    return np.array([a.T @ b for a, b in pairwise(U)])


def partial(M: Float[np.ndarray, "T k k"]) -> Float[np.ndarray, "T k k"]:
    """Return Π_{s ≤ t} (U_sᵀ U_{s+1}) for t = 0..T-1 (eq 18)."""
    found = [M[0]]
    for matrix in M[1:]:
        found.append(found[-1] @ matrix)
    return np.array(found)


def off_diagonal(M: Float[np.ndarray, "... k k"]) -> Float[np.ndarray, " ..."]:
    """Return the share of the squared entries that lies off the diagonal."""
    squares = M**2
    return 1 - np.trace(squares, axis1=-2, axis2=-1) / squares.sum(axis=(-2, -1))


def rows_led_by_diagonal(M: Float[np.ndarray, "... k k"]) -> Float[np.ndarray, " ..."]:
    """Return the share of rows whose diagonal entry is the largest in absolute value."""
    return (np.abs(M).argmax(-1) == np.arange(M.shape[-1])).mean(-1)


def mixing_times(M: Float[np.ndarray, "T k k"]) -> Float[np.ndarray, " k"]:
    """Return for each index the first t with <u_i^t, u_i^{t+1}>² < 1/2, an estimate of τ_i; T where there is none."""
    low = np.diagonal(M, axis1=1, axis2=2) ** 2 < MIXED
    return np.where(low.any(0), low.argmax(0), len(M)).astype(float)


def spreading_times(M: Float[np.ndarray, "T k k"]) -> Float[np.ndarray, " k"]:
    """Return for each index the first t at which its row spreads over more than two entries; T where there is none.

    A row of squares p_j, scaled to sum 1, spreads over 1/Σ p_j² entries.
    """
    squares = M**2
    shares = squares / squares.sum(-1, keepdims=True)
    wide = 1 / (shares**2).sum(-1) > 2
    return np.where(wide.any(0), wide.argmax(0), len(M)).astype(float)


def leading_share(P: Float[np.ndarray, "k k"]) -> float:
    """Return the share of Σ_i |u_iᵀ P|² that belongs to u_0: that of the generated variance along it."""
    rows = (P**2).sum(1)
    return float(rows[0] / rows.sum())


def second_to_first(P: Float[np.ndarray, "k k"]) -> float:
    """Return the ratio of the second to the first generated variance, s_2²/s_1² of the product."""
    s = np.linalg.svd(P, compute_uv=False)
    return float((s[1] / s[0]) ** 2)


def offsets(M: Float[np.ndarray, "T k k"]) -> Float[np.ndarray, " k"]:
    """Return the mean of <u_i^t, u_j^{t+1}>² over pairs with |i - j| = 0..k-1, over all t given."""
    squares, k = (M**2).mean(0), M.shape[-1]
    distance = np.abs(np.subtract.outer(np.arange(k), np.arange(k)))
    return np.array([squares[distance == m].mean() for m in range(k)])


def nearby(M: Float[np.ndarray, "T k k"], reach: int = 2) -> Float[np.ndarray, " T"]:
    """Return the energy within `reach` of the diagonal over what it would be if spread evenly, for every t."""
    k = M.shape[-1]
    band = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) <= reach
    return (M**2 * band).sum((1, 2)) / (M**2).sum((1, 2)) / band.mean()


def off_plane(u: np.ndarray, v: np.ndarray, w: np.ndarray) -> float:
    """Return the smallest singular value of three unit vectors over that of three orthogonal ones: 0 in a plane."""
    return float(np.linalg.svd(np.array([u, v, w]), compute_uv=False)[-1])
