"""The denoising loss of a linear network as a function of its parameters, in exact expectation."""

import numpy as np
from jaxtyping import Float

from numerics.lazy import Tensor, torch
from numerics.loss import moments
from numerics.networks.linear.architecture import Linear, Parameters
from numerics.networks.linear.descent import ParameterLoss
from numerics.objective import Objective


def exact_loss(
    network: Linear, Sigma: Float[np.ndarray, "d d"], mu: Float[np.ndarray, " d"], objective: Objective,
    weight: Float[np.ndarray, " m"] | None = None,
) -> ParameterLoss:  # fmt: skip
    """Return E||W X + b - Y||^2 at each level, exactly and without the residual's matrix, times the level's weight.

    Up to what does not depend on the network it is Tr W Cov(X) W^T - 2 Tr W Cov(X, Y) + |W E X + b - E Y|^2.
    """
    law = moments(Sigma, mu, objective)
    Sigma_XX, mu_X, mu_Y = map(torch.tensor, (law.Sigma_XX, law.mu_X, law.mu_Y))
    twice_YX = torch.tensor(2 * law.Sigma_YX)
    share = torch.tensor(np.ones(np.shape(objective.a)) if weight is None else weight)
    centred = not mu.any()

    def of_parameters(layers: Parameters) -> Tensor:
        W, b = network.weight(layers), network.bias(layers)
        spread = ((W @ Sigma_XX - twice_YX) * W).sum((-2, -1))
        if centred and b is None:
            return share * spread
        mean = (W @ mu_X[..., None])[..., 0] - mu_Y + (0 if b is None else b)
        return share * (spread + mean.square().sum(-1))

    return of_parameters
