"""What a trained convolution generates, along Fourier vectors or as a covariance."""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import pack
from numerics.convolution.taps import Basis, filter_loss, weight_of
from numerics.linear_ode import gauss_integral, gauss_points
from numerics.measured import Measured
from numerics.probability_flow import Denoisers, Generated, generate

Taps = Float[np.ndarray, " K"]


def trained_taps(
    basis: Basis, Sigma: Float[np.ndarray, "d d"], taps0: Taps, sigma: np.ndarray, *, eta: float, tau: float, law: str
) -> Measured:
    """Return the taps at each noise level after gradient flow for the time tau, shape (m, K)."""
    start = np.tile(taps0, (len(sigma), 1, 1))
    found = affine_flow(probe(filter_loss(basis, Sigma, sigma, law=law), start.shape), start, eta=eta, tau=tau)
    return Measured(value=found.array[:, 0], error=np.asarray(found.error)[:, 0])


def trained_filters(
    basis: Basis, Sigma: Float[np.ndarray, "d d"], taps0: Taps, *, eta: float, tau: float, law: str = "moments"
) -> Denoisers:
    """Return sigma -> Theta = [W 0] of the trained filter; the basis matrices are multiplied by bounded taps."""
    gain = float(np.linalg.norm(basis.reshape(len(basis), -1), 2))

    def denoisers(sigma: Float[np.ndarray, " m"]) -> Measured:
        taps = trained_taps(basis, Sigma, taps0, sigma, eta=eta, tau=tau, law=law)
        W = weight_of(taps.array, basis)
        return Measured(value=pack(W, np.zeros(W.shape[:-1])), error=gain * np.asarray(taps.error)[..., None])

    return denoisers


def fourier_vector(N: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the real and the imaginary part of exp(-2 pi i m k/N)/sqrt(N), m = 0..N-1."""
    angle = 2 * np.pi * k * np.arange(N) / N
    return np.cos(angle) / np.sqrt(N), -np.sin(angle) / np.sqrt(N)


def log_power(denoisers: Denoisers, vector: tuple[np.ndarray, np.ndarray], levels: tuple[float, float]) -> Measured:
    """Return ln E|f* x|^2 of what is generated, for a vector f given by its real and imaginary part."""
    parts = np.stack([v for v in vector if np.abs(v).max() > 1e-9], axis=1)
    found = _generated(denoisers, levels, parts).log_variance
    sizes = np.exp(found.array - found.array.max())
    return Measured(value=found.array.max() + np.log(sizes.sum()), error=found.worst)


def generated_covariance(denoisers: Denoisers, d: int, levels: tuple[float, float]) -> Measured:
    """Return the covariance of what is generated."""
    return _generated(denoisers, levels, np.eye(d)).covariance


def exponent(denoisers: Denoisers, levels: tuple[float, float], panels: int = 24) -> Float[np.ndarray, "d d"]:
    """Return the integral of (W_s - I)/s from levels[0] to levels[1]."""
    start, end = np.log(levels)
    s = gauss_points(start, end, panels)
    slope = denoisers(np.exp(s).ravel()).array[:, :, :-1]
    slope = slope - np.eye(slope.shape[-1])
    entries = slope.reshape(*s.shape, -1)
    total = [gauss_integral(entries[:, :, i], end - start) for i in range(entries.shape[-1])]
    return np.reshape(total, slope.shape[1:])


def _generated(denoisers: Denoisers, levels: tuple[float, float], directions: np.ndarray) -> Generated:
    return generate(denoisers, sigma0=levels[0], sigmaT=levels[1], directions=directions)
