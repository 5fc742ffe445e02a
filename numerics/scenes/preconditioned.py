"""Random problems on which a linear denoiser is trained as W = c_skip I + c_out W', b = c_out b', through W' and b'.

The scaled ones have W = c_skip I + c_out c_in W' and a loss with the weight w_loss.

Scenes as in `numerics.scenes.training`; W' starts where W starts at W0.
"""

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, gradient, pack
from numerics.loss import DenoisingLoss
from numerics.problems import Letters, Scene
from numerics.reparametrised import preconditioned
from numerics.scenes.training import centred, start, twice


def gradient_in_W_prime(seed: int) -> Scene:
    """Measure the gradient in W' of the loss of W = c_skip I + c_out W', b = c_out b', for data of mean zero."""
    letters = _wrapped(seed)
    inner = pack(letters["W_prime"], letters["b"][:, 0])
    return letters, twice(letters, lambda loss: gradient(_inner(loss, letters), inner)[:, :-1])


def weights(seed: int) -> Scene:
    """Measure W = c_skip I + c_out W' after W' and b' have followed the gradient flow, from W0 and b0."""
    letters = _wrapped(seed)
    return letters, twice(letters, lambda loss: _outer(loss, letters)[:, :-1])


def bias(seed: int) -> Scene:
    """Measure b = c_out b' after W' and b' have followed the gradient flow, from W0 and b0."""
    letters = _wrapped(seed)
    return letters, twice(letters, lambda loss: _outer(loss, letters)[:, -1:])


def scaled_weights(seed: int) -> Scene:
    """Measure W = c_skip I + c_out c_in W' after the flow of W', b' on the loss weighted by w_loss, from W0, b0."""
    letters = _scaled(seed)
    return letters, twice(letters, lambda loss: _outer(loss, letters)[:, :-1])


def scaled_bias(seed: int) -> Scene:
    """Measure b = c_out b' after the same flow."""
    letters = _scaled(seed)
    return letters, twice(letters, lambda loss: _outer(loss, letters)[:, -1:])


def _scaled(seed: int) -> Letters:
    c_in, w_loss = np.random.default_rng([seed, 10]).uniform([0.4, 0.3], [1.4, 1.5])
    return _wrapped(seed) | {"c_in": np.asarray(c_in), "w_loss": np.asarray(w_loss)}


def _wrapped(seed: int) -> Letters:
    """Return a problem of mean zero with random coefficients, and the W' that gives W0."""
    letters = centred(seed)
    c_skip, c_out = np.random.default_rng([seed, 4]).uniform([-0.5, 0.4], [0.8, 1.5])
    W_prime = (letters["W0"] - c_skip * np.eye(len(letters["mu"]))) / c_out
    return letters | {"c_skip": np.asarray(c_skip), "c_out": np.asarray(c_out), "W_prime": W_prime}


def _inner(loss: Loss, letters: Letters) -> Loss:
    c_skip, c_out, c_in, importance = _coefficients(letters)
    return preconditioned(loss, c_skip=c_skip, c_out=c_out, c_in=c_in, importance=importance)


def _outer(loss: DenoisingLoss, letters: Letters) -> np.ndarray:
    """Return [W b] after [W' b'] has followed its own gradient flow."""
    inner, skip = _inner(loss, letters), letters["c_skip"] * np.eye(*start(letters).shape)
    _, c_out, c_in, _ = _coefficients(letters)
    scale = np.append(np.full(skip.shape[1] - 1, c_out * c_in), c_out)
    inner0 = (start(letters) - skip) / scale
    G = probe(inner, inner0.shape)
    return skip + scale * affine_flow(G, inner0, eta=float(letters["eta"]), tau=float(letters["tau"])).array


def _coefficients(letters: Letters) -> tuple[float, float, float, float]:
    """Return c_skip, c_out, c_in and the weight of the loss, the last two 1 unless given."""
    ones = {"c_in": np.ones(()), "w_loss": np.ones(())}
    c_skip, c_out, c_in, w_loss = (float((ones | letters)[name]) for name in ("c_skip", "c_out", "c_in", "w_loss"))
    return c_skip, c_out, c_in, w_loss
