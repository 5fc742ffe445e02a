"""The smallest kind: a random walk, whose variance after n steps is n; it shows that running and going on work."""

import numpy as np

from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import Result, estimate
from numerics.experiments.run import Run


def run(settings: Settings, run: Run) -> Result:
    """Return the variance of `walkers` walkers after `steps` steps, with an interval of two standard errors.

    Raises:
        BadSetting: fewer than two walkers, or no step.
    """
    walkers, steps = int(settings["walkers"]), int(settings["steps"])  # type: ignore[arg-type]
    if walkers < 2 or steps < 1:
        raise BadSetting(f"settings: expected walkers >= 2 and steps >= 1, got {walkers} and {steps}")
    state = run.restored() or {"at": np.zeros(walkers), "step": np.array(0)}
    at = state["at"]
    for step in range(int(state["step"]), steps):
        at = at + run.rng(step).normal(size=walkers)
        run.checkpoint({"at": at, "step": np.array(step + 1)})
        run.progress(step + 1, steps, f"step {step + 1}")
    variance = float(at.var())
    error = 2 * variance * np.sqrt(2 / walkers)
    return {"variance": estimate(variance, variance - error, variance + error), "expected": float(steps)}
