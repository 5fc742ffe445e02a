import numpy as np
import pytest

from numerics.noisy_components.perturbed import mean_square_turn, turn, turned


@pytest.mark.parametrize("seed", range(4))
def test_a_component_turns_away_from_itself(seed):
    letters, found = turned(seed)

    assert abs(float((letters["u"].T @ found.array).item())) < 1e-7


def test_the_derivative_is_that_of_a_small_step():
    rng = np.random.default_rng(1)
    X, E = rng.normal(size=(3, 5)) + 3 * np.eye(3, 5), rng.normal(size=(3, 5))
    u = np.linalg.svd(X)[0][:, :1]
    stepped = np.linalg.svd(X + 1e-6 * E)[0][:, :1]

    difference = (stepped * np.sign(stepped.T @ u) - u) / 1e-6
    assert np.allclose(difference, turn(X, E, u), atol=1e-4)


def test_the_mean_over_random_noise_is_the_sum_over_entries():
    lam_i, lam_j, n, s = 1.5, 0.5, 3, 0.7
    rng = np.random.default_rng(2)
    X = np.sqrt(n) * np.eye(2, n) * np.array([[lam_i], [lam_j]])
    squares = [np.sum(turn(X, np.sqrt(s) * rng.normal(size=(2, n)), np.eye(2)[:, :1]) ** 2) for _ in range(2000)]
    mean, spread = np.mean(squares), np.std(squares) / np.sqrt(len(squares))

    assert abs(mean - mean_square_turn(lam_i, lam_j, n, s, seed=0).value) < 4 * spread
