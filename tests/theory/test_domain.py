import pytest
import sympy as sp

from theory.domain import Domain, Range, domain_of, exact
from theory.symbols import legend, symbols

lam, sigma, sigma0, sigmaT, Q = symbols("lam sigma sigma0 sigmaT Q")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/3", sp.Rational(1, 3)), ("0.002", sp.Rational(1, 500)), ("1e-30", sp.Rational(1, 10**30)), (7, 7)],
)
def test_numbers_are_read_exactly(text, value):
    assert exact(text) == value


@pytest.mark.parametrize(
    "text", ["", "x", "nan", "inf", "1/0", "__import__('os')", "2**2**99", 0.1, None, "1e999999999"]
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(ValueError, match="number: expected"):
        exact(text)


def test_the_widest_domain_follows_the_signs_of_the_symbols():
    domain = domain_of((lam, sigma, Q))

    assert domain.range_of(lam) == Range(sp.S.Zero)
    assert domain.range_of(sigma).low_open
    assert domain.range_of(Q) == Range()


def test_a_range_may_not_contradict_the_sign_of_its_symbol():
    with pytest.raises(ValueError, match="the symbol is nonnegative"):
        Domain(((lam, Range(sp.S(-1))),))
    with pytest.raises(ValueError, match="the symbol is positive"):
        Domain(((sigma, Range(sp.S.Zero)),))


def test_an_impossible_condition_is_refused_and_a_trivial_one_dropped():
    with pytest.raises(ValueError, match="always false"):
        domain_of((lam,)).where(sp.S.false)
    assert domain_of((lam,)).where(sp.S.true).conditions == ()


def test_a_domain_narrows_to_a_box():
    box = domain_of((lam, sigma0, sigmaT)).where(sigma0 < sigmaT).within(lam=("0.1", "10"))

    assert box.range_of(lam) == Range(sp.Rational(1, 10), sp.Integer(10))
    assert box.conditions == (sigma0 < sigmaT,)


def test_a_domain_reads_like_a_paper():
    assert domain_of((lam, sigma, Q)).latex() == r"\lambda \ge 0,\; \sigma > 0,\; Q\in\mathbb{R}"


def test_the_legend_names_what_occurs():
    assert [quantity.name for quantity in legend([lam * sigma])] == ["lam", "sigma"]


def test_an_unregistered_symbol_is_named():
    with pytest.raises(ValueError, match="expected one of"):
        symbols("lam kappa_of_nobody")
