import json
from pathlib import Path

import pytest

from theory.derivations import derivation_of
from verify.judge import variants
from verify.ledger import CLAIMS
from verify.verdict import Verdict

REPORTS = Path(__file__).parents[3] / "reports"
SPINE = (Path(__file__).parent / "spine_ids.txt").read_text().split()


@pytest.fixture(scope="module")
def committed():
    return {claim["id"]: claim for claim in json.loads((REPORTS / "verdicts.json").read_text())["claims"]}


def test_every_claim_of_the_one_layer_theory_is_in_the_ledger():
    missing = [name for name in SPINE if not any(k == name or k.startswith(f"{name}.") for k in CLAIMS)]

    assert not missing


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_is_complete(claim):
    assert claim.says and claim.where
    assert claim.statement_latex
    assert claim.relation.obligations(claim.domain)
    if claim.derived_in is not None:
        assert derivation_of(claim.derived_in)
    if claim.corrected_by is not None:
        assert CLAIMS[claim.corrected_by].origin == "ours"


@pytest.mark.parametrize("claim", [c for c in CLAIMS.values() if c.formula], ids=lambda c: c.id)
def test_a_formula_stands_against_at_least_twenty_mutants(claim):
    assert len(variants(claim)) >= 20


def test_the_committed_ledger_is_of_these_claims(committed):
    assert set(committed) <= set(CLAIMS)


def test_the_committed_ledger_has_no_error_and_no_conflict(committed):
    bad = {name for name, claim in committed.items() if claim["verdict"] in (Verdict.ERROR, Verdict.CONFLICT)}

    assert not bad


def test_a_lane_that_holds_has_missed_no_mutant(committed):
    for claim in committed.values():
        for evidence in claim["evidence"]:
            tally = evidence["mutants"]
            if evidence["outcome"] == "holds":
                assert tally["tried"] == tally["rejected"] + tally["equivalent"], claim["id"]


def test_a_refuted_claim_has_a_witness_or_a_reason(committed):
    for claim in committed.values():
        if claim["verdict"] == Verdict.REFUTED:
            assert any(e["outcome"] == "fails" and (e["witness"] or e["because"]) for e in claim["evidence"])
