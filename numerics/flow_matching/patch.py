"""Flow matching with a local circular filter: the taps are trained on the loss, the samples follow the full matrix."""

import numpy as np
from jaxtyping import Float

from numerics.affine_flow import affine_flow, probe
from numerics.flow_matching.velocity_flow import transport
from numerics.lazy import Tensor, torch
from numerics.loss import DenoisingLoss, denoising_loss
from numerics.measured import Measured
from numerics.objective import flow_matching


class Filtered:
    """The loss of W = sum_j w_j S_j, b = 0, as a function of the taps w, a row; (S_j x)_m = x_{m+j}."""

    def __init__(self, loss: DenoisingLoss, shifts: Float[np.ndarray, "k d d"]) -> None:
        self.loss, self.shifts = loss, torch.tensor(shifts)

    def __call__(self, taps: Tensor) -> Tensor:
        """Return the loss."""
        W = torch.einsum("...ok,kij->...ij", taps, self.shifts)
        return self.loss(torch.cat([W, torch.zeros_like(W[..., :1])], dim=-1))


def shifts(d: int, r: int) -> Float[np.ndarray, "k d d"]:
    """Return the shift matrices by -r..r on a circle of d pixels."""
    return np.array([np.roll(np.eye(d), j, axis=1) for j in range(-r, r + 1)])


def log_variances(
    *, Sigma: Float[np.ndarray, "d d"], w0: Float[np.ndarray, " k"], eta: float, tau: float, law: str = "moments"
) -> Measured:
    """Return ln of the variances generated along the d Fourier vectors, for taps trained for tau from w0 at every t."""
    d = len(Sigma)
    S = shifts(d, len(w0) // 2)

    def velocities(t: Float[np.ndarray, " m"]) -> Measured:
        loss = Filtered(denoising_loss(Sigma, np.zeros(d), flow_matching(t), law=law), S)
        start = np.tile(w0, (len(t), 1, 1))
        taps = affine_flow(probe(loss, start.shape), start, eta=eta, tau=tau)
        W = np.einsum("mok,kij->mij", taps.array, S)
        return Measured(value=np.concatenate([W, np.zeros((len(t), d, 1))], axis=-1), error=taps.error * len(w0))

    found = transport(velocities, d, goal=1e-8).covariance
    F = np.exp(-2j * np.pi * np.outer(np.arange(d), np.arange(d)) / d) / np.sqrt(d)
    variances = np.real(np.einsum("mk,mn,nk->k", F.conj(), found.array, F))
    return Measured(value=np.log(variances), error=2 * d * found.worst / variances)
