"""The ode lane on real images: a law of the spectrum against the sampler solved on the full covariance."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache

import numpy as np
import sympy as sp

from numerics.image_sets.modes import Emergence
from theory.relation import Relation
from verify.bridge import evaluate
from verify.claim import Budget, Claim
from verify.images import modes_shown
from verify.judge import Finding
from verify.provable import proves
from verify.verdict import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class OnImages:
    """Holds if the predicted variance of every mode agrees with the measured one at every training time.

    `measure()` returns the generated variances along all modes; `known` are the remaining symbols, by name.
    A mode whose measurement is less certain than `resolution` decides nothing, and all may not be so.
    """

    measure: Callable[[], Emergence]
    known: tuple[tuple[str, float], ...]
    resolution: float = 1e-3
    lane: str = "ode"
    engine: str = "numerics"
    seconds: float = 240.0

    def probe(self, relation: Relation, claim: Claim) -> Finding:
        """Compare ln of the variances, mode by mode."""
        del claim
        found = _measured(self.measure)
        gap, error = self._gaps(relation.formula, found)
        certain = error <= self.resolution
        if not certain.any():
            return Finding(outcome=Outcome.UNDECIDED, because=f"the measurement is off by at least {error.min():.1g}")
        if not (gap[certain] <= error[certain]).all():
            time, mode = np.argwhere(certain & ~(gap <= error))[0]
            because = f"mode {mode} at tau={found.taus[time]:g}: ln variance off by {gap[time, mode]:.1e}"
            return Finding(outcome=Outcome.FAILS, because=because, witness={"mode": int(mode), "tau": found.taus[time]})
        return self._agreed(found, certain, float(error[certain].max()))

    def view(self, relation: Relation) -> Hashable:
        """Return the formula."""
        return relation.formula

    def confirms(self, mutant: Relation, claim: Claim) -> bool:
        """Return whether the kernel proves the mutant."""
        return proves(mutant, claim)

    def at(self, budget: Budget) -> "OnImages":
        """Return itself: the data set is what it is."""
        del budget
        return self

    def _gaps(self, formula: sp.Expr, found: Emergence) -> tuple[np.ndarray, np.ndarray]:
        """Return |prediction - measurement| of ln variance and the error of the measurement, by time and mode."""
        at: dict[str, float | np.ndarray] = dict(self.known)
        at |= {"lam": found.modes.lams[None, :], "tau": np.array(found.taus)[:, None]}
        with np.errstate(invalid="ignore", divide="ignore"):  # a mutant may be negative: it agrees with nothing
            predicted = np.broadcast_to(np.log(evaluate(formula, at)), (len(found.taus), len(found.modes.lams)))
        measured = np.array([np.asarray(run.value) for run in found.log_variances])
        error = np.array([np.broadcast_to(run.error, measured.shape[1:]) for run in found.log_variances])
        gap = np.abs(predicted - measured)
        return np.where(np.isfinite(gap), gap, np.inf), error

    def _agreed(self, found: Emergence, certain: np.ndarray, worst: float) -> Finding:
        clock = 2 * dict(self.known)["eta"]
        shown = modes_shown(len(found.modes.lams))
        rows = [
            [mode, f"{clock * tau:.6g}", f"{np.exp(np.asarray(run.value)[mode]):.6g}"]
            for tau, run in zip(found.taus, found.log_variances, strict=True)
            for mode in shown
        ]
        because = f"agrees on {int(certain.sum())} of {certain.size} pairs of mode and time"
        figures = {"modes": len(found.modes.lams), "largest error of ln variance": f"{worst:.1e}", "measured": rows}
        return Finding(outcome=Outcome.HOLDS, because=because, figures=figures)


@cache
def _measured(measure: Callable[[], Emergence]) -> Emergence:
    return measure()
