import numpy as np
import pytest

from numerics.one_layer import log_variance, misaligned_covariance

POINT = {"lam": 0.5, "Q": 0.3, "eta": 0.5, "tau": 0.8, "sigma0": 0.1, "sigmaT": 5.0}


def change(eps, seed, law="moments"):
    """Return the change of the covariance, relative to the scale of its entries, with its error."""
    aligned, found = (misaligned_covariance(**POINT, eps=e, seed=seed, law=law) for e in (0.0, eps))
    size = np.sqrt(np.outer(np.diag(aligned.array), np.diag(aligned.array)))
    return (found.array - aligned.array) / size, np.max((found.error + aligned.error) / size)


def test_without_misalignment_the_variance_is_that_of_aligned_weights():
    found = misaligned_covariance(**POINT, eps=0.0, seed=1)

    assert np.log(found.array[0, 0]) == pytest.approx(float(log_variance(**POINT, seed=1).value), abs=1e-9)


@pytest.mark.parametrize("law", ["moments", "signs"])
@pytest.mark.parametrize("seed", range(2))
def test_variances_change_in_second_and_covariances_in_first_order(seed, law):
    (small, error), (large, _) = (change(eps, seed, law) for eps in (1e-3, 2e-3))
    off = ~np.eye(len(small), dtype=bool)

    assert error < 1e-9
    assert np.allclose(np.diag(large), 4 * np.diag(small), rtol=0.05, atol=1e-7)
    assert np.allclose(large[off], 2 * small[off], rtol=0.05, atol=1e-5)
    assert np.abs(small[off]).max() > 1e-4
