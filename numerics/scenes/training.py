"""Random problems, nothing diagonal, on which a linear denoiser is trained; what its parameters and errors become.

A scene returns the arrays of all letters by name, and a measured matrix, as in `numerics.scenes`. W0 and b0 are the
random initial parameters, W0 not symmetric; u is the eigenvector of Sigma with the largest eigenvalue lam.
"""

from collections.abc import Callable

import numpy as np

from numerics.affine_flow import AffineGradient, affine_flow, probe
from numerics.autograd import Loss, gradient, pack, value
from numerics.error import denoiser_error
from numerics.laws import samples
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured, from_two
from numerics.objective import edm_x
from numerics.problems import ROUNDOFF, Letters, Scene, problem

Read = Callable[[DenoisingLoss], np.ndarray | float]


def centred(seed: int) -> Letters:
    """Return a problem whose data have mean zero."""
    return _started(seed, lambda letters: 0 * letters["mu"])


def orthogonal(seed: int) -> Letters:
    """Return a problem whose data have a mean orthogonal to u."""
    return _started(seed, lambda letters: letters["mu"] - letters["u"] @ (letters["u"].T @ letters["mu"]))


def gradients(seed: int) -> Scene:
    """Measure the gradients of the loss in W and b, side by side, for data of mean zero."""
    letters = centred(seed)
    return letters, twice(letters, lambda loss: gradient(loss, start(letters)))


def weights(seed: int) -> Scene:
    """Measure W after gradient flow for the time tau, for data of mean zero."""
    letters = centred(seed)
    return letters, twice(letters, lambda loss: _trained(loss, letters)[:, :-1])


def bias(seed: int) -> Scene:
    """Measure b after gradient flow for the time tau, for data of mean zero."""
    letters = centred(seed)
    return letters, twice(letters, lambda loss: _trained(loss, letters)[:, -1:])


def projection(seed: int) -> Scene:
    """Measure W u after gradient flow for the time tau, for data of mean zero."""
    letters = centred(seed)
    return letters, twice(letters, lambda loss: _trained(loss, letters)[:, :-1] @ letters["u"])


def orthogonal_projection(seed: int) -> Scene:
    """Measure the same for data whose mean is not zero but orthogonal to u."""
    letters = orthogonal(seed)
    return letters, twice(letters, lambda loss: _trained(loss, letters)[:, :-1] @ letters["u"])


def error(seed: int) -> Scene:
    """Measure E||D - D*||^2 over noisy data after training, D* the best affine denoiser."""
    letters = centred(seed)

    def distance(law: str) -> Measured:
        loss = _loss(letters, law)
        Theta = affine_flow(
            _probed(loss, letters), start(letters), eta=float(letters["eta"]), tau=float(letters["tau"])
        )
        every = np.eye(len(letters["mu"]))
        mu = letters["mu"][:, 0]
        return denoiser_error(letters["Sigma"], mu, float(letters["sigma"]), Theta, along=every, law=law)

    return letters, from_two(distance("samples"), distance("moments"), safety=2.0)


def score_error(seed: int) -> Scene:
    """Measure E||s - s*||^2 for the scores s = (D - x)/sigma^2 of the two denoisers."""
    letters, found = error(seed)
    scale = letters["sigma"] ** 4
    return letters, Measured(value=found.value / scale, error=found.error / scale)


def loss_in_training(seed: int) -> Scene:
    """Measure the training loss after gradient flow for the time tau, for data of mean zero."""
    letters = centred(seed)
    return letters, twice(letters, lambda loss: value(loss, _trained(loss, letters)))


def coupling(seed: int) -> Scene:
    """Measure how much b changes the gradient in W and, beside it, W the gradient in b, for data of mean mu."""
    letters = problem(seed)
    W, b = letters["W"], letters["b"][:, 0]

    def change(loss: DenoisingLoss) -> np.ndarray:
        both, only_W, only_b = (gradient(loss, pack(*at)) for at in ((W, b), (W, 0 * b), (0 * W, b)))
        return np.column_stack([(both - only_W)[:, :-1], (both - only_b)[:, -1]])

    return letters, twice(letters, change)


def dynamics(seed: int) -> Scene:
    """Measure how Theta = [W b] enters the gradient of the loss; S and v are covariance and mean of [x; 1]."""
    letters = problem(seed)
    Theta, d = pack(letters["W"], letters["b"][:, 0]), len(letters["mu"])
    S = np.zeros((d + 1, d + 1))
    S[:d, :d] = letters["Sigma"] + letters["sigma"] ** 2 * np.eye(d)
    letters |= {"Theta": Theta, "S": S, "v": np.vstack([letters["mu"], [[1.0]]]), "k": np.asarray(d + 1.0)}
    return letters, twice(letters, lambda loss: gradient(loss, Theta) - gradient(loss, 0 * Theta))


def start(letters: Letters) -> np.ndarray:
    """Return [W b] before training."""
    return pack(letters["W0"], letters["b0"][:, 0])


def twice(letters: Letters, read: Read) -> Measured:
    """Measure on the exact expectation and on samples of a law that is not Gaussian; their gap is part of the error."""
    exact, sampled = (np.asarray(read(_loss(letters, law))) for law in ("moments", "samples"))
    slack = 100 * ROUNDOFF * (1.0 + float(np.max(np.abs(exact))))
    return from_two(Measured(value=sampled, error=slack), Measured(value=exact, error=slack), safety=2.0)


def _started(seed: int, mean: Callable[[Letters], np.ndarray]) -> Letters:
    letters = problem(seed)
    letters |= {"mu": mean(letters), "W0": letters["W"], "b0": letters["b"]}
    x0, _ = samples(letters["Sigma"], letters["mu"][:, 0], law="samples", seed=seed)
    return letters | {"x0": x0[:, :, None]}


def _probed(loss: Loss, letters: Letters) -> AffineGradient:
    return probe(loss, start(letters).shape)


def _trained(loss: DenoisingLoss, letters: Letters) -> np.ndarray:
    return affine_flow(
        _probed(loss, letters), start(letters), eta=float(letters["eta"]), tau=float(letters["tau"])
    ).array


def _loss(letters: Letters, law: str) -> DenoisingLoss:
    return denoising_loss(letters["Sigma"], letters["mu"][:, 0], edm_x(letters["sigma"]), law=law)
