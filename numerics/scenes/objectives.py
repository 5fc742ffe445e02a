"""Random problems for every training objective: moments of input and target, minimiser and least loss, from the loss.

Scenes as in `numerics.problems`; `kind` names the objective, whose scales are the letters sigma, alpha and t.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerics.affine_flow import affine_flow, probe
from numerics.autograd import Loss, value
from numerics.measured import Measured
from numerics.objective import Objective, edm_eps, edm_x, flow_matching, vp_eps, vp_v, vp_x
from numerics.problems import Letters, Scene, letters_of, loss_of, measured, minimiser_of, problem, rounding, twice

KINDS: dict[str, Callable[[Letters], Objective]] = {
    "edm_x": lambda at: edm_x(at["sigma"]),
    "edm_eps": lambda at: edm_eps(at["sigma"]),
    "vp_x": lambda at: vp_x(at["alpha"], at["sigma"]),
    "vp_eps": lambda at: vp_eps(at["alpha"], at["sigma"]),
    "vp_v": lambda at: vp_v(at["alpha"], at["sigma"]),
    "flow": lambda at: flow_matching(at["t"]),
    "mixture": lambda at: Objective(a=at["a_X"], s=at["s_X"], p=at["a_Y"], q=at["s_Y"]),
}


@dataclass(frozen=True, slots=True)
class InputAndTarget:
    """Measure Cov(X, X), Cov(Y, X), E X and E Y over the samples, side by side."""

    kind: str

    def __call__(self, seed: int) -> Scene:
        """Return the letters and the measurement."""
        letters, objective = problem_of(self.kind, seed)
        X, Y = ((c * letters["x0"] + k * letters["z"])[:, :, 0] for c, k in _coefficients(objective))
        d = X.shape[1]
        joint = np.cov(np.concatenate([X, Y], axis=1).T, bias=True)
        found = np.column_stack([joint[:d, :d], joint[d:, :d], X.mean(0), Y.mean(0)])
        return letters, Measured(value=found, error=rounding(found))


@dataclass(frozen=True, slots=True)
class Minimiser:
    """Measure the W and b at which the gradient of the loss vanishes, side by side."""

    kind: str

    def __call__(self, seed: int) -> Scene:
        """Return the letters and the measurement."""
        letters, objective = problem_of(self.kind, seed)
        return measured(letters, minimiser_of, objective)


@dataclass(frozen=True, slots=True)
class LossValue:
    """Measure E|W X + b - Y|^2."""

    kind: str

    def __call__(self, seed: int) -> Scene:
        """Return the letters and the measurement."""
        letters, objective = problem_of(self.kind, seed)
        return measured(letters, value, objective)


@dataclass(frozen=True, slots=True)
class LeastLoss:
    """Measure the least value of the loss."""

    kind: str

    def __call__(self, seed: int) -> Scene:
        """Return the letters and the measurement."""
        letters, objective = problem_of(self.kind, seed)
        return measured(letters, lambda loss, Theta: value(loss, minimiser_of(loss, Theta)), objective)


@dataclass(frozen=True, slots=True)
class Trained:
    """Measure W u after gradient flow for the time tau from W, for data of mean 0 and u an eigenvector of Sigma."""

    kind: str

    def __call__(self, seed: int) -> Scene:
        """Return the letters and the measurement."""
        letters, objective = problem_of(self.kind, seed)
        centred = letters | {"mu": 0 * letters["mu"], "W0": letters["W"]}
        start = np.hstack([letters["W"], 0 * letters["b"]])

        def flow(loss: Loss) -> np.ndarray:
            G = probe(loss, start.shape)
            eta, tau = float(letters["eta"]), float(letters["tau"])
            return affine_flow(G, start, eta=eta, tau=tau).array[:, :-1] @ letters["u"]

        return centred, twice(lambda law: flow(loss_of(centred, law, objective)))


def problem_of(kind: str, seed: int) -> tuple[Letters, Objective]:
    """Return a random problem with the scales of every objective, and the objective of this kind."""
    rng = np.random.default_rng([seed, 7])
    mixture = dict(zip(("a_X", "s_X", "a_Y", "s_Y"), rng.uniform([-1.5, 0.2, -1.5, -1.5], 1.5), strict=True))
    letters = problem(seed) | letters_of(alpha=rng.uniform(0.3, 1.2), t=rng.uniform(0.1, 0.9), **mixture)
    return letters, KINDS[kind](letters)


def _coefficients(objective: Objective) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    return ((np.asarray(objective.a), np.asarray(objective.s)), (np.asarray(objective.p), np.asarray(objective.q)))
