"""Following a training: at chosen steps samples are drawn and measured, and all is stored for a process to go on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float
from torch import nn

from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.run import Run
from numerics.networks import edm
from numerics.networks.filters import explained
from numerics.networks.history import History, steps_of
from numerics.networks.problem import Problem, positive
from numerics.networks.samples import Moments, alignment, variances_along
from numerics.networks.seen import DENOISED, NOISY, Seen, as_bytes
from numerics.networks.trainer import Plan, Trainer

LATENTS, FILTERED, FIXED, SEEDS = 3, 4, 5, 6  # streams of random numbers
NOISED, AT_ONCE = 128, 512


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of network.

    Args:
        build: returns an untrained network, a torch module, from settings and data; a BadSetting says what cannot be.
        pictured: whether it takes images as they are; vectors otherwise.
    """

    build: Callable[[Settings, Problem], nn.Module]
    pictured: bool

    def shape(self, problem: Problem) -> tuple[int, ...]:
        """Return the shape of a sample as the network takes it."""
        return problem.shape if self.pictured else (problem.rows.shape[1],)


def followed(architecture: Architecture, problem: Problem, settings: Settings, run: Run) -> list[History]:
    """Return what is measured while networks are trained one after another; a stored course is taken up at its end.

    Raises:
        BadSetting: an architecture, a size or a rate that cannot be.
    """
    steps = steps_of(positive(settings, "steps"), positive(settings, "times"))
    histories = [History(steps, k) for k in range(positive(settings, "trainings"))]
    state = run.restored() or {}
    for history in histories:
        history.restore(state)
    for history in histories:
        if history.length < len(steps):
            _follow(history, histories, architecture, problem, settings, run, state if history.length else {})
    return histories


def _follow(
    history: History,
    histories: list[History],
    architecture: Architecture,
    problem: Problem,
    settings: Settings,
    run: Run,
    state: Mapping[str, np.ndarray],
) -> None:
    """Train one network from a stored state, or from the start, and append what is measured to its history."""
    trainer = trainer_of(architecture, problem, settings, run, history.training)
    if state:
        trainer.restore(state)
    last = int(history.steps[-1]) + 1
    for step in map(int, history.steps[history.length :]):
        trainer.advance(step - trainer.step)
        history.add(measured(trainer, problem, settings, run, history.training))
        run.checkpoint(trainer.state() | {name: row for other in histories for name, row in other.state().items()})
        done = history.training * last + step + 1
        run.progress(done, len(histories) * last, f"training {history.training + 1}, step {step}")


def trainer_of(architecture: Architecture, problem: Problem, settings: Settings, run: Run, training: int) -> Trainer:
    """Return an untrained network with its data, seeded by the number of the training."""
    rate = settings["rate"]
    if not isinstance(rate, float) or not rate > 0:
        raise BadSetting(f"rate: expected a number > 0, got {rate!r}")
    plan = Plan(batch=positive(settings, "batch"), rate=rate, deterministic=bool(settings["deterministic"]))
    first, then = map(int, run.rng(SEEDS, training).integers(2**31, size=2))
    torch.manual_seed(first)
    network = architecture.build(settings, problem)
    data = torch.from_numpy(problem.samples).reshape(-1, *architecture.shape(problem)).to(run.device)
    return Trainer(network, data, plan, seed=then)


def measured(
    trainer: Trainer, problem: Problem, settings: Settings, run: Run, training: int = 0
) -> dict[str, np.ndarray]:
    """Return what the network generates now: variances along all modes, alignment, mean; of images more."""
    d = problem.rows.shape[1]
    whole, first, second, images = Moments(d), Moments(d), Moments(d), Seen(problem)
    for rows in generated(trainer, settings, run.rng(LATENTS, training)):
        whole.add(rows)
        first.add(rows[::2])
        second.add(rows[1::2])
        if problem.pictured:
            images.add(rows.reshape(-1, *problem.shape))
    found = {
        "variances": variances_along(whole.covariance, problem.modes),
        "alignment": np.array(alignment(first.covariance, second.covariance, problem.modes.U)),
        "mean": np.array(np.square(whole.mean - problem.rows.mean(0)).sum()),
    }
    return found | images.found() | _denoised(trainer, problem, settings, run)


def generated(trainer: Trainer, settings: Settings, rng: np.random.Generator) -> Iterator[Float[np.ndarray, "n d"]]:
    """Yield samples in batches; the same `rng`, as at every step of a training, gives the same noise."""
    count, steps = positive(settings, "generated", least=4), positive(settings, "sampler_steps")
    device = trainer.data.device
    for start in range(0, count, AT_ONCE):
        z = rng.normal(size=(min(AT_ONCE, count - start), *trainer.data.shape[1:])).astype(np.float32)
        x = edm.heun(trainer.denoise, torch.from_numpy(z).to(device), steps)
        yield x.cpu().numpy().reshape(len(z), -1)


def _denoised(trainer: Trainer, problem: Problem, settings: Settings, run: Run) -> dict[str, np.ndarray]:
    """Return, for each noise level, how much of the denoiser local filters explain, and what it makes of one image."""
    rng = run.rng(FILTERED)
    found: dict[str, np.ndarray] = {}
    image: list[tuple[np.ndarray, np.ndarray]] = []
    for sigma in map(float, settings["levels"]):  # type: ignore[arg-type]
        clean = problem.samples[rng.integers(len(problem.samples), size=NOISED)]
        noisy, denoised = _pair(trainer, clean, sigma, rng)
        for size in settings["filters"]:  # type: ignore[union-attr]
            found[f"local_{size}_{sigma:g}"] = explained(noisy, denoised, int(size))
        image.append(_pair(trainer, problem.samples[:1], sigma, run.rng(FIXED)))
    for name, parts in zip((NOISY, DENOISED), zip(*image, strict=True), strict=False):
        found[name] = as_bytes(np.concatenate(parts))
    return found


def _pair(trainer: Trainer, clean: np.ndarray, sigma: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return samples with noise, and denoised."""
    noisy = (clean + sigma * rng.normal(size=clean.shape)).astype(np.float32)
    given = torch.from_numpy(noisy).reshape(-1, *trainer.data.shape[1:]).to(trainer.data.device)
    return noisy, trainer.denoise(given, sigma).cpu().numpy().reshape(noisy.shape)
