"""The denoising loss E||W X + b - Y||^2, in exact expectation, from two moments or from samples."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from numerics.laws import samples
from numerics.lazy import Tensor, torch
from numerics.objective import Objective


@runtime_checkable
class DenoisingLoss(Protocol):
    """A loss of Theta = [W b] with the second moments of the residual behind it."""

    def residual(self, Theta: Tensor) -> Tensor:
        """Return E[e e^T] for the residual e = W X + b - Y."""
        ...

    def __call__(self, Theta: Tensor) -> Tensor:
        """Return E||e||^2, summed over components, one loss for each noise level."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moments:
    """First two moments of input X and target Y, one set for each noise level."""

    Sigma_XX: Float[np.ndarray, "*m d d"]
    Sigma_YX: Float[np.ndarray, "*m e d"]
    Sigma_YY: Float[np.ndarray, "*m e e"]
    mu_X: Float[np.ndarray, "*m d"]
    mu_Y: Float[np.ndarray, "*m e"]


def moments(Sigma: Float[np.ndarray, "d d"], mu: Float[np.ndarray, " d"], objective: Objective) -> Moments:
    """Return the moments of (X, Y) for data of mean mu and covariance Sigma and white noise."""
    noise = np.eye(len(mu))
    a, s, p, q = (np.asarray(c)[..., None, None] for c in (objective.a, objective.s, objective.p, objective.q))
    return Moments(
        Sigma_XX=a * a * Sigma + s * s * noise,
        Sigma_YX=a * p * Sigma + s * q * noise,
        Sigma_YY=p * p * Sigma + q * q * noise,
        mu_X=a[..., 0] * mu,
        mu_Y=p[..., 0] * mu,
    )


class MomentLoss:
    """The loss in exact expectation over any law with the given moments."""

    def __init__(self, law: Moments) -> None:
        self.Sigma_XX, self.Sigma_YX, self.Sigma_YY = map(torch.tensor, (law.Sigma_XX, law.Sigma_YX, law.Sigma_YY))
        self.mu_X, self.mu_Y = torch.tensor(law.mu_X), torch.tensor(law.mu_Y)

    def residual(self, Theta: Tensor) -> Tensor:
        """Return E[e e^T] for the residual e = W X + b - Y."""
        W, b = Theta[..., :-1], Theta[..., -1]
        cross = self.Sigma_YX @ W.mT
        mean = (W @ self.mu_X[..., None])[..., 0] + b - self.mu_Y
        return W @ self.Sigma_XX @ W.mT - cross - cross.mT + self.Sigma_YY + mean[..., :, None] * mean[..., None, :]

    def __call__(self, Theta: Tensor) -> Tensor:
        """Return E||e||^2, one loss for each noise level."""
        return trace(self.residual(Theta))


class SampleLoss:
    """The mean loss over n equally likely pairs of data x0 and noise z."""

    def __init__(self, x0: Float[np.ndarray, "n d"], z: Float[np.ndarray, "n d"], objective: Objective) -> None:
        a, s, p, q = (np.asarray(c)[..., None, None] for c in (objective.a, objective.s, objective.p, objective.q))
        self.X, self.Y = torch.tensor(a * x0 + s * z), torch.tensor(p * x0 + q * z)

    def residual(self, Theta: Tensor) -> Tensor:
        """Return the mean of e e^T for the residual e = W X + b - Y."""
        e = self.X @ Theta[..., :-1].mT + Theta[..., None, :, -1] - self.Y
        return e.mT @ e / e.shape[-2]

    def __call__(self, Theta: Tensor) -> Tensor:
        """Return the mean of ||e||^2, one loss for each noise level."""
        e = self.X @ Theta[..., :-1].mT + Theta[..., None, :, -1] - self.Y
        return e.square().sum(-1).mean(-1)


def trace(matrix: Tensor) -> Tensor:
    """Return the trace of each matrix of a stack."""
    return matrix.diagonal(dim1=-2, dim2=-1).sum(-1)


def denoising_loss(
    Sigma: Float[np.ndarray, "d d"], mu: Float[np.ndarray, " d"], objective: Objective, *, law: str, seed: int = 0
) -> DenoisingLoss:
    """Return the loss for data of these two moments: "moments" in exact expectation, else samples of the named law."""
    if law == "moments":
        return MomentLoss(moments(Sigma, mu, objective))
    return SampleLoss(*samples(Sigma, mu, law=law, seed=seed), objective)
