import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "verify.cli"]
SOME = ["verify", "wp.D.3.psi", "wp.D.3.int", "wp.D.3.Phi", "--jobs", "2"]


def lindiff(*words, cwd, **options):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        [*COMMAND, *map(str, words)], cwd=cwd, env=environment, capture_output=True, text=True, check=False, **options
    )


def test_help_names_every_command(tmp_path):
    told = lindiff("--help", cwd=tmp_path)

    assert told.returncode == 0
    for command in ("verify", "list", "show", "derive", "eval", "report", "export", "train"):
        assert command in told.stdout


def test_help_loads_neither_sympy_nor_numpy(tmp_path):
    code = "import sys, verify.cli; sys.exit(bool({'sympy', 'numpy', 'scipy', 'torch', 'flint'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["verify", "wp.9.*"], "no id matches 'wp.9.*'"),
        (["verify", "--lane", "oracle"], "lane: expected one of"),
        (["verify", "--engine", "cloud"], "engine: expected local"),
        (["show", "wp.9.9"], "claim: expected an id such as"),
        (["list", "--verdict", "perhaps"], "verdict: expected one of"),
        (["list", "--origin", "hearsay"], "origin: expected one of"),
        (["eval", "one_layer.volume", "lam=1"], "formula: expected one of"),
        (["eval", "one_layer.weight", "lam=-1", "sigma=1", "Q=0", "tau=1"], "lam: expected a number >= 0, got -1"),
        (["eval", "one_layer.weight", "lam"], "parameter: expected NAME=VALUE"),
        (["eval", "--batch", "nowhere.json"], "batch: expected a JSON file"),
        (["derive", "one_layer.volume"], "formula: expected one of"),
        (["report"], "nothing is stored"),
        (["train", "nothing"], "experiment: expected one of"),
        (["train", "random_walk", "--set", "walkers"], "set: expected NAME=VALUE"),
        (["train", "random_walk", "--set", "walkers=few"], "walkers: expected a value like 10000, got 'few'"),
        (["train", "random_walk", "--set", "walkers=1"], "settings: expected walkers >= 2"),
        (["train", "random_walk", "--set", "seed=-1"], "seed: expected an integer >= 0, got -1"),
        (["train", "random_walk", "--data", "digits"], "random_walk: expected settings among"),
        (["train", "random_walk", "--all"], "train: expected --all alone"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_sentence_on_stderr_and_exit_code_2(tmp_path, words, sentence):
    told = lindiff(*words, cwd=tmp_path)

    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert sentence in told.stderr


def test_a_number_carries_its_bound_in_text_and_json(tmp_path):
    words = ["eval", "one_layer.weight", "lam=1", "sigma=1/2", "Q=1/10", "tau=1", "--digits", "20"]

    text, record = lindiff(*words, cwd=tmp_path), lindiff(*words, "--json", cwd=tmp_path)

    assert text.stdout.count(" +/- ") == 1
    assert json.loads(record.stdout)["value"] == text.stdout.split()[0]


def test_a_derivation_is_checked_step_by_step(tmp_path):
    told = lindiff("derive", "one_layer.variance", cwd=tmp_path)

    assert told.returncode == 0
    assert told.stdout.count("  proved") == told.stdout.count("  because") >= 3


def test_a_foreign_store_is_refused_and_left_alone(tmp_path):
    store = tmp_path / "reports" / "store.sqlite"
    store.parent.mkdir()
    store.write_bytes(b"not a database, however long it may be " * 100)

    told = lindiff(*SOME, cwd=tmp_path)

    assert told.returncode == 2
    assert "expected a lindiff store" in told.stderr
    assert store.read_bytes().startswith(b"not a database")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    told = lindiff(*SOME, cwd=folder)
    assert told.returncode == 0, told.stderr
    return folder / "reports"


def test_a_run_writes_ledger_timings_and_report(undisturbed):
    ledger = json.loads((undisturbed / "verdicts.json").read_text())

    assert ledger["schema"] == 1
    keys = {"id", "origin", "where", "says", "statement_latex", "verdict", "engines", "corrected_by", "evidence"}
    assert all(set(claim) == keys for claim in ledger["claims"])
    lanes = {"lane", "outcome", "because", "figures", "witness", "mutants"}
    assert all(set(evidence) == lanes for claim in ledger["claims"] for evidence in claim["evidence"])
    assert (undisturbed / "report.html").stat().st_size < 3_000_000
    assert (undisturbed / "timings.json").exists()


def test_a_second_run_judges_nothing_and_says_the_same(undisturbed):
    before = (undisturbed / "verdicts.json").read_bytes()

    told = lindiff(*SOME, cwd=undisturbed.parent)

    assert told.returncode == 0
    assert (undisturbed / "verdicts.json").read_bytes() == before


@pytest.mark.parametrize("seconds", [3.0, 6.0, 9.0])
def test_a_killed_run_goes_on_where_it_was_and_ends_the_same(tmp_path, undisturbed, seconds):
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [*COMMAND, *SOME],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    told = lindiff(*SOME, cwd=tmp_path)

    assert told.returncode == 0, told.stderr
    assert (tmp_path / "reports" / "verdicts.json").read_bytes() == (undisturbed / "verdicts.json").read_bytes()
