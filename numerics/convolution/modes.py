"""One Fourier mode of a full-width filter is planted in a random problem on a circle, where nothing is stationary."""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.convolution.generated import fourier_vector, log_power, trained_filters
from numerics.convolution.taps import circular, filter_loss
from numerics.measured import Measured, exponential


def fourier_weight(
    *, S: float, sigma: float, N: int, eta: float, tau: float, gam_re: float, gam_im: float = 0.3, seed: int = 0,
    law: str = "samples",
) -> Measured:  # fmt: skip
    """Return the real part of the Fourier coefficient after gradient flow on the filter, from gam_re + i gam_im."""
    return _coefficient(S, sigma, N, eta, tau, (gam_re, gam_im), seed, law, part=0)


def fourier_phase(
    *, S: float, sigma: float, N: int, eta: float, tau: float, gam_im: float, gam_re: float = 0.4, seed: int = 0,
    law: str = "samples",
) -> Measured:  # fmt: skip
    """Return the imaginary part of the same."""
    return _coefficient(S, sigma, N, eta, tau, (gam_re, gam_im), seed, law, part=1)


def fourier_variance(
    *, S: float, N: int, eta: float, tau: float, gam_re: float, sigma0: float, sigmaT: float, gam_im: float = 0.3,
    seed: int = 0,
) -> Measured:  # fmt: skip
    """Return the variance generated along the planted Fourier vector."""
    k, Sigma, taps0 = _planted(S, int(N), (gam_re, gam_im), seed)
    denoisers = trained_filters(circular(int(N), list(range(int(N)))), Sigma, taps0, eta=eta, tau=tau)
    return exponential(log_power(denoisers, fourier_vector(int(N), k), (sigma0, sigmaT)))


def _coefficient(
    S: float, sigma: float, N: int, eta: float, tau: float, gamma: tuple[float, float], seed: int, law: str, part: int
) -> Measured:
    N = int(N)
    k, Sigma, taps0 = _planted(S, N, gamma, seed)
    loss = filter_loss(circular(N, list(range(N))), Sigma, sigma, law=law, seed=seed)
    found = affine_flow(probe(loss, (1, N)), taps0[None, :], eta=eta, tau=tau)
    vector = np.sqrt(N) * fourier_vector(N, k)[part]
    return found.map(lambda taps: float(taps[0] @ vector), gain=float(np.abs(vector).sum()))


def _planted(
    S: float, N: int, gamma: tuple[float, float], seed: int
) -> tuple[int, Float[np.ndarray, "N N"], Float[np.ndarray, " N"]]:
    """Return a mode k that is not its own mirror image, a covariance with variance S there, and a filter."""
    rng = np.random.default_rng([seed, N])
    k = int(rng.integers(1, (N - 1) // 2 + 1))
    real, imaginary = fourier_vector(N, k)
    root = rng.normal(size=(N, N))
    Sigma = root @ root.T / N
    Sigma *= S / (real @ Sigma @ real + imaginary @ Sigma @ imaginary)
    taps = 0.4 * rng.normal(size=N)
    missing = np.array(gamma) / np.sqrt(N) - (taps @ real, taps @ imaginary)
    return k, Sigma, taps + 2 * (missing[0] * real + missing[1] * imaginary)
