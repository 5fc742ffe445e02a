"""The laws of one layer, of two symmetric layers and of flow matching, as functions of 2 eta tau, lam and Q."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import sympy as sp

from theory import flow_matching, one_layer, two_layer
from verify.bridge import evaluate
from verify.predict import Setting, first_passages

Array = np.ndarray
GRID = np.geomspace(1e-3, 10, 17)  # variances at which emergence times are drawn
EDGES = {"sigma0": Setting().sigma0, "sigmaT": Setting().sigmaT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A weight, ln of the generated variance and ln of its last level; `noise` names what the weight is seen at."""

    weight: sp.Expr
    log_variance: sp.Expr
    log_final: sp.Expr
    noise: str

    def weights(self, lam: Array, clock: Array, *, Q: float, at: float) -> Array:
        """Return the weights over clock = 2 eta tau at the noise level or time `at`."""
        return evaluate(self.weight, {"lam": lam, "Q": Q, "eta": 0.5, "tau": clock, self.noise: at})

    def log_variances(self, lam: Array, clock: Array, Q: float) -> Array:
        """Return ln of the generated variances over clock = 2 eta tau."""
        return evaluate(self.log_variance, {"lam": lam, "Q": Q, "eta": 0.5, "tau": clock, **EDGES})

    def levels(self, lam: Array, Q: float) -> tuple[Array, Array]:
        """Return ln of the first and of the last generated variance."""
        first = self.log_variances(lam, np.zeros_like(lam), Q)
        return first, evaluate(self.log_final, {"lam": lam, **EDGES})


FAMILIES = {
    "one_layer": Family(
        weight=one_layer.weight(one_layer.sigma),
        log_variance=one_layer.log_variance_entire(),
        log_final=sp.log(one_layer.final_variance()),
        noise="sigma",
    ),
    "two_layer": Family(
        weight=two_layer.weight_entire(one_layer.sigma),
        log_variance=two_layer.log_variance_entire(),
        log_final=sp.log(one_layer.final_variance()),
        noise="sigma",
    ),
    "flow": Family(
        weight=flow_matching.weight_entire(),
        log_variance=flow_matching.log_variance_entire(),
        log_final=sp.log(flow_matching.lam),
        noise="t",
    ),
}


@cache
def emergence(family: str, Q: float, criterion: str) -> Array:
    """Return 2 eta tau at which the modes `GRID` first pass the named mean of their levels; NaN where none does."""
    law = FAMILIES[family]
    first, last = law.levels(GRID, Q)
    middle = (first + last) / 2 if criterion == "geometric" else np.log(2 / (np.exp(-first) + np.exp(-last)))
    return first_passages(lambda clock: law.log_variances(GRID[:, None], clock, Q) - middle[:, None])


def rises(family: str, Q: float) -> Array:
    """Return for each mode of `GRID` whether its last level is above its first."""
    first, last = FAMILIES[family].levels(GRID, Q)
    return last > first
