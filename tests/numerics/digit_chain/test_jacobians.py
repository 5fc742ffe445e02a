import numpy as np
import pytest
import torch

from numerics.digit_chain import jacobians, mixture, network

SIGMAS = np.geomspace(2.0, 0.05, 6)
RNG = np.random.default_rng(0)


def wiener(Sigma):
    """Return the denoiser of one normal law of mean zero: a fixed basis, shrunk."""
    S = torch.tensor(Sigma)
    return lambda x, sigma: S @ torch.linalg.solve(S + sigma**2 * torch.eye(len(S), dtype=S.dtype), x)


def planted(d=6):
    U, _ = np.linalg.qr(RNG.normal(size=(d, d)))
    return U, U * np.array([4, 2, 1, 0.5, 0.2, 0.1]) @ U.T


def test_the_eigenvectors_of_a_linear_denoiser_never_turn():
    U, Sigma = planted()
    found = jacobians.path(wiener(Sigma), SIGMAS, RNG.normal(size=6))

    assert jacobians.turned(found, 3)[0] == pytest.approx(0.0, abs=1e-6)
    assert np.abs((jacobians.leading_eigenvectors(found.jacobians[0], 6) * U).sum(0)) == pytest.approx(1.0)
    assert jacobians.remainder(found) == pytest.approx(0.0, abs=1e-10)


def test_a_path_of_a_linear_denoiser_ends_near_its_data():
    _, Sigma = planted()
    found = jacobians.path(wiener(Sigma), SIGMAS, 2.0 * RNG.normal(size=6))

    assert found.points.shape == (6, 6)
    assert np.linalg.norm(found.points[-1] - found.outputs[-1]) < 0.2 * np.linalg.norm(found.points[-1])


def test_asymmetry_and_negative_mass_are_those_planted():
    rotation = np.array([[0.0, 1.0], [-1.0, 0.0]])

    assert jacobians.asymmetry(np.eye(2)) == 0
    assert jacobians.asymmetry(np.eye(2) + rotation) == pytest.approx(1.0)
    assert jacobians.negative_mass(np.diag([3.0, -1.0])) == pytest.approx(0.25)
    assert jacobians.outside_unit(np.diag([1.5, 0.5, -1.0])) == pytest.approx(0.5)


def test_the_posterior_mean_has_a_symmetric_positive_jacobian_and_is_linear_for_one_class():
    groups = [RNG.normal(size=(30, 4)), RNG.normal(size=(30, 4)) + 2]
    both = jacobians.path(mixture.posterior_mean(groups), SIGMAS, RNG.normal(size=4)).jacobians
    one = jacobians.path(mixture.posterior_mean(groups[:1]), SIGMAS[:2], RNG.normal(size=4)).jacobians[0]
    Sigma = np.cov(groups[0].T, bias=True) + mixture.RIDGE * np.eye(4)

    assert max(map(jacobians.asymmetry, both)) < 1e-10
    assert max(map(jacobians.negative_mass, both)) < 1e-10
    assert one == pytest.approx(Sigma @ np.linalg.inv(Sigma + SIGMAS[0] ** 2 * np.eye(4)))


@pytest.mark.parametrize("architecture", network.ARCHITECTURES)
def test_networks_without_biases_are_homogeneous_and_learn_to_denoise(architecture):
    images = np.abs(RNG.normal(size=(32, 1))) * np.ones((1, network.SIDE**2)) * 0.5
    training = network.Training(architecture=architecture, bias=False, steps=60, batch=16)
    net, x = network.trained(training, images), torch.rand(1, network.SIDE**2)

    assert torch.allclose(net(2 * x), 2 * net(x), atol=1e-4)
    assert network.error(net, images, 0.5) < 0.7 * network.error(network.untrained(training), images, 0.5)


def test_training_is_repeatable_and_architectures_have_names():
    training = network.Training(architecture="dense", bias=True, steps=2, batch=4)
    images = RNG.uniform(size=(8, network.SIDE**2))
    first, second = (network.error(network.trained(training, images), images, 0.5) for _ in range(2))

    assert first == second
    with pytest.raises(ValueError, match="architecture: expected one of dense, unet"):
        network.Training(architecture="transformer", bias=True)
