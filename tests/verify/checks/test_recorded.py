import json
from dataclasses import replace

import pytest
import sympy as sp

from numerics.experiments.experiment import load
from numerics.experiments.perform import Asked, perform
from theory.domain import domain_of
from theory.relation import Both, Identity, Inequality
from theory.symbols import symbols
from verify import recorded
from verify.checks.recorded import InResults
from verify.claim import Claim
from verify.fingerprint import evidence_key
from verify.judge import judge
from verify.verdict import Outcome

lam, mu = symbols("lam mu")
CHECK = InResults(quantities=(("lam", "random_walk", "variance"), ("mu", "random_walk", "expected")), lane="statistics")


def claim(relation, slips=()):
    return Claim(
        id="our.test",
        says="",
        where="",
        source="ours",
        relation=relation,
        domain=domain_of((lam, mu)),
        checks=(CHECK,),
        slips=slips,
        formula=False,
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with the result of the random walk, variance 10.1 within 9.85 .. 10.43 after 10 steps."""
    monkeypatch.setattr(recorded, "FOLDERS", (tmp_path / "experiments",))
    perform(Asked(experiment=load("random_walk"), size="quick", out=tmp_path), lambda done, total, what: None)
    return tmp_path / "experiments"


def found(relation):
    return CHECK.probe(relation, claim(relation))


@pytest.mark.parametrize(
    ("relation", "outcome"),
    [
        (Inequality(lam, ">", sp.Integer(9)), Outcome.HOLDS),
        (Inequality(sp.Abs(lam - mu), "<", sp.Integer(1)), Outcome.HOLDS),
        (Inequality(lam, "<", sp.Integer(9)), Outcome.FAILS),
        (Inequality((lam - 10) ** 2, ">", sp.Integer(1)), Outcome.FAILS),
        (Inequality((lam - 10) ** 2, ">", sp.Rational(1, 4)), Outcome.UNDECIDED),
        (Inequality(lam, "<", sp.Rational(49, 5)), Outcome.UNDECIDED),
        (Inequality((lam - 10) ** 2, "<=", sp.Rational(1, 100)), Outcome.UNDECIDED),
        (Inequality(lam, ">", mu), Outcome.UNDECIDED),
        (Inequality(sp.log(-lam), ">", mu), Outcome.UNDECIDED),
        (Both((Inequality(lam, ">", mu), Inequality(lam, "<", sp.Integer(9)))), Outcome.FAILS),
        (Both((Inequality(lam, ">", mu), Inequality(lam, ">", sp.Integer(9)))), Outcome.UNDECIDED),
        (Identity(lam, mu), Outcome.UNDECIDED),
        (Inequality(sp.Symbol("nobody"), ">", mu), Outcome.UNDECIDED),
    ],
)
def test_a_comparison_holds_on_the_whole_interval_and_fails_on_all_of_a_wider_one(folder, relation, outcome):
    assert found(relation).outcome is outcome


def test_slips_are_rejected_or_the_lane_is_not_believed(folder):
    right, wrong = Inequality(lam, ">", sp.Integer(9)), Inequality(lam, ">", sp.Integer(11))

    assert judge(CHECK, claim(right, (wrong,))).outcome is Outcome.HOLDS
    assert judge(CHECK, claim(right, (Inequality(lam, ">", sp.Integer(8)),))).outcome is Outcome.UNDECIDED


def test_without_a_result_nothing_is_decided(tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "FOLDERS", (tmp_path,))

    assert found(Inequality(lam, ">", sp.S.Zero)).because == "not run: lindiff train random_walk"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told["provenance"]["settings"].update(walkers=5),
        lambda told: told["provenance"].update(settings_hash="0"),
        lambda told: told["provenance"].update(code_hash="0"),
        lambda told: told.update(size="full"),
        lambda told: told.update(experiment="another"),
        lambda told: told.update(schema=0),
    ],
)
def test_a_result_of_other_settings_or_code_is_stale(folder, spoil):
    path = folder / "random_walk.quick.json"
    told = json.loads(path.read_text())
    spoil(told)
    path.write_text(json.dumps(told))

    assert found(Inequality(lam, ">", sp.S.Zero)).because == "stale: lindiff train random_walk --quick"


def test_a_broken_file_or_a_missing_number_decides_nothing(folder):
    path = folder / "random_walk.quick.json"
    path.write_text(path.read_text().replace('"expected": 10.0', '"expected": null'))
    assert "holds no number expected" in found(Inequality(lam, ">", mu)).because

    path.write_text("{")
    assert found(Inequality(lam, ">", mu)).outcome is Outcome.UNDECIDED


def test_evidence_depends_on_the_bytes_of_the_result(folder):
    told = claim(Inequality(lam, ">", sp.S.Zero))
    before = evidence_key(told, CHECK)
    path = folder / "random_walk.quick.json"
    path.write_text(path.read_text() + "\n")

    assert evidence_key(told, CHECK) != before


def test_a_stand_in_for_another_experiment_refutes_no_claim_but_still_rejects_a_variant(folder):
    stand_in, wrong = replace(CHECK, refutes=False), Inequality(lam, "<", sp.Integer(9))
    right = Inequality(lam, ">", sp.Integer(9))

    assert stand_in.probe(wrong, claim(wrong)).outcome is Outcome.UNDECIDED
    assert stand_in.probe(wrong, claim(right)).outcome is Outcome.FAILS
    assert judge(stand_in, claim(right, (wrong,))).outcome is Outcome.HOLDS
