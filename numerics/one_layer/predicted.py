"""One mode of networks that predict noise, velocity or scaled data, trained from zero on their own losses."""

import numpy as np

from numerics.measured import Measured, exponential
from numerics.planted import Planted, plant
from numerics.predictors import Predictor, edm_preconditioned, predictor, trained_from_zero
from numerics.probability_flow import generate


def edm_weight(
    *, lam: float, sigma_data: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W u of the denoiser under EDM preconditioning with loss weight 1/c_out^2, from W' = 0."""
    problem = plant(lam=lam, Q=0.0, seed=seed, scale=lam or sigma**2)
    return _weight(problem, _edm(problem, sigma_data, law, seed), sigma, eta, tau)


def edm_bias(
    *, lam: float, mu: float, sigma_data: float, sigma: float, eta: float, tau: float, seed: int = 0
) -> Measured:
    """Return E(u·D(x)) - mu of that denoiser at lam and mean mu: what training from zero leaves of the bias."""
    problem = plant(lam=lam, Q=0.0, mu=mu, seed=seed, scale=lam or sigma**2)
    denoisers = trained_from_zero(_edm(problem, sigma_data, "moments", seed), len(problem.u), eta=eta, tau=tau)
    Theta = denoisers(np.array([sigma])).at(0)
    missed = problem.u @ (Theta.array[:, :-1] @ problem.mu + Theta.array[:, -1]) - mu
    return Measured(value=float(missed), error=Theta.worst * (1 + abs(mu)))


def edm_eps_weight(
    *, lam: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W u of the denoiser x - sigma F(x) when F predicts the noise."""
    return _predicted_weight("edm_eps", lam, sigma, eta, tau, seed, law)


def vp_x_weight(*, lam: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return u·W u of the denoiser of a variance-preserving network that predicts the data."""
    return _predicted_weight("vp_x", lam, sigma, eta, tau, seed, law)


def vp_eps_weight(*, lam: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return u·W u of the denoiser of a variance-preserving network that predicts the noise."""
    return _predicted_weight("vp_eps", lam, sigma, eta, tau, seed, law)


def vp_v_weight(*, lam: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return u·W u of the denoiser of a variance-preserving network that predicts the velocity."""
    return _predicted_weight("vp_v", lam, sigma, eta, tau, seed, law)


def edm_variance(
    *,
    lam: float,
    sigma_data: float,
    eta: float,
    tau: float,
    sigma0: float,
    sigmaT: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return the variance generated along u under EDM preconditioning with loss weight 1/c_out^2, from W' = 0."""
    problem = plant(lam=lam, Q=0.0, seed=seed, scale=lam or sigma0**2)
    return _variance(problem, _edm(problem, sigma_data, law, seed), eta, tau, (sigma0, sigmaT))


def edm_eps_variance(
    *, lam: float, eta: float, tau: float, sigma0: float, sigmaT: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the variance generated along u by a network that predicts the noise, from zero."""
    return _predicted_variance("edm_eps", lam, eta, tau, (sigma0, sigmaT), seed, law)


def vp_x_variance(
    *, lam: float, eta: float, tau: float, sigma0: float, sigmaT: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the variance generated along u by a variance-preserving network that predicts the data, from zero."""
    return _predicted_variance("vp_x", lam, eta, tau, (sigma0, sigmaT), seed, law)


def vp_eps_variance(
    *, lam: float, eta: float, tau: float, sigma0: float, sigmaT: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the variance generated along u by a variance-preserving network that predicts the noise, from zero."""
    return _predicted_variance("vp_eps", lam, eta, tau, (sigma0, sigmaT), seed, law)


def vp_v_variance(
    *, lam: float, eta: float, tau: float, sigma0: float, sigmaT: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the variance generated along u by a variance-preserving network that predicts the velocity, from zero."""
    return _predicted_variance("vp_v", lam, eta, tau, (sigma0, sigmaT), seed, law)


def _edm(problem: Planted, sigma_data: float, law: str, seed: int) -> Predictor:
    return edm_preconditioned(problem.Sigma, problem.mu, sigma_data=sigma_data, law=law, seed=seed)


def _predicted_weight(kind: str, lam: float, sigma: float, eta: float, tau: float, seed: int, law: str) -> Measured:
    problem = plant(lam=lam, Q=0.0, seed=seed, scale=lam or sigma**2)
    network = predictor(kind, problem.Sigma, problem.mu, law=law, seed=seed)
    return _weight(problem, network, sigma, eta, tau)


def _weight(problem: Planted, network: Predictor, sigma: float, eta: float, tau: float) -> Measured:
    u = problem.u
    Theta = trained_from_zero(network, len(u), eta=eta, tau=tau)(np.array([sigma])).at(0)
    return Theta.map(lambda found: float(u @ found[:, :-1] @ u))


def _predicted_variance(
    kind: str, lam: float, eta: float, tau: float, levels: tuple[float, float], seed: int, law: str
) -> Measured:
    problem = plant(lam=lam, Q=0.0, seed=seed, scale=lam or levels[0] ** 2)
    network = predictor(kind, problem.Sigma, problem.mu, law=law, seed=seed)
    return _variance(problem, network, eta, tau, levels)


def _variance(problem: Planted, network: Predictor, eta: float, tau: float, levels: tuple[float, float]) -> Measured:
    denoisers = trained_from_zero(network, len(problem.u), eta=eta, tau=tau)
    found = generate(denoisers, sigma0=levels[0], sigmaT=levels[1], directions=problem.U)
    return exponential(found.log_variance.at(problem.mode))
