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
    """Return the shape of a sample as the network takes it: a vector, or an image of one channel."""
    return (1, *problem.sides) if settings["network"] == "unet" else (problem.rows.shape[1],)


def _mlp(settings: Settings, problem: Problem) -> Any:
    from numerics.networks.mlp import Mlp

    layers, width = positive(settings, "layers"), positive(settings, "width")
    if layers < 2:
        raise BadSetting(f"layers: expected an integer >= 2, got {layers}")
    return Mlp(d=problem.rows.shape[1], layers=layers, width=width, embedding=positive(settings, "embedding"))


def _unet(settings: Settings, problem: Problem) -> Any:
    from numerics.networks.unet import Unet

    factors = settings.get("factors")
    if not isinstance(factors, list) or not factors or not all(isinstance(f, int) and f > 0 for f in factors):
        raise BadSetting(f"factors: expected integers >= 1, one for each level, got {factors!r}")
    if len(problem.sides) != 2:
        raise BadSetting("data: expected images for the network unet, got vectors")
    return Unet(channels=1, base=positive(settings, "base"), factors=factors)


NETWORKS: dict[str, Callable[[Settings, Problem], Any]] = {"mlp": _mlp, "unet": _unet}
