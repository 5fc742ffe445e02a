"""Filters that are trained on data without stationarity: the course of one Fourier mode, read off the whole network."""

import numpy as np

from numerics.convolution.generated import fourier_vector
from numerics.lazy import torch
from numerics.measured import Measured
from numerics.networks.linear import Linear
from numerics.networks.linear.descent import EPS, descent
from numerics.networks.linear.filters import line
from numerics.networks.linear.loss import exact_loss
from numerics.networks.linear.modes import WALK, Pace
from numerics.networks.linear.scenes import SIGMA, random_covariance
from numerics.networks.linear.trained import Trained
from numerics.objective import edm_x
from numerics.problems import letters_of

PIXELS, MODE = 6, 1


def fourier_mode(seed: int, pace: Pace = WALK) -> Trained:
    """Return the course of gam_re + i gam_im, the coefficient of a Fourier mode of a filter as wide as the circle."""
    return trained_mode(line(PIXELS, list(range(PIXELS))), seed, pace)


def trained_mode(network: Linear, seed: int, pace: Pace = WALK) -> Trained:
    """Return the same for any network whose taps are meant to act as those of `fourier_mode` do."""
    rng = np.random.default_rng([seed, 9])
    Sigma, (real, imaginary) = random_covariance(rng, PIXELS), fourier_vector(PIXELS, MODE)
    first = {"w": 0.5 * rng.normal(size=(len(SIGMA), PIXELS))}
    loss = exact_loss(network, Sigma, np.zeros(PIXELS), edm_x(SIGMA))
    taps = descent(loss, first, eta=pace.eta / PIXELS, steps=pace.steps)["w"]
    W = network.weight({"w": torch.tensor(taps.array)}).numpy()
    error = PIXELS * (np.asarray(taps.error)[..., 0] + 8 * EPS * np.abs(taps.array).max(axis=-1))
    power = real @ Sigma @ real + imaginary @ Sigma @ imaginary
    parts = _coefficient(W, real, imaginary)
    return Trained(
        common=letters_of(N=PIXELS, S=power, eta=pace.eta / PIXELS),
        by_level=letters_of(sigma=SIGMA),
        first={name: first["w"] @ v * np.sqrt(PIXELS) for name, v in (("gam_re", real), ("gam_im", imaginary))},
        course={name: Measured(value=part, error=error) for name, part in parts.items()},
    )


def _coefficient(W: np.ndarray, real: np.ndarray, imaginary: np.ndarray) -> dict[str, np.ndarray]:
    """Return the parts of gamma = f* W f for the complex vector f, of length 1, with these parts: W f = gamma f."""
    f = real + 1j * imaginary
    gamma = np.einsum("...ab,a,b->...", W, f.conj(), f)
    return {"gam_re": gamma.real, "gam_im": gamma.imag}
