"""Networks that predict noise, velocity or scaled data; each is trained on its own loss and read as a denoiser.

The denoiser D(x; sigma) = W x + b acts on x = x0 + sigma z. A variance-preserving network sees x_t = alpha x with
alpha^2 = 1/(1 + sigma^2) and sigma_t = alpha sigma, so that alpha^2 + sigma_t^2 = 1.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss
from numerics.denoisers import LossAt
from numerics.lazy import torch
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import Objective, edm_eps, edm_x, vp_eps, vp_v, vp_x
from numerics.probability_flow import Denoisers
from numerics.reparametrised import preconditioned

Levels = Float[np.ndarray, " m"]
OUTPUTS = ("edm_eps", "vp_x", "vp_eps", "vp_v")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """The denoiser W = skip I + on_W W', b = on_b b' of a network with output W' x + b', at each noise level."""

    skip: Float[np.ndarray, " m"]
    on_W: Float[np.ndarray, " m"]
    on_b: Float[np.ndarray, " m"]

    def __call__(self, Theta: Measured) -> Measured:
        """Return [W b] for [W' b']."""
        skip, on_W, on_b = (c[:, None, None] for c in (self.skip, self.on_W, self.on_b))
        inner = Theta.array
        outer = np.concatenate([on_W * inner[..., :-1], on_b * inner[..., -1:]], axis=-1)
        gain = np.maximum(np.abs(on_W), np.abs(on_b))
        return Measured(value=outer + skip * np.eye(*inner.shape[-2:]), error=gain * Theta.error)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Predictor:
    """What is trained at m noise levels, and how it is read as a denoiser."""

    losses: LossAt
    reading: Callable[[Levels], Reading]


def predictor(
    kind: str, Sigma: Float[np.ndarray, "d d"], mu: Float[np.ndarray, " d"], *, law: str = "moments", seed: int = 0
) -> Predictor:
    """Return the network that predicts what `kind`, one of `OUTPUTS`, says, for data of these moments."""
    return Predictor(
        losses=lambda sigma: denoising_loss(Sigma, mu, _objective(kind, sigma), law=law, seed=seed),
        reading=lambda sigma: _reading(kind, sigma),
    )


def edm_preconditioned(
    Sigma: Float[np.ndarray, "d d"],
    mu: Float[np.ndarray, " d"],
    *,
    sigma_data: float,
    law: str = "moments",
    seed: int = 0,
) -> Predictor:
    """Return the network inside c_skip x + c_out F(c_in x), with EDM's coefficients and the loss weight 1/c_out^2."""

    def loss_at(sigma: Levels) -> Loss:
        skip, out, into = edm_coefficients(sigma, sigma_data)
        c_skip, c_out, c_in = (torch.tensor(c[:, None, None]) for c in (skip, out, into))
        outer = denoising_loss(Sigma, mu, edm_x(sigma), law=law, seed=seed)
        return preconditioned(outer, c_skip=c_skip, c_out=c_out, c_in=c_in, importance=torch.tensor(out**-2))

    def reading(sigma: Levels) -> Reading:
        skip, out, into = edm_coefficients(sigma, sigma_data)
        return Reading(skip=skip, on_W=out * into, on_b=out)

    return Predictor(losses=loss_at, reading=reading)


def edm_coefficients(sigma: Levels, sigma_data: float) -> tuple[Levels, Levels, Levels]:
    """Return c_skip, c_out and c_in of EDM."""
    size = np.hypot(sigma, sigma_data)
    return (sigma_data / size) ** 2, sigma * sigma_data / size, 1 / size


def trained_from_zero(network: Predictor, d: int, *, eta: float, tau: float) -> Denoisers:
    """Return the denoisers after the network has followed its own gradient flow for the time tau, from zero."""

    def denoisers(sigma: Levels) -> Measured:
        Theta0 = np.zeros((len(sigma), d, d + 1))
        G = probe(network.losses(sigma), Theta0.shape)
        return network.reading(sigma)(affine_flow(G, Theta0, eta=eta, tau=tau))

    return denoisers


def _objective(kind: str, sigma: Levels) -> Objective:
    alpha, sigma_t = _preserving(sigma)
    if kind == "edm_eps":
        return edm_eps(sigma)
    return {"vp_x": vp_x, "vp_eps": vp_eps, "vp_v": vp_v}[kind](alpha, sigma_t)


def _reading(kind: str, sigma: Levels) -> Reading:
    """Return the denoiser of x0 + sigma z that follows from x_t = alpha x and the meaning of the output."""
    alpha, sigma_t = _preserving(sigma)
    zero, one = np.zeros_like(sigma), np.ones_like(sigma)
    skip, on_W, on_b = {
        "edm_eps": (one, -sigma, -sigma),  # x0 = x - sigma z
        "vp_x": (zero, alpha, one),  # x0 itself
        "vp_eps": (one, -sigma_t, -sigma_t / alpha),  # x0 = (x_t - sigma_t z)/alpha
        "vp_v": (alpha**2, -sigma_t * alpha, -sigma_t),  # x0 = alpha x_t - sigma_t (alpha z - sigma_t x0)
    }[kind]
    return Reading(skip=skip, on_W=on_W, on_b=on_b)


def _preserving(sigma: Levels) -> tuple[Levels, Levels]:
    alpha = 1 / np.hypot(1.0, sigma)
    return alpha, alpha * sigma
