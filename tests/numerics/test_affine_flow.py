import mpmath
import numpy as np
import pytest
import torch
from hypothesis import given, settings

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import gradient, value
from numerics.gradient_flow import gradient_flow
from numerics.loss import denoising_loss
from numerics.objective import edm_x
from tests.numerics.strategies import noise_levels, quickly, random_data, random_start, seeds, training_times


def problem(seed, sigma, law="moments"):
    mu, Sigma = random_data(seed)
    return denoising_loss(Sigma, mu, edm_x(sigma), law=law, seed=seed), random_start(seed)


def by_mpmath(G, Theta0, eta, tau):
    """The same linear flow with 60 digits."""
    k = G.A.shape[-1]
    with mpmath.workdps(60):
        block = mpmath.zeros(2 * k)
        block[:k, :k], block[:k, k:] = mpmath.matrix(-eta * tau * G.A), mpmath.eye(k)
        memory = mpmath.expm(block, method="taylor")[:k, k:] * mpmath.mpf(eta * tau)
        start = mpmath.matrix(Theta0)
        end = start - (mpmath.matrix(G.G0) + start * mpmath.matrix(G.A)) * memory
        return np.array(end.tolist(), dtype=float)


@given(seeds, noise_levels, training_times)
@settings(parent=quickly, max_examples=4)
def test_the_flow_is_the_one_a_stiff_solver_finds(seed, sigma, tau):
    loss, Theta0 = problem(seed, sigma)

    exponential = affine_flow(probe(loss, Theta0.shape), Theta0, eta=0.8, tau=tau)
    stepped = gradient_flow(loss, Theta0, eta=0.8, taus=np.array([tau]), rtol=1e-6).at(0)

    gap = np.abs(exponential.value - stepped.value)
    assert (gap <= exponential.error + stepped.error).all()
    assert stepped.worst < 1e-4


@pytest.mark.parametrize(("sigma", "tau"), [(0.002, 1e4), (0.3, 1.0), (80.0, 1.0), (80.0, 1e-4), (0.01, 1e6)])
def test_the_stated_error_covers_the_rounding(sigma, tau):
    loss, Theta0 = problem(7, sigma)
    G = probe(loss, Theta0.shape)

    flow = affine_flow(G, Theta0, eta=1.0, tau=tau)

    assert np.linalg.norm(flow.value - by_mpmath(G, Theta0, 1.0, tau), 2) <= flow.error
    assert flow.worst < 1e-8


@given(seeds, noise_levels, training_times)
@quickly
def test_training_lowers_the_loss(seed, sigma, tau):
    loss, Theta0 = problem(seed, sigma, "samples")

    later = affine_flow(probe(loss, Theta0.shape), Theta0, eta=1.0, tau=tau).value

    assert value(loss, later) < value(loss, Theta0)


@given(seeds, noise_levels, training_times)
@quickly
def test_training_twice_is_training_longer(seed, sigma, tau):
    loss, Theta0 = problem(seed, sigma)
    G = probe(loss, Theta0.shape)

    half = affine_flow(G, Theta0, eta=1.0, tau=tau / 2)
    whole, twice = (affine_flow(G, start, eta=1.0, tau=t) for start, t in ((Theta0, tau), (half.value, tau / 2)))

    assert np.linalg.norm(whole.value - twice.value, 2) <= whole.error + twice.error + half.error


def test_no_training_changes_nothing():
    loss, Theta0 = problem(1, 0.5)

    assert np.allclose(affine_flow(probe(loss, Theta0.shape), Theta0, eta=1.0, tau=0.0).value, Theta0, atol=1e-15)


@pytest.mark.parametrize("fault", [pytest.param({"eta": 0.5}, id="half rate"), pytest.param({"tau": 1.01}, id="late")])
def test_a_planted_fault_is_outside_the_error(fault):
    loss, Theta0 = problem(1, 0.5)
    G = probe(loss, Theta0.shape)

    right, wrong = (affine_flow(G, Theta0, **({"eta": 1.0, "tau": 1.0} | change)) for change in ({}, fault))

    assert np.linalg.norm(right.value - wrong.value, 2) > 1e6 * (right.error + wrong.error)


@given(seeds, noise_levels)
@quickly
def test_the_gradient_vanishes_at_the_minimiser(seed, sigma):
    loss, Theta0 = problem(seed, sigma)
    G = probe(loss, Theta0.shape)

    best = G.minimiser()

    assert np.linalg.norm(gradient(loss, best.value), 2) <= 2 * np.linalg.norm(G.A, 2) * best.error
    assert value(loss, best.value) < value(loss, best.value + 1e-3 * Theta0)


def test_a_quartic_loss_is_refused():
    loss, _ = problem(1, 0.5)

    def two_layers(P):
        return loss(torch.cat([P @ P.mT, P[..., :1]], dim=-1))

    with pytest.raises(ArithmeticError, match="expected affine"):
        probe(two_layers, (3, 3))


def test_a_loss_that_mixes_its_outputs_is_refused():
    loss, _ = problem(1, 0.5)
    mixing = torch.tensor([[2.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], dtype=torch.float64)

    with pytest.raises(ArithmeticError, match="expected affine"):
        probe(lambda Theta: loss(mixing @ Theta), (3, 4))
