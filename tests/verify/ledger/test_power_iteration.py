"""Sections 1 to 4 of the power-iteration paper and our theorems on one denoiser."""

from dataclasses import replace
from importlib import import_module

import pytest
import sympy as sp

from numerics.measured import Measured
from numerics.noisy_components import perturbed
from numerics.scenes import denoisers as denoiser_scenes
from theory import denoiser, reverse, small_noise, spiked, spiked_steps
from theory.relation import Identity, MatrixIdentity
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode
from verify.provable import decided
from verify.verdict import Outcome

SECTIONS = (
    "power_iteration.abstract",
    "power_iteration.section_1",
    "power_iteration.section_2",
    "power_iteration.section_3",
    "power_iteration.section_3_reverse",
    "power_iteration.section_3_projection",
    "power_iteration.section_4",
    "power_iteration.section_4_angle",
    "power_iteration.section_4_samples",
    "power_iteration.section_4_drivers",
    "power_iteration.section_4_emergence",
    "ours.denoiser",
    "ours.denoiser_rank",
    "ours.diffusion",
    "ours.diffusion_model",
    "ours.small_noise",
    "ours.spiked",
    "ours.spiked_angle",
    "ours.spiked_emergence",
)
CLAIMS = {c.id: c for name in SECTIONS for c in import_module(f"verify.ledger.{name}").CLAIMS}
IDS = [
    "opt-pca",
    "abs-rank1",
    "abs-emerge",
    "abs-mean",
    "bg-denoise",
    "decay",
    "bound",
    "intro-jac",
    "bg-shrink",
    "dep",
    "linear-sc",
    "data",
    "eq1",
    "eq2",
    "eq3",
    "ve",
    "eq4",
    "eq5",
    "eq6",
    "eq7",
    "eq8",
    "dep3",
    "noise-sum",
    "eq9",
    "eq10",
    "eq11",
    "product",
    "drivers",
    "eq12",
    "eq12.O(d)",
    "eq12.rate",
    "slope",
    "emerge",
]
STEPS = [step for module in (denoiser, spiked_steps, small_noise, reverse) for step in module.DERIVATION.steps]


@pytest.mark.parametrize("name", IDS)
def test_every_exact_statement_of_sections_1_to_4_is_in_the_ledger(name):
    assert any(known == f"wdmg.{name}" or known.startswith(f"wdmg.{name}.") for known in CLAIMS)


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.name)
def test_the_kernel_proves_every_step(step):
    assert all(decided(obligation).status == "proved" for obligation in step.relation.obligations(step.domain))


@pytest.mark.parametrize("claim", [c for c in CLAIMS.values() if c.corrected_by], ids=lambda c: c.id)
def test_what_is_corrected_is_refuted_and_what_corrects_it_is_proved(claim):
    ours = CLAIMS[claim.corrected_by]

    assert {check.probe(claim.relation, claim).outcome for check in claim.checks} == {Outcome.FAILS}
    assert Kernel().probe(ours.relation, ours).outcome is Outcome.HOLDS


def test_the_pca_projection_is_optimal_in_some_readings_only():
    verdicts = {
        name: Kernel().probe(claim.relation, claim).outcome
        for name in ("linear", "projector", "rank", "small")
        for claim in (CLAIMS[f"wdmg.opt-pca.{name}"],)
    }

    assert verdicts == {
        "linear": Outcome.FAILS, "projector": Outcome.FAILS, "rank": Outcome.HOLDS, "small": Outcome.HOLDS,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda C: C.xreplace({spiked.gamma: 1 / spiked.gamma}), id="gamma upside down"),
        pytest.param(lambda C: C.xreplace({spiked.s: spiked.s**2}), id="noise level for variance"),
        pytest.param(lambda C: sp.sqrt(C), id="root"),
        pytest.param(lambda C: 1 - C, id="sine for cosine"),
    ],
)
def test_an_overlap_with_a_slip_is_rejected(wrong):
    claim = CLAIMS["our.spiked.overlap.clean"]
    slipped = Identity(claim.relation.parts[0].lhs, wrong(spiked.overlap_squared(spiked.s)))

    assert [check.probe(slipped, claim).outcome for check in claim.checks] == [Outcome.FAILS] * 2


def test_a_wrong_minimiser_or_least_error_is_rejected_by_the_search_itself():
    claim = CLAIMS["our.denoiser.rank_linear.least"]
    wiener = replace(claim.relation, rhs=denoiser.least_error)
    projector = MatrixIdentity(claim.relation.lhs, CLAIMS["our.denoiser.rank_projector.least"].relation.rhs)
    check = Matrices(scene=denoiser_scenes.best_of_rank, scenes=1)

    assert check.probe(claim.relation, claim).outcome is Outcome.HOLDS
    assert [check.probe(r, claim).outcome for r in (wiener, projector)] == [Outcome.FAILS] * 2


def test_a_measurement_slightly_off_is_seen():
    def off(**point):
        found = perturbed.mean_square_turn(**point)
        return Measured(value=found.value * (1 + 1e-5), error=found.error)

    claim = CLAIMS["our.spiked.eigengap"]
    check = next(c for c in claim.checks if isinstance(c, Ode))
    assert replace(check, measure=off).probe(claim.relation, claim).outcome is Outcome.FAILS
