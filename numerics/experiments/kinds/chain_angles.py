"""Angles between clean and noisy principal components of digits, over the noise level (figure 2)."""

from functools import partial

import numpy as np

from numerics.digit_chain import angles, frequency, ranks
from numerics.digit_chain.bases import COMPONENTS, leading
from numerics.digit_chain.jobs import Found, Job, compute, integer, noise_levels, stored, thinned, told
from numerics.digit_chain.noise import noisy
from numerics.experiments.experiment import Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run

TINY = 1e-4  # relative to sqrt(λ²) of the last component: small enough for first order
HEIGHT = 0.5  # of the sine at which a component counts as lost
CLOSE = 0.1  # relative error that still counts as approximately equal
NUMBERS = (
    "order", "order_nested", "inversions", "leading_printed", "within_printed", "within_first_order",
    "frequency_by_eigenvalue", "frequency_by_loss",
)  # fmt: skip


def run(settings: Settings, run: Run) -> Result:
    """Return sin θ_i over the noise level, slopes at small noise against eq 15, and the order of the indices.

    Settings: data, variations, classes, seeds, levels (how many), lowest and highest (noise levels, for pixels in
    [0, 1]), draws (at tiny noise).
    """
    levels = noise_levels(settings)
    found = compute(settings, run, partial(_work, levels=levels, draws=integer(settings, "draws")))
    return {"levels": thinned(levels), "variations": {name: _summary(found, name) for name in found.variations}}


def _work(job: Job, *, levels: np.ndarray, draws: int) -> dict[str, np.ndarray | float]:
    X, unit = job.digit.train, 2.0 if job.variation.scale == "symmetric" else 1.0
    clean = leading(X)
    copies = noisy(X, unit * levels, reading=job.variation.reading, rng=job.rng)
    noisy_bases = [leading(copy).U for copy in copies]
    curves = np.array([angles.sines(clean.U, U) for U in noisy_bases])
    nested = np.array([angles.nested_sines(clean.U, U) for U in noisy_bases])
    lost = angles.crossings(levels, curves, HEIGHT)
    return {
        "curves": curves,
        "nested": nested,
        "principal": np.array([angles.principal_sines(clean.U, U) for U in noisy_bases]),
        "lost": lost,
        "lams2": clean.lams2,
        "n": float(X.shape[1]),
        "order": ranks.spearman(np.arange(COMPONENTS), lost),
        "order_nested": ranks.spearman(np.arange(COMPONENTS), nested.mean(0)),
        "inversions": ranks.inversions(lost),
        **_slopes(job, clean.U, clean.lams2, draws),
        **_frequencies(clean.U, clean.lams2, lost),
    }


def _slopes(job: Job, U: np.ndarray, lams2: np.ndarray, draws: int) -> dict[str, np.ndarray | float]:
    """Return sin θ_i / σ̄ at tiny noise over eq 15, and its root mean square over first-order perturbation theory."""
    X = job.digit.train
    d, n = X.shape
    sigma_bar = TINY * np.sqrt(lams2[-1])
    copies = noisy(X, np.full(draws, sigma_bar), reading="fresh", rng=job.rng)
    sines = np.array([angles.sines(U, leading(copy).U) for copy in copies]) / sigma_bar
    every = np.linalg.svd(X, compute_uv=False) ** 2 / n
    exact = angles.first_order_slopes(every[every > 1e-12 * every[0]], d, n, COMPONENTS)
    printed, first_order = sines.mean(0) / angles.expected_slopes(lams2, d, n), np.sqrt((sines**2).mean(0)) / exact
    within = {"within_printed": _near_one(printed), "within_first_order": _near_one(first_order)}
    return {"printed": printed, "first_order": first_order, "leading_printed": printed[0], "tiny": sines, **within}


def _near_one(ratios: np.ndarray) -> float:
    return float((np.abs(ratios - 1) <= CLOSE).mean())


def _frequencies(U: np.ndarray, lams2: np.ndarray, lost: np.ndarray) -> dict[str, np.ndarray | float]:
    found = frequency.mean_frequencies(U)
    both = {"frequency_by_eigenvalue": ranks.spearman(lams2, found), "frequency_by_loss": ranks.spearman(lost, found)}
    return {"frequencies": found, **both}


def _summary(found: Found, name: str) -> dict[str, object]:
    """Return intervals over classes and seeds, mean curves, and the p-value of the order of the mean curves."""
    mean = {field: found.mean(name, field) for field in ("curves", "nested", "principal", "lams2", "n", "lost")}
    index, tiny = np.arange(COMPONENTS), found.of(name, "tiny")  # sines at tiny noise, which eq 15 says rise with i
    ratios = {field: found.of(name, field) for field in ("printed", "first_order")}
    eq15 = angles.expected_slopes(found.of(name, "lams2").mean((0, 1)), 784, int(mean["n"]))
    return {
        "curves": thinned(mean["curves"], 3),
        "nested": thinned(mean["nested"], 3),
        "principal": thinned(mean["principal"], 3),
        "eq15": thinned(eq15),
        "lost": thinned(mean["lost"]),
        "lams2": thinned(mean["lams2"]),
        "frequencies": thinned(found.mean(name, "frequencies")),
        "inversion": stored(ranks.worst_inversion(tiny.reshape(len(tiny), -1, COMPONENTS))),
        "p_order": ranks.permutation_p(index, mean["lost"]),
        **{field: told(found.of(name, field)) for field in NUMBERS},
        **{f"{field}_by_index": thinned(array.mean((0, 1))) for field, array in ratios.items()},
        **{f"{field}_mean": told(array.mean(2)) for field, array in ratios.items()},
    }
