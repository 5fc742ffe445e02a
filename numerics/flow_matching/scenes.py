"""Random flow-matching problems, nothing diagonal or centred unless said; what is measured on them.

A scene is the arrays of all letters by name, scalars among them, and a measured matrix, as in `numerics.scenes`; t is
the time of flow matching. W0 and b0 are initial parameters, P a random two-layer weight.
"""

from collections.abc import Callable

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import gradient, pack, value
from numerics.flow_matching.two_layer import product_loss
from numerics.flow_matching.velocity_flow import Velocities, transport
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import flow_matching
from numerics.problems import Letters, Scene, Theta_of, minimiser_of, problem, twice

Read = Callable[[DenoisingLoss], np.ndarray]


def loss_value(seed: int) -> Scene:
    """Measure E||W x_t + b - (x0 - z)||^2."""
    letters = _timed(seed)
    return letters, _read(letters, lambda loss: value(loss, Theta_of(letters)))


def gradients(seed: int) -> Scene:
    """Measure the gradients of the loss in W and b, side by side."""
    letters = _timed(seed)
    return letters, _read(letters, lambda loss: gradient(loss, Theta_of(letters)))


def minimiser(seed: int) -> Scene:
    """Measure the minimiser of the loss, W and b side by side."""
    letters = _timed(seed)
    return letters, _read(letters, lambda loss: minimiser_of(loss, Theta_of(letters)))


def weights(seed: int) -> Scene:
    """Measure W after gradient flow for the time tau, for data of mean zero."""
    letters = _centred(seed)
    return letters, _read(letters, lambda loss: _trained(loss, letters)[:, :-1])


def bias(seed: int) -> Scene:
    """Measure b after gradient flow for the time tau, for data of mean zero."""
    letters = _centred(seed)
    return letters, _read(letters, lambda loss: _trained(loss, letters)[:, -1:])


def projection(seed: int) -> Scene:
    """Measure W u after the same, u an eigenvector of Sigma."""
    letters, found = weights(seed)
    return letters, found.map(lambda W: W @ letters["u"], gain=float(np.abs(letters["u"]).sum()))


def best_covariance(seed: int) -> Scene:
    """Measure the covariance at time t of the samples of the best velocities."""
    letters = _timed(seed)
    return letters, transport(_best(letters), len(letters["mu"]), end=float(letters["t"])).covariance


def two_layer_gradient(seed: int) -> Scene:
    """Measure the gradient of the loss of W = P P^T in P, for data of mean zero."""
    letters = _with_layers(seed)
    return letters, _read(letters, lambda loss: gradient(product_loss(loss), letters["P"]))


def two_layer_projection(seed: int) -> Scene:
    """Measure that gradient, transposed, times the eigenvector u."""
    letters, found = two_layer_gradient(seed)
    return letters, found.map(lambda G: G.T @ letters["u"], gain=float(np.abs(letters["u"]).sum()))


def _timed(seed: int) -> Letters:
    letters = problem(seed)
    return letters | {"t": np.asarray(np.random.default_rng([seed, 9]).uniform(0.1, 0.9))}


def _centred(seed: int) -> Letters:
    letters = _timed(seed)
    return letters | {"mu": 0 * letters["mu"], "W0": letters["W"], "b0": letters["b"]}


def _with_layers(seed: int) -> Letters:
    letters = _centred(seed)
    rng = np.random.default_rng([seed, 10])
    d, width = len(letters["mu"]), int(rng.integers(1, 5))
    return letters | {"P": rng.normal(size=(d, width)), "width": np.asarray(float(width))}


def _loss(letters: Letters, law: str) -> DenoisingLoss:
    kind = flow_matching(float(letters["t"]))
    return denoising_loss(letters["Sigma"], letters["mu"][:, 0], kind, law=law)


def _read(letters: Letters, read: Read) -> Measured:
    return twice(lambda law: read(_loss(letters, law)))


def _trained(loss: DenoisingLoss, letters: Letters) -> np.ndarray:
    start = pack(letters["W0"], letters["b0"][:, 0])
    G = probe(loss, start.shape)
    return affine_flow(G, start, eta=float(letters["eta"]), tau=float(letters["tau"])).array


def _best(letters: Letters) -> Velocities:
    d = len(letters["mu"])

    def velocities(t: np.ndarray) -> Measured:
        loss = denoising_loss(letters["Sigma"], letters["mu"][:, 0], flow_matching(t), law="moments")
        return probe(loss, (len(t), d, d + 1)).minimiser()

    return velocities
