"""Layers one after another: W = W_L ... W_1, each with a matrix of its own."""

from functools import reduce

import numpy as np

from numerics.lazy import Tensor
from numerics.networks.linear.architecture import Linear, Parameters, applied


def deep(d: int, sigma: np.ndarray, *, depth: int = 3, width: int | None = None) -> Linear:
    """Return D(x) = W_L ... W_1 x, with `width` components between the layers, d unless given."""
    del sigma
    inner = width or d
    sizes = [d, *[inner] * (depth - 1), d]
    names = [f"W{k}" for k in range(1, depth + 1)]

    def forward(layers: Parameters, x: Tensor) -> Tensor:
        return reduce(lambda y, name: applied(layers[name], y), names, x)

    def weight(layers: Parameters) -> Tensor:
        return reduce(lambda W, name: layers[name] @ W, names[1:], layers[names[0]])

    return Linear(
        shapes={name: (sizes[k + 1], sizes[k]) for k, name in enumerate(names)}, forward=forward, weight=weight
    )


def untied(d: int, sigma: np.ndarray, *, width: int | None = None) -> Linear:
    """Return D(x) = W_2 W_1 x, with d + 1 components between the layers unless `width` is given."""
    return deep(d, sigma, depth=2, width=width or d + 1)
