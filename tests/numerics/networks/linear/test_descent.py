from itertools import islice

import numpy as np
import pytest
import torch

from numerics.gradient_flow import gradient_descent
from numerics.laws import samples
from numerics.loss import denoising_loss
from numerics.networks.linear import LINEAR
from numerics.networks.linear.descent import descent, iterates, minibatch_losses, stochastic_descent
from numerics.networks.linear.loss import exact_loss
from numerics.objective import edm_x
from numerics.one_layer.momentum import heavy_ball
from tests.numerics.strategies import random_data

SIGMA = np.array([0.4, 0.9, 1.6])


def problem(name, seed=0, mean=True):
    mu, Sigma = random_data(seed)
    mu = mu if mean else 0 * mu
    network = LINEAR[name](len(mu), SIGMA)
    loss = denoising_loss(Sigma, mu, edm_x(SIGMA), law="moments")
    return network, (lambda layers: loss(network.Theta(layers))), (mu, Sigma)


@pytest.mark.parametrize("beta", [0.0, 0.4])
def test_levels_in_one_tensor_are_trained_as_each_alone(beta):
    network, loss, (mu, Sigma) = problem("biased")
    start = network.start(len(SIGMA), seed=3)

    found = descent(loss, start, eta=0.05, steps=7, beta=beta)

    for j, sigma in enumerate(SIGMA):
        alone, Theta0 = (
            denoising_loss(Sigma, mu, edm_x(sigma), law="moments"),
            np.hstack([start["W"][j], start["b"][j][:, None]]),
        )
        one = (
            heavy_ball(alone, Theta0, eta=0.05, beta=beta, steps=7)
            if beta
            else gradient_descent(alone, Theta0, eta=0.05, steps=7)
        )
        assert np.abs(one.array[:, :-1] - found["W"].array[-1, j]).max() <= one.worst + found["W"].worst


@pytest.mark.parametrize("name", LINEAR)
def test_the_error_covers_a_training_in_which_sums_are_taken_in_another_order(name):
    network, loss, (mu, Sigma) = problem(name, mean=False)
    start = network.start(len(SIGMA), seed=1)
    law = denoising_loss(Sigma, mu, edm_x(SIGMA), law="samples")

    found = descent(loss, start, eta=0.03, steps=30)
    other = descent(lambda layers: law(network.Theta(layers)), start, eta=0.03, steps=30)

    for name, course in found.items():
        assert (np.abs(course.array - other[name].array) <= course.error + other[name].error).all()
        assert course.worst < 1e-12 * np.abs(course.array).max()


def test_minibatches_are_unbiased_and_independent_of_each_other():
    network, loss, (mu, Sigma) = problem("one_layer", mean=False)
    data, _ = samples(Sigma, mu, law="samples", seed=0)
    start = network.start(len(SIGMA), seed=2)
    draws = minibatch_losses(network, data, SIGMA, replicas=4000, batch=2, seed=5)

    found = stochastic_descent(draws, start, replicas=4000, eta=0.05, steps=1)["W"]

    exact = descent(loss, start, eta=0.05, steps=1)["W"].array[-1]
    spread = found.std(axis=0) / np.sqrt(len(found))
    assert (np.abs(found.mean(axis=0) - exact) <= 5 * spread).all()
    assert np.abs(np.corrcoef(found[:2000, 0, 0, 0], found[2000:, 0, 0, 0])[0, 1]) < 0.1


def test_the_course_begins_with_the_start():
    network, loss, _ = problem("untied")
    start = {k: torch.tensor(v) for k, v in network.start(len(SIGMA), seed=0).items()}

    first, second = islice(iterates(loss, start, eta=0.1), 2)

    assert all(torch.equal(first[k], start[k]) and not torch.equal(second[k], start[k]) for k in start)


@pytest.mark.parametrize("name", ["biased", "two_layer"])
def test_the_exact_loss_is_the_expected_square_up_to_a_constant(name):
    network, loss, (mu, Sigma) = problem(name)
    quick = exact_loss(network, Sigma, mu, edm_x(SIGMA))
    one, two = ({k: torch.tensor(v) for k, v in network.start(len(SIGMA), seed=s).items()} for s in (0, 1))

    assert torch.allclose(quick(one) - quick(two), loss(one) - loss(two), rtol=1e-12)
