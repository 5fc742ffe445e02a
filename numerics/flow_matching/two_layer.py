"""One mode of a symmetric two-layer velocity W = P P^T under flow matching, inside a random problem."""

import numpy as np
from jaxtyping import Float

from numerics.explicit_flow import explicit_flow
from numerics.flow_matching.one_layer import END, velocity_loss
from numerics.flow_matching.velocity_flow import transport
from numerics.lazy import Tensor, torch
from numerics.loss import DenoisingLoss
from numerics.measured import Measured
from numerics.planted import Planted, plant


def weight(*, lam: float, t: float, Q: float, eta: float, tau: float, seed: int = 0, law: str = "moments") -> Measured:
    """Return u.P P^T u after gradient flow of P for the time tau, from an aligned P with |P^T u|^2 = Q."""
    problem, P0 = symmetric(lam=lam, Q=Q, seed=seed)
    loss = product_loss(velocity_loss(problem, t, law, seed))
    found = explicit_flow(loss, P0, eta=eta, tau=tau)
    size = float(np.linalg.norm(found.array))
    return found.map(lambda P: float(problem.u @ P @ P.T @ problem.u), gain=2 * size * len(problem.u))


def symmetric(*, lam: float, Q: float, seed: int) -> tuple[Planted, Float[np.ndarray, "d k"]]:
    """Return a problem and a P0 with P0 P0^T aligned with the data, turned by a random rotation of hidden units."""
    problem = plant(lam=lam, Q=Q, scale=lam, seed=seed)
    rng = np.random.default_rng([seed, 8])
    weights = np.abs(np.diag(problem.U.T @ problem.Theta0[:, :-1] @ problem.U))
    turn = np.linalg.qr(rng.normal(size=problem.U.shape)).Q
    return problem, (problem.U * np.sqrt(weights)) @ turn


def product_loss(loss: DenoisingLoss) -> "Product":
    """Return the loss as a function of P, with W = P P^T and b = 0."""
    return Product(loss)


class Product:
    """The loss of W = P P^T, b = 0, as a function of P (leading axes count times)."""

    def __init__(self, loss: DenoisingLoss) -> None:
        self.loss = loss

    def __call__(self, P: Tensor) -> Tensor:
        """Return the loss."""
        W = P @ P.mT
        return self.loss(torch.cat([W, torch.zeros_like(W[..., :1])], dim=-1))


def log_variance(*, lam: float, Q: float, eta: float, tau: float, seed: int = 0) -> Measured:
    """Return ln of the variance along u at t = 1, for W_t = P_t P_t^T trained for tau at every t."""
    problem, P0 = symmetric(lam=lam, Q=Q, seed=seed)
    d = len(problem.u)

    def velocities(t: Float[np.ndarray, " m"]) -> Measured:
        loss = product_loss(velocity_loss(problem, t, "moments", seed))
        P = explicit_flow(loss, np.tile(P0, (len(t), 1, 1)), eta=eta, tau=tau)
        W = P.array @ P.array.swapaxes(-1, -2)
        return Measured(value=np.concatenate([W, np.zeros((*W.shape[:-1], 1))], axis=-1), error=P.worst * 2 * d)

    found = transport(velocities, d, end=END, goal=1e-7, panels=2, most=8).covariance
    value = float(problem.u @ found.array @ problem.u)
    return Measured(value=np.log(value), error=2 * found.worst / value)
