"""A network that wraps its linear map in fixed coefficients trains through them."""

from typing import TypeAlias

from numerics.autograd import Loss
from numerics.lazy import Tensor, torch

Coefficient: TypeAlias = "float | Tensor"
"""One number, or one for each of m noise levels, of shape (m, 1, 1)."""


def effective(Theta: Tensor, *, c_skip: Coefficient, c_out: Coefficient, c_in: Coefficient = 1.0) -> Tensor:
    """Return [W b] of D(x) = c_skip x + c_out (W' c_in x + b'), for Theta' = [W' b']."""
    W, b = Theta[..., :-1], Theta[..., -1:]
    skip = c_skip * torch.eye(W.shape[-1], dtype=W.dtype)
    return torch.cat([skip + c_out * c_in * W, c_out * b], dim=-1)


def preconditioned(
    loss: Loss,
    *,
    c_skip: Coefficient,
    c_out: Coefficient,
    c_in: Coefficient = 1.0,
    importance: Coefficient = 1.0,
) -> Loss:
    """Return the loss as a function of Theta' = [W' b'], times its importance (one number for each noise level)."""
    return lambda Theta: importance * loss(effective(Theta, c_skip=c_skip, c_out=c_out, c_in=c_in))
