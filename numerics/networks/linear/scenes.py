"""Random linear networks, trained: nothing diagonal, nothing aligned, three noise levels in one tensor.

A scene returns the letters of a problem by the names that laws use for them, and the course of every parameter.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from numerics.measured import Measured
from numerics.networks.linear import LINEAR, Linear
from numerics.networks.linear.descent import descent
from numerics.networks.linear.filters import Offset, line, plane
from numerics.networks.linear.loss import exact_loss
from numerics.networks.linear.preconditioned import SIGMA_DATA, coefficients
from numerics.networks.linear.trained import Trained
from numerics.objective import edm_x, flow_matching
from numerics.problems import letters_of

STEPS = 12
SIGMA = np.array([0.4, 0.9, 1.6])
TIMES = np.array([0.15, 0.5, 0.9])
BETA = 0.4


def one_layer(seed: int) -> Trained:
    """Return the course of W."""
    return _denoiser("one_layer", seed)


def heavy_ball(seed: int) -> Trained:
    """Return the course of W and of V, the last step it took, under momentum."""
    found = _denoiser("one_layer", seed, beta=BETA)
    W, still = found.course["W"], np.zeros_like(found.first["W"])
    return found.renamed(letters_of(beta=BETA), {"W": W, "V": last_step(W)}, {**found.first, "V": still})


def biased(seed: int) -> Trained:
    """Return the course of W and b, for data with a mean."""
    return _upright(_denoiser("biased", seed, mean=1.0), "b")


def two_layer(seed: int) -> Trained:
    """Return the course of P."""
    return _denoiser("two_layer", seed)


def untied(seed: int) -> Trained:
    """Return the course of W1 and W2."""
    return _denoiser("untied", seed)


def deep(seed: int) -> Trained:
    """Return the course of W1, W2 and W3."""
    return _denoiser("deep", seed)


def preconditioned(seed: int) -> Trained:
    """Return the course of W', each level with EDM's loss weight 1/c_out^2."""
    found = _denoiser("preconditioned", seed, weight=1 / coefficients(SIGMA)[1] ** 2)
    return found.renamed(letters_of(sigma_data=SIGMA_DATA), found.course, found.first)


def velocity(seed: int) -> Trained:
    """Return the course of W under flow matching."""
    return _velocity("one_layer", seed)


def velocity_two_layer(seed: int) -> Trained:
    """Return the course of P under flow matching."""
    return _velocity("two_layer", seed)


def full_width_1d(seed: int) -> Trained:
    """Return the course of the taps of a filter as wide as a circle."""
    return _filter(line(5, list(range(5))), [(j,) for j in range(5)], (5,), seed)


def full_width_2d(seed: int) -> Trained:
    """Return the course of the taps of a filter as large as an image."""
    offsets = [(i, j) for i in range(2) for j in range(3)]
    return _filter(plane((2, 3), offsets), offsets, (2, 3), seed)


def patch_1d(seed: int) -> Trained:
    """Return the course of three taps on a circle."""
    return _filter(line(5, [-1, 0, 1]), [(-1,), (0,), (1,)], (5,), seed)


def patch_2d(seed: int) -> Trained:
    """Return the course of 3 x 3 taps on an image."""
    offsets = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return _filter(plane((3, 4), offsets), offsets, (3, 4), seed)


def random_covariance(rng: np.random.Generator, d: int) -> Float[np.ndarray, "d d"]:
    """Return a covariance of d components in general position."""
    root = rng.normal(size=(d, d))
    return root @ root.T / d


def last_step(W: Measured) -> Measured:
    """Return the difference of W from the one before, 0 at the start."""
    apart = np.diff(W.array, axis=0, prepend=W.array[:1])
    return Measured(value=apart, error=2 * np.asarray(W.error))


def _denoiser(
    name: str, seed: int, *, mean: float = 0.0, beta: float = 0.0, weight: np.ndarray | None = None
) -> Trained:
    """Return a network trained to predict the data from x0 + sigma z, in three dimensions."""
    rng, d = np.random.default_rng([seed, len(name)]), 3
    Sigma, mu = random_covariance(rng, d), mean * rng.normal(size=d)
    network, eta = LINEAR[name](d, SIGMA), 0.02
    loss = exact_loss(network, Sigma, mu, edm_x(SIGMA), weight)
    first = network.start(len(SIGMA), seed=seed)
    course = descent(loss, first, eta=eta, steps=STEPS, beta=beta)
    common = letters_of(d=d, h=d + 1, eta=eta) | {"Sigma": Sigma, "mu": mu[:, None]}
    return Trained(common=common, by_level=letters_of(sigma=SIGMA), first=first, course=course)


def _velocity(name: str, seed: int) -> Trained:
    rng, d, eta = np.random.default_rng([seed, 7]), 3, 0.05
    Sigma, network = random_covariance(rng, d), LINEAR[name](d, TIMES)
    loss = exact_loss(network, Sigma, np.zeros(d), flow_matching(TIMES))
    first = network.start(len(TIMES), seed=seed)
    course = descent(loss, first, eta=eta, steps=STEPS)
    common = letters_of(d=d, width=d + 1, eta=eta) | {"Sigma": Sigma}
    return Trained(common=common, by_level=letters_of(t=TIMES), first=first, course=course)


def _filter(network: Linear, offsets: Sequence[Offset], sides: tuple[int, ...], seed: int) -> Trained:
    """Return a filter trained on pixels whose covariance is not stationary; the letters are those of a mean patch."""
    rng, N = np.random.default_rng([seed, 8]), int(np.prod(sides))
    Sigma, eta = random_covariance(rng, N), 0.1 / N
    loss = exact_loss(network, Sigma, np.zeros(N), edm_x(SIGMA))
    first = network.start(len(SIGMA), seed=seed)
    course = descent(loss, first, eta=eta, steps=STEPS)
    centre = [offset == (0,) * len(sides) for offset in offsets]
    common = letters_of(N=N, K=len(offsets), eta=eta, e0=np.array(centre)[:, None])
    common |= {"Sigma_patch": patch_covariance(Sigma, offsets, sides)}
    found = Trained(common=common, by_level=letters_of(sigma=SIGMA), first=first, course=course)
    return _upright(found, "w")


def _upright(found: Trained, name: str) -> Trained:
    """Return the same with a vector as a column."""
    vector = found.course[name]
    column = Measured(value=vector.array[..., None], error=np.asarray(vector.error)[..., None])
    first = {**found.first, name: found.first[name][..., None]}
    return found.renamed({}, {**found.course, name: column}, first)


def patch_covariance(
    Sigma: Float[np.ndarray, "N N"], offsets: Sequence[Offset], sides: tuple[int, ...]
) -> Float[np.ndarray, "K K"]:
    """Return the covariance of the pixels at the offsets from a pixel, averaged over that pixel."""
    pixels = np.arange(len(Sigma)).reshape(sides)
    axes = tuple(range(len(sides)))
    moved = [np.roll(pixels, [-j for j in offset], axes).ravel() for offset in offsets]
    return np.array([[Sigma[a, b].mean() for b in moved] for a in moved])
