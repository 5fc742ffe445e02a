"""Jacobians of a denoiser along generated paths, and how their eigenvectors turn on the way to the final image."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.digit_chain import angles
from numerics.lazy import Tensor, torch

Denoiser = Callable[[Tensor, float], Tensor]
"""D(x, σ) for one image x, differentiable."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """Points of one generated path with what was computed there; the last point is the final image."""

    sigmas: Float[np.ndarray, " m"]
    points: Float[np.ndarray, "m d"]
    outputs: Float[np.ndarray, "m d"]
    jacobians: Float[np.ndarray, "m d d"]


def path(denoise: Denoiser, sigmas: Float[np.ndarray, " m"], start: Float[np.ndarray, " d"]) -> Path:
    """Follow dx/dσ = (x - D)/σ by Euler steps from `start` at the first, largest noise level down to the last."""
    x, points = torch.tensor(start), []
    for k, sigma in enumerate(sigmas):
        points.append(x)
        if k + 1 < len(sigmas):
            with torch.no_grad():
                clean = denoise(x, float(sigma))
                x = clean + float(sigmas[k + 1] / sigma) * (x - clean)
    return _measured(denoise, np.asarray(sigmas), points)


def turned(found: Path, k: int) -> tuple[Float[np.ndarray, "m k"], Float[np.ndarray, "m k"]]:
    """Return sin θ_J for the k leading eigenvectors at every point: index by index, and to the span of all k.

    The eigenvectors are those of the symmetric part; the reference is the last point (v_i at t = 0).
    """
    V = [leading_eigenvectors(J, k) for J in found.jacobians]
    by_index = np.array([angles.sines(V[-1], v) for v in V])
    return by_index, np.array([angles.nested_sines(V[-1], v) for v in V])


def leading_eigenvectors(J: Float[np.ndarray, "d d"], k: int) -> Float[np.ndarray, "d k"]:
    """Return the eigenvectors of the k largest eigenvalues of the symmetric part of J, as columns, largest first."""
    _, vectors = np.linalg.eigh((J + J.T) / 2)
    return vectors[:, ::-1][:, :k]


def asymmetry(J: Float[np.ndarray, "d d"]) -> float:
    """Return |J - Jᵀ| / |J + Jᵀ| in the Frobenius norm."""
    return float(np.linalg.norm(J - J.T) / np.linalg.norm(J + J.T))


def negative_mass(J: Float[np.ndarray, "d d"]) -> float:
    """Return the share of the absolute eigenvalues of the symmetric part that belongs to negative ones."""
    values = np.linalg.eigvalsh((J + J.T) / 2)
    return float(-values[values < 0].sum() / np.abs(values).sum())


def outside_unit(J: Float[np.ndarray, "d d"]) -> float:
    """Return how far the eigenvalues of the symmetric part leave [0, 1], as a share of their absolute sum."""
    values = np.linalg.eigvalsh((J + J.T) / 2)
    return float((np.clip(-values, 0, None) + np.clip(values - 1, 0, None)).sum() / np.abs(values).sum())


def remainder(found: Path) -> Float[np.ndarray, " m"]:
    """Return |D(x) - J x| / |D(x)| at every point: zero for a homogeneous denoiser (eq 27)."""
    linear = np.einsum("mij,mj->mi", found.jacobians, found.points)
    return np.linalg.norm(found.outputs - linear, axis=1) / np.linalg.norm(found.outputs, axis=1)


def _measured(denoise: Denoiser, sigmas: np.ndarray, points: list[Tensor]) -> Path:
    levels = [float(sigma) for sigma in sigmas]
    outputs = [denoise(x, sigma).detach().numpy() for x, sigma in zip(points, levels, strict=True)]
    jacobians = [torch.func.jacrev(denoise)(x, sigma).detach().numpy() for x, sigma in zip(points, levels, strict=True)]
    stacked = {"outputs": np.array(outputs), "jacobians": np.array(jacobians, dtype=float)}
    return Path(sigmas=sigmas, points=np.array([x.numpy() for x in points]), **stacked)
