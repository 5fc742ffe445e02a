import pytest
import sympy as sp

from tests.verify.checks import draws
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import Both, Identity, Inequality, LimitIs
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.compared import Compared
from verify.checks.every_size import AtEverySize
from verify.checks.limit import InTheLimit
from verify.claim import Claim
from verify.judge import judge
from verify.runner import attempt
from verify.verdict import Outcome, Verdict, fold

x, d = symbols("x d")
MEAN, A, B = Mean("Y", x, d), Mean("A", x), Mean("B", x)
CELLS = cells(x=(1.0, 2.0, 3.0))
SIZES = AtEverySize(sample=draws.around_a_square, cells=CELLS, trials=100_000, margin=0.02)
LIMIT = InTheLimit(
    sample=draws.approaching, cells=CELLS, points=(10, 20, 40), trials=(200_000,) * 3, margin=0.03, relative=False
)
PAIRS = Compared(draws=draws.pairs, observables=("A", "B"), cells=cells(x=(0.0, 1.0)), trials=4000)


def everywhere(value):
    return Identity(MEAN, sp.sympify(value))


def limit(value):
    return LimitIs(expr=MEAN, var=d, point=sp.oo, value=sp.sympify(value))


def claim(check, relation, **fields):
    domain = domain_of((x, d))
    return Claim(
        id="our.t", says="", where="", source="ours", relation=relation, domain=domain, checks=(check,), **fields
    )


@pytest.mark.parametrize(
    ("check", "relation", "outcome"),
    [
        pytest.param(SIZES, everywhere(x**2), Outcome.HOLDS, id="true"),
        pytest.param(SIZES, everywhere(x**2 * sp.Rational(105, 100)), Outcome.FAILS, id="off by 5 %"),
        pytest.param(SIZES, everywhere(2 * x**2), Outcome.FAILS, id="wrong factor"),
        pytest.param(LIMIT, limit(x**2), Outcome.HOLDS, id="true limit"),
        pytest.param(LIMIT, limit(x**2 + sp.Rational(1, 10)), Outcome.FAILS, id="wrong limit"),
        pytest.param(LIMIT, limit(x**2 + sp.Rational(1, 40)), Outcome.UNDECIDED, id="off by less than the margin"),
        pytest.param(SIZES, limit(x**2), Outcome.UNDECIDED, id="a limit from one size"),
        pytest.param(LIMIT, everywhere(x**2), Outcome.UNDECIDED, id="every size from a limit"),
        pytest.param(SIZES, everywhere(sp.log(-x)), Outcome.UNDECIDED, id="a formula without value"),
        pytest.param(LIMIT, limit(sp.log(-x)), Outcome.UNDECIDED, id="a limit without value"),
    ],
)
def test_a_formula_is_judged_by_its_tests(check, relation, outcome):
    assert judge(check, claim(check, relation)).outcome is outcome


@pytest.mark.parametrize("check", [SIZES, LIMIT], ids=["sizes", "limit"])
def test_variants_within_the_resolution_are_not_called_false_and_all_others_are_rejected(check):
    found = judge(check, claim(check, (everywhere if check is SIZES else limit)(x**2)))

    assert found.mutants.tried >= 10
    assert found.mutants.missed == 0


@pytest.mark.parametrize(
    ("check", "relation"),
    [
        (AtEverySize(sample=draws.around_a_square, cells=CELLS, trials=100, margin=0.02), everywhere(x**2)),
        (
            InTheLimit(sample=draws.approaching, cells=CELLS, points=(10, 20, 40), trials=(200,) * 3, margin=0.02),
            limit(x**2),
        ),
        (Compared(draws=draws.pairs, observables=("A", "B"), cells=CELLS, trials=4), Inequality(A, "<", B)),
    ],
    ids=["sizes", "limit", "order"],
)
def test_too_few_draws_decide_nothing(check, relation):
    found = judge(check, claim(check, relation, formula=False))

    assert found.outcome is Outcome.UNDECIDED
    assert "underpowered" in found.because


@pytest.mark.parametrize(("sample", "outcome"), [(draws.unlucky, Outcome.HOLDS), (draws.biased, Outcome.FAILS)])
def test_a_rejection_at_one_percent_is_looked_at_again_with_fresh_draws(sample, outcome):
    check = AtEverySize(sample=sample, cells=cells(x=(1.0,)), trials=50_000, margin=0.03)
    found = judge(check, claim(check, everywhere(x**2)))

    assert "second look" in found.figures
    assert found.outcome is outcome


@pytest.mark.parametrize("points", [(10,), (10, 20), (20, 20, 20)], ids=str)
def test_a_limit_is_not_judged_from_fewer_than_three_sizes(points):
    check = InTheLimit(sample=draws.approaching, cells=CELLS, points=points, trials=(10,) * len(points), margin=0.02)

    assert "sizes" in judge(check, claim(check, limit(x**2))).because


def test_means_that_no_line_extrapolates_decide_nothing():
    check = InTheLimit(sample=draws.bent, cells=CELLS, points=(4, 40, 400), trials=(10**6,) * 3, margin=0.02)

    assert "do not lie" in judge(check, claim(check, limit(x**2))).because


def test_a_simulation_that_fails_is_an_error_and_no_pass():
    check = AtEverySize(sample=draws.failed, cells=CELLS, trials=10, margin=0.02)
    evidence, _ = attempt(check, claim(check, everywhere(x**2)))

    assert fold([evidence]).verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("relation", "outcome"),
    [
        (Inequality(A, "<", B), Outcome.HOLDS),
        (Inequality(A, ">=", B), Outcome.FAILS),
        (Both((Inequality(A, "<", B), Inequality(B, "<", x + 1))), Outcome.HOLDS),
        (Both((Inequality(A, "<", B), Inequality(B, "<", x - 1))), Outcome.FAILS),
        (Inequality(A * B, "<", x + 3), Outcome.UNDECIDED),
        (Inequality(Mean("C", x), "<", B), Outcome.UNDECIDED),
        (everywhere(x), Outcome.UNDECIDED),
    ],
)
def test_expectations_are_compared_in_pairs(relation, outcome):
    judged = claim(PAIRS, relation, formula=False, slips=(Inequality(B, "<", A),))

    assert judge(PAIRS, judged).outcome is outcome


def test_a_refuted_statement_is_refuted_by_this_lane_alone():
    evidence = judge(SIZES, claim(SIZES, everywhere(2 * x**2)))

    assert fold([evidence]).verdict is Verdict.REFUTED
