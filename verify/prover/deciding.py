"""One door: an obligation goes in, a decision comes out."""

from collections.abc import Callable

from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.kernel.decision import Decision
from verify.prover.budget import budget
from verify.prover.comparing import decide_compares
from verify.prover.limits import decide_tends
from verify.prover.matrices import decide_matrix
from verify.prover.vanishing import decide_vanishes


def decide(obligation: Obligation) -> Decision:
    """Return whether an obligation is proved, refuted or undecided."""
    with budget():
        return _DECIDERS[type(obligation)](obligation)


_DECIDERS: dict[type, Callable[..., Decision]] = {
    Vanishes: decide_vanishes,
    Compares: decide_compares,
    Tends: decide_tends,
    MatrixVanishes: decide_matrix,
}
