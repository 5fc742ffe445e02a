from dataclasses import replace
from importlib import import_module

import pytest
import sympy as sp

from numerics.noisy_components import spiked_scenes as measured
from verify.judge import judge
from verify.report import mathml
from verify.verdict import Outcome

SECTIONS = (
    "ours.spiked_simulated",
    "power_iteration.section_1_simulated",
    "power_iteration.section_4_simulated",
    "power_iteration.section_4_angle_simulated",
)
CLAIMS = {c.id: c for name in SECTIONS for c in import_module(f"verify.ledger.{name}").CLAIMS}
ANGLE = CLAIMS["our.spiked.angle.simulated"]


def off_by_five_percent(**cell):
    return measured.sine_squared_in_ratio(**cell).scaled(1.05)


def found(claim, **changes):
    (check,) = claim.checks
    changed = replace(check, **changes)
    return judge(changed, replace(claim, checks=(changed,)))


def short(claim, cells=2):
    """The check of a claim on its first cells."""
    return {"cells": claim.checks[0].cells[:cells]}


@pytest.mark.parametrize(
    "name",
    ["our.spiked.angle.simulated", "wdmg.decay.noise.simulated", "wdmg.eq9.simulated", "wdmg.eq12.leading.simulated"],
)
def test_a_true_statement_is_supported(name):
    evidence = found(CLAIMS[name], **short(CLAIMS[name]))

    assert evidence.outcome is Outcome.HOLDS
    assert evidence.mutants.rejected >= 10
    assert not evidence.mutants.missed


@pytest.mark.parametrize(
    ("name", "cell"),
    [("wdmg.bound.simulated", 0), ("wdmg.eq12.fixed.simulated", 0), ("wdmg.eq12.numeric.simulated", 6)],
)
def test_a_false_reading_is_refuted_and_names_its_cell(name, cell):
    claim = CLAIMS[name]
    evidence = found(claim, cells=claim.checks[0].cells[cell : cell + 1])

    assert evidence.outcome is Outcome.FAILS
    assert "gamma" in evidence.witness["point"]
    assert claim.corrected_by


def test_a_simulation_that_is_off_by_five_percent_is_seen():
    assert found(ANGLE, sample=off_by_five_percent, **short(ANGLE)).outcome is Outcome.FAILS


def test_too_few_draws_decide_nothing():
    evidence = found(ANGLE, trials=(20, 20, 20), **short(ANGLE))

    assert evidence.outcome is Outcome.UNDECIDED
    assert "underpowered" in evidence.because


def test_one_size_decides_nothing():
    assert found(ANGLE, points=(100,), trials=(2000,)).outcome is Outcome.UNDECIDED


def test_a_wrong_order_of_modes_is_refuted():
    claim = CLAIMS["wdmg.emerge.simulated"]
    (check,) = claim.checks

    assert all(check.probe(slip, claim).outcome is Outcome.FAILS for slip in claim.slips)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_is_shown_as_mathematics_and_every_letter_has_a_range(claim):
    letters = set(sp.Tuple(*_expressions(claim.relation)).free_symbols)

    assert "<code" not in str(mathml.statement(claim.relation.latex()))
    assert letters - set(claim.domain.symbols) <= {getattr(claim.relation, "var", None)}
    assert claim.reading or claim.origin == "ours" or claim.source == "reconstructed"


def _expressions(relation):
    parts = getattr(relation, "parts", (relation,))
    return [part.formula for part in parts]
