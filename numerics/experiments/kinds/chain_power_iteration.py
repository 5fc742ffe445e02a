"""Chains of projections beside the power method: on digits, and on spiked data with σ_t = 1/T."""

from functools import partial

import numpy as np

from numerics.digit_chain import generated, products, ranks
from numerics.digit_chain.bases import COMPONENTS
from numerics.digit_chain.jobs import Found, Job, compute, integer, rising, thinned, told
from numerics.digit_chain.noise import READINGS, levels
from numerics.experiments.experiment import Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run

SPIKES = (4.0, 2.0, 1.0, 0.5, 0.25)
"""Eigenvalues λ_i² of the synthetic data, in data units²."""
SPIKED = 99  # stream of random numbers of the synthetic data; those of digits are 0 to 9


def run(settings: Settings, run: Run) -> Result:
    """Return the share of u_0 and the second over the first variance, over T, for both methods.

    Settings: data, variations, classes, seeds, steps (values of T on digits, rising), spiked_steps (on synthetic
    data, rising), d, n and repeats (of the synthetic data).
    """
    steps, spiked = rising(settings, "steps"), rising(settings, "spiked_steps")
    found = compute(settings, run, partial(_work, steps=steps))
    shown = {name: _summary(found, name, steps) for name in found.variations}
    return {"steps": steps, "spiked_steps": spiked, "variations": shown, "spiked": _spiked(settings, run)}


def _work(job: Job, *, steps: list) -> dict[str, np.ndarray]:
    lams2 = np.linalg.svd(job.digit.train, compute_uv=False) ** 2
    power = np.array([generated.power_iteration(lams2, T) for T in steps])
    variation, X = job.variation, job.digit.train
    ran = [_of(X, levels(variation.constant, T), COMPONENTS, variation.reading, job.rng) for T in steps]
    chain = np.array(ran)
    return {"power_share": power[:, 0], "power_second": power[:, 1], "share": chain[:, 0], "second": chain[:, 1]}


def _of(X: np.ndarray, sigma_bars: np.ndarray, k: int, reading: str, rng: np.random.Generator) -> tuple[float, float]:
    """Return share of u_0 and second over first variance of the chain of T projections."""
    P = products.partial(products.consecutive(products.bases(X, sigma_bars, reading=reading, rng=rng, k=k)))[-1]
    return products.leading_share(P), products.second_to_first(P)


def _spiked(settings: Settings, run: Run) -> dict[str, object]:
    """Return the same on normal data with the spikes `SPIKES`, the schedule σ_t = 1/T of Theorem 4.3."""
    found: dict[str, object] = {}
    steps, repeats = rising(settings, "spiked_steps"), integer(settings, "repeats")
    for name in READINGS:
        rows = [[_one_spiked(settings, run.rng(SPIKED, s), T, name) for T in steps] for s in range(repeats)]
        shares = np.array(rows)
        curves = {"share_curve": thinned(shares.mean(0)[:, 0]), "second_curve": thinned(shares.mean(0)[:, 1])}
        found[name] = {**curves, "share": told(shares[:, -1, 0][None]), "second": told(shares[:, -1, 1][None])}
    power = np.array([generated.power_iteration(np.array(SPIKES), T) for T in steps])
    return found | {"power_share_curve": thinned(power[:, 0]), "power_second_curve": thinned(power[:, 1])}


def _one_spiked(settings: Settings, rng: np.random.Generator, T: int, reading: str) -> tuple[float, float]:
    d, n = (integer(settings, name, least=len(SPIKES)) for name in ("d", "n"))
    X = np.zeros((d, n))
    X[: len(SPIKES)] = np.sqrt(SPIKES)[:, None] * rng.normal(size=(len(SPIKES), n))
    sigma_bars = np.sqrt(np.arange(T + 1.0)) / T  # σ_t = 1/T for t = 1..T, clean data at t = 0
    return _of(X, sigma_bars, len(SPIKES), reading, rng)


def _summary(found: Found, name: str, steps: list) -> dict[str, object]:
    curves = ("power_share", "power_second", "share", "second")
    shown: dict[str, object] = {f"{field}_curve": thinned(found.mean(name, field)) for field in curves}
    share = found.of(name, "share")
    shown["rise"] = told(np.apply_along_axis(lambda values: ranks.spearman(np.array(steps), values), -1, share))
    return shown | {field: told(found.of(name, field)[..., -1]) for field in curves}
