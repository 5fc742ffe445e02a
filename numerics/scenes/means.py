"""Training on data with a mean, nothing diagonal: gradients along a mode, and the way to the optimum.

Scenes as in `numerics.problems`; u is an eigenvector of Sigma that is not orthogonal to the mean.
"""

import numpy as np

from numerics.affine_flow import probe
from numerics.autograd import Loss, gradient
from numerics.problems import (
    Scene,
    Theta_of,
    derivative,
    letters_of,
    loss_of,
    measured,
    minimiser_of,
    problem,
)


def gradients(seed: int) -> Scene:
    """Measure the gradients in W and b, side by side."""
    return measured(problem(seed), gradient)


def gradients_along(seed: int) -> Scene:
    """Measure the gradient in W, acting on u, and the gradient in b, side by side."""
    letters = problem(seed)

    def read(loss: Loss, Theta: np.ndarray) -> np.ndarray:
        found = gradient(loss, Theta)
        return np.hstack([found[:, :-1] @ letters["u"], found[:, -1:]])

    return measured(letters, read)


def gradient_in_basis(seed: int) -> Scene:
    """Measure the gradient in W, acting on all eigenvectors; Lam are the eigenvalues."""
    letters = problem(seed)
    lams, U = np.linalg.eigh(letters["Sigma"])
    letters |= {"U": U, "Lam": np.diag(lams)}
    return measured(letters, lambda loss, Theta: gradient(loss, Theta)[:, :-1] @ U)


def eigenmode(seed: int) -> Scene:
    """Measure the gradient in Theta = [W b], acting on the slowest eigenvector e, at r_M, of half the curvature."""
    letters = problem(seed)
    Theta = Theta_of(letters)
    G = probe(loss_of(letters, "moments"), Theta.shape)
    rates, modes = np.linalg.eigh(G.A / 2)
    e = modes[:, :1]
    letters |= {"Theta": Theta, "Theta_opt": G.minimiser().array, "e": e} | letters_of(r_M=rates[0], k=len(e))
    return measured(letters, lambda loss, Theta: gradient(loss, Theta) @ e)


def closing_in(seed: int) -> Scene:
    """Measure d/dtau of |W - W*|^2 + |b - b*|^2 along gradient flow."""
    letters = problem(seed)

    def read(loss: Loss, Theta: np.ndarray) -> np.ndarray:
        best = minimiser_of(loss, Theta)
        return np.asarray(derivative(lambda now: np.sum((now - best) ** 2), loss, Theta))

    return measured(letters | {"W_tau": letters["W"], "b_tau": letters["b"]}, read)
