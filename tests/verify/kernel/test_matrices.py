import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.kernel.matrix_statements import (
    CENTRED,
    DATA,
    DOMAIN,
    PSD,
    STATEMENTS,
    A,
    B,
    Sigma,
    U,
    W,
    d,
    lam,
    loss,
    mu,
    obligation,
    sigma,
    t,
    tau,
    u,
    unit,
    variants,
    x0,
    z,
)
from theory.matrices import (
    Commute,
    Eigenvector,
    Expect,
    Flow,
    Grad,
    Inv,
    MatrixExp,
    Moments,
    Nonsingular,
    Orthogonal,
    Orthonormal,
    PositiveDefinite,
    Rate,
    Rule,
    Symmetric,
    norm2,
)
from theory.statement import MatrixVanishes
from verify.arithmetic.matrix_instances import propose
from verify.arithmetic.matrix_values import residual
from verify.arithmetic.matrix_witness import instance
from verify.bridge import evaluate_matrix
from verify.kernel import decide, replay
from verify.trees import from_tree, to_tree


def vanishes(expr, *hypotheses):
    return decide(MatrixVanishes("test", expr, hypotheses, DOMAIN))


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_proved_in_any_dimension(name):
    decision = decide(obligation(name))
    assert decision.status == "proved", (decision.because, decision.witness)


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_variant_is_refuted_by_an_exact_instance_unless_it_is_equal(name):
    statuses = []
    for right in variants(name):
        wrong = obligation(name, right)
        decision = decide(wrong)
        statuses.append(decision.status)
        if decision.status == "proved":
            assert all(instance(wrong, seed).vanishes for seed in range(5)), right
        else:
            assert decision.status == "refuted", (right, decision.because)
            assert decision.witness.value[0] != "0"
    assert not statuses or "refuted" in statuses


@pytest.mark.parametrize("name", ["4.1.grad W", "D.1.sol", "4.3.stays aligned", "C.3.square", "E.1.q", "H.loss"])
def test_instances_agree_with_a_proof(name):
    samples = [instance(obligation(name), seed) for seed in range(4)]
    assert all(s is not None and s.vanishes for s in samples)


def test_a_proof_is_replayed_from_its_text():
    assert replay(decide(obligation("D.1.sol, mode")).proof.to_json())


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_survives_storage(name):
    assert from_tree(to_tree(obligation(name))) == obligation(name)


@pytest.mark.parametrize(
    ("expr", "hypotheses"),
    [
        pytest.param(A * B - B * A, (), id="letters do not commute"),
        pytest.param(sp.Trace(A * A) - norm2(A), (), id="a transpose matters"),
        pytest.param(W * W.T - unit, (), id="not every matrix is orthogonal"),
        pytest.param(A * Sigma - Sigma * A, (Symmetric(Sigma), Symmetric(A)), id="symmetric is not commuting"),
        pytest.param(sp.Trace(A) - 1, (), id="trace"),
        pytest.param(sp.Trace(unit) - 2, (), id="the dimension is not 2"),
        pytest.param(Expect(norm2(x0)) - sp.Trace(Sigma), DATA, id="the mean counts"),
        pytest.param(
            Expect(x0 * z.T), (Moments(x0, mu, Sigma), Moments(z, mu, unit)), id="independence is not assumed"
        ),
        pytest.param(MatrixExp(A) * MatrixExp(B) - MatrixExp(A + B), (), id="exponentials do not add"),
        pytest.param(Rate(MatrixExp(A), tau) - B * MatrixExp(A), (Flow(A, tau, B),), id="a rate that does not commute"),
        pytest.param(
            Rate(Rate(MatrixExp(A), tau), tau) - B * B * MatrixExp(A),
            (Flow(A, tau, B), Flow(B, tau, W), Commute(A, B)),
            id="what is given holds at one time only",
        ),
        pytest.param(Rate(MatrixExp(tau * A) * B, tau) - B * A * MatrixExp(tau * A), (), id="rate of an exponential"),
    ],
)
def test_what_does_not_follow_is_not_proved(expr, hypotheses):
    assert vanishes(expr, *hypotheses).status in ("refuted", "undecided")
    if not any(isinstance(h, Moments) for h in hypotheses) or len(hypotheses) > 2:
        assert vanishes(expr, *hypotheses).status == "refuted"


