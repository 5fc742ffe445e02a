import numpy as np
import torch

from numerics.networks import edm
from numerics.networks.loss import loss
from numerics.networks.mlp import Mlp


def network(d=6):
    torch.manual_seed(0)
    return Mlp(d=d, layers=3, width=8, embedding=4)


def test_the_loss_is_that_of_its_definition():
    net, rng = network(), torch.Generator().manual_seed(1)
    x, noise = torch.randn(16, 6, generator=rng), torch.randn(16, 6, generator=rng)
    sigma = edm.noise_levels(torch.randn(16, generator=rng))
    weight = (sigma**2 + 0.5**2) / (sigma * 0.5) ** 2
    denoised = edm.denoised(net, x + sigma[:, None] * noise, sigma)
    direct = (weight[:, None] * (denoised - x) ** 2).mean()

    assert torch.allclose(loss(net, x, sigma, noise), direct, rtol=1e-4)


def test_noise_levels_are_log_normal():
    sigma = edm.noise_levels(torch.randn(100_000, generator=torch.Generator().manual_seed(0))).log()

    assert abs(sigma.mean() + 1.2) < 0.02
    assert abs(sigma.std() - 1.2) < 0.02


def test_the_grid_of_the_sampler_ends_at_zero():
    levels = edm.grid(20)

    assert np.allclose([levels[0], levels[-2], levels[-1]], [80, 0.002, 0])
    assert (np.diff(levels) < 0).all()


def test_heun_generates_the_variance_of_a_gaussian_from_its_denoiser():
    lams = np.array([4.0, 1.0, 0.1])
    z = np.random.default_rng(0).normal(size=(20_000, 3))
    x = edm.heun(lambda x, sigma: x * lams / (lams + sigma**2), z, 200)

    assert np.allclose(x.var(0) / z.var(0), lams, rtol=2e-3)
