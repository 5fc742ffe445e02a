"""Two symmetric layers, W = P P^T with more columns than rows, started aligned with the data."""

import numpy as np
from jaxtyping import Float

from numerics import error
from numerics.denoisers import edm_losses
from numerics.layers.factored import product_flow, skipped, symmetric, trained_layers
from numerics.loss import denoising_loss
from numerics.measured import Measured, exponential
from numerics.objective import edm_x
from numerics.planted import Planted, plant
from numerics.probability_flow import generate


def weight(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·P P^T u after gradient flow of P for the time tau, from Q."""
    problem = planted(lam, Q, sigma**2, seed)
    return along(problem, _trained(problem, sigma, eta, tau, seed, law))


def skipped_weight(
    *, sigma: float, Q: float, eta: float, tau: float, sign: int, lam: float = 0.7, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·P P^T u when the weight is W = I + sign P P^T, from Q."""
    problem = planted(lam, Q, sigma**2, seed)
    loss = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    W = product_flow(loss, skipped(sign), start(problem, seed), eta=eta, tau=tau)
    return Measured(value=sign * (problem.u @ W.array @ problem.u - 1), error=len(problem.u) * W.worst)


def added_weight(*, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return `skipped_weight` for W = I + P P^T."""
    return skipped_weight(sigma=sigma, Q=Q, eta=eta, tau=tau, sign=1, seed=seed, law=law)


def subtracted_weight(
    *, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return `skipped_weight` for W = I - P P^T."""
    return skipped_weight(sigma=sigma, Q=Q, eta=eta, tau=tau, sign=-1, seed=seed, law=law)


def variance(
    *,
    lam: float,
    Q: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the variance generated along u at sigma0, from sigmaT² at sigmaT, after training P for tau from Q."""
    problem = planted(lam, Q, sigma0**2, seed)
    losses = edm_losses(problem.Sigma, problem.mu, law=law, seed=seed)
    denoisers = trained_layers(losses, symmetric, start(problem, seed), eta=eta, tau=tau)
    directions = problem.U[:, [problem.mode]]
    generated = generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=directions, goal=1e-6, panels=4, most=16)
    return exponential(generated.log_variance.at(0))


def score_error(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return E[(u·(s - s*))²] over noisy data, for the scores of the trained and of the best denoiser."""
    problem = planted(lam, Q, sigma**2, seed)
    Theta = _with_bias(_trained(problem, sigma, eta, tau, seed, law))
    found = error.denoiser_error(problem.Sigma, problem.mu, sigma, Theta, along=problem.u[:, None], law=law, seed=seed)
    return Measured(value=found.value / sigma**4, error=found.error / sigma**4)


def loss(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return E[(u·(D(x0 + σz) - x0))²] at training time tau, from Q."""
    problem = planted(lam, Q, sigma**2, seed)
    of_all = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    Theta = _with_bias(_trained(problem, sigma, eta, tau, seed, law))
    return error.training_loss(of_all, Theta, along=problem.u[:, None])


def planted(lam: float, Q: float, scale: float, seed: int) -> Planted:
    """Return a problem with the mode (lam, Q) in it; all weights are >= 0."""
    return plant(lam=lam, Q=Q, scale=lam or scale, seed=seed)


def start(problem: Planted, seed: int) -> Float[np.ndarray, "d h"]:
    """Return a P with P P^T aligned with the data and weight Q along u, with one column more than rows."""
    rng = np.random.default_rng([seed, 7])
    d = len(problem.u)
    sizes = rng.uniform(0.05, 1.0, size=d)
    sizes[problem.mode] = problem.u @ problem.Theta0[:, :-1] @ problem.u
    rows = np.linalg.qr(rng.normal(size=(d + 1, d))).Q.T
    return (problem.U * np.sqrt(sizes.clip(0.0))) @ rows


def along(problem: Planted, W: Measured) -> Measured:
    """Return u·W u."""
    return Measured(value=float(problem.u @ W.array @ problem.u), error=len(problem.u) * W.worst)


def _trained(problem: Planted, sigma: float, eta: float, tau: float, seed: int, law: str) -> Measured:
    of_all = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    return product_flow(of_all, symmetric, start(problem, seed), eta=eta, tau=tau)


def _with_bias(W: Measured) -> Measured:
    Theta = np.concatenate([W.array, np.zeros((len(W.array), 1))], axis=1)
    return Measured(value=Theta, error=W.worst * len(W.array))