@pytest.mark.parametrize(
    ("expr", "hypotheses"),
    [
        pytest.param(Inv(A) * A - unit, (Nonsingular(A),), id="inverse"),
        pytest.param(
            Inv(A * B) - Inv(B) * Inv(A), (Nonsingular(A), Nonsingular(B), Nonsingular(A * B)), id="of a product"
        ),
        pytest.param(Inv(A).T - Inv(A.T), (Nonsingular(A), Nonsingular(A.T)), id="of a transpose"),
        pytest.param(Inv(A * A.T + unit) * A - A * Inv(A.T * A + unit), (), id="push through"),
        pytest.param(
            Rate(Inv(W), tau) + Inv(W) * B * Inv(W), (Nonsingular(W), Flow(W, tau, B)), id="rate of an inverse"
        ),
        pytest.param(Grad(sp.Trace(Inv(W)), W) + (Inv(W) * Inv(W)).T, (Nonsingular(W),), id="gradient of an inverse"),
        pytest.param(MatrixExp(tau * A) * MatrixExp(-tau * A) - unit, (), id="exp(A) exp(-A)"),
        pytest.param(MatrixExp(A + lam * unit) - sp.exp(lam) * MatrixExp(A), (), id="exp of a shift"),
        pytest.param(MatrixExp(A) * B - B * MatrixExp(A), (Commute(A, B),), id="exp commutes"),
        pytest.param(
            Rate(MatrixExp(A), tau) - B * MatrixExp(A), (Flow(A, tau, B), Commute(A, B)), id="rate of an exponential"
        ),
        pytest.param(MatrixExp(A).T - MatrixExp(A.T), (), id="exp of a transpose"),
        pytest.param(U.T * Sigma * U * U.T - U.T * Sigma, (Orthogonal(U),), id="orthogonal"),
        pytest.param(
            u.T * Sigma * u - sp.Identity(1) * lam, (Eigenvector(u, Sigma, lam), Orthonormal((u,))), id="Rayleigh"
        ),
        pytest.param((u * u.T) * A * (u * u.T) - sp.Trace(u.T * A * u) * u * u.T, (), id="scalars move"),
        pytest.param(Grad(sp.Trace(A) + sp.Trace(B), A) - unit, (), id="sum of traces, where SymPy's diff is 0"),
        pytest.param(Grad(sp.Trace(A * B) ** 2, A) - 2 * sp.Trace(B * A) * B.T, (), id="a power of a trace"),
        pytest.param(Grad(norm2(W), W) - 2 * W, (Symmetric(W),), id="a letter is free while one differentiates"),
        pytest.param(W * sp.Trace(A.T) - sp.Trace(A) * W, (), id="trace of a transpose"),
    ],
)
def test_rules_of_the_calculus(expr, hypotheses):
    decision = vanishes(expr, *hypotheses)
    assert decision.status == "proved", decision


def test_an_inverse_needs_a_reason():
    decision = vanishes(Inv(A) * A - unit)
    assert decision.status == "undecided"
    assert "invertible" in decision.open_conditions[0]


def test_an_inverse_does_not_exist_because_it_is_used():
    """B B = B A and A regular give B = A only if B is regular; B = 0 is another solution."""
    hypotheses = (Rule(B * B, B * A), Nonsingular(A))
    assert vanishes(Inv(B) * B - unit, *hypotheses).status == "undecided"
    assert vanishes(B - A + Inv(B) * B - unit, *hypotheses).status == "undecided"


def test_an_inverse_that_exists_only_inside_of_the_domain_is_not_proved():
    At = (1 - t) ** 2 * unit + t**2 * Sigma
    assert vanishes(Inv(At) * At - unit, *PSD).status == "undecided"
    assert vanishes(Inv(At) * At - unit, PositiveDefinite(Sigma)).status == "proved"


