import numpy as np
import pytest
from scipy.integrate import solve_ivp

from numerics.affine_flow import affine_flow, probe
from numerics.denoisers import edm_losses
from numerics.one_layer import predicted, variance
from numerics.one_layer.predictors import OUTPUTS, edm_coefficients, edm_preconditioned, predictor, trained_from_zero
from numerics.planted import plant

SIGMAS = np.array([0.1, 0.7, 3.0])
PROBLEM = plant(lam=0.8, Q=0.0, mu=0.4, seed=2)


def best_denoisers():
    shape = (len(SIGMAS), *PROBLEM.Theta0.shape)
    return probe(edm_losses(PROBLEM.Sigma, PROBLEM.mu)(SIGMAS), shape).minimiser().array


def network(kind):
    if kind == "edm":
        return edm_preconditioned(PROBLEM.Sigma, PROBLEM.mu, sigma_data=0.6)
    return predictor(kind, PROBLEM.Sigma, PROBLEM.mu)


@pytest.mark.parametrize("kind", [*OUTPUTS, "edm"])
def test_the_best_network_of_every_kind_is_the_best_denoiser(kind):
    found = network(kind)
    best = probe(found.losses(SIGMAS), (len(SIGMAS), *PROBLEM.Theta0.shape)).minimiser()

    assert np.allclose(found.reading(SIGMAS)(best).array, best_denoisers(), atol=1e-10)


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        pytest.param("vp_x", lambda s: 0 * s, id="x"),
        pytest.param("vp_eps", lambda s: 0 * s + 1, id="eps"),
        pytest.param("vp_v", lambda s: 1 / (1 + s**2), id="v"),
        pytest.param("edm_eps", lambda s: 0 * s + 1, id="EDM eps"),
        pytest.param("edm", lambda s: 0.36 / (0.36 + s**2), id="EDM"),
    ],
)
def test_a_zero_output_reads_as_a_multiple_of_the_identity(kind, start):
    denoisers = trained_from_zero(network(kind), len(PROBLEM.u), eta=1.0, tau=0.0)

    W = denoisers(SIGMAS).array[:, :, :-1]

    assert np.allclose(W, start(SIGMAS)[:, None, None] * np.eye(W.shape[-1]), atol=1e-14)


def test_edm_scales_inputs_and_targets_to_unit_variance():
    skip, out, into = edm_coefficients(SIGMAS, 0.6)

    assert np.allclose(into**2 * (0.36 + SIGMAS**2), 1)
    assert np.allclose(((1 - skip) ** 2 * 0.36 + skip**2 * SIGMAS**2) / out**2, 1)


@pytest.mark.parametrize("kind", ["edm", "vp_x", "vp_eps", "vp_v", "edm_eps"])
def test_samples_and_moments_generate_the_same_variance(kind):
    point = {"lam": 0.8, "eta": 0.7, "tau": 0.6, "sigma0": 0.2, "sigmaT": 3.0, "seed": 1}
    extra = {"sigma_data": 0.6} if kind == "edm" else {}
    measure = getattr(predicted, f"{kind}_variance")

    exact, sampled = (measure(**point, **extra, law=law) for law in ("moments", "samples"))

    assert abs(exact.value - sampled.value) <= 1e-9 + exact.error + sampled.error


def test_noise_prediction_is_not_data_prediction():
    point = {"lam": 0.8, "eta": 0.7, "tau": 0.6, "sigma0": 0.2, "sigmaT": 3.0, "seed": 1}

    noise, data = predicted.edm_eps_variance(**point), variance(**point, Q=0.0)

    assert noise.value > 2 * data.value


def test_the_flow_of_the_network_ends_at_the_best_denoiser():
    found = network("edm")
    G = probe(found.losses(SIGMAS), (len(SIGMAS), *PROBLEM.Theta0.shape))
    late = affine_flow(G, np.zeros((len(SIGMAS), *PROBLEM.Theta0.shape)), eta=1.0, tau=400.0)

    assert np.allclose(found.reading(SIGMAS)(late).array, best_denoisers(), atol=1e-8)


def velocity(kind, t):
    """Return dx_t/dt = A x_t on the circle alpha = cos t, sigma_t = sin t, from what the network predicts."""
    alpha, sigma_t = np.cos(t), np.sin(t)
    losses = predictor(kind, PROBLEM.Sigma, 0 * PROBLEM.mu).losses(np.array([np.tan(t)]))
    Theta0 = np.zeros((1, *PROBLEM.Theta0.shape))
    W = affine_flow(probe(losses, Theta0.shape), Theta0, eta=0.7, tau=0.6).array[0, :, :-1]
    unit = np.eye(len(W))
    noise = {"vp_x": (unit - alpha * W) / sigma_t, "vp_eps": W}
    return W if kind == "vp_v" else (noise[kind] - sigma_t * unit) / alpha


@pytest.mark.parametrize("kind", ["vp_x", "vp_eps", "vp_v"])
def test_the_variance_preserving_sampler_in_its_own_coordinates_generates_the_same(kind):
    start, end = np.arctan(3.0), np.arctan(0.2)
    d = len(PROBLEM.u)

    def flow(t, flat):
        return (velocity(kind, t) @ flat.reshape(d, d)).ravel()

    run = solve_ivp(flow, (start, end), np.sin(start) * np.eye(d).ravel(), rtol=1e-8, atol=1e-10)
    root = PROBLEM.u @ run.y[:, -1].reshape(d, d) / np.cos(end)
    point = {"lam": 0.8, "eta": 0.7, "tau": 0.6, "sigma0": 0.2, "sigmaT": 3.0, "seed": 2}

    assert np.square(root).sum() == pytest.approx(getattr(predicted, f"{kind}_variance")(**point).value, rel=1e-6)
