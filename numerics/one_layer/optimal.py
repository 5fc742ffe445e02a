"""What the denoisers that minimise their losses generate along one mode: the end of training, without its time."""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import probe
from numerics.denoisers import edm_losses
from numerics.measured import Measured, exponential
from numerics.planted import Planted, plant
from numerics.probability_flow import Denoisers, Generated, generate


def optimal_variance(
    *, lam: float, sigma0: float, sigmaT: float, mu: float = 0.0, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the variance generated along u by the best affine denoisers."""
    problem, generated = _generated(lam, mu, sigma0, sigmaT, seed, law)
    return exponential(generated.log_variance.at(problem.mode))


def optimal_mean(
    *, lam: float, mu: float, sigma0: float, sigmaT: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the mean generated along u by the best affine denoisers, for data of mean mu along u."""
    problem, generated = _generated(lam, mu, sigma0, sigmaT, seed, law)
    return generated.mean.at(problem.mode)


def _generated(lam: float, mu: float, sigma0: float, sigmaT: float, seed: int, law: str) -> tuple[Planted, Generated]:
    problem = plant(lam=lam, Q=0.0, mu=mu, scale=lam or sigma0**2, seed=seed)
    losses = edm_losses(problem.Sigma, problem.mu, law=law, seed=seed)

    def best(sigma: Float[np.ndarray, " m"]) -> Measured:
        shape = (len(sigma), *problem.Theta0.shape)
        return probe(losses(sigma), shape).minimiser()

    denoisers: Denoisers = best
    return problem, generate(denoisers, sigma0=sigma0, sigmaT=sigmaT, directions=problem.U)
