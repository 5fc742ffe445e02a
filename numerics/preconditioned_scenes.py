"""Random problems on which a linear denoiser is trained as W = c_skip I + c_out W', b = c_out b', through W' and b'.

Scenes as in `numerics.training_scenes`; W' starts where W starts at W0.
"""

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, gradient, pack
from numerics.loss import DenoisingLoss
from numerics.problems import Letters, Scene
from numerics.reparametrised import preconditioned
from numerics.training_scenes import centred, start, twice


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


def _wrapped(seed: int) -> Letters:
    """Return a problem of mean zero with random coefficients, and the W' that gives W0."""
    letters = centred(seed)
    c_skip, c_out = np.random.default_rng([seed, 4]).uniform([-0.5, 0.4], [0.8, 1.5])
    W_prime = (letters["W0"] - c_skip * np.eye(len(letters["mu"]))) / c_out
    return letters | {"c_skip": np.asarray(c_skip), "c_out": np.asarray(c_out), "W_prime": W_prime}


def _inner(loss: Loss, letters: Letters) -> Loss:
    return preconditioned(loss, c_skip=float(letters["c_skip"]), c_out=float(letters["c_out"]))


def _outer(loss: DenoisingLoss, letters: Letters) -> np.ndarray:
    """Return [W b] after [W' b'] has followed its own gradient flow."""
    inner, scale = _inner(loss, letters), letters["c_out"]
    skip = letters["c_skip"] * np.eye(*start(letters).shape)
    inner0 = (start(letters) - skip) / scale
    G = probe(inner, inner0.shape)
    return skip + scale * affine_flow(G, inner0, eta=float(letters["eta"]), tau=float(letters["tau"])).array
