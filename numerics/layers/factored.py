"""Denoisers whose weight is a product of layers, trained by the gradient flow of all layers, from autograd alone."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float
from scipy.integrate import solve_ivp

from numerics.autograd import Loss, gradient, value
from numerics.denoisers import LossAt
from numerics.lazy import Tensor, torch
from numerics.measured import Measured, from_two
from numerics.probability_flow import Denoisers

Product = Callable[[Tensor], Tensor]
"""Maps the parameters of the layers, leading axes counting noise levels, to the weight W."""

RTOL = 1e-8


def symmetric(P: Tensor) -> Tensor:
    """Return W = P P^T."""
    return P @ P.mT


def skipped(sign: float) -> Product:
    """Return the product W = I + sign P P^T."""
    return lambda P: torch.eye(P.shape[-2], dtype=P.dtype) + sign * P @ P.mT


def chain(layers: Tensor) -> Tensor:
    """Return W_L ... W_1 of layers stacked along the third axis from the end, first layer first."""
    W = layers[..., 0, :, :]
    for k in range(1, layers.shape[-3]):
        W = layers[..., k, :, :] @ W
    return W


def tied(depth: int) -> Product:
    """Return the product S -> S^depth of one layer used `depth` times."""
    return lambda S: torch.linalg.matrix_power(S, depth)


def residual(depth: int) -> Product:
    """Return the product S -> (I + S)^depth."""
    return lambda S: torch.linalg.matrix_power(torch.eye(S.shape[-1], dtype=S.dtype) + S, depth)


def of_layers(loss: Loss, product: Product) -> Loss:
    """Return a loss of Theta = [W b] as one of the layers' parameters, at b = 0."""

    def composed(layers: Tensor) -> Tensor:
        W = product(layers)
        return loss(torch.cat([W, torch.zeros_like(W[..., :1])], dim=-1))

    return composed


def weights(product: Product, layers: Float[np.ndarray, "*m e k"]) -> Float[np.ndarray, "*m d d"]:
    """Return W for an array of parameters."""
    return value(product, layers)


def layer_flow(
    loss: Loss, layers0: Float[np.ndarray, "*shape"], *, eta: float, tau: float, rtol: float = RTOL
) -> Measured:
    """Return the parameters after the flow d layers/dtau = -eta dloss/dlayers for the time tau.

    The error is twice the gap between two runs of an explicit solver of order 8, at `rtol` and at a tenth of it.
    """
    if not tau > 0:
        return Measured(value=layers0, error=0.0)
    coarse, fine = (_integrated(loss, layers0, eta, tau, tolerance) for tolerance in (rtol, rtol / 10))
    slack = rtol / 10 * max(1.0, float(np.abs(fine).max(initial=0.0)))
    gap = from_two(Measured(value=coarse, error=0.0), Measured(value=fine, error=slack), safety=2.0)
    return Measured(value=fine, error=gap.worst)


def product_flow(
    loss: Loss, product: Product, layers0: Float[np.ndarray, "*shape"], *, eta: float, tau: float, rtol: float = RTOL
) -> Measured:
    """Return W after training the layers for the time tau; the error is one number."""
    layers = layer_flow(of_layers(loss, product), layers0, eta=eta, tau=tau, rtol=rtol)
    return image(product, layers)


def product_speed(loss: Loss, product: Product, layers: Float[np.ndarray, "*shape"], *, eta: float) -> Measured:
    """Return dW/dtau in the gradient flow of the layers: the derivative of the product along the flow."""
    step = -eta * gradient(of_layers(loss, product), layers)
    _, speed = torch.autograd.functional.jvp(product, torch.tensor(layers), torch.tensor(step))
    return Measured(value=speed.numpy(), error=1e-12 * (1.0 + float(np.abs(speed.numpy()).max())))


def image(product: Product, layers: Measured) -> Measured:
    """Return W of measured parameters; the error is the effect of moving all of them by theirs, twofold."""
    W, step = weights(product, layers.array), np.random.default_rng(0).choice([-1.0, 1.0], size=layers.array.shape)
    moved = weights(product, layers.array + layers.worst * step)
    size = np.sqrt(layers.array.shape[-1] * layers.array.shape[-2])
    return Measured(value=W, error=float(2 * size * np.abs(moved - W).max(initial=0.0) + 1e-13))


def trained_layers(
    losses: LossAt, product: Product, layers0: Float[np.ndarray, "*shape"], *, eta: float, tau: float
) -> Denoisers:
    """Return sigma -> Theta after the layers of each noise level, all started alike, were trained for the time tau."""

    def denoisers(sigma: Float[np.ndarray, " m"]) -> Measured:
        start = np.tile(layers0, (len(sigma),) + (1,) * layers0.ndim)
        W = product_flow(losses(sigma), product, start, eta=eta, tau=tau)
        Theta = np.concatenate([W.array, np.zeros((*W.array.shape[:-1], 1))], axis=-1)
        return Measured(value=Theta, error=np.full((len(sigma), 1, 1), W.worst * np.sqrt(W.array.shape[-1])))

    return denoisers


def _integrated(loss: Loss, layers0: np.ndarray, eta: float, tau: float, rtol: float) -> np.ndarray:
    def descent(_: float, flat: np.ndarray) -> np.ndarray:
        return -eta * gradient(loss, flat.reshape(layers0.shape)).ravel()

    run = solve_ivp(descent, (0.0, tau), layers0.ravel(), method="DOP853", rtol=rtol, atol=rtol)
    if not run.success:
        raise ArithmeticError(f"layer flow: stopped at tau={run.t[-1]}: {run.message}")
    return np.reshape(run.y[:, -1], layers0.shape)
