import numpy as np
import pytest

from numerics.noisy_components.sample_scenes import averaged, replicas


@pytest.mark.parametrize("seed", range(3))
def test_noise_draws_count_like_samples_if_the_noise_is_turned_with_them(seed):
    letters, found = replicas(seed)

    assert np.allclose(letters["P_n"], found.array, atol=1e-10)
    assert np.abs(letters["P_0"] - found.array).max() > 1e-2


def test_the_denoiser_of_averaged_noise_has_the_basis_of_the_samples():
    letters, found = averaged(1)

    assert np.allclose(found.array @ letters["A"], letters["A"] @ found.array, atol=1e-9)
