import sympy as sp

from theory.one_layer import SAMPLED, later, sigma0, sigmaT, variance, weight, y
from theory.relation import Both, Identity, Inequality, Monotone, Solves, Within
from theory.symbols import symbols
from verify.mutants import mutants

lam, sigma, tau = symbols("lam sigma tau")
SIMPLE = Identity(lam, lam / (lam + sigma**2))


def test_a_formula_has_at_least_twenty_distinct_mutants():
    relation = Solves(
        solution=variance(),
        var=sigma0,
        unknown=y,
        rate=2 * (1 - weight(sigma0)) / sigma0 * y,
        at=sigmaT,
        start=sigmaT**2,
    )

    found = mutants(relation, "seed")

    assert len(set(found)) == len(found) >= 20
    assert relation not in found


def test_mutants_are_the_same_for_the_same_seed():
    assert mutants(SIMPLE, "a") == mutants(SIMPLE, "a")


def test_mutants_change_only_what_is_printed():
    assert {mutant.lhs for mutant in mutants(SIMPLE, "a")} == {lam}


def test_the_usual_slips_are_among_the_mutants():
    found = {mutant.rhs for mutant in mutants(SIMPLE, "a", count=200)}

    assert -SIMPLE.rhs in found, "lost sign"
    assert 2 * SIMPLE.rhs in found, "factor two"
    assert lam / (lam + sigma) in found, "sigma for sigma squared"
    assert lam / sigma**2 in found, "dropped term"
    assert sigma / (lam + sigma**2) in found or sigma / (sigma + sigma**2) in found, "swapped symbol"


def test_comparisons_are_turned_round():
    assert Inequality(lam, "<=", sigma) in mutants(Inequality(lam, ">", sigma), "a")
    slope = Monotone(expr=lam * tau, var=tau, op=">=")
    assert Monotone(expr=lam * tau, var=tau, op="<") in mutants(slope, "a")


def test_every_part_of_a_conjunction_is_mutated():
    both = Both((SIMPLE, Within(Identity(tau, tau**2), later(SAMPLED))))

    found = mutants(both, "a")

    assert any(mutant.parts[0] != both.parts[0] for mutant in found)
    assert any(mutant.parts[1] != both.parts[1] for mutant in found)


def test_no_mutant_is_infinite_or_complex():
    for mutant in mutants(Identity(lam, sp.sqrt(lam) / tau), "a", count=100):
        assert not mutant.rhs.has(sp.zoo, sp.nan, sp.I)
