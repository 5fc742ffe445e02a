import numpy as np
import pytest

from numerics.noisy_components import least_squares
from numerics.noisy_components.least_squares import fitted


def test_no_other_matrix_has_less_error():
    rng = np.random.default_rng(0)
    X0, X = rng.normal(size=(2, 5, 3, 9))
    best = fitted(X0, X)

    def error(W):
        return np.square(X0 - W @ X).sum((-2, -1))

    for _ in range(5):
        assert (error(best + 0.01 * rng.normal(size=best.shape)) > error(best)).all()


def test_without_noise_nothing_is_shrunk():
    X = np.random.default_rng(1).normal(size=(4, 2, 7))

    assert np.allclose(fitted(X, X), np.eye(2), atol=1e-12)


@pytest.mark.parametrize("n_data", [10, 20])
def test_the_mean_inverse_in_one_dimension_is_that_of_a_chi_squared_variable(n_data):
    found = least_squares.inverse(lam2_0=1.0, lam2_1=1.0, s=1.0, n_data=n_data, trials=20_000, seed=3)

    assert found.mean == pytest.approx(1 / (2 * (n_data - 3)), abs=5 * found.error)


def test_many_samples_give_the_ideal_denoiser():
    found = least_squares.second_moment(lam2_0=1.0, lam2_1=0.5, s=1.0, n_data=4000, trials=200, seed=4)

    assert found.mean == pytest.approx(1 / 16, abs=2e-3)


def test_equal_seeds_give_equal_draws():
    at = {"lam2": 1.0, "s": 0.5, "d": 2, "n_data": 12, "step": 3, "trials": 100}

    assert least_squares.white_moment(**at, seed=5).mean == least_squares.white_moment(**at, seed=5).mean
    assert least_squares.white_moment(**at, seed=5).mean != least_squares.white_moment(**at, seed=6).mean
