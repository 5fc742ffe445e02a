"""Training practical denoisers and following what they generate, mode by mode (section 6, appendix I)."""

from numerics.experiments.experiment import Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run
from numerics.networks.across import across
from numerics.networks.analysis import analysed
from numerics.networks.follow import Architecture, followed
from numerics.networks.problem import positive, problem_of
from numerics.networks.seen import shown

DATA, BOOTSTRAP = 1, 2


def trained(architecture: Architecture, settings: Settings, run: Run) -> Result:
    """Return the course of training, with emergence times and exponents; estimates are those of all trainings.

    Raises:
        BadSetting: settings that cannot be trained with.
    """
    problem = problem_of(settings, run.rng(DATA))
    run.uses("data", problem.samples)
    histories, sampler = followed(architecture, problem, settings, run), positive(settings, "sampler_steps")
    found = across([analysed(problem, h, sampler, run.rng(BOOTSTRAP, h.training)) for h in histories])
    pictures = shown(problem, histories[0], settings["levels"]) if problem.pictured else None  # type: ignore[arg-type]
    return found | {"trainings": len(histories), "pictures": pictures}
