import pytest
import sympy as sp

from theory.domain import domain_of
from theory.latex import render
from theory.observable import Mean
from theory.relation import Identity, Inequality, LimitIs, Monotone
from theory.symbols import symbols
from verify.checks.kernel import Kernel
from verify.checks.property import Property
from verify.claim import Claim
from verify.fingerprint import canonical
from verify.judge import judge
from verify.mutants import mutants
from verify.provable import proves
from verify.verdict import Outcome

d, gamma = symbols("d gamma")
MEAN = Mean(r"\sin\theta", d, gamma)
RELATIONS = [
    Identity(MEAN, gamma),
    Identity(MEAN, sp.S.Zero),
    LimitIs(expr=MEAN, var=d, point=sp.oo, value=gamma),
    Inequality(MEAN, ">", gamma),
    Inequality(MEAN**2, ">=", sp.S.Zero),
    Monotone(expr=MEAN, var=d, op="<="),
]


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: r.latex())
@pytest.mark.parametrize("check", [Kernel(), Property()], ids=lambda c: c.lane)
def test_nothing_but_a_test_on_draws_decides_about_an_expectation(check, relation):
    claim = Claim(
        id="our.t", says="", where="", source="ours", relation=relation, domain=domain_of((d, gamma)), checks=(check,)
    )

    assert judge(check, claim).outcome is Outcome.UNDECIDED
    assert not proves(relation, claim)


def test_an_expectation_is_printed_with_its_observable():
    assert render(2 * MEAN**2) == r"2 \mathbb{E}\left[\sin\theta\right]^{2}"


def test_the_observable_is_no_place_for_a_slip():
    assert all(mutant.lhs == MEAN for mutant in mutants(RELATIONS[0], "t"))


def test_other_observables_are_other_statements():
    assert canonical(MEAN) != canonical(Mean(r"\cos\theta", d, gamma))
    assert canonical(MEAN) != canonical(Mean(r"\sin\theta", d))
