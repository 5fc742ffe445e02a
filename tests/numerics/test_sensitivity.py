import numpy as np
from hypothesis import given, settings

from numerics.denoisers import edm_losses, learning_rates, trained
from numerics.probability_flow import generate
from numerics.sensitivity import generated_rate
from tests.numerics.strategies import log_uniform, quickly, random_data, random_start, seeds

NOISE = {"sigma0": 0.05, "sigmaT": 20.0}


@given(seeds, log_uniform(0.05, 2.0))
@settings(parent=quickly, max_examples=4)
def test_the_rate_is_the_limit_of_differences(seed, tau):
    mu, Sigma = random_data(seed)
    losses, start, V = edm_losses(Sigma, mu), random_start(seed), np.eye(3)

    def level(at):
        return generate(trained(losses, start, eta=1.0, tau=at), **NOISE, directions=V).log_variance.array

    rate = generated_rate(
        trained(losses, start, eta=1.0, tau=tau), learning_rates(losses, start, eta=1.0, tau=tau), **NOISE, directions=V
    )

    h = tau / 100
    slope = (8 * (level(tau + h) - level(tau - h)) - (level(tau + 2 * h) - level(tau - 2 * h))) / (12 * h)
    assert np.allclose(rate.value, slope, rtol=1e-4, atol=1e-6 / tau)


def test_the_stated_error_covers_a_much_finer_run():
    mu, Sigma = random_data(4)
    losses, start = edm_losses(Sigma, mu), random_start(4)
    flow = {"eta": 1.0, "tau": 0.5}
    ends = trained(losses, start, **flow), learning_rates(losses, start, **flow)

    rough, tight = (generated_rate(*ends, **NOISE, directions=np.eye(3), panels=n, most=2 * n) for n in (1, 16))

    assert (np.abs(rough.value - tight.value) <= rough.error).all()
    assert tight.worst < 1e-5
