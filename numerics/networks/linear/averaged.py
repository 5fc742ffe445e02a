"""Minibatches with sampled noise: what many independent trainings of a linear network are on average."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.laws import samples
from numerics.networks.linear import LINEAR
from numerics.networks.linear.descent import minibatch_losses, stochastic_descent
from numerics.networks.linear.scenes import SIGMA, random_covariance
from numerics.problems import Letters, letters_of

D, ETA, STEPS, BATCH, REPLICAS = 3, 0.05, 8, 4, 6000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Averaged:
    """The means over independent trainings, with their standard errors, of parameters at each noise level.

    Args:
        common: letters with one value at all levels.
        by_level: letters with a value for each level.
        first: the parameters before the first step, (m, *shape).
        means: the mean of each parameter after the last step.
        deviations: the standard deviation of each parameter over the trainings, divided by the root of their number.
        steps: the number of steps.
        replicas: the number of trainings.
    """

    common: Letters
    by_level: Letters
    first: Letters
    means: Letters
    deviations: Letters
    steps: int
    replicas: int


def one_layer(seed: int) -> Averaged:
    """Return W after minibatches of 4 points with fresh noise, from a data set that is not Gaussian."""
    rng = np.random.default_rng([seed, 13])
    Sigma, network = random_covariance(rng, D), LINEAR["one_layer"](D, SIGMA)
    data, _ = samples(Sigma, np.zeros(D), law="samples", seed=seed)
    first = network.start(len(SIGMA), seed=seed)
    losses = minibatch_losses(network, data, SIGMA, replicas=REPLICAS, batch=BATCH, seed=seed)
    W = stochastic_descent(losses, first, replicas=REPLICAS, eta=ETA, steps=STEPS)["W"]
    return Averaged(
        common=letters_of(d=D, eta=ETA) | {"Sigma": Sigma},
        by_level=letters_of(sigma=SIGMA),
        first=first,
        means={"W": W.mean(axis=0)},
        deviations={"W": _standard_error(W)},
        steps=STEPS,
        replicas=REPLICAS,
    )


def _standard_error(values: Float[np.ndarray, "r *shape"]) -> Float[np.ndarray, "*shape"]:
    return values.std(axis=0, ddof=1) / np.sqrt(len(values))
