"""Denoisers at many noise levels, each trained on its own loss and independent of the others."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss
from numerics.gradient_flow import gradient_descent
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.probability_flow import Denoisers

LossAt = Callable[[np.ndarray], Loss]
"""Maps m noise levels to the loss of their m denoisers."""

Start = np.ndarray | Callable[[np.ndarray], np.ndarray]
"""Initial Theta, shape (d, d+1), of all denoisers, or a function of the m noise levels, shape (m, d, d+1)."""


def edm_losses(
    Sigma: Float[np.ndarray, "d d"], mu: Float[np.ndarray, " d"], *, law: str = "moments", seed: int = 0
) -> LossAt:
    """Return σ -> E||D(x0 + σz) - x0||², for data of these moments."""
    return lambda sigma: denoising_loss(Sigma, mu, edm_x(sigma), law=law, seed=seed)


def trained(losses: LossAt, start: Start, *, eta: float, tau: float) -> Denoisers:
    """Return σ -> Theta after gradient flow for the time tau."""

    def denoisers(sigma: Float[np.ndarray, " m"]) -> Measured:
        Theta0 = initial(start, sigma)
        return affine_flow(probe(losses(sigma), Theta0.shape), Theta0, eta=eta, tau=tau)

    return denoisers


def learning_rates(losses: LossAt, start: Start, *, eta: float, tau: float) -> Denoisers:
    """Return σ -> dTheta/dtau during the same flow."""

    def rates(sigma: Float[np.ndarray, " m"]) -> Measured:
        Theta0 = initial(start, sigma)
        G = probe(losses(sigma), Theta0.shape)
        Theta = affine_flow(G, Theta0, eta=eta, tau=tau)
        gain = np.linalg.norm(G.A, 2, axis=(-2, -1))[:, None, None]
        return Measured(value=-eta * G(Theta.array), error=eta * gain * Theta.error)

    return rates


def descended(losses: LossAt, start: Start, *, eta: float, steps: int) -> Denoisers:
    """Return σ -> Theta after so many steps of gradient descent."""
    return lambda sigma: gradient_descent(losses(sigma), initial(start, sigma), eta=eta, steps=steps)


def initial(start: Start, sigma: Float[np.ndarray, " m"]) -> Float[np.ndarray, "m d d1"]:
    """Return the initial Theta at each noise level."""
    return start(sigma) if callable(start) else np.tile(start, (len(sigma), 1, 1))
