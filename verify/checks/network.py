"""The network lane: a law of discrete training against networks trained by autograd, at every step and noise level."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import sympy as sp

from numerics.networks.linear.trained import Trained
from theory.relation import Both, Recurrence, Relation
from verify.checks.iterated import Ball, evaluated, iterated
from verify.claim import Budget, Claim
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome

Scene = Callable[[int], Trained]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Holds if the law is what training did, at every step, level and scene, within the rounding of the training.

    `states` are the letters that a step changes; the relation gives their next values, one a part, or with a
    `Recurrence` the value of the only one after n steps. The law starts where the network was meant to start
    and is evaluated on balls. `resolution` is the largest error of training that may still decide, relative to
    the largest entry.
    """

    scenes: tuple[Scene, ...]
    states: tuple[sp.Basic, ...]
    seeds: int = 1
    resolution: float = 1e-12
    lane: str = "network"
    engine: str = "numerics"
    seconds: float = 120.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Stop at the first step that decides against the law."""
        del claim
        compared = 0
        for name, trained in self._trained():
            if not (error := trained.relative_error) <= self.resolution:
                because = f"{name}: training is only known to {error:.1g} of its size"
                return Finding(outcome=Outcome.UNDECIDED, because=because)
            for level, step, gap, allowed in self._compared(relation, trained):
                if not gap <= allowed:
                    return _disagrees(name, level, step, gap, allowed)
                compared += 1
        because = f"trained networks follow it to {self.resolution:g} of their size, the most that rounding explains"
        return Finding(outcome=Outcome.HOLDS, because=because, figures={"steps and levels": compared})

    def view(self, relation: Relation) -> tuple[sp.Basic, ...]:
        """Return the next values of the states, or the value after n steps."""
        parts = relation.parts if isinstance(relation, Both) else (relation,)
        return tuple(part.formula for part in parts)

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "Network":
        """Return the check with four times as many random problems on the full budget."""
        return replace(self, seeds=self.seeds * (4 if budget == "full" else 1))

    def _trained(self) -> Iterator[tuple[str, Trained]]:
        for scene in self.scenes:
            for seed in range(self.seeds):
                yield f"{scene.__name__}, seed {seed}", trained_once(scene, seed)

    def _compared(self, relation: Relation, trained: Trained) -> Iterator[tuple[int, int, float, float]]:
        """Yield level, step, the largest gap between law and network, and what rounding allows for it."""
        names = [str(state) for state in self.states]
        for level in range(trained.levels):
            law = self._law(relation, trained, level)
            for step in range(trained.steps + 1):
                try:
                    values = next(law)
                except (ArithmeticError, ValueError):
                    values = ()
                yield level, step, *_gap(values, [trained.at(name, step, level) for name in names])

    def _law(self, relation: Relation, trained: Trained, level: int) -> Iterator[tuple[Ball, ...]]:
        fixed, start = trained.letters(level), trained.start(level)
        if not isinstance(relation, Recurrence):
            return iterated(self.states, self.view(relation), fixed, start)
        first = {relation.start.name: start[str(self.states[0])]} if relation.start.is_Symbol else {}
        return _closed(relation, {**fixed, **first}, trained.steps)


def _closed(relation: Recurrence, fixed: dict[str, np.ndarray], steps: int) -> Iterator[tuple[Ball, ...]]:
    for step in range(steps + 1):
        yield (evaluated(relation.solution, {**fixed, relation.var.name: np.asarray(float(step))}),)


@cache
def trained_once(scene: Scene, seed: int) -> Trained:
    """Return the scene, trained when it is first asked for."""
    return scene(seed)


def _gap(values: tuple[Ball, ...], measured: list[tuple[np.ndarray, float]]) -> tuple[float, float]:
    """Return the gap that exceeds most what is allowed; NaN if a value is missing or has another shape."""
    shapes = [np.shape(value) for value, _ in measured]
    if [ball.shape[1:] for ball in values] != shapes:
        return float("nan"), 0.0
    pairs = [
        (float(np.abs(ball[0] - value).max()), error + float(ball[1].max()))
        for ball, (value, error) in zip(values, measured, strict=True)
    ]
    return max(pairs, key=lambda pair: pair[0] - pair[1])  # all are finite: balls and measurements refuse to be else


def _disagrees(name: str, level: int, step: int, gap: float, allowed: float) -> Finding:
    because = f"{name}, noise level {level}, step {step}: off by {gap:.1e}, rounding explains {allowed:.1e}"
    witness = {"scene": name, "level": level, "step": step, "gap": f"{gap:.3e}"}
    return Finding(outcome=Outcome.FAILS, because=because, witness=witness)
