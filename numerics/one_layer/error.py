"""The share of one mode in the error and in the loss of a denoiser in training."""

from numerics import error
from numerics.measured import Measured
from numerics.one_layer.weight import flow, planted_loss


def training_loss(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, b0: float = 0.0, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return E[(u·(D(x0 + σz) - x0))²] at training time tau, from weight Q and bias b0 along u."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, b0=b0, seed=seed, law=law)
    return error.training_loss(loss, flow(loss, problem.Theta0, eta, tau), along=problem.u[:, None])


def excess_loss(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, b0: float = 0.0, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return the training loss along u above its minimum."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, b0=b0, seed=seed, law=law)
    return error.excess_loss(loss, flow(loss, problem.Theta0, eta, tau), along=problem.u[:, None])


def denoiser_error(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, b0: float = 0.0, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return E[(u·(D - D*))²] over x ~ p(x; σ) at training time tau, D* the best affine denoiser."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, b0=b0, seed=seed, law=law)
    Theta = flow(loss, problem.Theta0, eta, tau)
    return error.denoiser_error(problem.Sigma, problem.mu, sigma, Theta, along=problem.u[:, None], law=law, seed=seed)


def score_error(
    *, lam: float, sigma: float, Q: float, eta: float, tau: float, b0: float = 0.0, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return E[(u·(s - s*))²] over x ~ p(x; σ), for the scores s = (D - x)/σ² of the two denoisers."""
    denoiser = denoiser_error(lam=lam, sigma=sigma, Q=Q, eta=eta, tau=tau, b0=b0, seed=seed, law=law)
    return Measured(value=denoiser.value / sigma**4, error=denoiser.error / sigma**4)
