"""A linear ODE with a smooth matrix is solved panel by panel at Gauss points, to rounding, without stepping control."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

import numpy as np
from jaxtyping import Float

Run = TypeVar("Run")

POINTS = 10
"""Gauss points in a panel: the method has order 20."""

SAFETY = 10.0
"""How much a result may err beyond its gap to half as many panels, where these are too wide for the order to show."""


def gauss_points(start: float, end: float, panels: int) -> Float[np.ndarray, "panels points"]:
    """Return the points at which `propagate` needs K."""
    edges = np.linspace(start, end, panels + 1)
    nodes, _, _ = _collocation()
    return edges[:-1, None] + np.diff(edges)[:, None] * nodes


def propagate(
    K: Float[np.ndarray, "panels points d d"], x: Float[np.ndarray, "d n"], length: float
) -> Float[np.ndarray, "d n"]:
    """Return x after dx/ds = K(s) x over an interval of the given length, K at its Gauss points."""
    _, weights, integrals = _collocation()
    h = length / len(K)
    for K_panel in K:
        stages = np.linalg.solve(_stage_matrix(K_panel, h * integrals), np.tile(x, (POINTS, 1)))
        x = x + h * np.einsum("p,pij,pjn->in", weights, K_panel, stages.reshape(POINTS, *x.shape), optimize=True)
    return x


def gauss_integral(values: Float[np.ndarray, "panels points"], length: float) -> float:
    """Return the integral of values at the Gauss points over an interval of the given length."""
    _, weights, _ = _collocation()
    return float((values @ weights).sum() * length / len(values))


def refine(
    run: Callable[[int], Run], gap: Callable[[Run, Run], float], *, goal: float, panels: int, most: int
) -> tuple[Run, Run]:
    """Return the runs with n and 2n panels, n doubled until their gap is within the goal or 2n would exceed `most`."""
    coarse, fine = run(panels), run(2 * panels)
    while not gap(coarse, fine) <= goal and 4 * panels <= most:
        panels *= 2
        coarse, fine = fine, run(2 * panels)
    return coarse, fine


def _stage_matrix(K: np.ndarray, integrals: np.ndarray) -> Float[np.ndarray, "D D"]:
    """Return the system of the stages x_i = x + sum_j integrals_ij K_j x_j."""
    size = K.shape[0] * K.shape[1]
    coupling = np.einsum("ij,jab->iajb", integrals, K).reshape(size, size)
    return np.eye(size) - coupling


@cache
def _collocation() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return Gauss nodes and weights on [0, 1], and ∫ of each Lagrange polynomial up to each node."""
    nodes, weights = np.polynomial.legendre.leggauss(POINTS)
    legendre = np.polynomial.legendre.legvander(nodes, POINTS - 1)
    moments = (np.arange(POINTS) + 0.5)[:, None] * legendre.T * weights
    primitives = np.array([np.polynomial.legendre.legint(row, lbnd=-1) for row in np.eye(POINTS)])
    integrals = np.array([np.polynomial.legendre.legval(nodes, row) for row in primitives])
    return (nodes + 1) / 2, weights / 2, integrals.T @ moments / 2
