"""Planted laws are found again by the analyses, and what is no law gives none."""

import numpy as np
import pytest

from numerics.networks.exponents import bootstrap, power_law, rank_order, slope
from numerics.networks.filters import explained
from numerics.networks.history import History, steps_of
from numerics.networks.laws import CLOCK, generated, predicted
from numerics.networks.passages import branches, delayed, directness, passages
from numerics.networks.samples import alignment, coherence, moments, patches_of, variances_along
from numerics.spectra import spectrum

RNG = np.random.default_rng(5)
STEPS = np.arange(0, 4001, 5)


def sigmoids(lams, initial, alpha):
    """Return ln-linear interpolations that pass the geometric mean at 100 lam^-alpha."""
    x = STEPS[:, None] / (100 * lams**-alpha)
    return initial * (lams / initial) ** (x**2 / (1 + x**2))


@pytest.mark.parametrize("alpha", [1.08, 0.48, 0.0])
@pytest.mark.parametrize("scatter", [0.0, 0.2])
def test_a_planted_exponent_lies_in_its_interval(alpha, scatter):
    lams = np.geomspace(0.2, 20, 60)
    times = passages(STEPS, sigmoids(lams, 0.01, alpha), lams, "geometric") * np.exp(scatter * RNG.normal(size=60))
    found = power_law(lams, times, np.random.default_rng(0))

    assert found["modes"] == 60
    assert found["exponent"]["low"] - 0.02 <= -alpha <= found["exponent"]["high"] + 0.02
    assert found["exponent"]["high"] - found["exponent"]["low"] < 0.02 + scatter


def test_the_interval_of_an_exponent_covers_the_truth_as_often_as_it_says():
    lams, hits = np.geomspace(0.1, 10, 40), 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        found = power_law(lams, lams**-0.7 * np.exp(0.3 * rng.normal(size=40)), rng)["exponent"]
        hits += found["low"] <= -0.7 <= found["high"]

    assert 85 <= hits <= 100


@pytest.mark.parametrize("criterion", ["geometric", "harmonic"])
def test_a_passage_is_where_the_mean_is_crossed_upwards_or_downwards(criterion):
    lams = np.array([16.0, 1 / 16])
    variances = lams ** np.minimum(STEPS / 1000, 1)[:, None]
    level = {"geometric": [4, 1 / 4], "harmonic": [32 / 17, 2 / 17]}[criterion]

    assert np.allclose(passages(STEPS, variances, lams, criterion), 1000 * np.log(level) / np.log(lams), rtol=1e-3)


def test_a_mode_that_never_arrives_has_no_passage():
    assert np.isnan(passages(STEPS, np.full((len(STEPS), 1), 1.0), np.array([9.0]), "geometric")).all()


def test_modes_that_start_near_their_target_are_in_no_branch():
    rise, fall = branches(np.ones(4), np.array([0.4, 0.6, 1.9, 2.1]))

    assert rise.tolist() == [False, False, False, True]
    assert fall.tolist() == [True, False, False, False]


def test_a_course_that_turns_back_is_less_direct_and_a_sigmoid_is_late():
    straight = np.exp(np.array([[0.0], [1.0], [2.0]]))
    turning = np.exp(np.array([[0.0], [2.0], [1.0]]))

    assert directness(straight)[0] == pytest.approx(1)
    assert directness(turning)[0] == pytest.approx(1 / 3)
    assert delayed(np.arange(3), straight)[0] == 1
    assert delayed(np.arange(3), turning)[0] == 0


def test_few_points_have_no_exponent_and_ranks_are_those_of_order():
    assert power_law(np.ones(3), np.ones(3), RNG)["exponent"] is None
    x = np.arange(10.0)
    assert bootstrap(rank_order, x, -(x**3), rng=RNG)["value"] == pytest.approx(-1)
    assert slope(x[None], 2 * x[None])[0] == pytest.approx(2)


