from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from theory.formula import Clipped
from theory.spiked import lam2, overlap_squared, s
from verify.errors import UsageError
from verify.evaluation.clipped import clipped
from verify.evaluation.evaluate import evaluate

POSITIVES = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=10**6)


def cos2(lam2, s, gamma, digits=30):
    return evaluate("spiked.cos2", {"lam2": str(lam2), "s": str(s), "gamma": str(gamma)}, digits)


@given(lam2=POSITIVES, s=POSITIVES, gamma=POSITIVES)
def test_the_overlap_is_what_mpmath_finds_by_another_form(lam2, s, gamma):
    found = cos2(lam2, s, gamma)

    with mp.workdps(60):
        ell, g = (mpf(x.numerator) / x.denominator for x in (lam2 / s, gamma))
        expected = max(mpf(0), 1 - g * (ell + 1) / (ell * (ell + g)))
        assert abs(mpf(found.value) - expected) <= mpf(found.error) + mpf(10) ** -55


@given(lam2=POSITIVES, gamma=POSITIVES)
def test_it_is_one_without_noise(lam2, gamma):
    assert cos2(lam2, 0, gamma).value.strip("0") == "1."


@given(root=POSITIVES, s=POSITIVES)
def test_it_is_exactly_zero_from_the_threshold_on(root, s):
    at, beyond = (cos2(s * root, s * factor, root**2) for factor in (1, Fraction(10**30 + 1, 10**30)))

    assert (at.value, at.error) == (beyond.value, beyond.error) == ("0", "0")


@given(root=POSITIVES, s=POSITIVES)
def test_it_is_accurate_just_below_the_threshold(root, s):
    found = cos2(s * root, s * (1 - Fraction(1, 10**30)), root**2)

    assert float(found.value) > 0
    assert float(found.error) <= 1e-28 * float(found.value)


@pytest.mark.parametrize("wrong", [{"lam2": "0"}, {"lam2": "-1"}, {"s": "-1/2"}, {"gamma": "0"}], ids=str)
def test_a_point_outside_the_domain_is_refused(wrong):
    with pytest.raises(UsageError, match="expected a number"):
        evaluate("spiked.cos2", {"lam2": "1", "s": "1", "gamma": "1", **wrong}, 15)


def test_a_side_that_cannot_be_decided_exactly_is_not_guessed():
    given = Clipped(expr=overlap_squared(s), margin=(lam2**2 - 2) ** 0.5)

    with pytest.raises(ArithmeticError, match="rational margin"):
        clipped(given, {lam2: 3, s: 1}, 15)
