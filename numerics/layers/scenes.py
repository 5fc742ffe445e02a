"""Random problems, nothing diagonal, on which products of layers are trained: gradients, rates and what comes of them.

A scene returns the arrays of all letters by name, and a measured matrix, as in `numerics.problems`. Layers are random,
or aligned with the data: P = U D R^T, W_1 = R D1 U^T, W_2 = U D2 R^T with U^T Sigma U = Lam diagonal.
"""

from collections.abc import Callable

import numpy as np

from numerics.autograd import gradient, value
from numerics.layers.factored import Product, chain, layer_flow, of_layers, symmetric
from numerics.lazy import Tensor, torch
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from numerics.problems import Letters, Scene, letters_of, loss_of, problem, twice

Read = Callable[[DenoisingLoss], np.ndarray]


def gradient_in_P(seed: int) -> Scene:
    """Measure the gradient of the loss of P P^T and b in P, for data of mean mu."""
    letters = _wide(seed)
    b = torch.tensor(letters["b"])

    def read(law: str) -> np.ndarray:
        loss = loss_of(letters, law)
        return gradient(lambda P: loss(torch.cat([symmetric(P), b], dim=-1)), letters["P"])

    return letters, twice(read)


def vector_speed(seed: int) -> Scene:
    """Measure d(P^T u)/dtau, for data of mean zero and an eigenvector u."""
    letters = _wide(seed, centred=True)
    return letters, _twice(letters, lambda loss: _speed(loss, letters).T @ letters["u"])


def overlap_speed(seed: int) -> Scene:
    """Measure d(u1^T P P^T u2)/dtau for two eigenvectors, data of mean zero."""
    letters = _wide(seed, centred=True)
    P, u1, u2 = (letters[name] for name in ("P", "u1", "u2"))

    def read(loss: DenoisingLoss) -> np.ndarray:
        step = _speed(loss, letters)
        return u1.T @ (step @ P.T + P @ step.T) @ u2

    return letters, _twice(letters, read)


def squared_error(seed: int) -> Scene:
    """Measure the loss of P P^T for data of mean zero."""
    letters = _wide(seed, centred=True)
    return letters, _twice(letters, lambda loss: value(of_layers(loss, symmetric), letters["P"]))


def aligned_speed(seed: int) -> Scene:
    """Measure dP^T/dtau U at P = U D R^T."""
    letters = _aligned(seed)
    P = letters["U"] @ letters["D"] @ letters["R"].T
    return letters, _twice(letters, lambda loss: _rate(loss, symmetric, P, letters).T @ letters["U"])


def untied_speeds(seed: int) -> Scene:
    """Measure U^T dW_2/dtau R and R^T dW_1/dtau U at aligned layers, side by side."""
    letters = _aligned(seed)
    U, R = letters["U"], letters["R"]
    layers = np.stack([R @ letters["D1"] @ U.T, U @ letters["D2"] @ R.T])

    def read(loss: DenoisingLoss) -> np.ndarray:
        first, second = _rate(loss, chain, layers, letters)
        return np.hstack([U.T @ second @ R, R.T @ first @ U])

    return letters, _twice(letters, read)


def balance_speed(seed: int) -> Scene:
    """Measure d(W_2^T W_2)/dtau at random layers that are not aligned."""
    letters = _two_layers(seed)
    layers = np.stack([letters["W1"], letters["W2"]])

    def read(loss: DenoisingLoss) -> np.ndarray:
        half = letters["W2"].T @ _rate(loss, chain, layers, letters)[1]
        return half + half.T

    return letters, _twice(letters, read)


def layer_gradient(seed: int) -> Scene:
    """Measure the gradient of the loss of A W_layer B in W_layer."""
    letters = _square(seed)
    A, B = (torch.tensor(letters[name]) for name in "AB")

    def product(layer: Tensor) -> Tensor:
        return A @ layer @ B

    return letters, _twice(letters, lambda loss: gradient(of_layers(loss, product), letters["W_layer"]))


def aligned_layer_gradient(seed: int) -> Scene:
    """Measure R^T (gradient in a middle layer) V at three aligned layers U DA R^T, R D V^T and V DB U^T."""
    letters = _aligned(seed)
    U, R, V = letters["U"], letters["R"], letters["V"]
    layers = np.stack([V @ letters["DB"] @ U.T, R @ letters["D"] @ V.T, U @ letters["DA"] @ R.T])
    return letters, _twice(letters, lambda loss: R.T @ gradient(of_layers(loss, chain), layers)[1] @ V)


def trained_vectors(seed: int) -> Scene:
    """Measure P^T U after gradient flow for the time tau from P = U D R^T."""
    letters = _aligned(seed)
    P = letters["U"] @ letters["D"] @ letters["R"].T
    loss = of_layers(_loss(letters, "moments"), symmetric)
    found = layer_flow(loss, P, eta=float(letters["eta"]), tau=float(letters["tau"]))
    return letters, Measured(value=found.array.T @ letters["U"], error=len(P) * found.worst)


def _wide(seed: int, *, centred: bool = False) -> Letters:
    letters = problem(seed)
    d = len(letters["b"])
    rng = np.random.default_rng([seed, 10])
    lams, U = np.linalg.eigh(letters["Sigma"])
    letters |= {"P": rng.normal(size=(d, d + 1)), "u1": U[:, -1:], "u2": U[:, :1]}
    letters |= letters_of(h=d + 1, lam1=lams[-1], lam2=lams[0])
    return letters | {"mu": 0 * letters["mu"]} if centred else letters


def _two_layers(seed: int) -> Letters:
    letters = _wide(seed, centred=True)
    d, rng = len(letters["b"]), np.random.default_rng([seed, 11])
    return letters | letters_of(h=d) | {name: rng.normal(size=(d, d)) for name in ("W1", "W2")}


def _square(seed: int) -> Letters:
    letters = problem(seed)
    d, rng = len(letters["b"]), np.random.default_rng([seed, 12])
    return letters | {"mu": 0 * letters["mu"]} | {name: rng.normal(size=(d, d)) for name in ("A", "B", "W_layer")}


def _aligned(seed: int) -> Letters:
    letters = problem(seed)
    d, rng = len(letters["b"]), np.random.default_rng([seed, 13])
    _, U = np.linalg.eigh(letters["Sigma"])
    R, V = (np.linalg.qr(rng.normal(size=(d, d))).Q for _ in range(2))
    diagonals = {name: np.diag(rng.uniform(0.2, 1.2, size=d)) for name in ("D", "D1", "D2", "DA", "DB")}
    Lam = U.T @ letters["Sigma"] @ U
    return letters | {"mu": 0 * letters["mu"], "U": U, "R": R, "V": V, "Lam": np.diag(np.diag(Lam))} | diagonals


def _loss(letters: Letters, law: str) -> DenoisingLoss:
    return denoising_loss(letters["Sigma"], letters["mu"][:, 0], edm_x(float(letters["sigma"])), law=law)


def _twice(letters: Letters, read: Read) -> Measured:
    """Measure on the exact expectation and on samples of a law that is not Gaussian; their gap is part of the error."""
    return twice(lambda law: read(_loss(letters, law)))


def _speed(loss: DenoisingLoss, letters: Letters) -> np.ndarray:
    return _rate(loss, symmetric, letters["P"], letters)


def _rate(loss: DenoisingLoss, product: Product, layers: np.ndarray, letters: Letters) -> np.ndarray:
    return -letters["eta"] * gradient(of_layers(loss, product), layers)
