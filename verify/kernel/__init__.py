"""The trusted base: a proof exists only where a certificate was checked here; who proposes it is not trusted."""

from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.kernel.checking import check, replay
from verify.kernel.decision import Decision, Proof
from verify.points import Witness

__all__ = [
    "Compares", "Decision", "MatrixVanishes", "Obligation", "Proof", "Tends", "Vanishes", "Witness",
    "check", "decide", "replay",
]  # fmt: skip


def decide(obligation: Obligation) -> Decision:
    """Return whether an obligation is proved, refuted or undecided; the prover is asked for a certificate."""
    from verify.prover.deciding import decide as decided

    return decided(obligation)
