"""Jacobians of nonlinear denoisers by automatic differentiation: networks with and without biases, posterior means."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from numerics.lazy import Tensor, torch
from numerics.measured import Measured
from numerics.problems import Letters, Scene, letters_of, rounding

WIDTHS = (5, 7, 6, 5)
ATOMS = 12


def relu_network(seed: int) -> Scene:
    """Measure the output of a random ReLU network without biases; J is its Jacobian at the input x."""
    return _network(seed, bias=0.0)


def biased_network(seed: int) -> Scene:
    """Measure the output of the same network with biases."""
    return _network(seed, bias=1.0)


def posterior(seed: int) -> Scene:
    """Measure the Jacobian at x of E[x_0 | x] for a law with many atoms; C is the posterior covariance."""
    rng = np.random.default_rng([seed, 7])
    d, sigma = int(rng.integers(2, 5)), float(rng.uniform(0.5, 1.5))
    atoms, weights, x = rng.normal(size=(ATOMS, d)), rng.uniform(0.2, 1.0, size=ATOMS), rng.normal(size=d)
    chances = weights * np.exp(-np.square(x - atoms).sum(-1) / (2 * sigma**2))
    centred = atoms - chances @ atoms / chances.sum()
    letters = letters_of(d=d, sigma=sigma, x=x[:, None], C=(centred.T * chances) @ centred / chances.sum())

    def mean(point: Tensor) -> Tensor:
        square = (point - torch.tensor(atoms)).square().sum(-1) / (2 * sigma**2)
        return torch.softmax(torch.log(torch.tensor(weights)) - square, 0) @ torch.tensor(atoms)

    found = _jacobian(mean, x)
    return letters, Measured(value=found, error=100 * rounding(found))


def _network(seed: int, *, bias: float) -> Scene:
    rng = np.random.default_rng([seed, 6])
    layers = [
        (torch.tensor(rng.normal(size=(after, before)) / np.sqrt(before)), torch.tensor(bias * rng.normal(size=after)))
        for before, after in pairwise(WIDTHS)
    ]

    def network(point: Tensor) -> Tensor:
        for W, b in layers[:-1]:
            point = torch.relu(W @ point + b)
        W, b = layers[-1]
        return W @ point + b

    x = rng.normal(size=WIDTHS[0])
    letters: Letters = letters_of(d=WIDTHS[0], x=x[:, None], J=_jacobian(network, x))
    found = network(torch.tensor(x)).numpy()[:, None]
    return letters, Measured(value=found, error=100 * rounding(found))


def _jacobian(function: Callable[[Tensor], Tensor], x: np.ndarray) -> np.ndarray:
    return np.asarray(torch.autograd.functional.jacobian(function, torch.tensor(x)))
