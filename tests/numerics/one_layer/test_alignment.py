import pytest
from hypothesis import given

from numerics import one_layer
from tests.numerics.strategies import noise_levels, quickly, seeds, training_times


@given(noise_levels, training_times, seeds)
@quickly
def test_aligned_weights_stay_aligned(sigma, tau, seed):
    leak = one_layer.leakage(sigma=sigma, eta=1.0, tau=tau, seed=seed, law="samples")

    assert leak.value <= leak.error < 1e-10


@given(noise_levels, noise_levels, training_times, seeds)
@quickly
def test_aligned_weights_commute(sigma1, sigma2, tau, seed):
    gap = one_layer.commutator(sigma1=sigma1, sigma2=sigma2, eta=1.0, tau=tau, seed=seed)

    assert gap.value <= gap.error < 1e-10


def test_random_weights_neither_align_nor_commute_early_in_training():
    leak = one_layer.leakage(sigma=0.5, eta=1.0, tau=0.1, aligned=False)
    gap = one_layer.commutator(sigma1=0.5, sigma2=1.0, eta=1.0, tau=0.1, aligned=False)

    assert leak.value > 0.1
    assert gap.value > 0.01


@pytest.mark.parametrize(
    "measure",
    [
        lambda tau: one_layer.leakage(sigma=0.5, eta=1.0, tau=tau, aligned=False),
        lambda tau: one_layer.commutator(sigma1=0.5, sigma2=1.0, eta=1.0, tau=tau, aligned=False),
    ],
)
def test_random_weights_align_in_the_end(measure):
    assert measure(1e4).value < 1e-9


def test_a_mean_misaligns_weights_through_a_bias_off_its_axis():
    assert one_layer.leakage(sigma=0.5, eta=1.0, tau=0.3, mu=0.8).value > 1e-3
