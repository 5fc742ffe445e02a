import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import sympy as sp

from tests.verify.planted import Planted, claim
from theory.symbols import symbols
from verify import fingerprint
from verify.fingerprint import canonical, code, evidence_key

LANES = ("kernel", "enclosure", "property", "ode", "statistics", "network")
lam, sigma = symbols("lam sigma")
SAYS = """
from functools import partial
from theory.symbols import symbols
from verify.fingerprint import canonical
lam, sigma, Q = symbols("lam sigma Q")
print(canonical((lam / (lam + sigma**2) - Q * (lam + Q + sigma), partial(canonical, lam, value=2.0))))
"""
JUDGES = """
import pkgutil, sys
from importlib import import_module
import verify.checks, verify.judge
for check in pkgutil.iter_modules(verify.checks.__path__, "verify.checks."):
    import_module(check.name)
print(*(module.__file__ for name, module in sys.modules.items() if name.startswith("verify.")), sep="\\n")
"""


def printed(program, seed="0"):
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A copy of all code, which the fingerprint reads instead."""
    for part in ("theory", "numerics", "verify"):
        ignored = shutil.ignore_patterns("__pycache__", "*.npz", "assets")
        shutil.copytree(fingerprint.ROOT / part, tmp_path / part, ignore=ignored)
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    yield tmp_path
    code.cache_clear()


def keys():
    code.cache_clear()
    return [evidence_key(claim(check), check) for check in (Planted(lane=lane) for lane in LANES)]


def test_a_value_reads_the_same_in_every_process():
    assert printed(SAYS, "1") == printed(SAYS, "2")


def test_the_arguments_of_a_partial_function_count():
    assert canonical(partial(canonical, lam)) != canonical(partial(canonical, sigma))


def test_letters_of_one_name_and_different_signs_differ():
    assert canonical(sp.Symbol("x") + 1) != canonical(sp.Symbol("x", positive=True) + 1)


def test_a_place_in_memory_is_refused():
    with pytest.raises(TypeError, match="every process"):
        canonical(object())


@pytest.mark.parametrize("name", ["claim", "verdict", "witness"])
def test_what_judging_runs_through_counts_in_every_lane(tree, name):
    before = keys()
    with (tree / "verify" / f"{name}.py").open("a") as file:
        file.write("changed = True\n")

    assert all(old != new for old, new in zip(before, keys(), strict=True))


def test_what_only_shows_the_findings_counts_in_no_lane(tree):
    before = keys()
    with (tree / "verify" / "cli.py").open("a") as file:
        file.write("changed = True\n")

    assert before == keys()


def test_all_of_this_package_that_judging_imports_counts():
    parts = [fingerprint.ROOT / part for part in fingerprint.COMMON + fingerprint.JUDGING]
    imported = [Path(line) for line in printed(JUDGES).splitlines()]

    assert imported
    assert [path for path in imported if not {path, *path.parents} & set(parts)] == []
