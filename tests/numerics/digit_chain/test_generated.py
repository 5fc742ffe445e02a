import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.digit_chain import generated

RNG = np.random.default_rng(0)


def basis(d=12, k=4):
    return np.linalg.qr(RNG.normal(size=(d, k)))[0]


def test_without_noise_the_chain_applies_every_projection():
    U, xi = [basis() for _ in range(4)], RNG.normal(size=(12, 3))
    expected = np.linalg.multi_dot([V @ V.T for V in U]) @ xi

    assert generated.without_noise(U, xi)[0] == pytest.approx(expected)


def test_injected_noise_has_the_covariance_of_eq_25():
    U, sizes = [basis(5, 2) for _ in range(3)], np.array([0.5, 1.0, 2.0])
    products = [np.linalg.multi_dot([np.eye(5), *(V @ V.T for V in U[: t + 1])]) for t in range(3)]
    expected = sum(size**2 * P @ P.T for size, P in zip(sizes, products, strict=True))

    x = generated.with_noise(U, sizes, 200_000, np.random.default_rng(1))

    assert x @ x.T / x.shape[1] == pytest.approx(expected, abs=0.03)


def test_the_schedules_are_those_said():
    assert generated.paper_schedule(4) == pytest.approx([0.5, 0.5, 0.5, 0.5, 1.0])
    assert generated.constant_schedule(2) == pytest.approx([1.0, 1.0, 1.0])


@given(st.integers(0, 100))
def test_shares_of_components_lie_between_0_and_1_and_their_squares_sum_to_at_most_1(seed):
    x = np.random.default_rng(seed).normal(size=(12, 5))

    c = generated.histogram(basis(), x)

    assert (c >= 0).all() and (c <= 1).all()
    assert ((c**2).sum(0) <= 1 + 1e-12).all()


def test_a_sample_without_direction_is_refused():
    with pytest.raises(ValueError, match="samples other than zero"):
        generated.histogram(basis(), np.zeros((12, 1)))


def test_the_power_method_ends_in_the_first_direction():
    share, second = generated.power_iteration(np.array([2.0, 1.0]), 1)

    assert (share, second) == pytest.approx((0.8, 0.25))
    assert generated.power_iteration(np.array([2.0, 1.0]), 50)[0] == pytest.approx(1.0)


def test_training_images_are_nearest_to_themselves():
    images = RNG.normal(size=(12, 6))

    assert generated.nearest(images, images) == pytest.approx(1.0)
    assert generated.share_of_first(np.eye(12)[:, :2], np.eye(12)[:, :1]) == pytest.approx(1.0)
    assert generated.distance(np.ones(3), np.ones(3)) == 0
