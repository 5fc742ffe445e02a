import numpy as np
import pytest
from hypothesis import given

from numerics import objective
from numerics.autograd import gradient, hessian, value
from numerics.laws import COLUMNS, samples
from numerics.loss import denoising_loss
from tests.numerics.strategies import noise_levels, quickly, random_data, random_start, seeds

OBJECTIVES = {
    "edm x": objective.edm_x(0.7),
    "edm eps": objective.edm_eps(0.7),
    "vp x": objective.vp_x(0.8, 0.6),
    "vp eps": objective.vp_eps(0.8, 0.6),
    "vp v": objective.vp_v(0.8, 0.6),
    "flow": objective.flow_matching(0.3),
    "input size": objective.input_size(0.7),
}
LAWS = [*COLUMNS, "samples"]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", OBJECTIVES)
def test_laws_with_the_same_moments_have_the_same_loss_and_gradient(law, name):
    (mu, Sigma), Theta = random_data(5), random_start(5)
    exact, sampled = (denoising_loss(Sigma, mu, OBJECTIVES[name], law=law) for law in ("moments", law))

    assert value(sampled, Theta) == pytest.approx(value(exact, Theta), rel=1e-12)
    assert np.allclose(gradient(sampled, Theta), gradient(exact, Theta), rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("law", LAWS)
def test_samples_have_exactly_the_moments_asked_for(law):
    mu, Sigma = random_data(3)

    x0, z = samples(Sigma, mu, law=law, seed=1)
    joint = np.cov(np.hstack([x0, z]).T, bias=True)

    assert np.allclose(x0.mean(0), mu, atol=1e-13)
    assert np.allclose(joint, np.block([[Sigma, np.zeros((3, 3))], [np.zeros((3, 3)), np.eye(3)]]), atol=1e-12)


@pytest.mark.parametrize("law", COLUMNS)
def test_samples_are_not_gaussian(law):
    x0, _ = samples(np.eye(1), np.zeros(1), law=law, seed=1)

    assert abs(np.mean(x0**4) - 3) > 0.5


@given(seeds, noise_levels)
@quickly
def test_the_loss_is_the_mean_square_distance_to_the_clean_data(seed, sigma):
    (mu, Sigma), Theta = random_data(seed), random_start(seed)
    x0, z = samples(Sigma, mu, law="mixture", seed=seed)
    D = (x0 + sigma * z) @ Theta[:, :-1].T + Theta[:, -1]

    loss = denoising_loss(Sigma, mu, objective.edm_x(sigma), law="moments")

    assert value(loss, Theta) == pytest.approx(np.square(D - x0).sum(1).mean(), rel=1e-11)


@given(seeds, noise_levels)
@quickly
def test_the_gradient_is_the_limit_of_differences(seed, sigma):
    (mu, Sigma), Theta = random_data(seed), random_start(seed)
    loss = denoising_loss(Sigma, mu, objective.edm_x(sigma), law="laplace", seed=seed)
    step = np.random.default_rng(seed).normal(size=Theta.shape)

    slope = (value(loss, Theta + 1e-4 * step) - value(loss, Theta - 1e-4 * step)) / 2e-4

    assert slope == pytest.approx((gradient(loss, Theta) * step).sum(), rel=1e-7, abs=1e-6)


def test_the_hessian_is_the_derivative_of_the_gradient():
    (mu, Sigma), Theta = random_data(2), random_start(2)
    loss = denoising_loss(Sigma, mu, objective.edm_x(0.4), law="moments")
    step = np.random.default_rng(0).normal(size=Theta.shape)

    change = (gradient(loss, Theta + step) - gradient(loss, Theta)).ravel()

    assert np.allclose(hessian(loss, Theta) @ step.ravel(), change, rtol=1e-11, atol=1e-11)


def test_noise_levels_do_not_influence_each_other():
    (mu, Sigma), Theta = random_data(2), random_start(2)
    sigma = np.array([0.1, 1.0, 30.0])
    together = denoising_loss(Sigma, mu, objective.edm_x(sigma), law="samples")

    slopes = gradient(together, np.tile(Theta, (3, 1, 1)))
    alone = [gradient(denoising_loss(Sigma, mu, objective.edm_x(s), law="samples"), Theta) for s in sigma]

    assert np.allclose(slopes, alone, rtol=1e-13)


def test_another_noise_level_is_noticed():
    (mu, Sigma), Theta = random_data(2), random_start(2)
    right, wrong = (denoising_loss(Sigma, mu, objective.edm_x(s), law="moments") for s in (0.5, 0.5**2))

    assert abs(value(right, Theta) - value(wrong, Theta)) > 1e-3


def test_an_unknown_law_is_named():
    with pytest.raises(ValueError, match="cauchy"):
        denoising_loss(np.eye(2), np.zeros(2), objective.edm_x(1.0), law="cauchy")
