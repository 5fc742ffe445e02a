import itertools

import numpy as np
import pytest

from numerics.networks.linear.sampling import euler_variance, generated_covariance, heun_variance
from numerics.stepper import best_euler_factor

SIGMA = np.array([1.6, 0.9, 0.4])
KNOWN = {"lam": 0.7, "Q": 0.3, "eta": 0.02, "sigma0": 0.3, "s": 0.6, "sigmaT": 1.5}


def test_a_network_that_changes_nothing_keeps_the_noise():
    unit = np.stack([np.eye(3)] * 3)

    assert np.allclose(generated_covariance(unit, SIGMA, method="euler"), SIGMA[0] ** 2 * np.eye(3))


def test_a_network_that_returns_nothing_generates_nothing():
    assert not generated_covariance(np.zeros((3, 2, 2)), SIGMA, method="heun").any()


@pytest.mark.parametrize("method", ["euler", "heun"])
def test_every_level_has_weights_of_its_own(method):
    W = np.random.default_rng(0).normal(size=(3, 2, 2))

    for level in range(3):
        other = W.copy()
        other[level] += 0.1
        found, changed = (generated_covariance(w, SIGMA, method=method) for w in (W, other))
        assert np.abs(found - changed).max() > 1e-3


def test_long_training_leaves_the_best_denoiser():
    found = euler_variance(**KNOWN | {"n": 3000})

    levels = [KNOWN["sigmaT"], KNOWN["s"], KNOWN["sigma0"], 0.0]
    factors = [best_euler_factor(lam=0.7, sigma1=a, sigma_next=b).value for a, b in itertools.pairwise(levels)]
    assert found.value == pytest.approx(levels[0] ** 2 * np.prod(factors) ** 2, rel=1e-9)


def test_heun_is_not_euler():
    assert abs(euler_variance(**KNOWN | {"n": 5}).value - heun_variance(**KNOWN | {"n": 5}).value) > 1e-2
