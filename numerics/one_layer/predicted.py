"""One mode of networks that predict noise, velocity or scaled data, trained from zero on their own losses."""

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.loss import denoising_loss
from numerics.measured import Measured, exponential
from numerics.objective import edm_x
from numerics.one_layer.optimal import optimal_variance
from numerics.one_layer.predictors import Predictor, edm_coefficients, edm_preconditioned, predictor, trained_from_zero
from numerics.planted import Planted, plant
from numerics.probability_flow import generate
from numerics.reparametrised import preconditioned


def edm_weight(
    *, lam: float, sigma_data: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W u of the denoiser under EDM preconditioning with loss weight 1/c_out^2, from W' = 0."""
    problem = plant(lam=lam, Q=0.0, seed=seed, scale=lam or sigma**2)
    return _weight(problem, _edm(problem, sigma_data, law, seed), sigma, eta, tau)


def weighted_weight(
    *, lam: float, sigma_data: float, sigma: float, eta: float, tau: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·W u from W = 0 of a plain denoiser whose loss has EDM's weight, one over the square of c_out."""
    problem = plant(lam=lam, Q=0.0, seed=seed, scale=lam or sigma**2)
    _, out, _ = edm_coefficients(np.array([sigma]), sigma_data)
    plain = denoising_loss(problem.Sigma, problem.mu, edm_x(sigma), law=law, seed=seed)
    loss = preconditioned(plain, c_skip=0.0, c_out=1.0, importance=float(out[0]) ** -2)
    Theta0 = np.zeros(problem.Theta0.shape)
    found = affine_flow(probe(loss, Theta0.shape), Theta0, eta=eta, tau=tau)
    return found.map(lambda Theta: float(problem.u @ Theta[:, :-1] @ problem.u))


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


def edm_halfway(
    *, lam: float, sigma_data: float, eta: float, tau: float, sigma0: float, sigmaT: float, seed: int = 0
) -> Measured:
    """Return ln of that variance over the geometric mean of what is generated without and after all training."""
    now, first = (
        edm_variance(lam=lam, sigma_data=sigma_data, eta=eta, tau=time, sigma0=sigma0, sigmaT=sigmaT, seed=seed)
        for time in (tau, 0.0)
    )
    last = optimal_variance(lam=lam, sigma0=sigma0, sigmaT=sigmaT, seed=seed)
    logs = [(float(np.log(found.value)), found.worst / float(found.value)) for found in (now, first, last)]
    value = logs[0][0] - (logs[1][0] + logs[2][0]) / 2
    return Measured(value=value, error=2 * sum(error for _, error in logs))


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
