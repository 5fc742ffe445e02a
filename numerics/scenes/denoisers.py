"""Random centred problems for linear denoisers of every kind: the error and its minimisers, from the loss alone.

The letters s = sigma^2 and Sigma are the noise variance and the covariance of the data; A projects on the k leading
eigenvectors of Sigma, P on a random subspace of dimension k.
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from numerics.autograd import value
from numerics.lazy import Tensor, torch
from numerics.loss import DenoisingLoss
from numerics.measured import Measured, from_two
from numerics.problems import Letters, Scene, letters_of, loss_of, measured, minimiser_of, problem, rounding

STEPS = 300
Parametrised = Callable[[Tensor], Tensor]


def error(seed: int) -> Scene:
    """Measure E|x0 - W x|^2 at a random W."""
    return measured(centred(seed), value)


def error_of_projector(seed: int) -> Scene:
    """Measure E|x0 - P x|^2 for a projector on a random subspace."""
    letters = centred(seed)
    found = measured(letters | {"W": letters["P"]}, value)[1]
    return letters, found


def minimiser(seed: int) -> Scene:
    """Measure the W that minimises the error; the bias is free too, and its minimiser is not read."""
    return measured(centred(seed), lambda loss, Theta: minimiser_of(loss, Theta)[:, :-1])


def affine_minimiser(seed: int) -> Scene:
    """Measure W and b that minimise the error for data with a mean, side by side."""
    letters = problem(seed)
    return measured(letters | letters_of(s=letters["sigma"] ** 2), minimiser_of)


def best_projector(seed: int) -> Scene:
    """Measure the least error of the orthogonal projectors of rank k, searched from two random ones, on two laws."""
    return _best(seed, lambda Y: torch.linalg.qr(Y)[0] @ torch.linalg.qr(Y)[0].mT, blocks=1)


def best_of_rank(seed: int) -> Scene:
    """Measure the least error of the matrices W = Y Z^T of rank at most k, searched from two random ones."""
    return _best(seed, lambda Y: Y[: len(Y) // 2] @ Y[len(Y) // 2 :].mT, blocks=2)


def centred(seed: int) -> Letters:
    """Return a random problem with mean 0 and b = 0, and projectors of a rank k below d."""
    letters = problem(seed)
    rng = np.random.default_rng([seed, 7])
    d = len(letters["b"])
    k = int(rng.integers(1, d))
    leading, other = np.linalg.eigh(letters["Sigma"])[1][:, -k:], np.linalg.qr(rng.normal(size=(d, k)))[0]
    projectors = {"A": leading @ leading.T, "P": other @ other.T}
    nothing = np.zeros((d, 1))
    return letters | projectors | letters_of(s=letters["sigma"] ** 2, k=k) | {"mu": nothing, "b": nothing}


def _best(seed: int, matrix: Parametrised, blocks: int) -> Scene:
    letters = centred(seed)
    d, k = len(letters["b"]), int(letters["k"])

    def least(law: str, start: int) -> Measured:
        Y = np.random.default_rng([seed, start]).normal(size=(blocks * d, k))
        found = np.asarray(_descended(loss_of(letters, law), matrix, Y))
        return Measured(value=found, error=rounding(found))

    return letters, from_two(least("samples", 8), least("moments", 9), safety=2.0)


def _descended(loss: DenoisingLoss, matrix: Parametrised, start: Float[np.ndarray, "n k"]) -> float:
    """Return the value of the loss that a quasi-Newton search ends at."""
    leaf = torch.tensor(start, requires_grad=True)
    search = torch.optim.LBFGS(
        [leaf], max_iter=STEPS, tolerance_grad=1e-12, tolerance_change=0, line_search_fn="strong_wolfe"
    )

    def at(Y: Tensor) -> Tensor:
        W = matrix(Y)
        return loss(torch.cat([W, torch.zeros_like(W[:, :1])], dim=-1))

    def closure() -> Tensor:
        search.zero_grad()
        found = at(leaf)
        found.backward()
        return found

    search.step(closure)
    return float(at(leaf.detach()))
