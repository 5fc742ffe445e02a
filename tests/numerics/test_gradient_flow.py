import numpy as np
import pytest
import torch

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import value
from numerics.gradient_flow import gradient_descent, gradient_flow
from numerics.laws import samples
from numerics.loss import SampleLoss, denoising_loss
from numerics.objective import edm_x
from tests.numerics.strategies import random_data, random_start


def two_layers(seed, sigma=0.5):
    """The loss of P, for D(x) = P P^T x."""
    _, Sigma = random_data(seed)
    loss = denoising_loss(Sigma, np.zeros(3), edm_x(sigma), law="moments")
    return lambda P: loss(torch.cat([P @ P.mT, torch.zeros_like(P[..., :1])], dim=-1))


def test_the_error_of_a_nonlinear_flow_is_honest():
    P0, taus = 0.3 * random_start(4)[:, :3], np.array([0.1, 2.0])

    rough, tight = (gradient_flow(two_layers(4), P0, eta=0.5, taus=taus, rtol=rtol) for rtol in (1e-3, 1e-6))

    assert (np.abs(rough.value - tight.value) <= rough.error).all()
    assert tight.worst < rough.worst < 1e-2


def test_a_nonlinear_flow_lowers_the_loss():
    P0, taus = 0.3 * random_start(4)[:, :3], np.array([0.0, 0.1, 1.0, 5.0])

    path = gradient_flow(two_layers(4), P0, eta=0.5, taus=taus, rtol=1e-5).value

    assert (np.diff([value(two_layers(4), P) for P in path]) < 0).all()


@pytest.mark.parametrize("seed", [1, 3])
def test_descent_ends_at_the_least_squares_solution(seed):
    mu, Sigma = random_data(seed)
    x0, z = samples(Sigma, mu, law="laplace", seed=seed)
    X = np.hstack([x0 + z, np.ones((len(x0), 1))])
    best = np.linalg.lstsq(X, x0, rcond=None)[0].T
    eta = 0.9 / np.linalg.norm(X.T @ X / len(X), 2)

    trained = gradient_descent(SampleLoss(x0, z, edm_x(1.0)), random_start(seed), eta=eta, steps=2500)

    assert np.abs(trained.value - best).max() < max(1e-9, trained.worst)


def test_small_steps_approach_the_flow_in_proportion_to_their_size():
    mu, Sigma = random_data(6)
    loss, Theta0 = denoising_loss(Sigma, mu, edm_x(0.5), law="moments"), random_start(6)
    flow = affine_flow(probe(loss, Theta0.shape), Theta0, eta=1.0, tau=0.2).array

    gaps = [np.abs(gradient_descent(loss, Theta0, eta=0.2 / n, steps=n).value - flow).max() for n in (200, 400, 800)]

    assert np.allclose(np.divide(gaps[:-1], gaps[1:]), 2, rtol=0.05)


def test_no_training_changes_nothing():
    P0 = random_start(4)[:, :3]

    assert np.array_equal(gradient_flow(two_layers(4), P0, eta=0.5, taus=np.array([0.0])).value[0], P0)
