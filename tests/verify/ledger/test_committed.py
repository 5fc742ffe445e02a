"""The committed ledger, reports/verdicts.json, is that of this code, and keeps the promises of the README."""

import json
from pathlib import Path

import pytest

from verify.ledger import CLAIMS

COMMITTED = json.loads((Path(__file__).parents[3] / "reports" / "verdicts.json").read_text(encoding="utf-8"))
RECORDS = {record["id"]: record for record in COMMITTED["claims"]}
DECIDED = {"proved", "certified", "supported", "refuted", "undecided"}
HOLDS = {"proved", "certified", "supported"}


def test_it_judges_every_claim():
    assert set(RECORDS) == set(CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_it_states_what_the_ledger_states(claim):
    record = RECORDS[claim.id]

    assert record["says"] == claim.sentence
    assert record["statement_latex"] == claim.statement_latex
    assert [evidence["lane"] for evidence in record["evidence"]] == [check.lane for check in claim.checks]


def test_no_verdict_is_an_error_or_a_conflict():
    assert {record["verdict"] for record in RECORDS.values()} <= DECIDED


def test_nothing_of_ours_is_refuted():
    assert not [r["id"] for r in RECORDS.values() if r["origin"] == "ours" and r["verdict"] == "refuted"]


def test_a_refutation_has_a_witness_or_a_disproof_and_a_correction_that_holds():
    refuted = [record for record in RECORDS.values() if record["verdict"] == "refuted"]

    assert refuted
    for record in refuted:
        failed = [e for e in record["evidence"] if e["outcome"] == "fails"]
        assert any(e["witness"] or "everywhere" in e["because"] for e in failed), record["id"]
        assert RECORDS[record["corrected_by"]]["verdict"] in HOLDS, record["id"]


def test_a_lane_that_holds_has_missed_no_mutant():
    held = [(r["id"], e["mutants"]) for r in RECORDS.values() for e in r["evidence"] if e["outcome"] == "holds"]

    assert not [name for name, m in held if m["rejected"] + m["equivalent"] < m["tried"]]


def test_every_formula_stands_against_at_least_twenty_mutants():
    tried = {name: max(e["mutants"]["tried"] for e in record["evidence"]) for name, record in RECORDS.items()}

    assert not [name for name, claim in CLAIMS.items() if claim.formula and tried[name] < 20]
