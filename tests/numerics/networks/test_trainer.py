import numpy as np
import pytest
import torch

from numerics.networks import edm, trainer
from numerics.networks.loss import loss
from numerics.networks.mlp import Mlp
from numerics.networks.trainer import Plan, Trainer, compiled
from numerics.networks.unet import Attention, Unet

PLAN = Plan(batch=32, rate=1e-3)
FAST = Plan(batch=32, rate=1e-3, deterministic=False)
ON_CUDA = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")


def mlp(device="cpu", plan=PLAN):
    torch.manual_seed(0)
    network, data = Mlp(d=5, layers=3, width=16, embedding=8), torch.randn(200, 5)
    return Trainer(network, data.to(device), plan, seed=3)


def unet(device="cpu", plan=PLAN):
    torch.manual_seed(0)
    network, data = Unet(channels=1, base=8, factors=[1, 2, 2], attention=[1]), torch.randn(50, 1, 7, 7)
    return Trainer(network, data.to(device), plan, seed=3)


def lost(training):
    x, rng = training.data, torch.Generator().manual_seed(9)
    sigma, noise = edm.noise_levels(torch.randn(len(x), generator=rng)), torch.randn(x.shape, generator=rng)
    with torch.no_grad():
        return float(loss(training.network, x, sigma.to(x.device), noise.to(x.device)))


@pytest.mark.parametrize("build", [mlp, unet])
@pytest.mark.parametrize(
    ("device", "plan"),
    [
        ("cpu", PLAN),
        pytest.param("cuda", PLAN, marks=ON_CUDA),
        pytest.param("cuda", FAST, marks=ON_CUDA),
    ],
    ids=["cpu", "cuda", "cuda-fast"],
)
def test_training_lowers_the_loss(build, device, plan):
    training = build(device, plan)
    before = lost(training)
    training.advance(60)

    assert lost(training) < before


@pytest.mark.needs("g++")
@pytest.mark.usefixtures("tool")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_compiled_training_takes_nearly_the_same_steps():
    plain, fast = mlp(), mlp(plan=FAST)
    plain.advance(5)
    fast.advance(5)

    pairs = zip(plain.network.parameters(), fast.network.parameters(), strict=True)
    assert max(float((p - q).detach().abs().max()) for p, q in pairs) < 1e-4


def test_where_torch_cannot_compile_the_same_steps_are_taken_uncompiled(monkeypatch):
    def refuse(*given):
        raise RuntimeError("no C++ compiler,\nnone\nat great length")

    monkeypatch.setattr(trainer, "compiled", lambda network: refuse)
    with pytest.warns(UserWarning, match="training is not compiled: no C[+][+] compiler, none$"):
        fast = mlp(plan=FAST)
    plain = mlp()
    plain.advance(3)
    fast.advance(3)

    assert all(torch.equal(p, q) for p, q in zip(plain.network.parameters(), fast.network.parameters(), strict=True))


@pytest.mark.parametrize("build", [mlp, unet])
def test_every_parameter_is_trained(build):
    training = build()
    before = [p.detach().clone() for p in training.network.parameters()]
    training.advance(3)

    assert all(not torch.equal(p, q) for p, q in zip(training.network.parameters(), before, strict=True))


@pytest.mark.parametrize("build", [mlp, unet])
def test_a_step_is_that_of_plain_adam(build):
    training, plain = build(), build().network
    adam = torch.optim.Adam(plain.parameters(), lr=PLAN.rate)
    generator = torch.Generator().manual_seed(3)
    for _ in range(3):
        x = training.data[torch.randint(len(training.data), (PLAN.batch,), generator=generator)]
        sigma = edm.noise_levels(torch.randn(PLAN.batch, generator=generator))
        noise = torch.randn(x.shape, generator=generator)
        weight = ((sigma**2 + 0.25) / (sigma * 0.5) ** 2).view(-1, *(1,) * (x.ndim - 1))
        wide = sigma.view(weight.shape)
        adam.zero_grad()
        (weight * (edm.denoised(plain, x + wide * noise, sigma) - x) ** 2).mean().backward()
        adam.step()
    training.advance(3)

    pairs = zip(plain.parameters(), training.network.parameters(), strict=True)
    assert max(float((p - q).detach().abs().max()) for p, q in pairs) < 1e-4


@pytest.mark.parametrize("build", [mlp, unet])
@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=ON_CUDA)])
def test_a_restored_training_goes_on_bit_for_bit(build, device):
    whole, first, second = build(device), build(device), build(device)
    whole.advance(7)
    first.advance(4)
    state = {name: np.array(value) for name, value in first.state().items()}
    second.advance(2)
    second.restore(state)
    second.advance(3)

    assert all(np.array_equal(a, b) for a, b in zip(whole.state().values(), second.state().values(), strict=True))


@pytest.mark.parametrize("build", [mlp, unet])
def test_the_loss_compiles_as_one_graph_with_the_same_gradients(build):
    training = build()
    x, rng = training.data[:8], torch.Generator().manual_seed(9)
    given = x, edm.noise_levels(torch.randn(8, generator=rng)), torch.randn(x.shape, generator=rng)
    loss(training.network, *given).backward()
    plain = [p.grad.clone() for p in training.network.parameters()]
    training.network.zero_grad()
    compiled(training.network, backend="aot_eager")(*given).backward()

    pairs = zip(plain, training.network.parameters(), strict=True)
    assert max(float((p - q.grad).abs().max()) for p, q in pairs) < 1e-5


def test_attention_is_the_softmax_of_the_products_of_all_pixels():
    torch.manual_seed(0)
    layer, x = Attention(128), torch.randn(2, 128, 3, 4)
    torch.nn.init.normal_(layer.last.weight)
    query, key, value = layer.ask(layer.norm(x)).reshape(2, 3, 2, 64, 12).unbind(1)  # two heads, twelve pixels
    weights = torch.softmax(torch.einsum("bhci,bhcj->bhij", query, key) / 8, dim=-1)
    found = torch.einsum("bhij,bhcj->bhci", weights, value).reshape(x.shape)

    assert torch.allclose(layer(x), (layer.last(found) + x) * 0.5**0.5, atol=1e-5)


def test_attention_that_is_not_trained_yet_leaves_its_input():
    x = torch.randn(1, 8, 2, 2)

    assert torch.allclose(Attention(8)(x), x * 0.5**0.5)
