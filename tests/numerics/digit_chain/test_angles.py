import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.digit_chain import angles
from numerics.digit_chain.bases import leading


def turned(theta, d=5):
    """Return two bases of two vectors; the second vector is turned by theta out of their span."""
    U, V = np.eye(d)[:, :2], np.eye(d)[:, :2].copy()
    V[:, 1] = np.cos(theta) * np.eye(d)[:, 1] + np.sin(theta) * np.eye(d)[:, 2]
    return U, V


@given(st.floats(1e-9, np.pi / 2))
def test_a_planted_angle_is_recovered_however_small(theta):
    U, V = turned(theta)

    assert angles.sines(U, V) == pytest.approx([0.0, np.sin(theta)], rel=1e-6, abs=1e-15)
    assert angles.principal_sines(U, V) == pytest.approx([0.0, np.sin(theta)], rel=1e-6, abs=1e-12)


def test_components_that_swap_leave_their_span_where_it_is():
    U = np.eye(5)[:, :3]
    V = U[:, [1, 0, 2]]

    assert angles.sines(U, V) == pytest.approx([1.0, 1.0, 0.0])
    assert angles.nested_sines(U, V) == pytest.approx(0.0)


def test_a_curve_crosses_between_levels_and_at_the_ends():
    levels = np.array([1.0, 10.0, 100.0])
    curves = np.array([[0.0, 0.6, 0.0], [0.4, 0.9, 0.1], [0.8, 1.0, 0.2]])

    assert angles.crossings(levels, curves, 0.6) == pytest.approx([10**1.5, 1.0, 100.0])


def test_first_order_slopes_are_those_of_a_simulation():
    rng = np.random.default_rng(0)
    X = np.diag([3.0, 2.5, 1.0, 0.5, 0.2, 0.1]) @ rng.normal(size=(6, 40))
    every = leading(X, 6)
    noisy = [leading(X + 1e-4 * rng.normal(size=X.shape), 3).U for _ in range(400)]

    sines = np.array([angles.sines(every.U[:, :3], U) for U in noisy]) / 1e-4
    assert np.sqrt((sines**2).mean(0)) == pytest.approx(angles.first_order_slopes(every.lams2, 6, 40, 3), rel=0.1)
