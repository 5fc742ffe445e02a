"""A decision of the kernel takes milliseconds, where `sympy.simplify` takes much longer or fails."""

import time
from statistics import median

import pytest
import sympy as sp

from tests.verify.kernel.formulas import identities
from verify.kernel import decide

IDENTITIES = identities()
SHORT = [name for name in IDENTITIES if name not in ("variance", "flow, primitive", "both forms of the variance")]


@pytest.mark.parametrize("name", IDENTITIES)
def test_a_decision(benchmark, name):
    decision = benchmark(decide, IDENTITIES[name])

    assert decision.status == "proved"


def test_the_kernel_is_faster_than_simplify(capsys):
    kernel = {name: _seconds(lambda o=IDENTITIES[name]: decide(o), 5) for name in SHORT}
    simplify = {name: _seconds(lambda o=IDENTITIES[name]: sp.simplify(o.expr.doit()), 1) for name in SHORT}
    ratio = median(simplify[name] / kernel[name] for name in SHORT)
    with capsys.disabled():
        slow, fast = (1e3 * median(times.values()) for times in (simplify, kernel))
        print(f"\nmedians: kernel {fast:.1f} ms, simplify {slow:.0f} ms; simplify takes {ratio:.0f} times as long")

    assert ratio >= 20


def _seconds(task, repeats):
    """Return the shortest time of a task, SymPy's caches being cold."""
    found = []
    for _ in range(repeats):
        sp.core.cache.clear_cache()
        start = time.perf_counter()
        task()
        found.append(time.perf_counter() - start)
    return min(found)
