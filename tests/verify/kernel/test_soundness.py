"""Whatever is proved holds at every point that is tried, whatever is refuted fails at its witness, by mpmath too."""

import mpmath
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.kernel.formulas import Ei, erf, exp, lam, log, n, sigma, sqrt, x, y
from theory.domain import domain_of
from theory.functions import Ein
from theory.statement import Compares, Tends, Vanishes
from verify.arithmetic.balls import Undefined, ball
from verify.arithmetic.points import FAILS, find, points
from verify.kernel import decide
from verify.kernel.domains import complete

R = sp.Rational
tiny = R(1, 10**12)
OPS = st.sampled_from([">", ">=", "<", "<=", "!="])
ATOMS = st.sampled_from([x, y, lam, sigma, n, sp.S.One, sp.Integer(2), R(-1, 3)])
CONDITIONS = st.sampled_from(
    [
        (), (x > 0,), (x >= 0,), (x >= 0, x <= 1), (x < y,), (x <= y,), (sp.Ne(x, y),), (x > y, y > 0), (lam < sigma,),
        (lam * sigma <= 1,), (x**2 + y**2 <= 1,), (sp.Eq(x, y),), (x * y > 0,), (sp.Eq(x * y, 1),), (x + y >= 1, n > 0),
    ]
)  # fmt: skip
ONE = [exp, lambda u: exp(-(u**2)), erf, sp.Abs, lambda u: log(1 + u**2), lambda u: sqrt(1 + u**2), lambda u: 1 / u]
ONE += [lambda u: u**2, Ein, lambda u: -u, sqrt, log, lambda u: Ei(-u), lambda u: u**n, lambda u: exp(-1 / u)]
PERTURBED = st.sampled_from([sp.S.Zero, tiny, -tiny, tiny * x, tiny * exp(-lam)])


def _wider(inner):
    pair = st.tuples(inner, inner)
    one = st.builds(lambda f, u: f(u), st.sampled_from(ONE), inner)
    return one | pair.map(lambda p: p[0] + p[1]) | pair.map(lambda p: p[0] * p[1]) | pair.map(lambda p: p[0] - p[1])


def _is_real(expr):
    return not expr.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I)


expressions = st.recursive(ATOMS, _wider, max_leaves=5).filter(_is_real)


def _domain(expr, conditions):
    symbols = expr.free_symbols.union({x}, *(c.free_symbols for c in conditions))
    return domain_of(sorted(symbols, key=str)).where(*conditions)


def _mpmath(expr, witness):
    """Return the value at a witness; None where mpmath or the witness has no exact one."""
    named = {s.name: s for s in expr.free_symbols}
    if any("[" in value for _, value in witness.point):
        return None
    at = {named[name]: R(value) for name, value in witness.point if name in named}
    order = sorted(at, key=str)
    ein = lambda u: mpmath.quad(lambda v: (1 - mpmath.exp(-v)) / v if v else 1, [0, u])  # noqa: E731
    with mpmath.workdps(60):
        value = sp.lambdify(order, expr, modules=[{"Ein": ein, "Ei": mpmath.ei}, "mpmath"])
        found = value(*(mpmath.mpf(int(at[s].p)) / int(at[s].q) for s in order))
    return found if mpmath.isfinite(found) and abs(mpmath.im(found)) < 1e-40 else None


def _agrees(expr, op, domain):
    """Assert that what the kernel says of expr op 0 on the domain is so."""
    obligation = Vanishes("fuzz", expr, domain) if op == "==" else Compares("fuzz", expr, op, domain)
    decision = decide(obligation)
    if decision.status == "proved":
        assert find(expr, FAILS[op], complete(domain, expr), 100) is None
    if decision.status == "refuted":
        value = _mpmath(expr, decision.witness)
        held = {">": lambda v: v > 0, ">=": lambda v: v >= 0, "<": lambda v: v < 0, "<=": lambda v: v <= 0}
        held |= {"!=": lambda v: v != 0, "==": lambda v: abs(v) < 1e-45}
        assert value is None or not held[op](mpmath.re(value))


