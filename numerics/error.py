"""How far a denoiser is from the best affine one, and what it loses by that, in all or along one direction."""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import EPS, probe
from numerics.lazy import torch
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x, input_size


def training_loss(loss: DenoisingLoss, Theta: Measured, *, along: Float[np.ndarray, "d n"]) -> Measured:
    """Return E||V^T(D(X) - Y)||², V = `along`; V = I gives the loss itself."""
    G = probe(loss, Theta.array.shape)
    slope, curvature = np.linalg.norm(G(Theta.array), 2), np.linalg.norm(G.A, 2)
    rounding = 16 * EPS * curvature * (1 + np.square(Theta.array).sum())
    error = slope * Theta.worst + curvature * Theta.worst**2 + rounding
    return Measured(value=_share(loss, Theta.array, along), error=along.shape[1] * error)


def minimum_loss(loss: DenoisingLoss, shape: tuple[int, int], *, along: Float[np.ndarray, "d n"]) -> Measured:
    """Return `training_loss` at the minimiser, found as a zero of the autograd gradient."""
    return training_loss(loss, probe(loss, shape).minimiser(), along=along)


def excess_loss(loss: DenoisingLoss, Theta: Measured, *, along: Float[np.ndarray, "d n"]) -> Measured:
    """Return the training loss above its minimum; the error is large next to a small excess."""
    now = training_loss(loss, Theta, along=along)
    least = minimum_loss(loss, Theta.array.shape, along=along)
    return Measured(value=now.value - least.value, error=now.worst + least.worst)


def denoiser_error(
    Sigma: Float[np.ndarray, "d d"],
    mu: Float[np.ndarray, " d"],
    sigma: float,
    Theta: Measured,
    *,
    along: Float[np.ndarray, "d n"],
    law: str = "moments",
    seed: int = 0,
) -> Measured:
    """Return E||V^T(D - D*)||² over the noisy data, D* the best affine denoiser, V = `along`."""
    best = probe(denoising_loss(Sigma, mu, edm_x(sigma), law=law, seed=seed), Theta.array.shape).minimiser()
    gap, doubt = Theta.array - best.array, Theta.worst + best.worst
    size = denoising_loss(Sigma, mu, input_size(sigma), law=law, seed=seed)
    stretch = np.sqrt(np.linalg.norm(probe(size, gap.shape).A, 2) / 2)
    value = _share(size, gap, along)
    error = 2 * np.sqrt(along.shape[1] * value) * stretch * doubt + along.shape[1] * (stretch * doubt) ** 2
    return Measured(value=value, error=error + 16 * EPS * value)


def sampled_denoiser_error(
    Sigma: Float[np.ndarray, "d d"],
    mu: Float[np.ndarray, " d"],
    sigma: float,
    Theta: Float[np.ndarray, "d d1"],
    *,
    n: int = 100_000,
    seed: int = 0,
    deviations: float = 5.0,
) -> Measured:
    """Return the mean of ||D - D*||² over n Gaussian noisy samples; the error is so many standard errors."""
    best = probe(denoising_loss(Sigma, mu, edm_x(sigma), law="moments"), Theta.shape).minimiser()
    rng = np.random.default_rng(seed)
    x = rng.multivariate_normal(mu, Sigma, size=n) + sigma * rng.normal(size=(n, len(mu)))
    gap = Theta - best.array
    squares = np.square(x @ gap[:, :-1].T + gap[:, -1]).sum(1)
    return Measured(value=squares.mean(), error=deviations * squares.std() / np.sqrt(n))


def _share(loss: DenoisingLoss, Theta: Float[np.ndarray, "d d1"], along: Float[np.ndarray, "d n"]) -> float:
    """Return the trace of V^T E[e e^T] V."""
    residual = loss.residual(torch.tensor(Theta)).numpy()
    return float(np.einsum("in,ij,jn->", along, residual, along))
