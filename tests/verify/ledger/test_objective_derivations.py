import pytest

from theory.derivations import DERIVATIONS
from verify.kernel import decide

NAMES = ("objectives", "parametrised", "EDM passage", "divergence", "quality")
STEPS = [(name, step) for name in NAMES for step in DERIVATIONS[name].steps]


@pytest.mark.parametrize("step", [step for _, step in STEPS], ids=[f"{name}-{step.name}" for name, step in STEPS])
def test_the_kernel_proves_every_step(step):
    found = {o.name: decide(o).status for o in step.relation.obligations(step.domain)}

    assert set(found.values()) == {"proved"}, found
