"""Training a practical denoiser and following what it generates, mode by mode (section 6, appendix I)."""

from numerics.experiments.experiment import Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run
from numerics.networks.analysis import analysed
from numerics.networks.follow import followed
from numerics.networks.problem import positive, problem_of

DATA, BOOTSTRAP = 1, 2


def run(settings: Settings, run: Run) -> Result:
    """Return the course of training of one network, with emergence times and exponents.

    Raises:
        BadSetting: settings that cannot be trained with.
    """
    problem = problem_of(settings, run.rng(DATA))
    run.uses("data", problem.images)
    history = followed(problem, settings, run)
    return analysed(problem, history, positive(settings, "sampler_steps"), run.rng(BOOTSTRAP))
