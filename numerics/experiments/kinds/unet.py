"""The convolutional UNet of appendix I.6, trained on images."""

from torch import nn

from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run
from numerics.networks.follow import Architecture
from numerics.networks.problem import Problem, positive
from numerics.networks.trained import trained
from numerics.networks.unet import Unet


def run(settings: Settings, run: Run) -> Result:
    """Return the course of training.

    Raises:
        BadSetting: settings that cannot be trained with.
    """
    return trained(Architecture(built, pictured=True), settings, run)


def built(settings: Settings, problem: Problem) -> nn.Module:
    """Return an untrained network.

    Raises:
        BadSetting: levels that are missing or cannot be, or data that are no images.
    """
    factors, attention = settings.get("factors"), settings.get("attention", [])
    if not isinstance(factors, list) or not factors or not all(isinstance(f, int) and f > 0 for f in factors):
        raise BadSetting(f"factors: expected integers >= 1, one for each level, got {factors!r}")
    if not isinstance(attention, list) or any(k not in range(len(factors)) for k in attention):
        raise BadSetting(f"attention: expected levels from 0 to {len(factors) - 1}, got {attention!r}")
    if not problem.pictured:
        raise BadSetting("data: expected images for a UNet, got vectors")
    channels, base = problem.shape[0], positive(settings, "base")
    return Unet(channels=channels, base=base, factors=factors, attention=attention)
