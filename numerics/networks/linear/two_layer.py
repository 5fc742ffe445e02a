"""Two layers that share one matrix: W = P P^T."""

import numpy as np

from numerics.networks.linear.architecture import Linear, applied


def two_layer(d: int, sigma: np.ndarray, *, width: int | None = None) -> Linear:
    """Return D(x) = P P^T x, P of d rows and `width` columns, d + 1 unless given."""
    del sigma
    return Linear(
        shapes={"P": (d, width or d + 1)},
        forward=lambda layers, x: applied(layers["P"], applied(layers["P"].mT, x)),
        weight=lambda layers: layers["P"] @ layers["P"].mT,
    )
