import numpy as np

from numerics import one_layer

MODE = {"lam": 0.7, "sigma": 0.5, "Q": 0.1}


def test_one_step_of_the_bias_is_the_slope_of_its_flow():
    h = 1e-6
    slope = (one_layer.bias(b0=0.8, eta=1.0, tau=h).value - one_layer.bias(b0=0.8, eta=1.0, tau=0.0).value) / h

    assert np.isclose(one_layer.gd_bias(b0=0.8, eta=0.3, n=1).value, 0.8 + 0.3 * slope, rtol=1e-5)


def test_descent_approaches_the_flow_as_the_steps_shrink():
    coarse, fine = (abs(one_layer.lag(**MODE, eta=0.2 / n, n=n).value) for n in (10, 20))

    assert np.isclose(coarse / fine, 2.0, rtol=0.05)
