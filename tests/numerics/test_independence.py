"""The measurements know nothing of what they are compared with."""

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import numerics

ROOT = Path(__file__).parents[2]
BLOCKED = "import sys; sys.modules.update(theory=None, verify=None); "


def run(code):
    return subprocess.run(
        [sys.executable, "-c", BLOCKED + code],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_every_test_of_a_measurement_passes_without_theory_and_verify():
    here = Path(__file__)
    arguments = ["-q", "-x", "-p", "no:cacheprovider", f"--ignore={here}", str(here.parent)]

    result = run(f"import pytest; sys.exit(pytest.main({arguments}))")

    assert result.returncode == 0, result.stdout[-2000:]


def test_blocking_is_noticed():
    assert run("import theory").returncode != 0


def test_light_modules_do_not_load_torch():
    result = run("import numerics.spectra, numerics.user_data, numerics.measured; assert 'torch' not in sys.modules")

    assert result.returncode == 0, result.stderr


def test_every_module_explains_itself():
    names = [m.name for m in pkgutil.walk_packages(numerics.__path__, "numerics.")]

    assert len(names) > 15
    assert all(importlib.import_module(name).__doc__ for name in names)
