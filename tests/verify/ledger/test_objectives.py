from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad
from scipy.special import kv

from numerics.measured import Measured
from numerics.one_layer import predicted
from numerics.scenes.objectives import Minimiser
from theory.relation import Both, Solves
from verify.bridge import evaluate
from verify.checks.kernel import Kernel
from verify.checks.matrices import Matrices, point_of
from verify.checks.ode import Ode
from verify.ledger import CLAIMS
from verify.ledger.ours import edm_passage, edm_weighted, parametrised
from verify.verdict import Outcome

IDS = [
    "wp.B.1.init_level",
    "wp.B.1.fig5",
    "wp.B.1.fig6",
    "wp.C.4.edm.x",
    "wp.C.4.edm.eps",
    "wp.C.4.vp.x",
    "wp.C.4.vp.eps",
    "wp.C.4.vp.v",
    "wp.C.4.fm",
    "wp.C.5.linear",
    "wp.C.5.proj",
    "wp.C.5.sol",
    "wp.C.5.var",
    "wp.C.5.opt",
    "wp.C.6.general",
    "wp.C.6.shared",
    "wp.C.6.min",
    "wp.C.6.mode",
    "our.edm.rate",
    "our.edm.precond_variance",
    "our.edm.precond_passage",
    "our.vp.variance",
    "our.edm.eps_variance",
    "our.edm.weighted_rate",
    "our.one_layer.kl",
    "our.one_layer.kl_nonmonotone",
]


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


def ode(claim):
    return next(check for check in claim.checks if check.lane == "ode")


def off_by_a_little(**point):
    found = predicted.edm_variance(**point)
    return Measured(value=found.value * (1 + 1e-6), error=found.error)


def test_a_row_of_the_table_fails_on_the_loss_of_another_row():
    claim = CLAIMS["wp.C.4.vp.eps.optimum"]
    check = Matrices(scene=Minimiser("vp_v"), formula=point_of)

    assert outcome(check, claim) is Outcome.FAILS


@pytest.mark.parametrize("row", ["edm.x", "edm.eps", "vp.x", "vp.eps", "vp.v", "fm"])
def test_a_bias_of_the_wrong_sign_is_rejected(row):
    claim = CLAIMS[f"wp.C.4.{row}.optimum"]
    weights, bias = claim.relation.at
    slipped = replace(claim.relation, at=sp.Tuple(weights, -bias))

    assert outcome(Kernel(), claim, slipped) is Outcome.FAILS
    assert outcome(ode(claim), claim, slipped) is Outcome.FAILS


@pytest.mark.parametrize("kind", ["x", "eps", "v"])
def test_the_law_of_one_prediction_is_not_that_of_another(kind):
    other = {"x": "eps", "eps": "v", "v": "x"}[kind]
    claim, wrong = (CLAIMS[f"our.vp.variance.{k}.entire"] for k in (kind, other))

    assert outcome(ode(claim), claim, wrong.relation) is Outcome.FAILS
    slipped = replace(claim.relation, solution=wrong.relation.solution)
    assert outcome(Kernel(), claim, slipped) is Outcome.FAILS


def test_a_wrong_measurement_of_the_preconditioned_variance_is_noticed():
    claim = CLAIMS["our.edm.precond_variance.law"]

    assert outcome(Ode(measure=off_by_a_little, box=parametrised.EDM_BOX), claim) is Outcome.FAILS


def test_without_the_loss_weight_the_rate_is_another():
    claim = CLAIMS["our.edm.rate.v"]
    slipped = claim.relation.solution.xreplace({parametrised.eta: 2 * parametrised.eta})

    assert outcome(ode(claim), claim, replace(claim.relation, solution=slipped)) is Outcome.FAILS


def test_the_bessel_functions_are_the_integrals_over_all_noise_levels():
    at = {"rho": 0.8, "sigma_data": 0.6, "eta": 0.5, "tau": 0.7}
    a, lam, scale = 0.7, 0.64, 0.36
    z = 2 * a * 0.8 / 0.6
    damped = np.exp(-a * (lam + scale) / scale)
    claim = CLAIMS["our.edm.weighted_rate.slope"]

    over_levels, _ = quad(lambda x: float(evaluate(claim.relation.rhs, {**at, "x": x})), 0, 12, epsabs=1e-12)
    plain, _ = quad(
        lambda x: float(evaluate(edm_weighted.at_noise(sp.exp(-edm_weighted.exponent)), {**at, "x": x})), -12, 12
    )

    assert over_levels == pytest.approx(2 * lam / scale * damped * (kv(0, z) + 0.6 / 0.8 * kv(1, z)), rel=1e-9)
    assert plain == pytest.approx(2 * kv(0, z) * damped, rel=1e-8)


def test_g_falls_from_ln_two_to_the_exponential_of_minus_gamma():
    gap = edm_passage.gap()

    def root(delta):
        low, high = 0.5, 0.75
        for _ in range(60):
            middle = (low + high) / 2
            below = float(evaluate(gap, {"xi": middle, "delta": delta})) < 0
            low, high = (middle, high) if below else (low, middle)
        return low

    found = [root(delta) for delta in (0.01, 0.5, 2.0, 5.0, 12.0)]

    assert found == sorted(found, reverse=True)
    assert found[0] == pytest.approx(np.log(2), abs=1e-4)
    assert found[-1] == pytest.approx(np.exp(-np.euler_gamma), abs=1e-3)


def test_the_divergence_is_not_that_of_the_reversed_pair():
    claim = CLAIMS["wp.C.6.mode"]
    reverse = {
        s: t for s in claim.domain.symbols for t in claim.domain.symbols if {s.name, t.name} == {"lam", "lam_gen"}
    }
    slipped = Both(tuple(replace_all(part, reverse) for part in claim.relation.parts))

    assert outcome(ode(claim), claim, slipped) is Outcome.FAILS


def replace_all(part, mapping):
    fields = {name: getattr(part, name) for name in part.__dataclass_fields__}
    return replace(part, **{k: v.xreplace(mapping) for k, v in fields.items() if isinstance(v, sp.Basic)})


def test_every_law_of_a_parametrisation_starts_from_the_noise():
    laws = [c for name, c in CLAIMS.items() if name.startswith("our.vp.variance") and isinstance(c.relation, Solves)]

    assert len(laws) == 3
    assert all(claim.relation.start == parametrised.sigmaT**2 for claim in laws)


@pytest.mark.parametrize("name", IDS)
def test_every_claim_of_the_family_is_in_the_ledger(name):
    assert any(known == name or known.startswith(f"{name}.") for known in CLAIMS)
