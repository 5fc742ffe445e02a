"""Signs hold on unbounded domains, corners included, or there is an exact point where they fail."""

import pytest
import sympy as sp

from tests.verify.kernel.formulas import (
    TWO,
    Ei,
    Q,
    d,
    eta,
    exp,
    lam,
    log,
    log_variance,
    psi,
    sigma,
    sigma0,
    sigmaT,
    target,
    tau,
    two_weight,
    x,
    y,
)
from theory.domain import domain_of
from theory.statement import Compares
from verify.kernel import decide

PSI = domain_of((lam, sigma, tau, eta, Q))
UNIT = domain_of((x,)).within(x=(-1, 1))
PAIR = domain_of((lam, sigma0, sigmaT, eta, Q, tau)).where(sigma0 < sigmaT, tau > 0, lam > 0)


def compares(expr, op, domain=None, *, some=False):
    """Return the decision about a sign."""
    return decide(Compares("sign", expr, op, domain or domain_of(sorted(expr.free_symbols, key=str)), some))


@pytest.mark.parametrize(
    ("expr", "op", "domain"),
    [
        pytest.param(psi, ">", PSI.where(Q > 0), id="psi > 0"),
        pytest.param(psi - 1, "<", PSI.where(Q < 1), id="psi < 1"),
        pytest.param(psi - 1, "<=", PSI.where(Q <= 1), id="psi <= 1, corner"),
        pytest.param(d(psi, tau), ">", PSI.where(target > Q), id="psi rises from below its plateau"),
        pytest.param(d(psi, tau), "<", PSI.where(target < Q), id="psi falls from above"),
        pytest.param(psi - target, "<", PSI.where(target > Q), id="psi below its plateau"),
        pytest.param(d(psi, lam), ">", PSI.where(target > Q, tau > 0), id="larger modes learn more"),
        pytest.param(d(two_weight, tau), ">", TWO.where(target > Q), id="two layers rise"),
        pytest.param(two_weight - 1, "<=", TWO, id="two layers stay below 1"),
        pytest.param(d(two_weight, lam), ">", TWO.where(target > Q, tau > 0), id="two layers, larger modes"),
        pytest.param(d(log_variance(), tau).xreplace({Q: sp.S.Zero}), ">", PAIR, id="the variance rises from Q = 0"),
        pytest.param(Ei(-sigma), "<", None, id="Ei(-x) < 0"),
        pytest.param(exp(x) - 1 - x, ">=", None, id="tangent of exp"),
        pytest.param(sigma - 1 - log(sigma), ">=", None, id="tangent of log"),
        pytest.param(x**2 - x * y + y**2, ">=", None, id="square"),
        pytest.param(
            exp(x) - 1 - x - x**2 / 2 - x**3 / 6 + sp.Rational(1, 100), ">", domain_of((x,)).within(x=(-1, 1)), id="box"
        ),
    ],
)
def test_true_signs_are_proved(expr, op, domain):
    decision = compares(expr, op, domain)

    assert decision.status == "proved", decision.because


@pytest.mark.parametrize(
    ("expr", "op", "domain"),
    [
        pytest.param(psi - 1, "<", PSI, id="without the condition on Q"),
        pytest.param(psi - 1, "<", PSI.where(Q <= 1), id="strict at the corner"),
        pytest.param(d(psi, tau), ">", PSI, id="rises always"),
        pytest.param(d(log_variance(), tau), ">", PAIR, id="the variance rises always"),
        pytest.param(x**2 - x * y - y**2, ">=", None, id="indefinite form"),
        pytest.param(x**2 - sp.Rational(1, 10**6), ">=", UNIT, id="a narrow well"),
    ],
)
def test_false_signs_are_not_proved(expr, op, domain):
    assert compares(expr, op, domain).status != "proved"


def test_a_false_sign_has_a_witness():
    witness = compares(d(psi, tau), ">", PSI).witness

    assert witness is not None
    assert float(witness.value[0]) < 0
    assert {name for name, _ in witness.point} == {"lam", "sigma", "tau", "eta", "Q"}


def test_there_is_a_point_or_there_is_none():
    assert compares(psi - 2, ">", PSI, some=True).status == "proved"
    assert compares(psi - 1, ">", PSI.where(Q < 1), some=True).status == "refuted"


def test_a_point_on_a_curve_lies_in_an_isolating_interval():
    curve = domain_of((x, y)).where(sp.Eq(exp(x) + x, y), y > 1, y < 5)
    decision = compares(x - y, "<", curve, some=True)

    assert decision.status == "proved"


def test_equality_is_neither_positive_nor_negative():
    assert compares(exp(2 * x) - exp(x) ** 2, ">").status != "proved"
    assert compares(exp(2 * x) - exp(x) ** 2, ">=").status == "proved"
    assert compares(exp(2 * x) - exp(x) ** 2, "!=").status != "proved"
