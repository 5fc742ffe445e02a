import math

import numpy as np
import pytest
import sympy as sp
from scipy.integrate import quad
from scipy.special import lambertw

from numerics.denoisers import edm_losses, trained
from numerics.planted import plant
from numerics.probability_flow import generate
from theory import shortfall
from theory.one_layer import eta, final_variance, lam, sigma, sigma0, sigmaT, tau
from verify.checks.enclosure import Enclosure
from verify.checks.kernel import Kernel
from verify.evaluation.evaluate import evaluate
from verify.ledger import CLAIMS
from verify.ledger.ours.course import MIXED, sign_of_push
from verify.ledger.ours.passage_falling import around, at_geometric
from verify.verdict import Outcome

POINT = {lam: 0.5, eta: 0.4, tau: 0.7, sigma0: 0.1, sigmaT: 6.0}
PAPER = {"sigma0": "0.002", "sigmaT": "80"}
EULER = float(sp.EulerGamma)


def outcome(check, claim, relation=None):
    return check.probe(relation or claim.relation, claim).outcome


def start(s):
    """Return an initial weight that depends on the noise level."""
    return 0.8 / (1 + s) - 0.1


def generated(seed):
    """Return ln of the variance generated along a mode that starts at `start(sigma^2)`, from the loss."""
    problem = plant(lam=POINT[lam], Q=0.0, seed=seed)
    others = np.outer(problem.u, np.append(problem.u, 0.0))
    denoisers = trained(
        edm_losses(problem.Sigma, problem.mu, seed=seed),
        lambda sigma: problem.Theta0 + start(sigma**2)[:, None, None] * others,
        eta=POINT[eta],
        tau=POINT[tau],
    )
    found = generate(denoisers, sigma0=POINT[sigma0], sigmaT=POINT[sigmaT], directions=problem.U)
    return found.log_variance.at(problem.mode)


@pytest.mark.parametrize("seed", range(2))
def test_the_integral_of_the_lag_is_the_shortfall_of_the_generated_variance(seed):
    integrand = sp.lambdify((sigma, shortfall.psi_s), shortfall.lag(sigma, pace=sp.S.One).subs(POINT))
    H, error = quad(lambda s: integrand(math.sqrt(s), start(s)), POINT[sigma0] ** 2, POINT[sigmaT] ** 2, epsabs=1e-11)
    found = generated(seed)

    assert float(sp.log(final_variance().subs(POINT))) - found.value == pytest.approx(H, abs=found.worst + error)


@pytest.mark.parametrize("mode", ["0.01", "0.5"])
def test_the_variance_turns_at_the_time_that_lamberts_function_gives(mode):
    w = -lambertw(-4e-6 / float(mode) * math.exp(EULER), -1).real
    dip = 1 / (float(mode) * w)
    point = {"lam": mode, "Q": "1/2", "eta": "1/2"} | PAPER
    before, after = (
        evaluate("one_layer.variance_rate", point | {"tau": f"{share * dip:.9f}"}, 15).value for share in (0.99, 1.01)
    )

    assert float(before) < 0 < float(after)


@pytest.mark.parametrize(
    ("criterion", "Q", "law", "tolerance"),
    [
        ("geometric", "1/2", lambda lam: math.exp(-EULER) / 80 * 0.002 / lam, 0.01),
        ("geometric", "1", lambda lam: math.exp(-EULER) / 80 / math.sqrt(lam), 0.01),
        ("harmonic", "1/2", lambda lam: math.exp(-EULER) / 4 * 4e-6 / lam**2, 0.03),
    ],
)
def test_the_laws_of_falling_modes_are_the_roots(criterion, Q, law, tolerance):
    found = evaluate(f"one_layer.emergence_{criterion}", {"lam": "0.001", "Q": Q} | PAPER, 12)

    assert float(found.value) == pytest.approx(law(0.001), rel=tolerance)


def test_a_law_without_eulers_constant_is_refuted():
    claim = CLAIMS["our.passage.falling_geometric.paper"]
    wrong = around("geometric", sp.Rational(1, 2), sp.exp(sp.EulerGamma) * at_geometric, "0.97", "1.03")

    assert outcome(Enclosure(boxes=400), claim, wrong) is Outcome.FAILS


def test_the_variance_falls_for_ever_only_below_the_threshold():
    claim = CLAIMS["our.one_layer.trichotomy.falls"]

    assert outcome(Kernel(), claim) is Outcome.HOLDS
    assert outcome(Kernel(), claim, sign_of_push("<", MIXED)) is Outcome.FAILS


@pytest.mark.parametrize("name", ["wp.0.order.half", "wp.7.first.absolute"])
def test_a_reading_that_fails_names_what_holds_instead(name):
    claim = CLAIMS[name]

    assert outcome(claim.checks[0], claim) is Outcome.FAILS
    assert CLAIMS[claim.corrected_by].origin == "ours"
