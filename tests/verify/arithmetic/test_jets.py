from flint import arb_mat, fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from verify.arithmetic.jets import REAL, Jet, exponential, filled, inverse, product, total, trace

numbers = st.fractions(-5, 5, max_denominator=4).map(lambda f: fmpq(f.numerator, f.denominator))
matrices = st.lists(numbers, min_size=4, max_size=4).map(lambda entries: fmpq_mat(2, 2, entries))
FIRST, SECOND, OTHER = frozenset([(0, 0)]), frozenset([(0, 1)]), frozenset([(1, 0)])
jets = st.tuples(matrices, matrices, matrices).map(lambda m: Jet({REAL: m[0], FIRST: m[1], OTHER: m[2]}))


def same(a, b):
    keys = a.parts.keys() | b.parts.keys()
    zero = fmpq_mat(2, 2)
    return all(a.parts.get(k, zero) == b.parts.get(k, zero) for k in keys)


@given(jets, jets)
def test_a_product_obeys_the_product_rule(a, b):
    slope = (a * b).parts[FIRST]

    assert slope == a.parts[FIRST] * b.parts[REAL] + a.parts[REAL] * b.parts[FIRST]


@given(jets, jets, jets)
def test_products_are_associative_and_distribute_over_sums(a, b, c):
    assert same((a * b) * c, a * (b * c))
    assert same(a * (b + c), a * b + a * c)


def test_two_directions_of_one_variable_have_no_product_and_two_variables_have_one():
    one = fmpq_mat(1, 1, [1])
    first, second, other = (Jet({s: one}) for s in (FIRST, SECOND, OTHER))

    assert (first * second).parts == {}
    assert (first * first).parts == {}
    assert (first * other).parts == {FIRST | OTHER: one}


@given(jets)
def test_an_inverse_times_its_matrix_is_the_unit(a):
    if a.parts[REAL].det() == 0:
        return

    unit = inverse(a) * a

    assert unit.parts.pop(REAL) == fmpq_mat(2, 2, [1, 0, 0, 1])
    assert all(m == fmpq_mat(2, 2) for m in unit.parts.values())


def test_an_exponential_varies_as_its_argument_times_itself_where_they_commute():
    a = filled([[fmpq(1, 3), fmpq(1)], [fmpq(0), fmpq(1, 2)]])

    moved = exponential(Jet({REAL: a * fmpq(2), FIRST: a, OTHER: a}))

    expected = arb_mat(a * a) * exponential(Jet({REAL: a * fmpq(2)})).parts[REAL]
    assert all(x.overlaps(y) for x, y in zip(moved.parts[FIRST | OTHER].entries(), expected.entries(), strict=True))


def test_sums_products_and_traces_take_any_number():
    two = Jet({REAL: fmpq_mat(1, 1, [2])})

    assert total([two, two, two]).parts[REAL][0, 0] == 6
    assert product([two, two, two]).parts[REAL][0, 0] == 8
    assert trace(fmpq_mat(2, 2, [1, 2, 3, 4])) == 5
