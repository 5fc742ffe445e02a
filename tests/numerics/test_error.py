import numpy as np
import pytest
from hypothesis import given

from numerics import error
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from tests.numerics.strategies import noise_levels, quickly, random_data, random_start, seeds


def exactly(Theta):
    return Measured(value=Theta, error=0.0)


@given(seeds, noise_levels)
@quickly
def test_the_loss_is_its_minimum_plus_the_distance_to_the_best_denoiser(seed, sigma):
    (mu, Sigma), Theta, V = random_data(seed), exactly(random_start(seed)), np.eye(3)
    loss = denoising_loss(Sigma, mu, edm_x(sigma), law="moments")

    excess = error.excess_loss(loss, Theta, along=V)
    distance = error.denoiser_error(Sigma, mu, sigma, Theta, along=V)

    assert abs(excess.value - distance.value) <= excess.error + distance.error
    assert excess.error < 1e-9


@given(seeds, noise_levels)
@quickly
def test_directions_share_the_loss(seed, sigma):
    (mu, Sigma), Theta = random_data(seed), exactly(random_start(seed))
    loss = denoising_loss(Sigma, mu, edm_x(sigma), law="samples", seed=seed)

    shares = [error.training_loss(loss, Theta, along=v[:, None]).value for v in np.eye(3)]

    assert sum(shares) == pytest.approx(error.training_loss(loss, Theta, along=np.eye(3)).value, rel=1e-12)


def test_the_distance_is_the_mean_over_noisy_samples():
    (mu, Sigma), Theta = random_data(3), random_start(3)

    exact = error.denoiser_error(Sigma, mu, 0.7, exactly(Theta), along=np.eye(3))
    sampled = error.sampled_denoiser_error(Sigma, mu, 0.7, Theta, n=20_000)

    assert abs(exact.value - sampled.value) <= sampled.error
    assert sampled.error < 0.1 * exact.value


def test_the_error_of_the_parameters_enters():
    (mu, Sigma), Theta = random_data(3), random_start(3)
    shift = np.full(Theta.shape, 1e-4 / np.sqrt(Theta.size))
    loss = denoising_loss(Sigma, mu, edm_x(0.7), law="moments")

    for measure in (
        lambda Theta: error.training_loss(loss, Theta, along=np.eye(3)),
        lambda Theta: error.denoiser_error(Sigma, mu, 0.7, Theta, along=np.eye(3)),
    ):
        stated, moved = measure(Measured(value=Theta, error=1e-4)), measure(exactly(Theta + shift))
        assert abs(stated.value - moved.value) <= stated.error < 1e-3 * stated.value


def test_another_noise_level_is_noticed():
    (mu, Sigma), Theta = random_data(3), exactly(random_start(3))

    right, wrong = (error.denoiser_error(Sigma, mu, s, Theta, along=np.eye(3)) for s in (0.7, 0.7**2))

    assert abs(right.value - wrong.value) > 1e6 * (right.error + wrong.error)
