"""One layer: a matrix, with or without a bias."""

import numpy as np

from numerics.networks.linear.architecture import Linear, applied


def one_layer(d: int, sigma: np.ndarray) -> Linear:
    """Return D(x) = W x."""
    del sigma
    return Linear(
        shapes={"W": (d, d)},
        forward=lambda layers, x: applied(layers["W"], x),
        weight=lambda layers: layers["W"],
    )


def biased(d: int, sigma: np.ndarray) -> Linear:
    """Return D(x) = W x + b."""
    del sigma
    return Linear(
        shapes={"W": (d, d), "b": (d,)},
        forward=lambda layers, x: applied(layers["W"], x) + layers["b"][..., None, :],
        weight=lambda layers: layers["W"],
        bias=lambda layers: layers["b"],
    )
