"""Jacobians of small denoisers trained on digits, along generated paths, with two controls (figure 7)."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from numerics.data import flat, shrink
from numerics.digit_chain import angles, digits, jacobians, mixture, network, ranks
from numerics.digit_chain.bases import COMPONENTS
from numerics.digit_chain.jobs import integer, noise_levels, thinned, told
from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run
from numerics.lazy import torch

HEIGHT = 0.7  # of the sine at which an eigenvector counts as lost
INDEX = np.arange(COMPONENTS)
ERRORS_AT = (0.1, 0.3, 1.0)  # noise levels at which denoisers are compared on held-out images
NETWORKS = {f"{name}_{kind}": (name, kind == "biased") for name in network.ARCHITECTURES for kind in ("free", "biased")}
CLOSED = "mixture"
CURVES = ("curves", "nested", "eigenvalues")
NUMBERS = (
    "order", "order_lost", "order_nested", "rise", "rise_nested", "asymmetry", "asymmetry_last", "negative",
    "negative_last", "outside", "outside_last", "remainder",
)  # fmt: skip


def run(settings: Settings, run: Run) -> Result:
    """Return sin θ_J per index over the noise level for trained and untrained networks and for a posterior mean.

    Settings: data, seeds (networks of each architecture), paths (of each network), levels (iterations), lowest and
    highest (noise levels), steps and batch (of training).
    """
    sigmas = noise_levels(settings)[::-1]
    train, test = _images(str(settings["data"]))
    run.uses("images", np.concatenate([part.sum(1) for part in train]))
    keys = [*product(NETWORKS, range(integer(settings, "seeds"))), (CLOSED, 0)]
    state: dict[str, np.ndarray] = run.restored() or {}
    for k, (name, seed) in enumerate(keys):
        if f"{k}:done" not in state:
            start = [run.rng(seed, p) for p in range(integer(settings, "paths"))]
            if name == CLOSED:
                found = _closed(train, sigmas, start)
            else:
                found = _network(_training(name, seed, settings), (train, test), sigmas, start)
            state |= {f"{k}:{field}": np.asarray(value) for field, value in found.items()} | {f"{k}:done": np.array(1)}
            run.checkpoint(state)
        run.progress(k + 1, len(keys), f"{name}, seed {seed}")
    shown = {name: _summary([_fields(state, k) for k, key in enumerate(keys) if key[0] == name]) for name in NETWORKS}
    return {"sigmas": thinned(sigmas), "denoisers": shown | {CLOSED: _summary([_fields(state, len(keys) - 1)])}}


def _images(source: str) -> tuple[list[np.ndarray], np.ndarray]:
    """Return the training images of each class and all held-out ones, averaged over blocks of 2 x 2 pixels, as rows."""
    try:
        parts = digits.classes(digits.Preparation(source=source))
    except (OSError, ValueError) as cause:
        raise BadSetting(str(cause)) from cause
    small = [[flat(shrink(x.T.reshape(-1, 28, 28), 2)) for x in (part.train, part.test)] for part in parts]
    return [train for train, _ in small], np.concatenate([test for _, test in small])


def _training(name: str, seed: int, settings: Settings) -> network.Training:
    architecture, bias = NETWORKS[name]
    sizes = {"steps": integer(settings, "steps"), "batch": integer(settings, "batch")}
    return network.Training(architecture=architecture, bias=bias, seed=seed, **sizes)


def _network(
    training: network.Training, images: tuple[list[np.ndarray], np.ndarray], sigmas: np.ndarray, start: list
) -> Mapping[str, np.ndarray]:
    torch.set_num_threads(1)  # the order of summation, hence the result, must not depend on the machine
    net = network.trained(training, np.concatenate(images[0]))
    found = {f"trained_{field}": value for field, value in _followed(_single(net), sigmas, start, np.float32).items()}
    control = _followed(_single(network.untrained(training)), sigmas, start, np.float32)
    errors = np.array([network.error(net, images[1], sigma) for sigma in ERRORS_AT])
    return found | {f"untrained_{field}": value for field, value in control.items()} | {"errors": errors}


def _closed(train: list[np.ndarray], sigmas: np.ndarray, start: list) -> Mapping[str, np.ndarray]:
    found = _followed(mixture.posterior_mean(train), sigmas, start, np.float64)
    return {f"trained_{field}": value for field, value in found.items()}


def _single(net: "torch.nn.Module") -> jacobians.Denoiser:
    return lambda x, _: net(x[None])[0]


def _followed(denoise: jacobians.Denoiser, sigmas: np.ndarray, start: list, kind: type) -> dict[str, np.ndarray]:
    """Return what is measured along paths, one row for each generator of a starting point."""
    d = network.SIDE**2
    first = [rng.spawn(1)[0].normal(size=d) * sigmas[0] for rng in start]
    paths = [_path(jacobians.path(denoise, sigmas, point.astype(kind))) for point in first]
    return {field: np.array([path[field] for path in paths]) for field in paths[0]}


def _path(found: jacobians.Path) -> dict[str, np.ndarray | float]:
    curves, nested = jacobians.turned(found, COMPONENTS)
    rising = found.sigmas[::-1]
    asymmetry, negative, outside = (
        np.array([read(J) for J in found.jacobians])
        for read in (jacobians.asymmetry, jacobians.negative_mass, jacobians.outside_unit)
    )
    values = [np.linalg.eigvalsh((J + J.T) / 2)[::-1][:COMPONENTS] for J in found.jacobians]
    return {
        "curves": curves[::-1],
        "nested": nested[::-1],
        "eigenvalues": np.array(values)[[-1, len(values) // 2, 0]],
        "order": ranks.spearman(INDEX, curves.mean(0)),
        "order_lost": ranks.spearman(INDEX, angles.crossings(rising, curves[::-1], HEIGHT)),
        "order_nested": ranks.spearman(INDEX, nested.mean(0)),
        "rise": np.mean([ranks.spearman(rising, curve) for curve in curves[::-1].T]),
        "rise_nested": np.mean([ranks.spearman(rising, curve) for curve in nested[::-1].T]),
        **{"asymmetry": asymmetry.mean(), "asymmetry_last": asymmetry[-1], "negative": negative.mean()},
        **{"negative_last": negative[-1], "outside": outside.mean(), "outside_last": outside[-1]},
        "remainder": jacobians.remainder(found).max(),
    }


def _fields(state: Mapping[str, np.ndarray], k: int) -> dict[str, np.ndarray]:
    return {label.partition(":")[2]: value for label, value in state.items() if label.startswith(f"{k}:")}


def _summary(seeds: list[dict[str, np.ndarray]]) -> dict[str, object]:
    """Return means with intervals over networks and paths, and mean curves with noise rising from the final image."""
    shown: dict[str, object] = {}
    for stage in ("trained", "untrained"):
        if f"{stage}_order" not in seeds[0]:
            continue
        both = {field: np.array([part[f"{stage}_{field}"] for part in seeds]) for field in (*NUMBERS, *CURVES)}
        means = {f"{field}_curve": thinned(both[field].mean((0, 1)), 3) for field in CURVES}
        p = ranks.permutation_p(INDEX, both["curves"].mean((0, 1, 2)))
        shown[stage] = {field: told(both[field]) for field in NUMBERS} | means | {"p_order": p}
    if "errors" in seeds[0]:
        errors = np.array([part["errors"] for part in seeds])
        names = [f"sigma{at:g}".replace(".", "_") for at in ERRORS_AT]
        shown["errors"] = {name: told(errors[:, k][:, None]) for k, name in enumerate(names)}
    return shown
