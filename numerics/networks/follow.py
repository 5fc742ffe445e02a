"""Following a training: at chosen steps samples are drawn and measured, and all is stored for a process to go on."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float

from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.run import Run
from numerics.lazy import torch
from numerics.networks import edm
from numerics.networks.build import built, shape_for
from numerics.networks.filters import explained
from numerics.networks.history import History, steps_of
from numerics.networks.problem import Problem, positive
from numerics.networks.samples import Moments, alignment, coherence, variances_along
from numerics.networks.trainer import Plan, Trainer

LATENTS, FILTERED = 3, 4  # streams of random numbers
NOISED, AT_ONCE = 128, 512


def followed(problem: Problem, settings: Settings, run: Run) -> History:
    """Return what is measured while a network is trained; a stored course is taken up where it ended.

    Raises:
        BadSetting: an architecture, a size or a rate that cannot be.
    """
    history = History(steps_of(positive(settings, "steps"), positive(settings, "times")))
    trainer = trainer_of(problem, settings, run)
    if (state := run.restored()) is not None:
        trainer.restore(state)
        history.restore(state)
    for step in map(int, history.steps[history.length :]):
        trainer.advance(step - trainer.step)
        history.add(measured(trainer, problem, settings, run))
        run.checkpoint(trainer.state() | history.state())
        run.progress(step + 1, int(history.steps[-1]) + 1, f"step {step}")
    return history


def trainer_of(problem: Problem, settings: Settings, run: Run) -> Trainer:
    """Return an untrained network with its data, seeded."""
    rate = settings["rate"]
    if not isinstance(rate, float) or not rate > 0:
        raise BadSetting(f"rate: expected a number > 0, got {rate!r}")
    torch.manual_seed(run.seed)
    network = built(settings, problem)
    data = torch.from_numpy(problem.rows).reshape(-1, *shape_for(settings, problem)).to(run.device)
    return Trainer(network, data, Plan(batch=positive(settings, "batch"), rate=rate), seed=run.seed)


def measured(trainer: Trainer, problem: Problem, settings: Settings, run: Run) -> dict[str, np.ndarray]:
    """Return what the network generates now: variances along all modes, alignment, mean, coherence; local filters."""
    whole = Moments(problem.rows.shape[1])
    parts = {patches.name: (patches, Moments(patches.size**2)) for patches in problem.patches}
    coherent: dict[str, list[np.ndarray]] = {}
    for rows in generated(trainer, settings, run):
        whole.add(rows)
        images = rows.reshape(-1, *problem.sides)
        for patches, inner in parts.values():
            inner.add(patches.of(images))
        for name, lag in _lags(problem).items():
            coherent.setdefault(name, []).append(coherence(images, lag))
    return {
        "variances": variances_along(whole.covariance, problem.modes),
        "alignment": np.array(alignment(whole.covariance, problem.modes.U)),
        "mean": np.array(np.square(whole.mean - problem.rows.mean(0)).sum()),
        **{name: variances_along(inner.covariance, patches.modes) for name, (patches, inner) in parts.items()},
        **{name: np.concatenate(found) for name, found in coherent.items()},
        **_local(trainer, problem, settings, run),
    }


def generated(trainer: Trainer, settings: Settings, run: Run) -> Iterator[Float[np.ndarray, "n d"]]:
    """Yield samples in batches, from the same noise at every step of the training."""
    count, steps = positive(settings, "generated"), positive(settings, "sampler_steps")
    rng, device = run.rng(LATENTS), trainer.data.device
    for start in range(0, count, AT_ONCE):
        z = rng.normal(size=(min(AT_ONCE, count - start), *trainer.data.shape[1:])).astype(np.float32)
        x = edm.heun(trainer.denoise, torch.from_numpy(z).to(device), steps)
        yield x.cpu().numpy().reshape(len(z), -1)


def _lags(problem: Problem) -> dict[str, int]:
    """Return how far apart pixels are whose correlation is measured: neighbours, and half an image."""
    return {"near": 1, "far": problem.sides[1] // 2} if len(problem.sides) == 2 else {}


def _local(trainer: Trainer, problem: Problem, settings: Settings, run: Run) -> dict[str, np.ndarray]:
    """Return how much of the denoiser the best local linear filter explains, for each noise level and size."""
    rng, found = run.rng(FILTERED), {}
    for sigma in map(float, settings["levels"]):  # type: ignore[arg-type]
        clean = problem.images[rng.integers(len(problem.images), size=NOISED)]
        noisy = (clean + sigma * rng.normal(size=clean.shape)).astype(np.float32)
        given = torch.from_numpy(noisy).reshape(-1, *trainer.data.shape[1:]).to(trainer.data.device)
        denoised = trainer.denoise(given, sigma).cpu().numpy().reshape(noisy.shape)
        for size in settings["filters"]:  # type: ignore[union-attr]
            found[f"local_{size}_{sigma:g}"] = explained(noisy, denoised, int(size))
    return found
