"""Random circles of pixels with a local filter on them: what training and sampling make of it.

A scene returns the arrays of all letters by name, and a measured matrix or number, as in `numerics.scenes`.
"""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import gradient
from numerics.convolution.generated import exponent, fourier_vector, generated_covariance, log_power, trained_filters
from numerics.convolution.taps import Basis, channels, circular, filter_loss, padded, torus
from numerics.measured import Measured, exponential
from numerics.problems import Letters, Scene, letters_of, twice

LEVELS = (0.2, 4.0)


def patch_gradient(seed: int) -> Scene:
    """Measure the gradient of the loss of a local filter in its taps, a column."""
    letters, basis, Sigma = _line(seed)
    w, sigma = letters["w"].T, float(letters["sigma"])
    return letters, twice(lambda law: gradient(filter_loss(basis, Sigma, sigma, law=law), w).T)


def filters(seed: int) -> Scene:
    """Measure a local filter after gradient flow for the time tau, a column."""
    return _trained(*_line(seed))


def filters_2d(seed: int) -> Scene:
    """Measure the same for a filter of 3 x 3 taps on a circular image."""
    rng, (N1, N2) = np.random.default_rng([seed, 1]), (3 + seed % 2, 4)
    offsets = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return _trained(*_problem(rng, torus(N1, N2, offsets), centre=4))


def filters_of_channels(seed: int) -> Scene:
    """Measure the transposed filter bank of two channels after gradient flow; e0 selects the centre pixel."""
    C, N, offsets = 2, 5, [-1, 0, 1]
    rng = np.random.default_rng([seed, 2])
    frame, basis = circular(N, offsets), channels(circular(N, offsets), C)
    Sigma = _covariance(rng, N * C)
    patches = [np.kron(np.stack([B[i] for B in frame]), np.eye(C)) for i in range(N)]
    Sigma_patch = sum(E @ Sigma @ E.T for E in patches) / N
    W0 = 0.5 * rng.normal(size=(C * len(offsets), C))
    letters = _scalars(rng, N=N, K=C * len(offsets)) | {"Sigma_patch": Sigma_patch, "W0": W0}
    letters |= {"E0": np.kron(np.eye(3)[:, 1:2], np.eye(C)), "e": np.asarray(float(C))}
    taps0 = W0.reshape(1, -1)

    def after(law: str) -> np.ndarray:
        return _flow(basis, Sigma, letters, taps0, law).reshape(W0.shape)

    return letters, twice(after)


def toeplitz_gradient(seed: int) -> Scene:
    """Measure the gradient in the first tap of W = tap0 B0 + tap1 B1, shifts of a line, disturbed."""
    rng = np.random.default_rng([seed, 3])
    N = 5
    basis = padded(N, [1 + seed % 2, -1 - seed % 3]) + 0.3 * rng.normal(size=(2, N, N))
    Sigma = _covariance(rng, N)
    w = rng.normal(size=(1, 2))
    letters = letters_of(d=N, sigma=rng.uniform(0.3, 1.5), tap0=w[0, 0], tap1=w[0, 1])
    letters |= {"B0": basis[0], "B1": basis[1], "Sigma": Sigma}
    sigma = float(letters["sigma"])
    return letters, twice(lambda law: gradient(filter_loss(basis, Sigma, sigma, law=law), w)[0, 0])


def stationary(seed: int) -> Scene:
    """Measure T Cov for the covariance that a local filter generates; L is the integral of (W_s - I)/s."""
    letters, basis, Sigma = _line(seed)
    denoisers = trained_filters(basis, Sigma, letters["w0"][:, 0], eta=float(letters["eta"]), tau=float(letters["tau"]))
    N, T = len(Sigma), circular(len(Sigma), [1])[0]
    found = generated_covariance(denoisers, N, LEVELS)
    named = letters_of(d=N, sigmaT=LEVELS[1]) | {"T": T, "L": exponent(denoisers, LEVELS)}
    return named, Measured(value=T @ found.array, error=2 * found.worst)


def patch_variance(seed: int) -> Scene:
    """Measure the variance along a Fourier vector for three taps; the letters are those of the two even patch modes."""
    letters, basis, Sigma = _line(seed)
    N, k = len(Sigma), 1 + seed % 2
    values, vectors = _even_modes(letters["Sigma_patch"])
    cosines = np.cos(2 * np.pi * k * np.array([-1, 0, 1]) / N)
    along = cosines @ vectors
    a, b = along * vectors[1], along * (vectors.T @ letters["w0"][:, 0])
    named = letters_of(theta1=values[0], theta2=values[1], a_k=a[0], b_k1=b[0], b_k2=b[1], N=N)
    named |= letters_of(eta=letters["eta"], tau=letters["tau"], sigma0=LEVELS[0], sigmaT=LEVELS[1])
    denoisers = trained_filters(basis, Sigma, letters["w0"][:, 0], eta=float(named["eta"]), tau=float(named["tau"]))
    return named, exponential(log_power(denoisers, fourier_vector(N, k), LEVELS))


def _line(seed: int) -> tuple[Letters, Basis, Float[np.ndarray, "N N"]]:
    """Return a problem with three taps on a circle of 4 to 6 pixels."""
    rng = np.random.default_rng([seed, 0])
    return _problem(rng, circular(int(rng.integers(4, 7)), [-1, 0, 1]), centre=1)


def _problem(rng: np.random.Generator, basis: Basis, centre: int) -> tuple[Letters, Basis, Float[np.ndarray, "N N"]]:
    """Return the letters of a random problem, its basis, and the covariance of its data."""
    K, N = basis.shape[:2]
    Sigma = _covariance(rng, N)
    patches = [basis[:, i] for i in range(N)]
    letters = _scalars(rng, N=N, K=K) | {
        "Sigma_patch": sum(E @ Sigma @ E.T for E in patches) / N,
        "w0": 0.5 * rng.normal(size=(K, 1)),
        "w": rng.normal(size=(K, 1)),
        "e0": np.eye(K)[:, centre : centre + 1],
    }
    return letters, basis, Sigma


def _trained(letters: Letters, basis: Basis, Sigma: Float[np.ndarray, "N N"]) -> Scene:
    return letters, twice(lambda law: _flow(basis, Sigma, letters, letters["w0"].T, law).T)


def _flow(basis: Basis, Sigma: np.ndarray, letters: Letters, taps0: np.ndarray, law: str) -> np.ndarray:
    loss = filter_loss(basis, Sigma, float(letters["sigma"]), law=law)
    return affine_flow(probe(loss, taps0.shape), taps0, eta=float(letters["eta"]), tau=float(letters["tau"])).array


def _scalars(rng: np.random.Generator, *, N: int, K: int) -> Letters:
    speed = rng.uniform(0.05, 0.6)
    return letters_of(N=N, K=K, sigma=rng.uniform(0.3, 1.2), eta=speed / N, tau=rng.uniform(0.3, 1.5))


def _covariance(rng: np.random.Generator, N: int) -> Float[np.ndarray, "N N"]:
    root = rng.normal(size=(N, N))
    return root @ root.T / N


def _even_modes(Sigma_patch: Float[np.ndarray, "3 3"]) -> tuple[np.ndarray, np.ndarray]:
    """Return the eigenvalues and eigenvectors of a patch of three pixels that a reversal does not change."""
    even = np.array([[np.sqrt(0.5), 0.0], [0.0, 1.0], [np.sqrt(0.5), 0.0]])
    values, vectors = np.linalg.eigh(even.T @ Sigma_patch @ even)
    return values, even @ vectors
