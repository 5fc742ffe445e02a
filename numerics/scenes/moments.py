"""What random denoising problems measure of moments, of other inputs and targets, other noise and several levels."""

import numpy as np

from numerics.autograd import gradient, value
from numerics.lazy import torch
from numerics.loss import SampleLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import Objective, edm_x
from numerics.problems import Letters, Scene, Theta_of, letters_of, measured, problem, rounding, twice


def noised_covariance(seed: int) -> Scene:
    """Measure the covariance of x0 + sigma z."""
    letters = problem(seed)
    return letters, _exactly(np.cov(_noised(letters)[:, :, 0].T, bias=True))


def noised_moments(seed: int) -> Scene:
    """Measure the covariance of x0 + sigma z, and that of x0 with it, side by side."""
    letters = problem(seed)
    inputs, cross = noised_covariance(seed)[1].array, cross_moment(seed)[1].array
    return letters, _exactly(np.hstack([inputs, cross - letters["mu"] @ letters["mu"].T]))


def second_moment(seed: int) -> Scene:
    """Measure E[x0 x0^T]."""
    letters = problem(seed)
    return letters, _exactly(np.mean(letters["x0"] @ letters["x0"].swapaxes(1, 2), axis=0))


def cross_moment(seed: int) -> Scene:
    """Measure E[x0 x^T] for x = x0 + sigma z."""
    letters = problem(seed)
    return letters, _exactly(np.mean(letters["x0"] @ _noised(letters).swapaxes(1, 2), axis=0))


def variant(seed: int) -> Scene:
    """Measure the gradients of E||W X + b - Y||^2 for X = a_X x0 + s_X z and Y = a_Y x0 + s_Y z, side by side."""
    letters, kind = _variant(seed)
    return measured(letters, gradient, kind)


def variant_loss(seed: int) -> Scene:
    """Measure E||W X + b - Y||^2 for the same X and Y."""
    letters, kind = _variant(seed)
    return measured(letters, value, kind)


def variant_moments(seed: int) -> Scene:
    """Measure Cov(X, X) and Cov(Y, X) for the same X and Y, side by side."""
    letters, kind = _variant(seed)
    X = kind.a * letters["x0"] + kind.s * letters["z"]
    Y = kind.p * letters["x0"] + kind.q * letters["z"]
    joint = np.cov(np.concatenate([X, Y], axis=1)[:, :, 0].T, bias=True)
    d = X.shape[1]
    return letters, _exactly(np.hstack([joint[:d, :d], joint[d:, :d]]))


def preconditioned_loss(seed: int) -> Scene:
    """Measure the loss of the denoiser c_skip x + c_out (W c_in x + b)."""
    letters = problem(seed)
    c_skip, c_out, c_in = np.random.default_rng([seed, 6]).uniform(0.3, 1.5, size=3)
    W = c_skip * np.eye(len(letters["b"])) + c_out * c_in * letters["W"]
    found = measured(letters | {"W": W, "b": c_out * letters["b"]}, value)[1]
    return letters | letters_of(c_skip=c_skip, c_out=c_out, c_in=c_in), found


def coloured(seed: int) -> Scene:
    """Measure the loss when the noise has the covariance C."""
    letters = problem(seed)
    root = np.random.default_rng([seed, 2]).normal(size=letters["W"].shape)
    z = letters["z"][:, :, 0] @ root.T
    loss = SampleLoss(letters["x0"][:, :, 0], z, edm_x(float(letters["sigma"])))
    found = _exactly(value(loss, Theta_of(letters)))
    return letters | {"C": root @ root.T, "z": z[:, :, None]}, found


def two_levels(seed: int) -> Scene:
    """Measure the gradients in W1 and b1 of the loss of two noise levels with weights w(sigma_1) and w(sigma_2)."""
    letters = problem(seed)
    rng = np.random.default_rng([seed, 3])
    weights, levels = rng.uniform(0.5, 2.0, size=2), np.array([letters["sigma"], rng.uniform(0.3, 1.5)])
    letters |= letters_of(sigma1=levels[0], sigma2=levels[1], w_sigma1=weights[0], w_sigma2=weights[1])
    letters |= {"W1": letters["W"], "b1": letters["b"], "W2": -letters["W"], "b2": letters["b"] + 1.0}
    Theta = np.stack([Theta_of({"W": letters[f"W{k}"], "b": letters[f"b{k}"]}) for k in (1, 2)])

    def read(law: str) -> np.ndarray:
        loss = denoising_loss(letters["Sigma"], letters["mu"][:, 0], edm_x(levels), law=law, seed=seed)
        return gradient(lambda leaf: torch.tensor(weights) @ loss(leaf), Theta)[0]

    return letters, twice(read)


def _noised(letters: Letters) -> np.ndarray:
    return letters["x0"] + letters["sigma"] * letters["z"]


def _exactly(found: np.ndarray) -> Measured:
    return Measured(value=found, error=rounding(found))


def _variant(seed: int) -> tuple[Letters, Objective]:
    a, s, p, q = np.random.default_rng([seed, 1]).uniform(-1.5, 1.5, size=4)
    return problem(seed) | letters_of(a_X=a, s_X=s, a_Y=p, s_Y=q), Objective(a=a, s=s, p=p, q=q)
