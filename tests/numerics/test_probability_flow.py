import numpy as np
import pytest
from hypothesis import given
from scipy.integrate import solve_ivp

from numerics.denoisers import edm_losses, trained
from numerics.measured import Measured
from numerics.probability_flow import generate
from tests.numerics.strategies import quickly, random_data, random_start, seeds, training_times

NOISE = {"sigma0": 0.05, "sigmaT": 20.0}


def problem(seed, tau, eta=1.0):
    mu, Sigma = random_data(seed)
    return trained(edm_losses(Sigma, mu), random_start(seed), eta=eta, tau=tau)


def by_stepping(denoisers, sigma0, sigmaT):
    """The map x(sigmaT) -> x(sigma0) by a stepping solver of the flow itself."""

    def slope(log_sigma, x):
        Theta = denoisers(np.exp([log_sigma])).value[0]
        x = x.reshape(3, 4)
        drift = -(Theta[:, :-1] - np.eye(3)) @ x
        drift[:, -1] -= Theta[:, -1]
        return drift.ravel()

    span = (np.log(sigmaT), np.log(sigma0))
    end = solve_ivp(slope, span, np.eye(3, 4).ravel(), method="DOP853", rtol=1e-9, atol=1e-10)
    return end.y[:, -1].reshape(3, 4)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_generated_law_is_the_one_a_stepping_solver_finds(seed):
    denoisers = problem(seed, 0.4)
    A, c = np.split(by_stepping(denoisers, **NOISE), [3], axis=1)

    law = generate(denoisers, **NOISE, directions=np.eye(3))

    covariance = NOISE["sigmaT"] ** 2 * A @ A.T
    assert np.allclose(law.covariance.value, covariance, rtol=1e-6, atol=1e-7 * np.trace(covariance))
    assert np.allclose(law.mean.value, c[:, 0], rtol=1e-7, atol=1e-7)


def test_weights_of_different_noise_levels_do_not_commute_in_this_test():
    W1, W2 = problem(1, 0.4)(np.array([0.1, 2.0])).value[:, :, :-1]

    assert np.linalg.norm(W1 @ W2 - W2 @ W1) > 0.1


@given(seeds, training_times)
@quickly
def test_the_stated_error_covers_a_much_finer_run(seed, tau):
    denoisers, V = problem(seed, tau), np.eye(3)

    rough = generate(denoisers, **NOISE, directions=V, panels=1, most=2)
    tight = generate(denoisers, **NOISE, directions=V, panels=16)

    for quantity in ("log_variance", "mean", "covariance"):
        one, other = getattr(rough, quantity), getattr(tight, quantity)
        assert (np.abs(one.value - other.value) <= one.error + other.error).all(), quantity
    assert tight.log_variance.worst < 1e-6


@given(seeds)
@quickly
def test_the_stated_error_covers_errors_of_the_denoisers(seed):
    exact = problem(seed, 0.5)
    wrong = np.random.default_rng(seed).normal(size=(3, 4))
    wrong *= 1e-5 / np.linalg.norm(wrong, 2)
    doubtful = lambda sigma: Measured(value=exact(sigma).value, error=1e-5)  # noqa: E731
    perturbed = lambda sigma: Measured(value=exact(sigma).value + wrong, error=0.0)  # noqa: E731

    stated, moved = (generate(d, **NOISE, directions=np.eye(3)).log_variance for d in (doubtful, perturbed))

    assert (np.abs(stated.value - moved.value) <= stated.error).all()
    assert stated.worst < 1e-2


def test_the_covariance_holds_the_variances():
    law = generate(problem(3, 1.0), **NOISE, directions=np.eye(3))

    assert np.allclose(np.diag(law.covariance.value), law.variance.value, rtol=1e-12)


def test_directions_only_change_the_point_of_view():
    denoisers, V = problem(3, 1.0), np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]

    plain, turned = (generate(denoisers, **NOISE, directions=U) for U in (np.eye(3), V))

    assert np.allclose(turned.covariance.value, V.T @ plain.covariance.value @ V, rtol=1e-8, atol=1e-9)
    assert np.allclose(turned.mean.value, V.T @ plain.mean.value, rtol=1e-8, atol=1e-9)


def test_fully_trained_denoisers_generate_the_data():
    mu, Sigma = random_data(8)
    denoisers = trained(edm_losses(Sigma, mu, law="samples"), random_start(8), eta=1.0, tau=1e5)

    law = generate(denoisers, sigma0=1e-3, sigmaT=2000.0, directions=np.eye(3))

    assert np.allclose(law.covariance.value, Sigma, rtol=1e-4, atol=1e-4)
    assert np.allclose(law.mean.value, mu, atol=1e-2)


def test_denoisers_that_return_their_input_generate_the_noise():
    identity = lambda sigma: Measured(value=np.tile(np.eye(2, 3), (len(sigma), 1, 1)), error=0.0)  # noqa: E731

    law = generate(identity, sigma0=0.002, sigmaT=80.0, directions=np.eye(2))

    assert np.allclose(law.variance.value, 6400.0, rtol=1e-13)


def test_half_the_learning_rate_is_noticed():
    right, wrong = (generate(problem(1, 0.4, eta), **NOISE, directions=np.eye(3)).log_variance for eta in (1.0, 0.5))

    assert (np.abs(right.value - wrong.value) > 1e4 * (right.error + wrong.error)).all()


def test_the_wrong_last_noise_level_is_noticed():
    run = problem(1, 0.4)
    right, wrong = (generate(run, sigma0=s, sigmaT=20.0, directions=np.eye(3)).log_variance for s in (0.05, 0.0501))

    assert (np.abs(right.value - wrong.value) > right.error + wrong.error).all()


def test_a_law_beyond_floating_point_is_a_failure():
    explosive = lambda sigma: Measured(value=np.tile(-200.0 * np.eye(2, 3), (len(sigma), 1, 1)), error=0.0)  # noqa: E731

    with pytest.raises(ArithmeticError), np.errstate(all="ignore"):
        generate(explosive, sigma0=0.002, sigmaT=80.0, directions=np.eye(2))
