"""Limits are values of regular normal forms, Taylor quotients, or what exponentially small terms leave."""

import pytest
import sympy as sp

from tests.verify.kernel.formulas import (
    TWO,
    VARIANCE,
    Q,
    d,
    descent,
    erf,
    eta,
    exp,
    lam,
    log,
    log_variance,
    n,
    psi,
    sigma,
    sigma0,
    sigmaT,
    sqrt,
    target,
    tau,
    two_Phi,
    two_weight,
    variance,
    x,
)
from theory.domain import domain_of
from theory.functions import Ein
from theory.statement import Tends
from verify.kernel import decide

START = sigmaT ** (2 * Q) * sigma0 ** (2 - 2 * Q)
END = sigmaT**2 * (lam + sigma0**2) / (lam + sigmaT**2)
two_variance = sigmaT**2 * two_Phi.xreplace({sigma: sigma0}) ** 2 / two_Phi.xreplace({sigma: sigmaT}) ** 2
TWO_PAIR = domain_of((lam, sigma0, sigmaT, eta, Q, tau)).where(Q > 0, Q <= 1, lam > 0)
THIRD = sp.Rational(1, 3)
NOISELESS = 1 + (Q - 1) * exp(-2 * eta * tau * lam)
SMALL_STEPS = domain_of((lam, sigma, eta, Q, n)).where(eta * (lam + sigma**2) < 1)
RATE = 4 * eta * (1 - Q) * lam * (log(sigmaT) - log(sigma0)) - 2 * eta * Q * (sigmaT**2 - sigma0**2)


def tends(expr, var, point, value, domain=None):
    """Return the decision about a limit."""
    base = domain or domain_of(sorted(expr.free_symbols, key=str))
    return decide(Tends("limit", expr, var, sp.sympify(point), sp.sympify(value), base))


@pytest.mark.parametrize(
    ("expr", "var", "point", "value", "domain"),
    [
        pytest.param(psi, tau, 0, Q, None, id="psi at 0"),
        pytest.param(psi, tau, sp.oo, target, None, id="psi at infinity"),
        pytest.param(
            psi,
            sigma,
            0,
            1 + (Q - 1) * exp(-2 * eta * tau * lam),
            domain_of((lam, sigma, tau, eta, Q)).where(lam > 0),
            id="no noise",
        ),
        pytest.param(variance, tau, 0, START, VARIANCE, id="variance at 0"),
        pytest.param(variance, tau, sp.oo, END, VARIANCE, id="variance at infinity"),
        pytest.param(log_variance(), tau, sp.oo, log(END), VARIANCE, id="its logarithm at infinity"),
        pytest.param(d(log_variance(), tau), tau, 0, RATE, VARIANCE, id="first learning speed"),
        pytest.param(two_weight, tau, sp.oo, target, TWO, id="two layers at infinity"),
        pytest.param(two_variance, tau, 0, START, TWO_PAIR, id="two layers, variance at 0"),
        pytest.param(descent, n, sp.oo, target, SMALL_STEPS, id="steps"),
        pytest.param((1 - exp(-x)) / x, x, 0, 1, None, id="0/0"),
        pytest.param(
            (x - x**2 / 2 - log(1 + x)) / x**3,
            x,
            0,
            sp.Rational(-1, 3),
            domain_of((x,)).where(x > -1),
            id="third order",
        ),
        pytest.param(Ein(lam) / lam, lam, 0, 1, None, id="Ein"),
        pytest.param(erf(sqrt(lam)) / sqrt(lam), lam, 0, 2 / sqrt(sp.pi), None, id="root"),
        pytest.param(1 / sigma, sigma, 0, sp.oo, None, id="pole"),
        pytest.param(exp(eta * tau) / tau, tau, sp.oo, sp.oo, None, id="growth"),
    ],
)
def test_true_limits_are_proved(expr, var, point, value, domain):
    decision = tends(expr, var, point, value, domain)

    assert decision.status == "proved", decision.because


@pytest.mark.parametrize(
    ("expr", "var", "point", "value"),
    [
        pytest.param(psi, tau, 0, target, id="the other end"),
        pytest.param(psi, tau, sp.oo, Q * target, id="a factor"),
        pytest.param(variance, tau, 0, sigmaT**Q * sigma0 ** (2 - 2 * Q), id="half an exponent"),
        pytest.param(variance, tau, sp.oo, END * (1 + sp.Rational(1, 10**12)), id="one part in 1e12"),
        pytest.param((1 - exp(-x)) / x, x, 0, 0, id="0/0"),
        pytest.param(1 / sigma, sigma, 0, 0, id="pole"),
    ],
)
def test_false_limits_are_refuted(expr, var, point, value):
    assert tends(expr, var, point, value).status == "refuted"


def test_a_mode_without_variance_is_not_passed_over():
    assert tends(exp(-lam * tau), tau, sp.oo, 0).status != "proved"
    assert tends(exp(-lam * tau), tau, sp.oo, 0, domain_of((lam, tau)).where(lam > 0)).status == "proved"


def test_a_limit_that_jumps_with_a_parameter_is_not_proved():
    assert tends(lam / (lam + 1 / tau), tau, sp.oo, 1).status != "proved"
    assert tends(lam * tau / (lam * tau + 1), tau, sp.oo, 1).status != "proved"
    assert tends(lam / (lam + sigma), sigma, 0, 1).status != "proved"


GROWING = domain_of((lam, sigma, tau)).where(sigma > 1)


@pytest.mark.parametrize(
    ("expr", "var", "point", "value", "domain"),
    [
        pytest.param(
            variance, sigma0, sigmaT, sigmaT**2, VARIANCE.where(sigma0 < sigmaT, tau > 0), id="a strict bound"
        ),
        pytest.param(variance, sigma0, sigmaT, sigmaT**2, VARIANCE.where(sigma0 <= sigmaT, tau > 0), id="a weak bound"),
        pytest.param(exp(-tau * (sigma - 1)), tau, sp.oo, sp.S.Zero, GROWING, id="an exponent of known sign"),
        pytest.param(erf(x) / 2, x, -sp.oo, -sp.S.Half, domain_of((x,)), id="minus infinity"),
        pytest.param(sigma * (exp(1 / sigma) - 1), sigma, sp.oo, sp.S.One, domain_of((sigma,)), id="0 times infinity"),
    ],
)
def test_a_limit_at_any_point_is_proved_and_its_double_refuted(expr, var, point, value, domain):
    assert decide(Tends("limit", expr, var, point, value, domain)).status == "proved"
    assert decide(Tends("limit", expr, var, point, 2 * value + 1, domain)).status == "refuted"


@pytest.mark.parametrize(
    ("expr", "var", "point", "value"),
    [
        pytest.param(lam * sigmaT**2 / (lam + sigmaT**2), sigmaT, sp.oo, sqrt(lam), id="open at a corner"),
        pytest.param(sqrt(Q) * exp(-2 * eta * tau), tau, sp.S.Zero, Q, id="a root of unknown sign"),
        pytest.param((1 - sigma) ** n, n, sp.oo, sp.S.Zero, id="a power that may grow"),
    ],
)
def test_a_false_limit_with_open_conditions_is_refuted(expr, var, point, value):
    decision = tends(expr, var, point, value)

    assert decision.status == "refuted"
    assert decision.witness is not None
