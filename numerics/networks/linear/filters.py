"""One convolution on a circle or a torus of pixels, as wide as the image or with a few taps."""

from collections.abc import Sequence

import numpy as np

from numerics.convolution.taps import Basis, circular, torus
from numerics.lazy import Tensor, torch
from numerics.networks.linear.architecture import Linear, Parameters

Offset = tuple[int, ...]


def line(N: int, offsets: list[int]) -> Linear:
    """Return (D x)_m = sum_j w_j x_{m+j} on a circle of N pixels, j one of the offsets."""
    return _filter((N,), [(j,) for j in offsets], circular(N, offsets))


def plane(sides: tuple[int, int], offsets: list[tuple[int, int]]) -> Linear:
    """Return the same on an image that is circular in both directions, pixels in row-major order."""
    return _filter(sides, offsets, torus(*sides, offsets))


def full_width_1d(d: int, sigma: np.ndarray) -> Linear:
    """Return a filter with a tap for each pixel of a circle."""
    del sigma
    return line(d, list(range(d)))


def full_width_2d(d: int, sigma: np.ndarray) -> Linear:
    """Return a filter with a tap for each pixel of an image."""
    del sigma
    rows, columns = sides_of(d)
    return plane((rows, columns), [(i, j) for i in range(rows) for j in range(columns)])


def patch_1d(d: int, sigma: np.ndarray) -> Linear:
    """Return a filter of three taps on a circle."""
    del sigma
    return line(d, [-1, 0, 1])


def patch_2d(d: int, sigma: np.ndarray) -> Linear:
    """Return a filter of 3 x 3 taps on an image."""
    del sigma
    return plane(sides_of(d), [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)])


def sides_of(d: int) -> tuple[int, int]:
    """Return the sides of the image with d pixels that is nearest to a square, the shorter one first."""
    rows = max(i for i in range(1, int(np.sqrt(d)) + 1) if d % i == 0)
    return rows, d // rows


def _filter(sides: Offset, offsets: Sequence[Offset], basis: Basis) -> Linear:
    axes = tuple(range(-len(sides), 0))

    def forward(layers: Parameters, x: Tensor) -> Tensor:
        image = x.unflatten(-1, sides)
        taps = layers["w"][(..., None, *(None,) * len(sides))].movedim(-2 - len(sides), 0)
        moved = (tap * image.roll([-j for j in offset], axes) for tap, offset in zip(taps, offsets, strict=True))
        return sum(moved, torch.zeros_like(image)).flatten(-len(sides))

    def weight(layers: Parameters) -> Tensor:
        return torch.einsum("...j,jab->...ab", layers["w"], torch.tensor(basis))

    return Linear(shapes={"w": (len(offsets),)}, forward=forward, weight=weight)
