import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.autograd import value
from numerics.loss import denoising_loss
from numerics.objective import edm_eps, edm_x, flow_matching, vp_eps, vp_v, vp_x
from numerics.problems import minimiser_of
from theory.formulas import FORMULAS
from verify.errors import UsageError
from verify.evaluation.evaluate import evaluate

PAPER = {"sigma0": "1/500", "sigmaT": "80"}
VARIANCES = ("edm.variance", "vp_x.variance", "vp_eps.variance", "vp_v.variance")
KINDS = {
    "edm_x": lambda at: edm_x(at["sigma"]),
    "edm_eps": lambda at: edm_eps(at["sigma"]),
    "vp_x": lambda at: vp_x(at["alpha"], at["sigma"]),
    "vp_eps": lambda at: vp_eps(at["alpha"], at["sigma"]),
    "vp_v": lambda at: vp_v(at["alpha"], at["sigma"]),
    "flow": lambda at: flow_matching(at["t"]),
}


def scaled(name, **point):
    return {**point, **({"sigma_data": "1/2"} if name == "edm.variance" else {})}


@pytest.mark.parametrize(
    "corner",
    [
        {"tau": "0"},
        {"tau": "1e-30"},
        {"tau": "1e6"},
        {"lam": "0"},
        {"lam": "1"},
        {"lam": "1e6", "tau": "100"},
        {"lam": "0", "tau": "0"},
        {"sigma0": "2", "sigmaT": "2"},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", VARIANCES)
def test_corners_have_values_to_thirty_digits(name, corner):
    found = evaluate(name, scaled(name, **{"lam": "1/3", "tau": "1", **PAPER, **corner}), 30)

    assert sp.Rational(found.error) <= abs(sp.Rational(found.value)) * sp.Rational("1e-29")


def gap(name, lam, s, tau):
    """Return 1 - psi at the noise variance s, from the start and the rate of each parametrisation."""
    scale = mpmath.mpf(1) / 4 if name == "edm.variance" else mpmath.mpf(1)
    start = {"vp_x.variance": 0, "vp_eps.variance": 1}.get(name, scale / (scale + s))
    best = lam / (lam + s)
    return 1 - best - (start - best) * mpmath.exp(-2 * tau * (lam + s) / (scale + s))


positive = st.integers(1, 300).map(lambda k: sp.Rational(k, 100))


@pytest.mark.parametrize("name", VARIANCES)
@settings(max_examples=8)
@given(lam=positive, tau=positive)
def test_the_variance_encloses_quadrature_of_the_sampling_equation(name, lam, tau):
    point = scaled(name, lam=str(lam), tau=str(tau), sigma0="1/10", sigmaT="5")
    found = evaluate(name, point, 20)

    with mpmath.workdps(25):
        l, t = (mpmath.mpf(int(x.p)) / int(x.q) for x in (lam, tau))  # noqa: E741
        grid = mpmath.linspace(mpmath.log("0.1"), mpmath.log(5), 9)
        expected = 25 * mpmath.exp(-2 * mpmath.quad(lambda v: gap(name, l, mpmath.exp(2 * v), t), grid))
        assert abs(mpmath.mpf(found.value) - expected) <= 1e-12 * expected


def test_velocity_prediction_is_edm_preconditioning_of_unit_data():
    at = {"lam": "3/7", "tau": "2/3", **PAPER}

    assert evaluate("vp_v.variance", at, 30) == evaluate("edm.variance", {**at, "sigma_data": "1"}, 30)


@pytest.mark.parametrize("kind", KINDS)
def test_optimum_and_least_loss_are_those_of_the_loss_itself(kind):
    at = {"lam": 0.4, "mu": 1.5, "sigma": 0.7, "alpha": 0.6, "t": 0.3}
    loss = denoising_loss(np.array([[at["lam"]]]), np.array([at["mu"]]), KINDS[kind](at), law="moments")
    best = minimiser_of(loss, np.zeros((1, 2)))
    expected = {"weight": best[0, 0], "bias": best[0, 1], "minloss": float(value(loss, best))}

    for part, number in expected.items():
        name = f"objective.{kind}.{part}"
        given = {k: str(at[k]) for k in FORMULAS[name].parameters}
        assert float(evaluate(name, given, 20).value) == pytest.approx(number, rel=1e-12)


def test_the_mean_matters_for_the_bias_only():
    at = {"lam": "1", "sigma": "1/2"}

    assert evaluate("objective.edm_x.rate", at, 10).value == "1.250000000"
    with pytest.raises(UsageError, match="mu"):
        evaluate("objective.edm_x.bias", at, 10)


def test_clean_data_of_no_variance_have_no_best_velocity():
    with pytest.raises(UsageError, match="lam=0"):
        evaluate("objective.flow.weight", {"lam": "0", "t": "1"}, 10)


@pytest.mark.parametrize(("r", "expected"), [("1", "0"), ("2", "0.1534264097")])
def test_the_divergence_of_a_mode_depends_on_the_ratio(r, expected):
    assert evaluate("kl.mode", {"r": r}, 10).value == expected
