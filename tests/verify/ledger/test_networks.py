import json
from importlib import import_module
from pathlib import Path

import pytest

from numerics.experiments.experiment import names
from numerics.experiments.result import text_of
from verify import recorded
from verify.checks.recorded import InResults
from verify.judge import judge
from verify.verdict import Outcome

HERE = Path(__file__).parent
IDS = (HERE / "network_ids.txt").read_text().split()
PARTS = ("appendix_I", "section_6", "section_6_images", "section_6_2", "section_6_2_linear", "section_7")
SECTIONS = (*(f"spectral_bias.{part}" for part in PARTS), "ours.practical_networks")
CLAIMS = [claim for name in SECTIONS for claim in import_module(f"verify.ledger.{name}").CLAIMS]
JUDGED = [(claim, check) for claim in CLAIMS for check in claim.checks if isinstance(check, InResults)]
COMMITTED = sorted((HERE.parents[2] / "reports" / "experiments").glob("*[!s].json"))


def test_every_claim_on_networks_is_in_the_ledger():
    assert not [name for name in IDS if not any(c.id == name or c.id.startswith(f"{name}.") for c in CLAIMS)]


@pytest.mark.parametrize(("claim", "check"), JUDGED, ids=lambda value: getattr(value, "id", ""))
def test_a_claim_on_a_network_names_experiments_that_exist_and_holds_only_if_every_slip_is_rejected(claim, check):
    found = judge(check, claim)

    assert {experiment for _, experiment, _ in check.quantities} <= set(names())
    assert claim.slips
    assert not found.mutants.missed or found.outcome is not Outcome.HOLDS


def test_without_results_all_of_them_are_undecided(tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "FOLDERS", (tmp_path,))

    assert {judge(check, claim).outcome for claim, check in JUDGED} == {Outcome.UNDECIDED}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_a_committed_result_is_as_it_was_written(path):
    text = path.read_text(encoding="utf-8")

    assert text_of(json.loads(text)) == text
