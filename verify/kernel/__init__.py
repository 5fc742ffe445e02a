"""The trusted base: a proof exists only where a certificate was checked here; who proposes it is not trusted.

To be read in this order: `algebra` (fractions), `tower` (closed forms become fractions), `signs` (rules for signs),
`domains`, `checking` (identities and comparisons; the one door), `decision` (proofs), then `limits`, and for matrices
`words`, `reading` (what a statement says), `facts` (what follows), `definite`, `matrices`. With them are trusted, and
to be read, outside: `theory.statement`, `theory.domain`, `theory.functions` and `theory.matrices` (what a statement
is), `verify.trees` (how it is stored), in `verify.arithmetic` `balls` (rigorous values), `boxes` (subdivision), and,
for refutations, `points`, `matrix_values` and `matrix_witness`. SymPy is trusted for the construction of expressions,
FLINT for exact polynomials and balls. `verify.prover`, which searches, is not trusted.
"""

from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.arithmetic.points import Witness
from verify.kernel.checking import check, replay
from verify.kernel.decision import Decision, Proof

__all__ = [
    "Compares", "Decision", "MatrixVanishes", "Obligation", "Proof", "Tends", "Vanishes", "Witness",
    "check", "decide", "replay",
]  # fmt: skip


def decide(obligation: Obligation) -> Decision:
    """Return whether an obligation is proved, refuted or undecided; the prover is asked for a certificate."""
    from verify.prover.deciding import decide as decided

    return decided(obligation)
