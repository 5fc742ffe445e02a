import numpy as np
import pytest

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import gradient
from numerics.layers.factored import (
    chain,
    image,
    layer_flow,
    of_layers,
    product_flow,
    product_speed,
    residual,
    symmetric,
    tied,
    weights,
)
from numerics.loss import denoising_loss
from numerics.measured import Measured
from numerics.objective import edm_x
from tests.numerics.strategies import random_data

SIGMA = 0.6


def centred_loss(seed):
    _, Sigma = random_data(seed)
    return denoising_loss(Sigma, np.zeros(3), edm_x(SIGMA), law="moments")


def test_one_layer_in_a_chain_is_the_linear_denoiser():
    loss, W0 = centred_loss(1), np.random.default_rng(1).normal(size=(3, 3))

    found = product_flow(loss, chain, W0[None], eta=0.3, tau=0.7)

    expected = affine_flow(probe(loss, (3, 4)), np.hstack([W0, np.zeros((3, 1))]), eta=0.3, tau=0.7)
    assert np.abs(found.array - expected.array[:, :3]).max() <= found.worst + expected.worst
    assert found.worst < 1e-5


@pytest.mark.parametrize(
    ("product", "layers", "dense"),
    [
        pytest.param(symmetric, np.arange(6.0).reshape(2, 3), lambda P: P @ P.T, id="symmetric"),
        pytest.param(chain, np.arange(12.0).reshape(3, 2, 2), lambda W: W[2] @ W[1] @ W[0], id="chain"),
        pytest.param(tied(3), np.arange(4.0).reshape(2, 2), lambda S: S @ S @ S, id="tied"),
        pytest.param(
            residual(2), np.arange(4.0).reshape(2, 2), lambda S: (np.eye(2) + S) @ (np.eye(2) + S), id="residual"
        ),
    ],
)
def test_products_multiply_in_the_order_of_the_layers(product, layers, dense):
    assert np.allclose(weights(product, layers), dense(layers))


def test_the_speed_of_a_product_is_the_difference_quotient_of_its_flow():
    loss, layers = centred_loss(2), 0.4 * np.random.default_rng(2).normal(size=(2, 3, 3))
    h = 1e-4

    after = weights(chain, layer_flow(of_layers(loss, chain), layers, eta=0.3, tau=h, rtol=1e-12).array)

    assert np.allclose(
        (after - weights(chain, layers)) / h, product_speed(loss, chain, layers, eta=0.3).array, atol=1e-2
    )


def test_the_error_covers_a_run_at_a_hundredth_of_the_tolerance():
    loss, P = of_layers(centred_loss(3), symmetric), 0.5 * np.random.default_rng(3).normal(size=(3, 4))

    rough, fine = (layer_flow(loss, P, eta=0.4, tau=1.5, rtol=rtol) for rtol in (1e-6, 1e-10))

    assert np.abs(rough.array - fine.array).max() <= rough.worst + fine.worst


def test_a_stationary_start_stays():
    loss = of_layers(centred_loss(4), symmetric)

    found = layer_flow(loss, np.zeros((3, 3)), eta=0.4, tau=1.0)

    assert np.array_equal(found.array, np.zeros((3, 3)))
    assert not gradient(loss, np.zeros((3, 3))).any()


def test_an_error_of_the_layers_becomes_one_of_the_product():
    P = np.random.default_rng(5).normal(size=(3, 4))

    found = image(symmetric, Measured(value=P, error=1e-3))

    assert np.abs(weights(symmetric, P + 1e-3) - found.array).max() <= found.worst
