import numpy as np
import pytest

from numerics.noised_law import converged_variance
from numerics.planted import plant
from numerics.scenes.shrinkage import first_order_error
from numerics.stepper import best, euler

AT = {"lam": 0.7, "sigma0": 0.3, "sigmaT": 2.0}


def generated(steps):
    problem = plant(lam=AT["lam"], Q=0.0, seed=0)
    grid = np.geomspace(AT["sigmaT"], AT["sigma0"], steps + 1)
    x = euler(best(problem, 0), AT["sigmaT"] * problem.u[:, None], grid)
    return float((problem.u @ x[:, 0]) ** 2)


def test_halving_the_mesh_halves_the_error():
    exact = float(converged_variance(**AT).array)
    coarse, fine = (abs(generated(steps) - exact) for steps in (24, 48))

    assert np.log2(coarse / fine) == pytest.approx(1.0, abs=0.1)


def test_the_extrapolated_error_is_that_of_a_fine_grid():
    found, h = first_order_error(**AT), np.log(AT["sigmaT"] / AT["sigma0"]) / 96
    direct = np.log(generated(96) / float(converged_variance(**AT).array)) / h

    assert direct == pytest.approx(float(found.array), abs=0.05)
