import numpy as np
import pytest

from numerics.statistics.crossing import crossing
from numerics.statistics.samples import sampled


def decaying(x, trials, seed):
    return sampled(1 / x + 0.05 * np.random.default_rng(seed).normal(size=trials))


def test_a_level_is_found_within_its_error():
    found = [crossing(decaying, 0.5, (0.2, 20.0), trials=2000, seed=10 * k) for k in range(60)]
    z = np.array([(f.mean - 2) / f.error for f in found])

    assert np.abs(z).max() < 4
    assert z.std() == pytest.approx(1, abs=0.35)


def test_a_parameter_with_a_unit_is_asked_for_at_its_multiples():
    asked = []

    def seen(x, trials, seed):
        asked.append(x)
        return decaying(x, trials, seed)

    crossing(seen, 0.5, (0.2, 20.0), trials=50, seed=1, unit=0.25)
    assert all(x / 0.25 == pytest.approx(round(x / 0.25)) for x in asked[-2:])


def test_a_level_outside_the_bracket_is_an_error():
    with pytest.raises(ArithmeticError, match="not reached"):
        crossing(decaying, 0.5, (3.0, 20.0), trials=50, seed=1)
