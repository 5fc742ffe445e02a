import pytest

from numerics.experiments.experiment import parse
from verify import recorded
from verify.commands import training
from verify.commands.training import the_rest, trained
from verify.errors import UsageError

WALK = """name = "{name}"
kind = "random_walk"
says = "a walk"
reproduces = "nothing"
[settings]
walkers = {walkers}
steps = 5
seed = 0
"""


@pytest.fixture
def experiments(monkeypatch):
    """Let there be two experiments, the second of which cannot run."""
    declared = {name: parse(WALK.format(name=name, walkers=n), name) for name, n in (("good", 50), ("bad", 1))}
    for module in (training, recorded):
        monkeypatch.setattr(module, "load", declared.__getitem__)
    monkeypatch.setattr(training, "names", lambda: ["good", "bad"])


def test_what_cannot_run_is_left_out_with_its_reason_and_the_others_run(tmp_path, experiments):
    lines = list(the_rest(size="full", device="cpu", out=tmp_path))

    assert lines[0] == (str(tmp_path / "experiments" / "good.json"), True)
    assert lines[1] == ("bad: left out; settings: expected walkers >= 2 and steps >= 1, got 1 and 5", False)


def test_what_has_a_result_of_this_code_is_not_run_again(tmp_path, experiments, monkeypatch):
    list(the_rest(size="full", device="cpu", out=tmp_path))

    assert next(the_rest(size="full", device="cpu", out=tmp_path)) == ("good: up to date", True)
    monkeypatch.setattr(recorded, "code_hash", lambda module: "another")
    assert next(the_rest(size="full", device="cpu", out=tmp_path))[0].endswith("good.json")


def test_a_device_that_is_not_there_is_refused_before_anything_runs(tmp_path, monkeypatch):
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)

    with pytest.raises(UsageError, match="no CUDA device"):
        trained("random_walk", size="quick", device="cuda", out=tmp_path, data="", changes=())
