import numpy as np
import pytest

from numerics.noisy_components import projection_chain as chain
from numerics.noisy_components import spiked
from numerics.noisy_components.spiked import LAWS, Spiked

SCENE = Spiked(d=8, n=6, lams=(2.0, 1.0))
W = spiked.covariance("accumulated", np.array([0.1, 0.3]))


@pytest.mark.parametrize("shape", [(6, 9), (9, 6), (70, 80), (80, 70)])
def test_leading_vectors_are_those_of_a_full_decomposition(shape):
    X = np.random.default_rng(1).normal(size=(3, *shape))
    U = np.linalg.svd(X)[0][..., :2]

    assert np.abs(np.sum(spiked.leading(X, 2) * U, axis=1)) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("law", LAWS)
def test_coefficients_have_mean_zero_and_variance_one(law):
    drawn = LAWS[law](np.random.default_rng(2), (40_000,))

    assert abs(drawn.mean()) < 0.03
    assert drawn.var() == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize("reading", ["fresh", "accumulated", "shared"])
def test_noises_have_the_covariance_of_their_reading(reading):
    w = spiked.covariance(reading, np.array([0.5, 1.0, 2.0]))
    F = spiked.factor(w)

    assert pytest.approx(w, abs=1e-12) == F @ F.T
    assert np.diag(w) == pytest.approx([0.5, 1.0, 2.0])
    assert F.shape[1] == {"fresh": 3, "accumulated": 3, "shared": 1}[reading]


def test_what_is_no_covariance_is_refused():
    with pytest.raises(ValueError, match="semidefinite"):
        spiked.factor(np.array([[1.0, 2.0], [2.0, 1.0]]))


def test_overlaps_are_cosines_with_the_sign_of_the_clean_component():
    found = spiked.overlaps(SCENE, W, trials=20, seed=3)

    assert found.shape == (20, 3, 2, 3, 2)
    assert found == pytest.approx(found.transpose(0, 3, 4, 1, 2))
    assert np.einsum("caiai->cai", found) == pytest.approx(1)
    assert (np.einsum("caii->cai", found[:, 0].swapaxes(1, 2)) >= 0).all()


def test_without_noise_the_components_of_fixed_data_are_found():
    found = spiked.overlaps(SCENE, np.array([[1e-20]]), trials=2, seed=3)

    assert found[:, 0, :, 1, :] == pytest.approx(np.broadcast_to(np.eye(2), (2, 2, 2)), abs=1e-8)


def test_a_chain_is_the_product_of_its_projections():
    w = spiked.covariance("fresh", np.array([0.1, 0.2, 0.3]))
    U, U_t = next(spiked.bases(SCENE, w, trials=4, seed=5))
    U, U_t = U[0], U_t[0]
    products = chain.partial_products(chain.links(SCENE, w, trials=4, seed=5))

    P = U @ U.T
    for t, own in enumerate(U_t, start=1):
        P = P @ own @ own.T
        assert U @ products[0, t] @ own.T == pytest.approx(P, abs=1e-12)
    assert pytest.approx(chain.generated(products)[0], abs=1e-12) == U.T @ P @ P.T @ U
    assert np.diagonal(chain.generated(products), axis1=1, axis2=2) == pytest.approx(chain.gains(products)[:, -1])


def test_injected_noise_adds_what_each_partial_product_passes():
    products = chain.partial_products(chain.links(SCENE, W, trials=3, seed=6))
    injected = np.array([0.5, 0.2, 0.1])

    expected = sum(v * chain.generated(products[:, : t + 1]) for t, v in enumerate(injected))
    assert chain.generated(products, injected) == pytest.approx(expected)


def test_random_data_chain_starts_at_the_components_of_its_samples():
    scene = Spiked(d=7, n=9, lams=(2.0, 1.0), law="signs")
    links = chain.links(scene, np.array([[1e-20]]), trials=3, seed=7)

    assert links[:, 0] == pytest.approx(np.broadcast_to(np.eye(2), (3, 2, 2)), abs=1e-7)
