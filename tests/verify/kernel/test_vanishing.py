"""An identity is proved where it holds with all its conditions, and nowhere else."""

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.kernel.formulas import (
    Q,
    a,
    d,
    erf,
    exp,
    identities,
    lam,
    log,
    n,
    psi,
    sigma,
    sqrt,
    target,
    tau,
    x,
    y,
)
from theory.domain import domain_of
from theory.functions import Ein
from theory.statement import Vanishes
from verify.kernel import decide

IDENTITIES = identities()
M = sigma**2 + lam
atoms = st.sampled_from([lam + 1, sigma, x, y, sp.Integer(2), sp.Rational(-1, 3), sp.pi])


def _wider(inner):
    pair = st.tuples(inner, inner)
    one = st.sampled_from([exp, erf, lambda u: log(1 + u**2), lambda u: sqrt(1 + u**2), lambda u: 1 / (1 + u**2)])
    return pair.map(lambda p: p[0] + p[1]) | pair.map(lambda p: p[0] * p[1]) | st.builds(lambda f, u: f(u), one, inner)


expressions = st.recursive(atoms, _wider, max_leaves=4)
rewritings = st.sampled_from(
    [sp.expand, sp.together, lambda e: sp.expand((e + 1) ** 2 - e**2 - 1) / 2, lambda e: sp.log(sp.exp(e)), sp.powsimp]
)


def vanishes(expr, *conditions, domain=None):
    """Return the decision about an expression on a domain, by default the widest."""
    base = domain or domain_of(sorted(expr.free_symbols, key=str))
    return decide(Vanishes("claim", expr, base.where(*conditions)))


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_laws_of_the_papers_are_proved(name):
    decision = decide(IDENTITIES[name])

    assert decision.status == "proved", decision.because


@pytest.mark.parametrize(
    "expr",
    [
        pytest.param(sqrt(x**2 + 2 * x * y + y**2) - x - y, id="root of a square of unknown sign"),
        pytest.param(sqrt(x**2) - x, id="modulus"),
        pytest.param(exp(x + y) - exp(x) * exp(y) * (1 + sp.Rational(1, 10**12)), id="one part in 1e12"),
        pytest.param((-1) ** n - 1, id="alternating sign"),
        pytest.param((-2) ** n - 2**n, id="power of a negative base"),
        pytest.param(erf(x) + erf(-2 * x), id="odd function"),
        pytest.param(x - y, id="two symbols"),
    ],
)
def test_what_is_false_is_refuted_at_an_exact_point(expr):
    decision = vanishes(expr)

    assert decision.status == "refuted"
    assert decision.witness is not None
    assert abs(float(decision.witness.value[0])) > float(decision.witness.value[1])


@pytest.mark.parametrize(
    ("expr", "conditions"),
    [
        pytest.param((x**2 - 1) / (x - 1) - x - 1, (), id="denominator"),
        pytest.param(log(x**2) - 2 * log(x), (), id="logarithm"),
        pytest.param(sqrt(x) * sqrt(x**3) - x**2, (), id="root"),
        pytest.param(Ein(a) - sp.EulerGamma - log(a) + sp.Ei(-a), (), id="Ei at 0"),
        pytest.param(d(sqrt(lam), lam) * 2 * sqrt(lam) - 1, (), id="slope of a root at 0"),
    ],
)
def test_what_needs_an_open_condition_is_not_proved(expr, conditions):
    decision = vanishes(expr, *conditions)

    assert decision.status == "undecided"
    assert decision.open_conditions


@pytest.mark.parametrize(
    ("expr", "conditions"),
    [
        pytest.param((x**2 - 1) / (x - 1) - x - 1, (sp.Ne(x, 1),), id="denominator"),
        pytest.param(log(x**2) - 2 * log(x), (x > 0,), id="logarithm"),
        pytest.param(Ein(a) - sp.EulerGamma - log(a) + sp.Ei(-a), (tau > 0,), id="Ei away from 0"),
        pytest.param(sqrt(x**2) + x, (x < 0,), id="modulus of a negative number"),
        pytest.param(log(exp(2 * x) - 1) - log(exp(x) - 1) - log(exp(x) + 1), (x > 0,), id="splitting logarithm"),
        pytest.param((lam + 1) ** (x + y) - (lam + 1) ** x * (lam + 1) ** y, (), id="symbolic power"),
        pytest.param((-x) ** n - (-1) ** n * x**n, (), id="integer power of any base"),
        pytest.param(4**n - (-2) ** n * (-2) ** n, (), id="integer power of a number"),
        pytest.param(d(Ein(a), tau) * tau - 1 + exp(-a), (), id="slope of Ein, at 0 too"),
        pytest.param(d(x**2 * erf(x) * exp(y), x, y, x) - d(d(x**2 * erf(x) * exp(y), y), (x, 2)), (), id="mixed"),
        pytest.param((x - y) * exp(x), (sp.Eq(x, y),), id="equality of the domain"),
        pytest.param(sqrt(8) - 2 * sqrt(2), (), id="numbers"),
        pytest.param(exp(x / 2) ** 3 - exp(x) * exp(x / 2), (), id="finer exponent"),
        pytest.param(
            sqrt(sigma**2 + lam) * (sigma**2 + lam) ** sp.Rational(1, 3) - (sigma**2 + lam) ** sp.Rational(5, 6),
            (),
            id="roots",
        ),
    ],
)
def test_the_same_with_its_condition_is_proved(expr, conditions):
    decision = vanishes(expr, *conditions)

    assert decision.status == "proved", decision.because


@settings(max_examples=60)
@given(expressions, rewritings)
def test_an_expression_is_never_found_different_from_its_rewriting(expr, rewrite):
    assert vanishes(expr - rewrite(expr)).status != "refuted"


@settings(max_examples=60)
@given(expressions, st.sampled_from([sp.Rational(1, 10**12), exp(x) / 10**12, lam + 1]))
def test_a_perturbed_expression_is_never_accepted(expr, perturbation):
    assert vanishes(sp.expand(expr) - expr + perturbation).status != "proved"


def test_symbols_of_one_name_and_different_signs_are_different():
    assert vanishes(sp.Symbol("z", real=True) - sp.Symbol("z", positive=True)).status != "proved"


def test_a_domain_without_points_proves_nothing():
    empty = domain_of((x, y)).where(x > y, y > x)

    assert vanishes(log(exp(2 * x) * exp(y)) - 2 * x - y, domain=empty).status == "undecided"


def test_an_unknown_function_is_undecided():
    assert vanishes(sp.sin(x) ** 2 + sp.cos(x) ** 2 - 1).status == "undecided"


def test_the_initial_value_is_proved_at_the_corner():
    assert vanishes(psi.xreplace({tau: sp.S.Zero}) - Q).status == "proved"
    assert vanishes(psi.xreplace({tau: sp.S.Zero}) - target).status == "refuted"
