import numpy as np
import pytest

from numerics.measured import Measured, exponential, from_two


@pytest.mark.parametrize("value", [np.nan, np.inf, np.array([1.0, np.nan])])
def test_a_value_that_is_not_finite_is_a_failure(value):
    with pytest.raises(ArithmeticError, match="finite"):
        Measured(value=value, error=0.0)


@pytest.mark.parametrize("error", [np.nan, np.inf])
def test_an_error_that_is_not_finite_is_a_failure(error):
    with pytest.raises(ArithmeticError, match="finite"):
        Measured(value=1.0, error=error)


def test_an_error_is_never_negative():
    with pytest.raises(ValueError, match="expected >= 0, got -1"):
        Measured(value=1.0, error=-1.0)


def test_an_error_fits_its_value():
    with pytest.raises(ValueError, match="broadcasts"):
        Measured(value=np.zeros(2), error=np.zeros(3))


def test_two_methods_that_disagree_have_at_least_their_gap_as_error():
    result = from_two(Measured(value=1.0, error=0.0), Measured(value=1.5, error=0.1), safety=2.0)

    assert result.value == 1.5
    assert result.error == pytest.approx(1.1)


def test_the_exponential_encloses_both_ends():
    result = exponential(Measured(value=2.0, error=0.3))

    assert np.exp(2.3) - result.value <= result.error + 1e-12
    assert result.value - np.exp(1.7) <= result.error


def test_an_entry_keeps_its_own_error():
    result = Measured(value=np.array([1.0, 2.0]), error=np.array([0.1, 0.2])).at(1)

    assert (result.value, result.error) == (2.0, 0.2)
    assert isinstance(result.value, float)