@settings(max_examples=80)
@given(expressions, OPS, CONDITIONS, PERTURBED)
def test_signs_hold_where_they_are_proved_and_fail_at_their_witness(expr, op, conditions, perturbation):
    _agrees(expr + perturbation, op, _domain(expr + perturbation, conditions))


@settings(max_examples=50)
@given(expressions, st.sampled_from([sp.expand, sp.together, sp.factor, sp.logcombine]), CONDITIONS, PERTURBED)
def test_identities_hold_where_they_are_proved_and_fail_at_their_witness(expr, rewrite, conditions, perturbation):
    gap = rewrite(expr) - expr + perturbation
    _agrees(gap, "==", _domain(gap, conditions))


@settings(max_examples=50)
@given(expressions, st.sampled_from([sp.S.Zero, sp.S.One, sp.oo, R(-1, 3)]), CONDITIONS)
def test_a_limit_that_is_proved_is_approached(expr, point, conditions):
    domain = _domain(expr, conditions)
    value = _guess(expr, point)
    if value is None or decide(Tends("fuzz", expr, x, point, value, domain)).status != "proved":
        return
    near = {"x": 10**4} if point is sp.oo else {"x": point + R(1, 10**6)}
    for at in points(domain, 20):
        _is_near(expr, value, dict(at), near["x"], domain)


def _guess(expr, point):
    """Return a value to ask for; only what is simply substituted, or 0."""
    found = expr.xreplace({x: point}) if point is not sp.oo else sp.S.Zero
    return found if _is_real(found) else sp.S.Zero


def _is_near(expr, value, at, near, domain):
    at[x] = sp.Rational(near)
    if not all(isinstance(v, sp.Rational) and abs(v) <= 4 for s, v in at.items() if s != x):
        return
    try:
        if all(bool(c.xreplace(at)) for c in domain.conditions):
            assert abs(ball(expr, at, 256) - ball(value, at, 256)) < 0.7
    except Undefined:
        return


@pytest.mark.parametrize(
    "curve",
    [
        pytest.param(sp.Eq((x**2 + 1) / x, 0, evaluate=False), id="a pole is no zero"),
        pytest.param(sp.Eq(sp.Abs(x) / x, 0, evaluate=False), id="a jump is no zero"),
        pytest.param(sp.Eq(n**2, 2, evaluate=False), id="no integer between"),
    ],
)
def test_a_change_of_sign_without_a_zero_gives_no_point(curve):
    domain = domain_of((x, n)).where(curve)

    assert next(points(domain, 1), None) is None
    assert decide(Vanishes("empty", (x + n) - (n + x) + log(exp(x)) - x, domain)).status == "undecided"
    assert decide(Compares("empty", exp(x + n), ">", domain, some=True)).status != "proved"


@pytest.mark.parametrize(
    ("expr", "value", "conditions"),
    [
        pytest.param(sigma * (exp(1 / sigma) - 1), 0, (), id="a slow generator beside a power"),
        pytest.param(sqrt(sigma**2 + sigma) - sigma, 0, (), id="cancelling roots"),
        pytest.param(sigma ** (1 - lam), 0, (lam > 0,), id="a power that may grow"),
        pytest.param(exp(sigma) * (erf(sigma) - erf(sigma + 1)) * exp(sigma**2), 0, (), id="tails"),
        pytest.param(exp(-sigma) / (exp(-lam * sigma) + exp(-2 * lam * sigma)), 0, (), id="exponents in any order"),
        pytest.param(2**n * (R(2, 3)) ** n, 0, (), id="product of powers"),
    ],
)
def test_a_limit_that_only_looks_small_is_not_proved(expr, value, conditions):
    domain = domain_of(sorted(expr.free_symbols, key=str)).where(*conditions)
    var = n if expr.has(n) else sigma

    assert decide(Tends("false", expr, var, sp.oo, sp.sympify(value), domain)).status != "proved"


def test_a_limit_outside_of_the_domain_is_neither_proved_nor_refuted():
    bounded = domain_of((lam, sigma)).where(lam * sigma < 1, lam > 0)

    assert decide(Tends("nowhere", lam, sigma, sp.oo, sp.S.Zero, bounded)).status == "undecided"
    assert decide(Tends("nowhere", n, n, sp.S.Zero, sp.S.Zero, domain_of((n,)))).status == "undecided"
