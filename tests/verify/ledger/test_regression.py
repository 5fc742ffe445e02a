from dataclasses import replace

import numpy as np
import pytest
import sympy as sp

from numerics import scenes
from numerics.measured import Measured
from numerics.scenes import joint as joint_scenes
from theory.relation import Both
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices, parts_of
from verify.ledger import CLAIMS
from verify.ledger.spectral_bias import section_4_1 as printed
from verify.verdict import Outcome


def off_by_a_little(seed):
    letters, found = scenes.gradients(seed)
    return letters, Measured(value=found.array * (1 + 1e-6), error=found.worst)


def uncertain(seed):
    letters, found = scenes.gradients(seed)
    return letters, Measured(value=found.array, error=1.0)


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


def test_the_printed_flow_of_the_weights_is_refuted_by_exact_matrices_and_by_the_flow_itself():
    claim = CLAIMS["wp.C.1.gf.weights"]

    kernel = Kernel().probe(claim.relation, claim)

    assert kernel.outcome is Outcome.FAILS
    assert any(float(sp.Rational(v)) for v in kernel.witness["point"]["mu_x"].split("; "))
    assert outcome(Matrices(scene=joint_scenes.speed_of_W), claim) is Outcome.FAILS


def test_the_repaired_flow_of_the_weights_holds():
    claim, ours = CLAIMS["wp.C.1.gf.weights"], CLAIMS["our.regression.flow"]

    assert outcome(Kernel(), claim, ours.relation) is Outcome.HOLDS
    assert outcome(Matrices(scene=joint_scenes.speed_of_W), claim, ours.relation) is Outcome.HOLDS


@pytest.mark.parametrize(
    ("scene", "expected"),
    [
        pytest.param(scenes.gradients, Outcome.HOLDS, id="reference"),
        pytest.param(off_by_a_little, Outcome.FAILS, id="wrong reference"),
        pytest.param(uncertain, Outcome.UNDECIDED, id="uncertain reference"),
    ],
)
def test_the_printed_gradients_are_believed_as_far_as_the_reference(scene, expected):
    assert outcome(Matrices(scene=scene, formula=parts_of), CLAIMS["wp.4.1.grad"]) is expected


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda W, Sigma, b, mu: W.T * Sigma, id="transposed"),
        pytest.param(lambda W, Sigma, b, mu: Sigma * W, id="wrong order"),
        pytest.param(lambda W, Sigma, b, mu: W * Sigma + b * mu.T, id="one term more"),
    ],
)
def test_a_gradient_with_a_slip_is_rejected_in_every_lane(wrong):
    claim, W, Sigma = CLAIMS["wp.4.1.grad"], printed.W, printed.Sigma
    first, second = claim.relation.parts
    slipped = first.rhs + 2 * (wrong(W, Sigma, printed.b, printed.mu) - W * Sigma)
    relation = Both((replace(first, rhs=slipped), second))

    assert [outcome(check, claim, relation) for check in claim.checks] == [Outcome.FAILS] * len(claim.checks)


def test_the_printed_order_of_the_target_is_refuted_and_the_other_order_holds():
    assert outcome(Kernel(), CLAIMS["wp.C.1.role.target"]) is Outcome.FAILS
    assert outcome(Kernel(), CLAIMS["our.regression.target"]) is Outcome.HOLDS


def test_the_ridge_form_needs_whiteness_and_independence_but_no_gaussian():
    verdicts = {name: outcome(Kernel(), CLAIMS[f"wp.C.2.white.{name}"]) for name in ("white", "gaussian", "linear")}

    assert verdicts == {"white": Outcome.HOLDS, "gaussian": Outcome.FAILS, "linear": Outcome.HOLDS}


def test_the_laws_that_the_scenes_sample_are_not_gaussian():
    letters = scenes.problem(1)
    z = letters["z"][:, :, 0]

    kurtosis = np.mean(z**4, axis=0) / np.mean(z**2, axis=0) ** 2

    assert np.abs(kurtosis - 3).max() > 0.3
    assert np.allclose(z.T @ z / len(z), np.eye(z.shape[1]), atol=1e-12)
