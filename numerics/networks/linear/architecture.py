"""A linear network: parameters of one shape at every noise level, its layers one after another, and their product."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor, torch

Parameters = Mapping[str, Tensor]
"""Tensors by name; the axis before those of `Linear.shapes` counts noise levels, axes before that are free."""


def unbiased(parameters: Parameters) -> Tensor | None:
    """Return no bias."""
    del parameters
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """D(x; sigma) = W x + b with a W, and perhaps a b, of its own at every noise level.

    Args:
        shapes: the shape of each parameter at one noise level.
        forward: what the layers make of x of shape (*free, m, n, d), n inputs at each of the m levels.
        weight: the end-to-end matrices W, (*free, m, d, d).
        bias: the end-to-end biases b, (*free, m, d), or None for none.
    """

    shapes: Mapping[str, tuple[int, ...]]
    forward: Callable[[Parameters, Tensor], Tensor]
    weight: Callable[[Parameters], Tensor]
    bias: Callable[[Parameters], Tensor | None] = unbiased

    def Theta(self, parameters: Parameters) -> Tensor:
        """Return [W b]."""
        W, b = self.weight(parameters), self.bias(parameters)
        return torch.cat([W, torch.zeros_like(W[..., :1]) if b is None else b[..., None]], dim=-1)

    def start(self, levels: int, *, seed: int, size: float = 0.5) -> dict[str, Float[np.ndarray, "m *shape"]]:
        """Return random parameters, normal with the standard deviation `size`."""
        rng = np.random.default_rng(seed)
        return {name: size * rng.normal(size=(levels, *shape)) for name, shape in self.shapes.items()}


def applied(W: Tensor, x: Tensor) -> Tensor:
    """Return W x for inputs along the last axis but one."""
    return x @ W.mT
