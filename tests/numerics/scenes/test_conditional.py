import numpy as np

from numerics.scenes import conditional


def test_the_true_denoiser_of_one_possible_value_is_that_value():
    atom, x = np.array([[0.3, -0.7]]), np.random.default_rng(0).normal(size=(5, 2))

    assert np.allclose(conditional.true_denoiser(x, atom, np.array([1.0]), 0.5), atom)


def test_the_true_denoiser_of_two_opposite_values_is_odd_and_bounded():
    atoms, share = np.array([[-1.0], [1.0]]), np.array([0.5, 0.5])
    x = np.linspace(-3, 3, 7)[:, None]
    found = conditional.true_denoiser(x, atoms, share, 0.5)

    assert np.allclose(found, -found[::-1]) and np.all(np.abs(found) <= 1)


def test_the_true_denoiser_loses_less_than_the_best_affine_one():
    for seed in range(3):
        letters, found = conditional.loss_of_denoiser(seed)

        assert np.trace(letters["E"]) < found.value


def test_the_cubic_loss_without_its_cubic_term_is_that_of_an_affine_denoiser():
    w, lam, sigma = 0.4, 0.5, 0.7

    found = conditional.cubic_loss(lam=lam, sigma=sigma, w=w, y=0.0)

    assert np.isclose(found, lam * (1 - w) ** 2 + sigma**2 * w**2)
