import pytest
import sympy as sp

from numerics.measured import Measured
from theory.domain import domain_of
from theory.relation import Identity, Inequality
from theory.symbols import symbols
from verify.checks.observed import Observed
from verify.claim import Claim
from verify.verdict import Outcome

(lam,) = symbols("lam")
ONE = sp.S.One


def small() -> Measured:
    return Measured(value=1.5, error=0.1)


def large() -> Measured:
    return Measured(value=3.0, error=0.1)


def found(relation):
    check = Observed(measures=(("small", small), ("large", large)))
    claim = Claim(
        id="our.test", says="", where="", source="ours", relation=relation, domain=domain_of((lam,)), checks=(check,)
    )
    return check.probe(relation, claim)


@pytest.mark.parametrize(
    ("relation", "outcome"),
    [
        (Inequality(lam, ">", ONE), Outcome.HOLDS),
        (Inequality(lam, "<", sp.Integer(4)), Outcome.HOLDS),
        (Inequality(lam, ">", sp.Integer(2)), Outcome.FAILS),
        (Inequality(lam, ">", sp.Rational(3, 2)), Outcome.UNDECIDED),
        (Inequality(sp.sqrt(-lam), ">", ONE), Outcome.UNDECIDED),
        (Identity(lam, ONE), Outcome.UNDECIDED),
    ],
)
def test_an_inequality_holds_only_where_it_does_on_every_data_set_within_its_error(relation, outcome):
    assert found(relation).outcome is outcome


def test_a_failure_names_the_data_sets():
    assert found(Inequality(lam, ">", sp.Integer(2))).because == "fails on small"
