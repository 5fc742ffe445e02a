"""How far what the trained denoisers generate along one mode is from the data, and from what they will generate."""

from numerics.divergence import measured_divergence
from numerics.measured import Measured
from numerics.one_layer.optimal import optimal_variance
from numerics.one_layer.variance import variance


def divergence(
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
    """Return KL of the generated law of the mode from the Gaussian of the data, after training for tau from Q."""
    generated = variance(lam=lam, Q=Q, eta=eta, tau=tau, sigma0=sigma0, sigmaT=sigmaT, seed=seed, law=law)
    return measured_divergence(Measured(value=lam, error=0.0), generated)


def divergence_from_end(
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
    """Return KL of the generated law of the mode from the one that the best affine denoisers generate."""
    generated = variance(lam=lam, Q=Q, eta=eta, tau=tau, sigma0=sigma0, sigmaT=sigmaT, seed=seed, law=law)
    return measured_divergence(optimal_variance(lam=lam, sigma0=sigma0, sigmaT=sigmaT, seed=seed, law=law), generated)
