"""A law of steps has rigorous values: exact at the start, balls that contain the truth from then on."""

from itertools import islice

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from verify.checks.iterated import evaluated, iterated

x, a = sp.symbols("x a", real=True)
n = sp.Symbol("n", integer=True, positive=True)
X, A = sp.MatrixSymbol("X", n, n), sp.MatrixSymbol("A", n, n)


@given(start=st.integers(-5, 5), factor=st.integers(-5, 5))
def test_integers_stay_exact(start, factor):
    law = iterated((x,), (a * x + 1,), {"a": np.asarray(float(factor))}, {"x": np.asarray(float(start))})

    found = [float(value[0][0]) for value in islice(law, 4)]

    expected = [start]
    for _ in range(3):
        expected.append(factor * expected[-1] + 1)
    assert found == expected


def test_a_double_is_taken_as_the_number_that_it_is():
    middle, radius = evaluated(x - sp.Rational(1, 10), {"x": np.asarray(0.1)})

    assert middle == pytest.approx(5.551115123125783e-18, rel=1e-12)
    assert radius < 1e-30


def test_matrices_keep_their_order():
    values = {"A": np.array([[0.0, 1.0], [0.0, 0.0]]), "n": np.asarray(2.0)}
    start = {"X": np.array([[1.0, 2.0], [3.0, 4.0]])}

    first, second = islice(iterated((X,), (A * X,), values, start), 2)

    assert first[0][0].tolist() == start["X"].tolist()
    assert second[0][0].tolist() == [[3.0, 4.0], [0.0, 0.0]]


def test_several_states_move_at_once():
    law = iterated((x, a), (a, x), {}, {"x": np.asarray(1.0), "a": np.asarray(2.0)})

    assert [tuple(float(v[0]) for v in values) for values in islice(law, 3)] == [(1, 2), (2, 1), (1, 2)]


@pytest.mark.parametrize("expr", [1 / (x - 1), sp.log(x - 2), sp.log(1 - x)])
def test_a_value_that_does_not_exist_is_refused(expr):
    with pytest.raises(ArithmeticError):
        evaluated(expr, {"x": np.asarray(1.0)})


def test_a_value_that_256_bits_do_not_reach_is_refused():
    lost = (sp.sqrt(x) + 1) * a - sp.sqrt(x) * a - a

    with pytest.raises(ArithmeticError):
        evaluated(lost, {"x": np.asarray(0.1), "a": np.asarray(1e200)})
