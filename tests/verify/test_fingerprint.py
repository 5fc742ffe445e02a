import os
import subprocess
import sys
from functools import partial

import pytest
import sympy as sp

from theory.symbols import symbols
from verify.fingerprint import canonical

lam, sigma = symbols("lam sigma")
SAYS = """
from functools import partial
from theory.symbols import symbols
from verify.fingerprint import canonical
lam, sigma, Q = symbols("lam sigma Q")
print(canonical((lam / (lam + sigma**2) - Q * (lam + Q + sigma), partial(canonical, lam, value=2.0))))
"""


def read(seed):
    command = [sys.executable, "-c", SAYS]
    return subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout


def test_a_value_reads_the_same_in_every_process():
    assert read("1") == read("2")


def test_the_arguments_of_a_partial_function_count():
    assert canonical(partial(canonical, lam)) != canonical(partial(canonical, sigma))


def test_letters_of_one_name_and_different_signs_differ():
    assert canonical(sp.Symbol("x") + 1) != canonical(sp.Symbol("x", positive=True) + 1)


def test_a_place_in_memory_is_refused():
    with pytest.raises(TypeError, match="every process"):
        canonical(object())
