import numpy as np
import pytest

from verify.evaluation.evaluate import evaluate
from verify.predict import Setting, emergence_times, fitted_exponent, log_variances

LAMS = np.array([10.0, 1.0, 0.1, 0.01])


@pytest.mark.parametrize("criterion", ["geometric", "harmonic", "arithmetic"])
@pytest.mark.parametrize("Q", ["0", "1/10"])
def test_emergence_times_agree_with_the_certified_ones(criterion, Q):
    setting = Setting(Q=float(eval_fraction(Q)), criterion=criterion)

    found = emergence_times(LAMS, setting)

    for lam, time in zip(LAMS, found, strict=True):
        point = {"lam": f"{lam:g}", "Q": Q, "sigma0": "0.002", "sigmaT": "80"}
        exact = evaluate(f"one_layer.emergence_{criterion}", point, 15)
        assert time == pytest.approx(float(exact.value), rel=1e-9)


def eval_fraction(text):
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


def test_variances_broadcast_over_modes_and_times():
    assert log_variances(LAMS[:, None], np.array([0.0, 1.0, 5.0]), Setting()).shape == (4, 3)


def test_a_mode_that_never_passes_has_no_time():
    assert np.isnan(emergence_times(np.array([0.0]), Setting(Q=0.0))).all()


def test_a_power_law_is_recovered():
    assert fitted_exponent(LAMS, 3 * LAMS**-1.1) == pytest.approx((3.0, -1.1))
