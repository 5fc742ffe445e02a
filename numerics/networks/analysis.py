"""From the course of a training to emergence times, exponents and the law that fits them."""

import numpy as np
from jaxtyping import Float

from numerics.experiments.result import estimate
from numerics.networks.exponents import bootstrap, mean, median, power_law, slope, spread
from numerics.networks.history import History
from numerics.networks.laws import LAWS, predicted
from numerics.networks.passages import MEANS, branches, delayed, directness, passages
from numerics.networks.problem import Problem
from numerics.spectra import Spectrum

SHOWN = 24
TIMES = 400  # modes whose emergence times are kept
SMALLEST = 1e-6  # of the largest variance; below it a mode of the data is rounding


def analysed(problem: Problem, history: History, sampler_steps: int, rng: np.random.Generator) -> dict:
    """Return the result of one training: estimates with intervals, and the curves of some modes."""
    modes = _kept(problem.modes)
    variances = np.maximum(history["variances"][:, : len(modes.lams)], 1e-300)
    found = _basis(modes, variances, history.steps, rng)
    for patches in problem.patches:
        part = _kept(patches.modes)
        along = np.maximum(history[patches.name][:, : len(part.lams)], 1e-300)
        found[patches.name] = _basis(part, along, history.steps, rng)
    chi = history["alignment"]
    ends = {"alignment_first": estimate(*3 * (chi[0],)), "alignment_last": estimate(*3 * (chi[-1],))}
    found |= {"steps": history.steps, "alignment": chi} | ends
    found["laws"] = _laws(modes, variances, history.steps, sampler_steps, rng)
    images = {name: _course(history[name], rng) for name in ("near", "far") if name in history.rows}
    return found | images | {"mean_error": history["mean"], "local": _local(history, rng)}


def _kept(modes: Spectrum) -> Spectrum:
    """Return the modes that are no rounding."""
    kept = modes.lams > SMALLEST * modes.lams.max()
    return Spectrum(lams=modes.lams[kept], U=modes.U[:, kept], mean=modes.mean)


def _basis(modes: Spectrum, variances: np.ndarray, steps: np.ndarray, rng: np.random.Generator) -> dict:
    """Return what is said of the modes of one basis."""
    rise, fall = branches(variances[0], modes.lams)
    shown = np.unique(np.geomspace(1, len(modes.lams), SHOWN).round().astype(int)) - 1
    kept = np.unique(np.linspace(0, len(modes.lams) - 1, TIMES).round().astype(int))
    found: dict = {
        "lams": modes.lams[kept],
        "initial": variances[0, kept],
        "shown": shown,
        "variances": variances[:, shown],
        "gray": int((~rise & ~fall).sum()),
        "shape": {
            name: _shape(modes.lams[chosen], variances[:, chosen], steps, rng)
            for name, chosen in (("rising", rise), ("falling", fall), ("clear", rise | fall), ("gray", ~rise & ~fall))
        },
    }
    for criterion in MEANS:
        times = passages(steps, variances, modes.lams, criterion)
        found[criterion] = {"times": times[kept]} | {
            name: power_law(modes.lams[branch], times[branch], rng)
            for name, branch in (("rising", rise), ("falling", fall))
        }
    return found


def _shape(
    lams: Float[np.ndarray, " k"], variances: Float[np.ndarray, "t k"], steps: np.ndarray, rng: np.random.Generator
) -> dict:
    """Return how direct the courses are, how many are fastest late, how far they end from the target."""
    return {
        "direct": bootstrap(median, directness(variances), rng=rng),
        "late": bootstrap(mean, delayed(steps, variances), rng=rng),
        "off": bootstrap(median, np.abs(np.log(variances[-1] / lams)), rng=rng),
    }


def _laws(modes: Spectrum, variances: np.ndarray, steps: np.ndarray, sampler: int, rng: np.random.Generator) -> dict:
    """Return for each law how the measured times scale with the predicted ones, and what is left at slope 1."""
    rise, fall = branches(variances[0], modes.lams)
    clear = rise | fall
    times = _log(passages(steps, variances, modes.lams, "geometric"))
    guesses = {law: _log(predicted(modes.lams, law, "geometric", sampler)) for law in LAWS}
    found: dict = {law: _fit(times, guess, rise, fall, modes.lams, rng) for law, guess in guesses.items()}
    gains = {
        f"{law}_over_plain": bootstrap(_gain, times[clear], guesses["plain"][clear], guesses[law][clear], rng=rng)
        for law in ("weighted", "preconditioned")
    }
    return found | gains


def _fit(
    times: np.ndarray,
    guess: np.ndarray,
    rise: np.ndarray,
    fall: np.ndarray,
    lams: np.ndarray,
    rng: np.random.Generator,
) -> dict:
    clear = rise | fall
    return {
        "slope_rising": bootstrap(slope, guess[rise], times[rise], rng=rng),
        "slope_falling": bootstrap(slope, guess[fall], times[fall], rng=rng),
        "left": bootstrap(spread, (times - guess)[clear], rng=rng),
        "exponent_rising": bootstrap(slope, np.log(lams[rise]), guess[rise], rng=rng),
        "exponent_falling": bootstrap(slope, np.log(lams[fall]), guess[fall], rng=rng),
    }


def _gain(times: np.ndarray, plain: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the scatter around the plain law over that around the other: above 1 the other fits better."""
    return spread(times - plain) / spread(times - other)


def _log(times: Float[np.ndarray, " k"]) -> Float[np.ndarray, " k"]:
    return np.log(np.where(times > 0, times, np.nan))


def _local(history: History, rng: np.random.Generator) -> dict:
    """Return the share that local filters explain, with intervals over images, at every measured step."""
    names = [name for name in history.rows if name.startswith("local_")]
    return {name.removeprefix("local_").replace(".", "_"): _course(history[name], rng) for name in names}


def _course(shares: Float[np.ndarray, "t n"], rng: np.random.Generator) -> dict:
    return {
        "shares": np.median(shares, axis=1),
        "first": bootstrap(median, shares[0], rng=rng),
        "early": bootstrap(median, shares[len(shares) // 3], rng=rng),
        "last": bootstrap(median, shares[-1], rng=rng),
    }
