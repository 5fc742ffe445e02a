"""Where the gradient is affine in Theta, its flow is a matrix exponential of what autograd found."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.linalg import expm

from numerics.autograd import Loss, gradient
from numerics.measured import Measured

EPS = float(np.finfo(np.float64).eps)
ROUNDINGS = 4.0  # roundings of one entry of a gradient, beyond those of its sums


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AffineGradient:
    """The gradient G(Theta) = G0 + Theta A of m losses, as probed.

    Args:
        G0: gradient at zero.
        A: curvature, acting from the right.
        misfit: largest departure of random probes from this form, for each loss.
    """

    G0: Float[np.ndarray, "*m e k"]
    A: Float[np.ndarray, "*m k k"]
    misfit: Float[np.ndarray, "*m"]

    def __call__(self, Theta: Float[np.ndarray, "*m e k"]) -> Float[np.ndarray, "*m e k"]:
        """Return G(Theta)."""
        return self.G0 + Theta @ self.A

    def minimiser(self) -> Measured:
        """Return the Theta of smallest norm at which the gradient vanishes."""
        inverse = np.linalg.pinv(self.A, hermitian=True)
        Theta = -self.G0 @ inverse
        return Measured(value=Theta, error=(self.doubt(Theta) * _norm(inverse))[..., None, None])

    def doubt(self, *Thetas: Float[np.ndarray, "*m e k"]) -> Float[np.ndarray, "*m"]:
        """Return a bound on the error of G (2-norm) between the given Thetas: its misfit and its roundings."""
        size = _norm(self.G0) + _norm(self.A) * np.max([_norm(Theta) for Theta in Thetas], axis=0)
        return np.asarray(ROUNDINGS * (self.misfit + EPS * np.sqrt(self.A.shape[-1]) * size))


def probe(loss: Loss, shape: tuple[int, ...], seed: int = 0) -> AffineGradient:
    """Return the affine gradient of a loss of Theta with the given shape (..., e, k).

    Raises:
        ArithmeticError: the gradient is not affine in Theta acting from the right.
    """
    G0 = gradient(loss, np.zeros(shape))
    A = np.concatenate([gradient(loss, P)[..., :rows, :] - G0[..., :rows, :] for P, rows in _unit_rows(shape)], axis=-2)
    R = np.random.default_rng(seed).normal(size=shape)
    gap = np.abs(gradient(loss, R) - (G0 + R @ A)).max((-2, -1))
    scale = np.abs(G0).max((-2, -1)) + np.abs(A).max((-2, -1)) * np.abs(R).max((-2, -1))
    if not (gap <= 1e-10 * shape[-1] * scale).all():
        raise ArithmeticError(f"gradient: expected affine in Theta from the right, off by {gap.max():.1e}")
    return AffineGradient(G0=G0, A=A, misfit=np.asarray(gap))


def affine_flow(G: AffineGradient, Theta0: Float[np.ndarray, "*m e k"], *, eta: float, tau: float) -> Measured:
    """Return Theta(tau) of dTheta/dtau = -eta G(Theta), one error for each loss.

    The error is the effect of a gradient off by its probed misfit and its roundings at all times.
    """
    memory = _integrated_exponential(-eta * tau * G.A) * eta * tau
    Theta = Theta0 - G(Theta0) @ memory
    error = G.doubt(Theta0, Theta) * _norm(memory) + 2 * EPS * _norm(Theta)
    return Measured(value=Theta, error=error[..., None, None])


def _integrated_exponential(Z: Float[np.ndarray, "*m k k"]) -> Float[np.ndarray, "*m k k"]:
    """Return ∫ exp(s Z) ds over 0 <= s <= 1, also for singular Z."""
    k = Z.shape[-1]
    block = np.zeros((*Z.shape[:-2], 2 * k, 2 * k))
    block[..., :k, :k], block[..., :k, k:] = Z, np.eye(k)
    return expm(block)[..., :k, k:]


def _unit_rows(shape: tuple[int, ...]) -> list[tuple[np.ndarray, int]]:
    """Return probes whose rows are together the identity, and how many rows each contributes."""
    e, k = shape[-2:]
    probes = []
    for start in range(0, k, e):
        P = np.zeros(shape)
        rows = np.arange(min(e, k - start))
        P[..., rows, start + rows] = 1.0
        probes.append((P, len(rows)))
    return probes


def _norm(matrix: np.ndarray) -> np.ndarray:
    return np.asarray(np.linalg.norm(matrix, 2, axis=(-2, -1)))
