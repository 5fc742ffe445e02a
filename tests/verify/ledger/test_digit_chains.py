from importlib import import_module

import pytest
import sympy as sp

from theory.relation import Both, Inequality
from theory.symbols import symbols
from verify.ledger.power_iteration.lanes_mnist import Found, claim, places, relation
from verify.verdict import Outcome

SECTIONS = (
    "power_iteration.section_3_mnist",
    "power_iteration.section_4_mnist",
    "power_iteration.section_4_1_mnist",
    "power_iteration.section_4_1_generated_mnist",
    "power_iteration.section_5_mnist",
    "ours.digit_chains",
    "ours.jacobian_networks",
)
CLAIMS = {c.id: c for name in SECTIONS for c in import_module(f"verify.ledger.{name}").CLAIMS}
LISTED = [
    "abs-emerge",
    "abs-deep",
    "lowfreq",
    "relevant",
    "mnist-linear",
    "fig1",
    "lowdim",
    "fig2",
    "fig2.order",
    "fig3",
    "A4.2.support",
    "A4.2.order",
    "leak",
    "leak.order",
    "fig5",
    "fig6a",
    "fig6b",
    "fig6c",
    "fig7",
    "fig7.order",
    "fig7.relevance",
    "bg-shrink",
    "concl.order",
    "concl.deep",
    "27sym",
]


@pytest.mark.parametrize("name", LISTED)
def test_every_statement_on_digits_has_a_claim(name):
    assert any(key == f"wdmg.{name}" or key.startswith(f"wdmg.{name}.") for key in CLAIMS)


@pytest.mark.parametrize("key", CLAIMS)
def test_a_claim_on_digits_says_which_settings_ran_and_stands_against_false_variants(key):
    found = CLAIMS[key]

    assert len(found.slips) >= 3
    assert found.reading
    assert all(slip != found.relation for slip in found.slips)


@pytest.mark.parametrize("key", CLAIMS)
def test_every_verdict_on_digits_rests_on_stored_results(key):
    (check,) = CLAIMS[key].checks

    found = check.probe(CLAIMS[key].relation, CLAIMS[key])
    assert found.outcome in (Outcome.HOLDS, Outcome.FAILS) or found.because == "within the interval of the estimate"


def test_all_places_are_compared_with_one_bound():
    (order1, order2) = symbols("order1 order2")
    found = Found(
        letter="order", places=places("chain_angles", "accumulated centred", "order"), op="<", bound=sp.S.Zero
    )

    assert relation((found,)) == Both((Inequality(order1, "<", sp.S.Zero), Inequality(order2, "<", sp.S.Zero)))
    assert found.quantities[1] == ("order2", "chain_angles", "variations.centred.order")


def test_a_claim_that_one_setting_breaks_fails():
    found = Found(letter="part", places=places("chain_products", "fresh shared", "share"), op=">", bound=sp.S.Half)
    made = claim("our.test", "", "", "planted", found, slips=((found.but("<", 0),),))

    assert made.checks[0].probe(made.relation, made).outcome is Outcome.FAILS
