from itertools import pairwise

import pytest
import sympy as sp

from theory import injection, projection_chain
from theory.projection_chain import C, T, kappa, variation
from verify.kernel import decide

STEPS = [*projection_chain.DERIVATION.steps, *injection.DERIVATION.steps]
SIZES = {projection_chain.gamma: sp.Rational(1, 2), projection_chain.lam_sq: sp.Integer(2)}


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_the_kernel_proves_every_step(step):
    found = {o.name: decide(o).status for o in step.relation.obligations(step.domain)}

    assert set(found.values()) == {"proved"}, found


def test_the_same_noise_twice_turns_nothing():
    s = sp.Rational(1, 3)

    assert kappa(s, s, s, projection_chain.lam_sq).subs(SIZES) == 1


@pytest.mark.parametrize("steps", [2, 5, 9])
def test_the_closed_form_of_the_variation_is_the_sum_over_the_steps(steps):
    levels = [sp.S.Zero, *(sp.Rational(t + 1, steps**2) for t in range(1, steps + 1))]
    fresh = levels[1] + sum(a + b for a, b in pairwise(levels[1:]))

    assert variation("fresh").subs(T, steps) == fresh


@pytest.mark.parametrize("steps", [2, 5, 50])
def test_the_variation_of_a_shared_draw_is_below_its_bound(steps):
    roots = [0, *(sp.sqrt(sp.Rational(t + 1, steps**2)) for t in range(1, steps + 1))]
    shared = sum((b - a) ** 2 for a, b in pairwise(roots))

    assert sp.N(shared) < sp.N(variation("shared").subs(T, steps))


def test_no_noise_keeps_everything():
    assert C(sp.S.Zero, projection_chain.lam_sq) == 1
