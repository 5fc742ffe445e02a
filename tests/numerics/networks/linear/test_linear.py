import numpy as np
import pytest
import torch

from numerics.networks.linear import LINEAR
from numerics.networks.linear.filters import line, sides_of

SIGMA = np.array([0.3, 1.0, 2.5])


def built(name, d=6):
    network = LINEAR[name](d, SIGMA)
    return network, {k: torch.tensor(v) for k, v in network.start(len(SIGMA), seed=1).items()}


@pytest.mark.parametrize("name", LINEAR)
def test_the_layers_one_after_another_are_the_end_to_end_matrix(name):
    network, layers = built(name)
    x = torch.tensor(np.random.default_rng(0).normal(size=(len(SIGMA), 5, 6)))

    Theta = network.Theta(layers)

    assert torch.allclose(network.forward(layers, x), x @ Theta[..., :-1].mT + Theta[..., None, :, -1], atol=1e-13)


@pytest.mark.parametrize("name", LINEAR)
def test_free_axes_before_the_noise_levels_are_networks_of_their_own(name):
    network, layers = built(name)
    pair = {k: torch.stack([v, 2 * v]) for k, v in layers.items()}

    both = network.Theta(pair)

    assert both.shape == (2, len(SIGMA), 6, 7)
    assert torch.equal(both[0], network.Theta(layers))


def test_a_filter_reads_the_pixels_at_its_offsets():
    network = line(4, [0, 1])
    x = torch.arange(4.0, dtype=torch.float64).reshape(1, 1, 4)

    found = network.forward({"w": torch.tensor([[10.0, 1.0]], dtype=torch.float64)}, x)

    assert found.flatten().tolist() == [1.0, 12.0, 23.0, 30.0]


def test_an_image_is_as_square_as_its_pixels_allow():
    assert [sides_of(d) for d in (12, 9, 7)] == [(3, 4), (3, 3), (1, 7)]
