import pytest
from hypothesis import given

from numerics import one_layer
from tests.numerics.strategies import initial_weights, noise_levels, quickly, training_times, variances


@given(variances, noise_levels, initial_weights, training_times)
@quickly
def test_the_share_of_the_error_comes_from_weight_and_bias(lam, sigma, Q, tau):
    point = {"lam": lam, "sigma": sigma, "eta": 1.0, "tau": tau}
    w, best = (one_layer.weight(**point | {"tau": at}, Q=Q) for at in (tau, 1e6))
    b = one_layer.bias(b0=0.4, eta=1.0, tau=tau)
    expected = (lam + sigma**2) * (w.value - best.value) ** 2 + b.value**2

    measured = one_layer.denoiser_error(**point, Q=Q, b0=0.4, law="samples")

    assert measured.value == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_errors_of_denoiser_score_and_loss_belong_together():
    point = {"lam": 0.8, "sigma": 0.5, "Q": 0.1, "eta": 1.0, "tau": 0.3, "b0": 0.2}
    denoiser, score, excess = (
        f(**point) for f in (one_layer.denoiser_error, one_layer.score_error, one_layer.excess_loss)
    )

    assert score.value == pytest.approx(denoiser.value / 0.5**4, rel=1e-14)
    assert abs(excess.value - denoiser.value) <= excess.error + denoiser.error < 1e-11
    assert one_layer.training_loss(**point).value > excess.value


def test_an_error_made_with_half_the_rate_is_noticed():
    point = {"lam": 0.8, "sigma": 0.5, "Q": 0.1, "tau": 0.3}
    right, wrong = (one_layer.denoiser_error(**point, eta=eta) for eta in (1.0, 0.5))

    assert abs(right.value - wrong.value) > 1e6 * (right.error + wrong.error)
