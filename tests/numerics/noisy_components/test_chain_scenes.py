import numpy as np
import pytest

from numerics.noisy_components import chain_scenes
from numerics.noisy_components.spiked import Spiked, bases, covariance

CELL = {"d": 6.0, "n_data": 8.0, "lam2_0": 2.0, "lam2": 1.0, "trials": 40, "seed": 3}


@pytest.mark.parametrize("reading", ["fresh", "accumulated", "shared"])
def test_a_gain_is_what_the_projections_do_one_after_the_other(reading):
    levels, scene = np.array([0.1, 0.2, 0.3]), Spiked(d=5, n=7, lams=(1.5, 1.0))
    w = covariance(reading, levels)
    found = chain_scenes._gains(reading, tuple(levels), 5, 7, (2.25, 1.0), 6, 4)[:, -1]
    for U, U_t in bases(scene, w, trials=6, seed=4):
        vector = U
        for basis in (U, *np.moveaxis(U_t, 1, 0)):
            vector = basis @ (np.swapaxes(basis, -1, -2) @ vector)

        assert np.allclose(np.sum(vector**2, axis=1), found)


def test_a_gain_lies_between_0_and_1_and_falls_from_step_to_step():
    found = chain_scenes._gains("fresh", (0.3,) * 6, 6, 8, (2.0, 1.0), 50, 1)

    assert (found >= 0).all() and (found <= 1 + 1e-12).all()
    assert (np.diff(found.sum(axis=-1), axis=1) <= 1e-12).all()


@pytest.mark.parametrize("reading", ["accumulated", "shared"])
def test_long_chains_of_accumulated_or_shared_noise_keep_nearly_everything(reading):
    assert chain_scenes.scheduled_gain(T=60, reading=reading, **CELL).mean > 0.97


def test_long_chains_of_fresh_noise_lose_a_constant_part():
    gain = chain_scenes.scheduled_gain(T=60, reading="fresh", **CELL).mean

    assert 0.4 < gain < 0.7


def test_the_gram_determinant_of_unit_vectors_lies_between_0_and_1():
    found = chain_scenes.gram_determinant(
        d=8.0, reading="shared", gamma=1.0, lam2=1.0, s_a=0.1, s_b=0.3, trials=30, seed=2
    )

    assert 0 <= found.mean <= 1


def test_the_squares_of_a_row_sum_to_at_most_1():
    found = chain_scenes.leaked(d=12.0, n_data=20.0, s=0.5, trials=30, seed=2)

    assert (found.sum(axis=1) <= 1 + 1e-12).all()
