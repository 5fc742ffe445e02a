"""One mode of a denoiser that trains through W = c_skip I + c_out W', b = c_out b'."""

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.one_layer.weight import along, flow, planted_loss
from numerics.reparametrised import preconditioned


def residual_weight(
    *,
    lam: float,
    sigma: float,
    Q: float,
    eta: float,
    tau: float,
    c_skip: float,
    c_out: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return u·W u, from Q, when W' follows the gradient flow."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, seed=seed, law=law)
    inner = flow(preconditioned(loss, c_skip=c_skip, c_out=c_out), _inner(problem.Theta0, c_skip, c_out), eta, tau)
    return _whole(inner, problem.u, c_skip, c_out)


def residual_weight_from_inner(
    *,
    lam: float,
    sigma: float,
    Q: float,
    eta: float,
    tau: float,
    c_skip: float,
    c_out: float,
    seed: int = 0,
    law: str = "moments",
) -> Measured:
    """Return u·W u when W', which follows the gradient flow, starts with u·W' u = Q."""
    problem, loss = planted_loss(lam=lam, sigma=sigma, Q=Q, seed=seed, law=law)
    inner = flow(preconditioned(loss, c_skip=c_skip, c_out=c_out), problem.Theta0, eta, tau)
    return _whole(inner, problem.u, c_skip, c_out)


def residual_bias(
    *, b0: float, eta: float, tau: float, c_skip: float, c_out: float, seed: int = 0, law: str = "moments"
) -> Measured:
    """Return u·b of b = c_out b', from b0, when b' follows the gradient flow."""
    problem, loss = planted_loss(lam=1.0, sigma=0.5, Q=0.3, b0=b0, seed=seed, law=law)
    inner = flow(preconditioned(loss, c_skip=c_skip, c_out=c_out), _inner(problem.Theta0, c_skip, c_out), eta, tau)
    return inner.map(lambda Theta: c_out * (problem.u @ Theta[:, -1]), gain=abs(c_out))


def _whole(inner: Measured, u: Float[np.ndarray, " d"], c_skip: float, c_out: float) -> Measured:
    """Return u·W u of W = c_skip I + c_out W'."""
    return inner.map(lambda Theta: c_skip + c_out * along(u, Theta), gain=abs(c_out))


def _inner(Theta: Float[np.ndarray, "d d1"], c_skip: float, c_out: float) -> Float[np.ndarray, "d d1"]:
    """Return [W' b'] of [W b]."""
    return (Theta - c_skip * np.eye(*Theta.shape)) / c_out
