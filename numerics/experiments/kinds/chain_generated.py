"""What chains on digits generate over the clean components, with and without injected noise (figure 6)."""

from functools import partial

import numpy as np

from numerics.digit_chain import generated, products, ranks
from numerics.digit_chain.bases import COMPONENTS, leading
from numerics.digit_chain.jobs import Found, Job, compute, integer, rising, thinned, told
from numerics.digit_chain.noise import levels
from numerics.experiments.experiment import BadSetting, Settings
from numerics.experiments.result import Result
from numerics.experiments.run import Run

TAIL = slice(10, COMPONENTS)  # the higher orders
PAPER_T = 65
CHAINS = ("none", *generated.SCHEDULES)


def run(settings: Settings, run: Run) -> Result:
    """Return c_i of eq 26 for chains of several lengths, of natural images, and the distance between the two.

    Settings: data, variations, classes, seeds, steps (values of T, rising, 65 among them), samples, scaling
    ("constant": σ_t = constant · t; "level": the last noise level is that of T = 65 for every T).
    """
    steps, samples, scaling = rising(settings, "steps"), integer(settings, "samples"), settings["scaling"]
    if PAPER_T not in steps or scaling not in ("constant", "level"):
        raise BadSetting(f"expected {PAPER_T} among steps, scaling constant or level; got {steps!r}, {scaling!r}")
    found = compute(settings, run, partial(_work, steps=steps, samples=samples, scaling=str(scaling)))
    shown = {name: _summary(found, name, steps) for name in found.variations}
    return {"steps": steps, "variations": shown}


def _work(job: Job, *, steps: list, samples: int, scaling: str) -> dict[str, np.ndarray]:
    U0 = leading(job.digit.train).U
    parts = [_of_length(T, U0, job, samples, _constant(job, T, scaling)) for T in steps]
    natural = {name: generated.histogram(U0, x) for name, x in (("train", job.digit.train), ("test", job.digit.test))}
    found = {field: np.array([part[field] for part in parts]) for field in parts[0]}
    found |= {f"c_{name}": c.mean(1) for name, c in natural.items()}
    found |= {"std_test": natural["test"].std(1), "lams2": leading(job.digit.train).lams2}
    for chain in CHAINS:
        found[f"distance_{chain}"] = np.array([generated.distance(c, found["c_test"]) for c in found[f"c_{chain}"]])
    return found


def _constant(job: Job, T: int, scaling: str) -> float:
    own = job.variation.constant
    return own * float(levels(1.0, PAPER_T)[-1] / levels(1.0, T)[-1]) if scaling == "level" else own


def _of_length(T: int, U0: np.ndarray, job: Job, samples: int, constant: float) -> dict[str, np.ndarray | float]:
    U = products.bases(job.digit.train, levels(constant, T), reading=job.variation.reading, rng=job.rng)
    xi = job.rng.normal(size=(len(U0), samples))
    images = {"none": generated.without_noise(U, xi)[0]}
    images |= {name: generated.with_noise(U, rule(T), samples, job.rng) for name, rule in generated.SCHEDULES.items()}
    found: dict[str, np.ndarray | float] = {}
    for name, x in images.items():
        c = generated.histogram(U0, x)
        found |= {f"c_{name}": c.mean(1), f"std_{name}": c.std(1), f"tail_{name}": float(c[TAIL].mean())}
        found |= {f"share_{name}": generated.share_of_first(U0, x), f"variance_{name}": ((U0.T @ x) ** 2).mean(1)}
    return found


def _summary(found: Found, name: str, steps: list) -> dict[str, object]:
    curves = (
        "c_test",
        "c_train",
        "std_test",
        "lams2",
        *(f"{k}_{c}" for c in CHAINS for k in ("c", "distance", "share")),
    )
    shown: dict[str, object] = {f"{field}_curve": thinned(found.mean(name, field), 3) for field in curves}
    at = steps.index(PAPER_T)
    shown |= {f"std_{chain}_curve": thinned(found.mean(name, f"std_{chain}")[at], 3) for chain in CHAINS}
    shown |= {f"variance_{chain}_curve": thinned(found.mean(name, f"variance_{chain}")[at], 3) for chain in CHAINS}
    return shown | {chain: _numbers(found, name, chain, steps) for chain in CHAINS}


def _numbers(found: Found, name: str, chain: str, steps: list) -> dict[str, object]:
    """Return how c_i changes with T, how much of it is left in the tail, and how near T = 65 comes to the data."""
    at = steps.index(PAPER_T)
    share, tail = found.of(name, f"share_{chain}"), found.of(name, f"tail_{chain}")
    distance, natural = found.of(name, f"distance_{chain}"), found.of(name, "c_test")
    others = np.delete(distance, at, axis=-1).min(-1)
    gap = np.abs(found.of(name, f"c_{chain}")[..., at, :] - natural)
    return {
        "rise": told(np.apply_along_axis(lambda values: ranks.spearman(np.array(steps), values), -1, share)),
        "share_last": told(share[..., -1]),
        "share_first": told(share[..., 0]),
        "tail_last": told(tail[..., -1]),
        "tail_last_to_first": told(tail[..., -1] / tail[..., 0]),
        "tail_to_natural": told(tail[..., -1] / natural[..., TAIL].mean(-1)),
        "distance": told(distance[..., at]),
        "advantage": told(others - distance[..., at]),
        "within_std": told((gap <= found.of(name, "std_test")).mean(-1)),
    }
