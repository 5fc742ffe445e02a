import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp

from numerics.noisy_components import sample_laws
from numerics.noisy_components.sample_laws import _emergence, _log_variance


@pytest.mark.parametrize("gamma", [0.5, 2.0], ids=["more samples", "more dimensions"])
def test_the_gain_of_noisy_pairs_is_that_of_the_gradient_flow_itself(gamma):
    lam2, s, a, seed, d = 1.0, 0.5, 1.3, 7, 4
    n = round(d / gamma)
    gains = []
    for G in np.random.default_rng([seed, 11]).standard_normal((2, d, n)):
        X0 = np.sqrt(lam2 * n) * np.eye(d, n)[:, :1] * np.eye(1, n)
        X = X0 + np.sqrt(s) * G

        def flow(_, flat, X0=X0, X=X):
            W = flat.reshape(d, d)
            return ((X0 - W @ X) @ X.T / n).ravel()

        run = solve_ivp(flow, (0.0, a), np.zeros(d * d), method="DOP853", rtol=1e-10, atol=1e-12)
        gains.append(run.y[0, -1])
    found = sample_laws.pair_gain(d=d, gamma=gamma, lam2=lam2, s=s, a=a, trials=2, seed=seed)

    assert found.mean == pytest.approx(np.mean(gains), abs=1e-8)


def test_the_variance_of_a_mode_is_the_integral_of_its_lag():
    x, a, last, first = 0.7, 2.0, 0.01, 40.0
    lag = quad(lambda v: 1 - x / (x + np.exp(v)) * -np.expm1(-a * (x + np.exp(v))), np.log(last), np.log(first))[0]

    assert _log_variance(np.array([x]), a, last, first)[0] == pytest.approx(np.log(first) - lag, abs=1e-8)


def test_emergence_is_inverse_to_the_variance_up_to_a_slow_correction():
    times = _emergence(np.array([0.5, 2.0]))

    assert times[0] * 0.5 == pytest.approx(times[1] * 2.0, rel=0.01)
    assert times[0] * 0.5 == pytest.approx(np.log(2), rel=0.06)


def test_few_samples_make_the_largest_eigenvalue_larger():
    found = sample_laws.outlier(d=20, gamma=1.0, ell_b=4.0, b=1.0, trials=400, seed=2)

    assert found.mean - 3 * found.error > 5.0


def test_what_is_taken_off_has_no_mean():
    at = {"d": 8, "gamma": 0.5, "ell_b": 3.0, "a": 1e-9, "sigma0": 0.5, "sigmaT": 2.0, "trials": 200}

    assert sample_laws.direction_variance(**at, seed=1).mean == pytest.approx(0.25, rel=1e-6)


def test_the_gain_of_a_plain_sample_covariance():
    found = sample_laws.averaged_gain(d=2, gamma=0.002, alpha_pop=3.0, b=1.0, s=1.0, trials=50, seed=1)

    assert found.mean == pytest.approx(3 / 4, abs=0.01)
