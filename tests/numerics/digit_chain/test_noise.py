import numpy as np
import pytest

from numerics.digit_chain.noise import READINGS, levels, noisy

X0 = np.zeros((40, 50))
LEVELS = np.array([0.0, 1.0, 2.0])


def draws(reading):
    return list(noisy(X0, LEVELS, reading=reading, rng=np.random.default_rng(0)))


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_has_the_noise_level_it_is_asked_for(reading):
    assert [X.std() for X in draws(reading)] == pytest.approx(LEVELS, rel=0.05)


@pytest.mark.parametrize(("reading", "correlation"), [("fresh", 0.0), ("accumulated", 0.5), ("shared", 1.0)])
def test_the_noises_of_two_steps_are_related_as_the_reading_says(reading, correlation):
    _, first, second = draws(reading)

    assert np.corrcoef(first.ravel(), second.ravel())[0, 1] == pytest.approx(correlation, abs=0.06)


def test_levels_add_up_the_squares_of_steps_proportional_to_time():
    assert levels(0.5, 3) == pytest.approx(0.5 * np.sqrt([0, 1, 5, 14]))


def test_an_unknown_reading_and_falling_accumulated_noise_are_refused():
    with pytest.raises(ValueError, match="reading: expected one of fresh"):
        next(noisy(X0, LEVELS, reading="white", rng=np.random.default_rng(0)))
    with pytest.raises(ValueError, match="sigma_bars: expected levels that do not fall"):
        next(noisy(X0, LEVELS[::-1], reading="accumulated", rng=np.random.default_rng(0)))
