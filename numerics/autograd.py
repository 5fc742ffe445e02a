"""Gradients and curvatures of a loss come from automatic differentiation in float64, never from a formula."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor, torch

Loss = Callable[[Tensor], Tensor]
"""Maps parameters (any shape; leading axes may count noise levels) to one loss, or one for each level."""


def value(loss: Loss, theta: Float[np.ndarray, "*shape"]) -> np.ndarray:
    """Return the loss at theta."""
    with torch.no_grad():
        return loss(torch.tensor(theta)).numpy()


def gradient(loss: Loss, theta: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return ∂loss/∂theta; with several independent losses each gets its own gradient."""
    leaf = torch.tensor(theta, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(loss(leaf).sum(), leaf)
    return slope.numpy()


def hessian(loss: Loss, theta: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "n n"]:
    """Return the second derivatives of a single loss with respect to the flattened theta."""
    curvature = torch.autograd.functional.hessian(lambda leaf: loss(leaf).sum(), torch.tensor(theta))
    return np.asarray(curvature).reshape(theta.size, theta.size)


def pack(W: Float[np.ndarray, "*m e d"], b: Float[np.ndarray, "*m e"]) -> Float[np.ndarray, "*m e d1"]:
    """Return Theta = [W b], the parameters of D(x) = W x + b as one array."""
    return np.concatenate([W, b[..., None]], axis=-1)


def unpack(Theta: Float[np.ndarray, "*m e d1"]) -> tuple[np.ndarray, np.ndarray]:
    """Return W and b of Theta = [W b]."""
    return Theta[..., :-1], Theta[..., -1]
