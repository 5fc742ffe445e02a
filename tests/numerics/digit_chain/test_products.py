import numpy as np
import pytest

from numerics.digit_chain import products

RNG = np.random.default_rng(0)


def basis(d=12, k=4):
    return np.linalg.qr(RNG.normal(size=(d, k)))[0]


def test_the_partial_product_is_that_of_the_projections():
    U = [basis() for _ in range(5)]

    total = U[0] @ products.partial(products.consecutive(U))[-1] @ U[-1].T

    assert total == pytest.approx(np.linalg.multi_dot([V @ V.T for V in U]))


def test_a_chain_that_never_turns_keeps_everything_and_never_mixes():
    U = [basis()] * 6
    M = products.consecutive(U)

    assert products.off_diagonal(M) == pytest.approx(0.0)
    assert products.rows_led_by_diagonal(M) == pytest.approx(1.0)
    assert products.mixing_times(M) == pytest.approx(5.0)
    assert products.spreading_times(M) == pytest.approx(5.0)
    assert products.leading_share(products.partial(M)[-1]) == pytest.approx(0.25)


def test_planted_mixing_times_are_found():
    M = np.tile(np.eye(3), (6, 1, 1))
    M[4:, 0, 0], M[2:, 1, 1] = 0.7, 0.5

    assert products.mixing_times(M) == pytest.approx([4, 2, 6])


def test_a_product_that_keeps_one_direction_has_all_its_share_there():
    P = np.diag([1.0, 0.1, 0.0])

    assert products.leading_share(P) == pytest.approx(1 / 1.01)
    assert products.second_to_first(P) == pytest.approx(0.01)


def test_an_even_spread_is_not_concentrated_and_a_diagonal_is():
    even, diagonal = np.ones((1, 6, 6)), np.eye(6)[None]

    assert products.nearby(even) == pytest.approx(1.0)
    assert products.nearby(diagonal) == pytest.approx(36 / 24)
    assert products.offsets(diagonal) == pytest.approx([1, 0, 0, 0, 0, 0])


def test_three_vectors_of_a_plane_are_in_one_plane():
    u, v = np.eye(3)[:2]

    assert products.off_plane(u, v, (u + v) / np.sqrt(2)) == pytest.approx(0.0, abs=1e-12)
    assert products.off_plane(*np.eye(3)) == pytest.approx(1.0)
