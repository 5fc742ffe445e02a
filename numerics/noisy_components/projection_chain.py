"""Products of PCA projections by simulation: P_0 P_1 ... P_T with P_t = U_t U_t^T, where P_0 has no noise.

Everything follows from the small matrices U_t^T U_{t+1}, since P_0 ... P_t = U_0 (U_0^T U_1 ... U_{t-1}^T U_t) U_t^T.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from numerics.noisy_components import spiked
from numerics.noisy_components.spiked import Spiked


def links(scene: Spiked, w: Float[np.ndarray, "T T"], *, trials: int, seed: int) -> Float[np.ndarray, "trials T r r"]:
    """Return U_t^T U_{t+1} for t = 0, ..., T - 1; w is the covariance of the noises at t = 1, ..., T.

    U_0 are the clean components of the samples of each trial.
    """
    return np.concatenate([_links(U, U_t) for U, U_t in _clean(scene, w, trials, seed)])


def partial_products(links: Float[np.ndarray, "trials T r r"]) -> Float[np.ndarray, "trials T+1 r r"]:
    """Return M_t = U_0^T P_0 ... P_t U_t for t = 0, ..., T; M_0 is the identity."""
    product = np.broadcast_to(np.eye(links.shape[-1]), (len(links), *links.shape[-2:]))
    found = [product]
    for t in range(links.shape[1]):
        found.append(product := product @ links[:, t])
    return np.stack(found, axis=1)


def generated(
    products: Float[np.ndarray, "trials T+1 r r"], injected: Float[np.ndarray, " T+1"] | None = None
) -> Float[np.ndarray, "trials r r"]:
    """Return U_0^T E[x_g x_g^T] U_0 over the noise that enters, given the bases.

    Without `injected`, x_g = P_0 ... P_T xi with xi of unit covariance; with it, x_g = sum_t P_0 ... P_t xi_t,
    where xi_t has the covariance injected[t] I.
    """
    squares = np.einsum("ctij,ctkj->ctik", products, products)
    return squares[:, -1] if injected is None else np.tensordot(squares, injected, axes=(1, 0))


def gains(products: Float[np.ndarray, "trials T+1 r r"]) -> Float[np.ndarray, "trials T+1 r"]:
    """Return <u_i, P_0 ... P_t P_t ... P_0 u_i>, the variance that the chain up to t gives to each component."""
    return np.sum(np.square(products), axis=-1)


def _clean(scene: Spiked, w: np.ndarray, trials: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the bases of all positions; for random data of rank > 1 the clean components of the samples come first."""
    if scene.law == "fixed" or scene.rank == 1:
        yield from spiked.bases(scene, w, trials=trials, seed=seed)
        return
    padded = np.pad(w, ((1, 0), (1, 0)))  # position 0 has no noise
    for _, U_t in spiked.bases(scene, padded, trials=trials, seed=seed):
        U, rest = U_t[:, 0], U_t[:, 1:]
        yield U, spiked.aligned(rest, U[:, None])


def _links(U: np.ndarray, U_t: np.ndarray) -> np.ndarray:
    everywhere = np.concatenate([U[:, None], U_t], axis=1)
    return np.swapaxes(everywhere[:, :-1], -1, -2) @ everywhere[:, 1:]
