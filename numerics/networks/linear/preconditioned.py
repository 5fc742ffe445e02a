"""One layer inside EDM's preconditioning: D(x; sigma) = c_skip x + c_out F(c_in x)."""

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor, torch
from numerics.networks.linear.architecture import Linear, Parameters, applied

SIGMA_DATA = 0.5


def coefficients(
    sigma: Float[np.ndarray, " m"], sigma_data: float = SIGMA_DATA
) -> tuple[Float[np.ndarray, " m"], Float[np.ndarray, " m"], Float[np.ndarray, " m"]]:
    """Return c_skip, c_out and c_in at each noise level; Karras et al. 2022, Table 1."""
    total = sigma**2 + sigma_data**2
    return sigma_data**2 / total, sigma * sigma_data / np.sqrt(total), 1 / np.sqrt(total)


def preconditioned(d: int, sigma: Float[np.ndarray, " m"], *, sigma_data: float = SIGMA_DATA) -> Linear:
    """Return D(x) = c_skip x + c_out W' c_in x, at the levels sigma in the order of the parameters."""
    skip, out, into = (torch.tensor(c)[:, None, None] for c in coefficients(sigma, sigma_data))

    def forward(layers: Parameters, x: Tensor) -> Tensor:
        return skip * x + out * applied(layers["W_prime"], into * x)

    def weight(layers: Parameters) -> Tensor:
        return skip * torch.eye(d, dtype=torch.float64) + out * into * layers["W_prime"]

    return Linear(shapes={"W_prime": (d, d)}, forward=forward, weight=weight)
