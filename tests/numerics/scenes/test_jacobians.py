import numpy as np
import pytest

from numerics.scenes.jacobians import biased_network, posterior, relu_network


@pytest.mark.parametrize("seed", range(3))
def test_biases_break_what_holds_without_them(seed):
    plain, output = relu_network(seed)
    assert np.allclose(plain["J"] @ plain["x"], output.array, atol=1e-12)

    biased, output = biased_network(seed)
    assert np.abs(biased["J"] @ biased["x"] - output.array).max() > 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_the_jacobian_of_a_posterior_mean_is_symmetric_with_eigenvalues_that_are_not_negative(seed):
    jacobian = posterior(seed)[1].array

    assert np.allclose(jacobian, jacobian.T, atol=1e-12)
    assert np.linalg.eigvalsh(jacobian).min() > -1e-12
