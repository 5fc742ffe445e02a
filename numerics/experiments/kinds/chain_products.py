"""Products of consecutive bases of a chain on digits: when indices mix, and what the total product keeps (figure 5)."""

from functools import partial

import numpy as np

from numerics.digit_chain import angles, products, ranks
from numerics.digit_chain.bases import COMPONENTS
from numerics.digit_chain.jobs import Found, Job, compute, integer, stored, thinned, told
from numerics.digit_chain.noise import levels
from numerics.digit_chain.pictures import strip
from numerics.experiments.experiment import Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run

EARLY = 5  # steps at which the noise is still small
SHOWN = (0.0, 0.04, 0.1, 0.2, 0.5, 1.0)  # times at which matrices are shown, in units of the last
TRACED = (0, 1, 2, 5, 10, 20)  # indices whose angle is followed
ENOUGH = 8  # seeds from which on an inversion of mixing times can be told from chance
INDEX = np.arange(COMPONENTS)
NUMBERS = (
    "share", "second", "order", "inversions", "spread_order", "diagonal_first", "off_mean", "off_rms", "led_early",
    "led_late", "nearby_late", "off_plane",
)  # fmt: skip


def run(settings: Settings, run: Run) -> Result:
    """Return how diagonal U_tᵀU_{t+1} is over t, when each index mixes, and what the product concentrates on.

    Settings: data, variations, classes, seeds, steps (T).
    """
    T = integer(settings, "steps", least=2 * EARLY)
    found = compute(settings, run, partial(_work, T=T))
    shown = [round(share * (T - 1)) for share in SHOWN]
    return {
        "steps": T,
        "shown": shown,
        "traced": TRACED,
        "variations": {n: _summary(found, n) for n in found.variations},
    }


def _work(job: Job, *, T: int) -> dict[str, np.ndarray | float]:
    sigma_bars = levels(job.variation.constant, T)
    U = products.bases(job.digit.train, sigma_bars, reading=job.variation.reading, rng=job.rng)
    U = [V * np.where((V * U[0]).sum(0) < 0, -1.0, 1.0) for V in U]  # signs as those of the clean components
    M = products.consecutive(U)
    P = products.partial(M)
    mixing, spread = products.mixing_times(M), products.spreading_times(M)
    shown = [round(share * (T - 1)) for share in SHOWN]
    return {
        "sigma_bars": sigma_bars,
        "off_diagonal": products.off_diagonal(M),
        "led": products.rows_led_by_diagonal(M),
        "nearby": products.nearby(M),
        "shares": np.array([products.leading_share(p) for p in P]),
        "mixing": mixing,
        "share": products.leading_share(P[-1]),
        "second": products.second_to_first(P[-1]),
        "order": ranks.spearman(INDEX, mixing),
        "inversions": ranks.inversions(mixing),
        "spread_order": ranks.spearman(INDEX, spread),
        "matrices": np.array([[M[t], P[t]] for t in shown]),
        **_early(M),
        **_late(M),
        **_traced(U),
    }


def _early(M: np.ndarray) -> dict[str, float]:
    """Return what holds while the noise is small: diagonal entry of index 0, entries beside the diagonal."""
    beside = M[:EARLY][:, ~np.eye(COMPONENTS, dtype=bool)]
    found = {"diagonal_first": M[:EARLY, 0, 0].mean(), "led_early": products.rows_led_by_diagonal(M[:EARLY]).mean()}
    return found | {"off_mean": beside.mean(), "off_rms": np.sqrt((beside**2).mean())}


def _late(M: np.ndarray) -> dict[str, np.ndarray | float]:
    """Return what holds over the second half of the chain, where the noise is large."""
    late = M[len(M) // 2 :]
    led, near = products.rows_led_by_diagonal(late).mean(), products.nearby(late).mean()
    return {"led_late": led, "nearby_late": near, "offsets": products.offsets(late)}


def _traced(U: list[np.ndarray]) -> dict[str, np.ndarray | float]:
    """Return sin θ_i over t for some indices, and how far u_i, u_i^t, u_i^{2t} are from one plane for index 0."""
    half = (len(U) - 1) // 2
    flat = products.off_plane(U[0][:, 0], U[half][:, 0], U[2 * half][:, 0])
    return {"angles": np.array([angles.sines(U[0], V)[list(TRACED)] for V in U]), "off_plane": flat}


def _summary(found: Found, name: str) -> dict[str, object]:
    numbers = {field: told(found.of(name, field)) for field in NUMBERS}
    curves = ("sigma_bars", "off_diagonal", "led", "nearby", "shares", "mixing", "offsets", "angles")
    shown = {field: thinned(found.mean(name, field), 3) for field in curves}
    pair = np.abs(found.of(name, "matrices")[0, 0])
    pictures = {"single": strip(pair[:, 0]), "partial": strip(pair[:, 1])}
    mixing = found.of(name, "mixing")
    if mixing.shape[1] >= ENOUGH:
        numbers["inversion"] = stored(ranks.worst_inversion(-mixing, grain=1.0))
    found_too = {"pictures": pictures, "p_order": ranks.permutation_p(INDEX, mixing.mean((0, 1)))}
    return {**numbers, **{f"{field}_curve": value for field, value in shown.items()}, **found_too}