def test_chi_is_one_in_the_eigenbasis_only():
    data = RNG.normal(size=(400, 3)) @ np.diag([3.0, 2.0, 1.0])
    modes = spectrum(data)
    found = moments((data[:100], data[100:]), 3)

    assert alignment(found.covariance, found.covariance, modes.U) == pytest.approx(1)
    assert alignment(found.covariance, found.covariance, np.linalg.qr(RNG.normal(size=(3, 3)))[0]) < 0.95
    assert np.allclose(variances_along(found.covariance, modes), modes.lams)
    assert np.allclose(found.covariance, np.cov(data.T, bias=True))


def test_few_samples_do_not_lower_the_alignment_of_independent_halves():
    d, n = 30, 60
    whole, halved = [], []
    for _ in range(40):
        first, second = (moments((RNG.normal(size=(n, d)) * np.linspace(1, 2, d),), d).covariance for _ in range(2))
        whole.append(alignment((first + second) / 2, (first + second) / 2, np.eye(d)))
        halved.append(alignment(first, second, np.eye(d)))

    assert np.mean(whole) < 0.9
    assert np.mean(halved) == pytest.approx(1, abs=4 * np.std(halved) / np.sqrt(len(halved)))


def test_patches_and_coherence_see_the_pixels_they_name():
    images = np.arange(16.0).reshape(1, 1, 4, 4)

    assert patches_of(images, 2, 2).tolist() == [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]
    assert coherence(np.tile([1.0, -1.0], (1, 1, 4, 3)), 1)[0] == pytest.approx(-1)


def test_a_patch_in_colour_has_all_channels_of_its_pixels_in_one_row():
    images = np.stack([np.arange(9.0).reshape(3, 3), 10 + np.arange(9.0).reshape(3, 3)])[None]

    assert patches_of(images, 2, 1)[0].tolist() == [0, 1, 3, 4, 10, 11, 13, 14]


def test_a_local_filter_explains_itself_and_not_what_is_larger_or_bent():
    noisy = RNG.normal(size=(40, 1, 9, 9))
    padded = np.pad(noisy, ((0, 0), (0, 0), (1, 1), (1, 1)))
    blurred = sum(padded[..., i : i + 9, j : j + 9] for i in range(3) for j in range(3)) / 9

    assert explained(noisy, blurred, 3).min() > 0.999
    assert np.median(explained(noisy, blurred, 1)) < 0.3
    assert np.median(explained(noisy, blurred**2, 3)) < 0.3


def test_a_local_filter_may_mix_the_channels():
    noisy = RNG.normal(size=(20, 3, 6, 6))
    mixed = np.einsum("ab,nbij->naij", RNG.normal(size=(2, 3)), noisy)

    assert explained(noisy, mixed, 1).min() > 0.999
    assert np.median(explained(noisy[:, :1], mixed, 1)) < 0.9


def test_the_plain_law_is_nearly_inverse_for_large_variances():
    lams = np.geomspace(3, 30, 12)
    curves = generated(lams, "plain", 20)

    assert np.allclose(curves[-1] / lams, 1, rtol=0.07)  # 20 steps of Heun are off by so much
    times = predicted(lams, "plain", "geometric", 20)
    assert -1 < slope(np.log(lams)[None], np.log(times)[None])[0] < -0.85
    assert CLOCK[0] == 0


def test_the_weight_of_the_plain_law_follows_gradient_descent_on_the_loss():
    lam, s, eta, w = 2.0, 0.09, 1e-4, 0.25 / (0.09 + 0.25)
    for _ in range(5000):
        w -= eta * (2 * (lam + s) * w - 2 * lam)
    from numerics.networks.laws import _weight

    at = np.interp(2 * eta * 5000, CLOCK, _weight(np.array([lam]), 0.3, "plain")[:, 0])
    assert at == pytest.approx(w, rel=1e-3)


def test_a_history_is_restored_and_steps_are_spread():
    history = History(steps_of(100, 5))
    history.add({"a": np.array(1.0)})
    again = History(history.steps)
    again.restore(history.state())

    assert again["a"].tolist() == [1.0]
    assert (history.steps[0], history.steps[-1]) == (0, 100)
