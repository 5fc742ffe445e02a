import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from numerics.experiments import provenance
from numerics.experiments.experiment import load
from numerics.experiments.perform import Asked, perform
from numerics.experiments.result import estimate, text_of
from numerics.experiments.run import Run

ROOT = Path(__file__).parents[3]
SLOW = """
import sys, time
from pathlib import Path
from numerics.experiments.experiment import load
from numerics.experiments.perform import Asked, perform
perform(Asked(experiment=load("random_walk"), out=Path(sys.argv[1])), lambda done, total, what: time.sleep(0.02))
"""


def silent(done, total, what):
    pass


def walk(out):
    return perform(Asked(experiment=load("random_walk"), out=out), silent)


def test_a_run_that_is_killed_goes_on_and_ends_with_the_same_bytes(tmp_path):
    whole = walk(tmp_path / "whole").read_bytes()
    out = tmp_path / "killed"
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(out)], cwd=ROOT, env={**os.environ})
    while not list(out.glob(".store/*.npz")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    told = []

    assert not list(out.glob("experiments/*"))
    again = perform(Asked(experiment=load("random_walk"), out=out), lambda done, total, what: told.append(done))
    assert 1 < told[0] <= 100
    assert again.read_bytes() == whole
    assert not list(out.glob(".store/*.npz"))


def test_a_checkpoint_of_other_settings_is_not_taken_up(tmp_path):
    first = Asked(experiment=load("random_walk"), out=tmp_path)
    other = Asked(experiment=load("random_walk"), changes={"seed": 1}, out=tmp_path)
    a, b = perform(first, silent).read_text(), perform(other, silent).read_text()

    assert json.loads(a)["result"] != json.loads(b)["result"]


def test_a_torn_checkpoint_cannot_be_seen(tmp_path, monkeypatch):
    run = Run(seed=0, device="cpu", saved=tmp_path / "x.npz")
    run.checkpoint({"a": np.arange(3)})
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        run.checkpoint({"a": np.arange(4)})

    assert run.restored()["a"].size == 3


def test_a_result_says_where_it_comes_from(tmp_path):
    told = json.loads(walk(tmp_path).read_text())["provenance"]

    assert told["settings"] == dict(load("random_walk").settings)
    assert set(told) == {"settings", "settings_hash", "code_hash", "versions", "device", "seed", "data"}


def test_the_code_hash_sees_what_is_imported_and_no_comment(tmp_path, monkeypatch):
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    (tmp_path / "numerics").mkdir()
    (tmp_path / "numerics" / "a.py").write_text("from numerics import b\n")

    def hashed(text):
        (tmp_path / "numerics" / "b.py").write_text(text)
        provenance.code_hash.cache_clear()
        return provenance.code_hash("numerics.a")

    first = hashed("x = 1\n")
    assert hashed('"""Say."""\nx  =  1  # so\n') == first
    assert hashed("x = 2\n") != first


def test_a_result_is_small_sorted_and_finite():
    text = text_of({"b": np.array([1 / 3, np.nan]), "a": {"c": estimate(2, 1, 3)}})

    assert json.loads(text) == {"a": {"c": {"value": 2, "low": 1, "high": 3}}, "b": [0.333333, None]}
    assert text.index('"a"') < text.index('"b"')
    with pytest.raises(ValueError, match="at most"):
        text_of({"a": np.zeros(100_000)})
    with pytest.raises(ValueError, match="low <= value <= high"):
        estimate(float("nan"), 0, 1)
