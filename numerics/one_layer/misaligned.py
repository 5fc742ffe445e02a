"""What the sampler generates when the initial weights are almost aligned with the data, differently at each noise."""

import numpy as np
from jaxtyping import Float

from numerics.denoisers import edm_losses, trained
from numerics.measured import Measured
from numerics.planted import Planted, plant
from numerics.probability_flow import generate


def misaligned_covariance(
    *,
    lam: float,
    Q: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    eps: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the generated covariance in the eigenbasis of the data, the planted mode first.

    Args:
        lam: variance of the planted mode.
        Q: its initial weight.
        eta: learning rate.
        tau: training time at every noise level.
        sigma0: last noise level.
        sigmaT: first noise level.
        eps: size of the off-diagonal part of the initial weights, which varies with the noise level.
        seed: of the problem and of that part.
        law: of the data.
    """
    problem = plant(lam=lam, Q=Q, scale=lam, seed=seed)
    losses = edm_losses(problem.Sigma, problem.mu, law=law, seed=seed)

    def start(sigma: Float[np.ndarray, " m"]) -> Float[np.ndarray, "m d d1"]:
        return problem.Theta0 + eps * _off_diagonal(problem, sigma, seed)

    order = np.argsort(np.arange(len(problem.u)) != problem.mode, kind="stable")
    denoisers = trained(losses, start, eta=eta, tau=tau)
    found = generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=problem.U[:, order])
    return found.covariance


def _off_diagonal(problem: Planted, sigma: Float[np.ndarray, " m"], seed: int) -> Float[np.ndarray, "m d d1"]:
    """Return [R 0] at each noise level, R without diagonal in the eigenbasis of the data and bounded."""
    d = len(problem.u)
    steady, fading = np.random.default_rng((seed, d)).normal(size=(2, d, d)) * (1 - np.eye(d))
    R = problem.U @ (steady + fading / (1 + sigma[:, None, None] ** 2)) @ problem.U.T
    return np.concatenate([R, np.zeros((len(sigma), d, 1))], axis=2)
