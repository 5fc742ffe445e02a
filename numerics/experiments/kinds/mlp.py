"""The MLP of appendix I.2, trained on samples as vectors."""

from torch import nn

from numerics.experiments.experiment import Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run
from numerics.networks.follow import Architecture
from numerics.networks.mlp import Mlp
from numerics.networks.problem import Problem, positive
from numerics.networks.trained import trained


def run(settings: Settings, run: Run) -> Result:
    """Return the course of training.

    Raises:
        BadSetting: settings that cannot be trained with.
    """
    return trained(Architecture(built, pictured=False), settings, run)


def built(settings: Settings, problem: Problem) -> nn.Module:
    """Return an untrained network.

    Raises:
        BadSetting: a size that is missing or cannot be.
    """
    sizes = {name: positive(settings, name) for name in ("width", "embedding")}
    return Mlp(d=problem.rows.shape[1], layers=positive(settings, "layers", least=2), **sizes)
