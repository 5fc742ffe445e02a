import numpy as np
from hypothesis import given, settings
from scipy.linalg import expm

from numerics.explicit_flow import explicit_flow
from numerics.flow_matching.one_layer import best
from numerics.flow_matching.two_layer import product_loss
from numerics.flow_matching.velocity_flow import transport
from numerics.gradient_flow import gradient_descent, gradient_flow
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x, flow_matching
from numerics.one_layer.momentum import heavy_ball
from numerics.planted import plant
from numerics.stepper import best as best_weights
from numerics.stepper import euler, heun
from tests.numerics.strategies import quickly, random_data, random_start, seeds


def constant(Theta):
    return lambda t: Measured(value=np.tile(Theta, (len(t), 1, 1)), error=0.0)


@given(seeds)
@settings(parent=quickly, max_examples=2)
def test_a_constant_velocity_is_an_exponential(seed):
    Theta = random_start(seed)
    K = np.vstack([Theta, np.zeros(4)])

    found = transport(constant(Theta), 3)

    assert (np.abs(np.hstack([found.F.value, found.m.value]) - expm(K)[:3]) <= found.F.error).all()
    assert found.F.worst < 1e-8


@given(seeds)
@settings(parent=quickly, max_examples=2)
def test_the_best_velocities_carry_noise_to_the_data(seed):
    problem = plant(lam=0.7, Q=0.0, mu=0.4, seed=seed)

    found = transport(best(problem, seed, law="samples"), len(problem.u))

    assert np.allclose(found.covariance.value, problem.Sigma, atol=1e-8)
    assert np.allclose(found.m.value[:, 0], problem.mu, atol=1e-8)


def test_the_explicit_flow_is_the_one_a_stiff_solver_finds():
    mu, Sigma = random_data(3)
    loss = product_loss(denoising_loss(Sigma, 0 * mu, flow_matching(0.6), law="moments"))
    P0 = np.random.default_rng(3).normal(size=(3, 2))

    explicit = explicit_flow(loss, P0, eta=0.2, tau=0.7)
    stiff = gradient_flow(loss, P0, eta=0.2, taus=np.array([0.7]), rtol=1e-6).at(0)

    assert (np.abs(explicit.value - stiff.value) <= explicit.error + stiff.error).all()
    assert explicit.worst < 1e-6


def test_without_momentum_heavy_ball_is_descent():
    mu, Sigma = random_data(5)
    loss, start = denoising_loss(Sigma, mu, edm_x(0.5), law="samples", seed=5), random_start(5)

    ball, descent = (
        heavy_ball(loss, start, eta=0.05, beta=0.0, steps=9),
        gradient_descent(loss, start, eta=0.05, steps=9),
    )

    assert np.allclose(ball.value, descent.value, atol=1e-12)


@given(seeds)
@settings(parent=quickly, max_examples=2)
def test_two_runs_bracket_the_exact_sampler_and_meet_it_on_a_fine_grid(seed):
    problem = plant(lam=0.3, Q=0.0, seed=seed)
    lams = np.diag(problem.U.T @ problem.Sigma @ problem.U)
    exact = np.sqrt((lams + 0.01) / (lams + 4.0))

    def along(sampler, steps):
        x = sampler(best_weights(problem, seed), problem.U, np.geomspace(2.0, 0.1, steps + 1))
        return np.diag(problem.U.T @ x)

    assert (along(euler, 5) <= exact).all() and (exact <= along(heun, 5)).all()
    assert np.allclose(along(heun, 60), exact, rtol=1e-2)
