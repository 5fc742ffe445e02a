import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.spectra import covariance, spectrum, spectrum_of
from tests.numerics.strategies import quickly, random_data, seeds


@given(seeds, st.integers(2, 30), st.integers(1, 12))
@quickly
def test_the_spectrum_rebuilds_the_covariance(seed, n, d):
    data = np.random.default_rng(seed).normal(size=(n, d)) + 3.0

    modes = spectrum(data)

    assert np.allclose((modes.U * modes.lams) @ modes.U.T, np.cov(data.T, bias=True), atol=1e-13)
    assert np.allclose(modes.U.T @ modes.U, np.eye(len(modes.lams)), atol=1e-13)
    assert (np.diff(modes.lams) <= 0).all()


@given(seeds, st.integers(2, 10))
@quickly
def test_the_spectrum_of_data_is_the_spectrum_of_its_covariance(seed, d):
    data = np.random.default_rng(seed).normal(size=(40, d))

    assert np.allclose(spectrum(data).lams, spectrum_of(covariance(data)).lams, rtol=1e-10)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_few_samples_span_few_modes(n):
    data = np.random.default_rng(0).normal(size=(n, 10))

    assert spectrum(data).rank == n - 1
    assert spectrum_of(covariance(data)).rank == n - 1


def test_constant_data_have_no_modes():
    assert spectrum(np.full((4, 3), 0.1)).rank == 0


def test_tiny_variances_keep_their_digits():
    data = np.random.default_rng(0).normal(size=(50, 2)) * [1.0, 1e-9]

    assert spectrum(data).lams[1] == pytest.approx(np.var(data[:, 1]), rel=0.2)


def test_a_covariance_is_symmetric():
    with pytest.raises(ValueError, match="symmetric"):
        spectrum_of(np.array([[1.0, 0.5], [0.0, 1.0]]))


def test_a_covariance_has_no_negative_variance():
    with pytest.raises(ValueError, match="negative eigenvalue, got -1"):
        spectrum_of(np.diag([1.0, -1.0]))


def test_a_covariance_keeps_its_eigenvalues():
    _, Sigma = random_data(3)

    modes = spectrum_of(Sigma)

    assert np.allclose(Sigma @ modes.U, modes.U * modes.lams, atol=1e-13)
