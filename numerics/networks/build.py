"""A network from its settings: an architecture is a function and one line."""

from collections.abc import Callable
from typing import Any

from numerics.experiments.experiment import BadSetting, Settings
from numerics.networks.problem import Problem, positive


def built(settings: Settings, problem: Problem) -> Any:
    """Return an untrained network, a torch module, that takes samples of the shape `shape_for` says.

    Raises:
        BadSetting: no such network, a missing size, or data it cannot take.
    """
    name = str(settings["network"])
    if name not in NETWORKS:
        raise BadSetting(f"network: expected one of {', '.join(sorted(NETWORKS))}; got {name!r}")
    return NETWORKS[name](settings, problem)


def shape_for(settings: Settings, problem: Problem) -> tuple[int, ...]:
    """Return the shape of a sample as the network takes it: an image, or a vector."""
    return problem.shape if settings["network"] == "unet" else (problem.rows.shape[1],)


def _mlp(settings: Settings, problem: Problem) -> Any:
    from numerics.networks.mlp import Mlp

    layers, width = positive(settings, "layers"), positive(settings, "width")
    if layers < 2:
        raise BadSetting(f"layers: expected an integer >= 2, got {layers}")
    return Mlp(d=problem.rows.shape[1], layers=layers, width=width, embedding=positive(settings, "embedding"))


def _unet(settings: Settings, problem: Problem) -> Any:
    from numerics.networks.unet import Unet

    factors, attention = settings.get("factors"), settings.get("attention", [])
    if not isinstance(factors, list) or not factors or not all(isinstance(f, int) and f > 0 for f in factors):
        raise BadSetting(f"factors: expected integers >= 1, one for each level, got {factors!r}")
    if not isinstance(attention, list) or any(k not in range(len(factors)) for k in attention):
        raise BadSetting(f"attention: expected levels from 0 to {len(factors) - 1}, got {attention!r}")
    if not problem.pictured:
        raise BadSetting("data: expected images for the network unet, got vectors")
    channels, base = problem.shape[0], positive(settings, "base")
    return Unet(channels=channels, base=base, factors=factors, attention=attention)


NETWORKS: dict[str, Callable[[Settings, Problem], Any]] = {"mlp": _mlp, "unet": _unet}