def test_a_divisor_that_may_be_zero_is_not_divided_by():
    zero = Rule(Sigma, sp.ZeroMatrix(d, d))
    assert vanishes(u, Eigenvector(u, Sigma, lam), zero).status != "proved"


def test_a_scalar_without_value_on_the_domain_leaves_a_condition_open():
    decision = vanishes((A - A.T) * (1 / t), Symmetric(A))
    assert decision.status == "undecided"
    assert decision.open_conditions == ("t != 0",)


@pytest.mark.parametrize(
    "expr",
    [
        pytest.param(lambda: sp.MatMul(u.T, u, W), id="1x1 times dxd"),
        pytest.param(lambda: A[0, 0] * W, id="an entry"),
        pytest.param(lambda: W * sp.log(sp.Trace(A)), id="a function of a trace"),
        pytest.param(lambda: sp.HadamardProduct(A, B), id="unknown node"),
    ],
)
def test_malformed_statements_are_errors(expr):
    with pytest.raises(ValueError, match=r"shapes|matrix|power"):
        vanishes(expr())


def test_an_unknown_hypothesis_is_an_error():
    with pytest.raises(ValueError, match="given"):
        vanishes(A - A, "A is nice")


def test_moments_above_the_second_are_not_decided():
    assert vanishes(Expect(sp.Trace(x0.T * x0) ** 2) - Expect(sp.Trace(x0.T * x0)) ** 2, *DATA).status == "refuted"
    assert vanishes(Expect(sp.Trace(x0.T * x0) ** 2) - Expect(norm2(x0 * x0.T)), *DATA).status == "undecided"


def test_an_exponential_is_refuted_by_balls():
    witness = vanishes(MatrixExp(A) * A - MatrixExp(A), Symmetric(A)).witness
    assert witness.value[1] != "0"
    assert set(witness.as_dict()) == {"point", "residual", "radius", "entry"}


def test_instances_are_the_same_for_the_same_seed():
    assert instance(obligation("4.1.grad W"), 3) == instance(obligation("4.1.grad W"), 3)


def test_the_exact_gradient_is_that_of_the_formula_in_floating_point():
    statement = MatrixVanishes("gradient", Grad(loss, W), CENTRED, DOMAIN)
    at = next(propose(statement, 1))
    exact = np.array([[float(v.p) / float(v.q) for v in row] for row in residual(statement, at).table()])
    arrays = {
        x.name: np.array([[float(v.p) / float(v.q) for v in row] for row in m.table()]) for x, m in at.letters.items()
    }
    scalars = {s.name: float(v) for s, v in at.scalars.items()}
    expected = evaluate_matrix(2 * W * (Sigma + sigma**2 * unit) - 2 * Sigma, arrays | scalars)
    assert np.allclose(exact, expected, rtol=1e-13, atol=1e-13)


def _words(letters, most=3):
    word = st.lists(st.sampled_from(letters), min_size=1, max_size=most).map(lambda w: sp.MatMul(*w).doit())
    return st.lists(st.tuples(st.integers(-2, 2), word), min_size=1, max_size=3).map(_summed)


def _summed(terms):
    return sp.MatAdd(*(k * w for k, w in terms)).doit()


_M = Sigma + sigma**2 * unit
_LETTERS = [Sigma, A, A.T, Inv(_M), U, U.T, MatrixExp(-tau * _M), u * u.T]
_GIVEN = (*PSD, Orthogonal(U), Eigenvector(u, Sigma, lam))


@settings(max_examples=25)
@given(_words(_LETTERS), _words(_LETTERS))
def test_a_proof_is_never_contradicted_by_an_instance(left, right):
    statement = MatrixVanishes("random", sp.Trace(left * right) * A - sp.Trace(right * left) * A.T, _GIVEN, DOMAIN)
    sample = instance(statement, 0)
    if decide(statement).status == "proved":
        assert sample is None or sample.vanishes


@settings(max_examples=25)
@given(_words(_LETTERS), _words(_LETTERS))
def test_expanding_and_turning_a_trace_is_always_proved(left, right):
    expr = sp.Trace(left * right) - sp.Trace(right.T * left.T)
    assert vanishes(expr, *_GIVEN).status == "proved"
