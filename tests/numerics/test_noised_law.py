import numpy as np
import pytest

from numerics import noised_law

TWO = {"x": 0.3, "y1": -1.0, "y2": 2.0, "share": 0.3}
ONE = {"mu": 0.2, "lam": 1.2}


def density(x, sigma):
    """Return the density of two bells, as in a textbook."""
    bells = [np.exp(-((x - y) ** 2) / (2 * sigma**2)) / np.sqrt(2 * np.pi) / sigma for y in (-1.0, 2.0)]
    return 0.3 * bells[0] + 0.7 * bells[1]


def test_the_density_changes_with_the_noise_as_its_differences_say():
    h, rate = 1e-4, noised_law.density_rate(**TWO, sigma=0.7)

    assert rate.value == pytest.approx((density(0.3, 0.7 + h) - density(0.3, 0.7 - h)) / (2 * h), rel=1e-6)


def test_the_score_is_the_slope_of_the_logarithm():
    h, score = 1e-4, noised_law.two_point_score(**TWO, sigma=0.7)

    assert score.value == pytest.approx(np.log(density(0.3 + h, 0.7) / density(0.3 - h, 0.7)) / (2 * h), rel=1e-6)


def test_the_quadrature_integrates_to_one():
    grid = np.linspace(-12, 12, 401)

    total = sum(noised_law.gaussian_density(x=float(x), **ONE, sigma=0.5).value for x in grid) * (grid[1] - grid[0])

    assert total == pytest.approx(1.0, abs=1e-12)


def test_the_flow_keeps_the_rank_of_a_point():
    starts = (-1.5, 0.2, 1.0)

    ends = [noised_law.transported(x_T=x, **ONE, sigma=0.5, sigmaT=3.0).value for x in starts]

    assert ends == sorted(ends)
    assert ends[1] == pytest.approx(0.2, abs=1e-8)


def test_the_flow_there_and_back_is_the_identity():
    away = noised_law.transported(x_T=1.0, **ONE, sigma=0.5, sigmaT=3.0).value

    assert noised_law.transported(x_T=away, **ONE, sigma=3.0, sigmaT=0.5).value == pytest.approx(1.0, abs=1e-8)


@pytest.mark.parametrize("seed", range(2))
def test_the_posterior_mean_and_the_score_agree_with_each_other(seed):
    letters, mean = noised_law.posterior_mean(seed)
    _, score = noised_law.gaussian_score(seed)

    assert (mean.array - letters["x"]) / letters["sigma"] ** 2 == pytest.approx(score.array, abs=1e-10)
