"""Full-width filters multiplied with each other: trained by a stiff solver through autograd of the composed loss."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.autograd import Loss
from numerics.convolution.generated import fourier_vector
from numerics.convolution.taps import circular
from numerics.gradient_flow import gradient_flow
from numerics.lazy import Tensor, torch
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x

Compose = Callable[[Tensor], Tensor]
"""Makes the weight matrix of the circulant matrix of the taps."""


def squared(
    *, rho_0: float, tan_half: float, S: float, sigma: float, N: int, eta: float, tau: float, seed: int = 0
) -> Measured:
    """Return the real part of gamma_k of Circ(w)^2 after gradient flow on w, from rho_0 exp(2 i arctan(tan_half))."""
    start = np.sqrt(rho_0) * np.exp(1j * np.arctan(tan_half))
    return _coefficient(lambda circ: circ @ circ, start, S, sigma, int(N), eta, tau, seed)


def symmetric(*, gam_re: float, S: float, sigma: float, N: int, eta: float, tau: float, seed: int = 0) -> Measured:
    """Return gamma_k of Circ(w) Circ(w)^T after gradient flow on w, from gam_re."""
    start = np.sqrt(gam_re) * np.exp(0.7j)
    return _coefficient(lambda circ: circ @ circ.mT, start, S, sigma, int(N), eta, tau, seed)


def _coefficient(
    compose: Compose, start: complex, S: float, sigma: float, N: int, eta: float, tau: float, seed: int
) -> Measured:
    rng = np.random.default_rng([seed, N, 7])
    k = int(rng.integers(1, (N - 1) // 2 + 1))
    real, imaginary = fourier_vector(N, k)
    root = rng.normal(size=(N, N))
    Sigma = root @ root.T / N
    Sigma *= S / (real @ Sigma @ real + imaginary @ Sigma @ imaginary)
    taps = 0.5 * rng.normal(size=N)
    missing = start / np.sqrt(N) - (taps @ real + 1j * taps @ imaginary)
    taps = taps + 2 * (missing.real * real + missing.imag * imaginary)
    found = gradient_flow(_loss(compose, Sigma, sigma), taps, eta=eta, taus=np.array([tau])).at(0)
    return found.map(lambda w: _eigenvalue(compose, w, k), gain=4.0 * N * float(np.abs(found.array).sum() + 1))


def _loss(compose: Compose, Sigma: Float[np.ndarray, "N N"], sigma: float) -> Loss:
    N = len(Sigma)
    inner = denoising_loss(Sigma, np.zeros(N), edm_x(sigma), law="moments")
    frame, bias = torch.tensor(circular(N, list(range(N)))), torch.zeros((N, 1), dtype=torch.float64)
    return lambda taps: inner(torch.cat([compose(torch.einsum("j,jab->ab", taps, frame)), bias], dim=-1))


def _eigenvalue(compose: Compose, taps: Float[np.ndarray, " N"], k: int) -> float:
    """Return Re f* W f for the Fourier vector f."""
    N = len(taps)
    W = compose(torch.tensor(np.einsum("j,jab->ab", taps, circular(N, list(range(N)))))).numpy()
    real, imaginary = fourier_vector(N, k)
    return float(real @ W @ real + imaginary @ W @ imaginary)
