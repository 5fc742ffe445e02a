import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from numerics.linear_ode import gauss_integral, gauss_points, propagate, refine


def rotating(s):
    """A smooth matrix that does not commute with itself at another point."""
    return np.array([[np.sin(s), 1.0 + s], [-(s**2), np.exp(-s)]])


def solved(panels, start=0.2, end=2.7):
    points = gauss_points(start, end, panels)
    return propagate(np.array([[rotating(s) for s in row] for row in points]), np.eye(2), end - start)


def test_a_constant_matrix_gives_its_exponential():
    K = np.random.default_rng(0).normal(size=(3, 3))

    end = propagate(np.broadcast_to(K, (4, 10, 3, 3)), np.eye(3), 2.0)

    assert np.allclose(end, expm(2.0 * K), rtol=1e-12)


def test_a_moving_matrix_agrees_with_a_stepping_solver():
    flat = solve_ivp(
        lambda s, x: (rotating(s) @ x.reshape(2, 2)).ravel(),
        (0.2, 2.7),
        np.eye(2).ravel(),
        method="DOP853",
        rtol=1e-13,
        atol=1e-13,
    )

    assert np.allclose(solved(3), flat.y[:, -1].reshape(2, 2), rtol=1e-10)


def test_doubling_the_panels_gains_many_digits():
    reference = solved(16)

    gaps = [np.abs(solved(panels) - reference).max() for panels in (1, 2, 4)]

    assert gaps[0] > 1e4 * gaps[1] > 1e8 * gaps[2]


def test_gauss_points_integrate_polynomials_exactly():
    points = gauss_points(-1.0, 2.0, 2)

    assert gauss_integral(points**19, 3.0) == pytest.approx((2.0**20 - 1) / 20, rel=1e-14)


def test_refinement_stops_at_the_goal():
    coarse, fine = refine(lambda n: 1.0 / n, lambda a, b: a - b, goal=0.07, panels=2, most=64)

    assert (coarse, fine) == (1 / 8, 1 / 16)


def test_refinement_stops_at_the_most():
    coarse, fine = refine(lambda n: 1.0 / n, lambda a, b: a - b, goal=0.0, panels=2, most=16)

    assert (coarse, fine) == (1 / 8, 1 / 16)


def test_refinement_does_not_stop_at_a_nan():
    _, fine = refine(lambda n: n, lambda a, b: float("nan"), goal=1.0, panels=2, most=16)

    assert fine == 16
