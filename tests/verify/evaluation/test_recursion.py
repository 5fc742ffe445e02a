from fractions import Fraction

import pytest

from verify.evaluation.evaluate import evaluate


def iterated(c, beta, eta, n):
    """The recurrence itself, in fractions."""
    before, z = Fraction(1), Fraction(1)
    for _ in range(n):
        before, z = z, (1 + beta - 2 * eta * c) * z - beta * before
    return z


CASES = {
    "complex roots": ("1", "9/10", "1/10", 25),
    "a double root": ("1", "1/4", "1/8", 9),
    "real roots": ("2", "1/10", "1/20", 12),
    "negative momentum": ("1", "-1/2", "1/5", 7),
    "no momentum": ("1/3", "0", "3/2", 5),
    "unstable": ("3", "2", "2", 6),
    "no curvature": ("0", "1/2", "1", 8),
    "no step": ("1", "1/2", "1", 0),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_momentum_is_what_the_iteration_makes(case):
    c, beta, eta, n = case
    found = evaluate("momentum.factor", {"c": c, "beta": beta, "eta": eta, "n": str(n)}, 30)

    exact = iterated(*map(Fraction, case[:3]), n)
    assert abs(Fraction(found.value) - exact) <= Fraction(found.error)
    assert Fraction(found.error) <= abs(exact) * Fraction(1, 10**29)


def test_a_million_steps_have_an_error_bound_that_is_not_zero():
    found = evaluate("momentum.factor", {"c": "3/10", "beta": "9/10", "eta": "1/10", "n": "1000000"}, 30)

    assert found.value.endswith("e-22879")
    assert found.error.endswith("e-22909")
