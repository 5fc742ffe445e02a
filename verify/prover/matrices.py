"""Equations between words are completed by their overlaps; a false statement is refuted by an exact instance."""

from typing import Any

from theory.statement import Compares, MatrixVanishes, Obligation, Vanishes
from verify.kernel.algebra import Undecidable
from verify.kernel.checking import check, scalar_key
from verify.kernel.decision import Decision
from verify.kernel.matrices import vanishes
from verify.kernel.rewriting import Rules
from verify.matrix_witness import instance
from verify.prover.comparing import everywhere
from verify.prover.vanishing import decide_vanishes

SEEDS = 4
MOST_RULES, LONGEST_OVERLAP = 120, 5


def decide_matrix(obligation: MatrixVanishes) -> Decision:
    """Return the decision for a matrix statement in any dimension.

    Raises:
        ValueError: shapes do not fit, or an unknown node.
    """
    conditions: tuple[str, ...] = ()
    search = _Search()
    try:
        empty, conditions = vanishes(obligation, search, search.proves)
        because = f"conditions are open: {', '.join(conditions)}" if empty else "the normal form is not empty"
    except Undecidable as reason:
        empty, because = False, str(reason)
    if empty and not conditions and (proof := check(obligation, {"rules": search.rules, "scalars": search.scalars})):
        return Decision("proved", "the normal form is empty, in every dimension", proof)
    for seed in range(SEEDS):
        if (found := instance(obligation, seed)) is not None and not found.vanishes:
            return Decision("refuted", "an exact instance has an entry that is not 0", witness=found.witness)
    return Decision("undecided", because, open_conditions=conditions)


class _Search:
    """Adopts all rules that follow by overlaps as far as the limits go, and proves what is asked of scalars."""

    def __init__(self) -> None:
        self.rules: list[list[list[Any]]] = []
        self.scalars: dict[str, dict[str, Any]] = {}

    def completes(self, rules: Rules) -> None:
        """Adopt the new equation, its transpose and what follows from overlaps with the other rules."""
        n = len(rules.equations) - 1
        adopted: list[list[Any]] = []
        self.rules.append(adopted)
        queue: list[list[Any]] = [["equation", n], ["transpose", n]]
        while queue and len(rules.rules) < MOST_RULES:
            source, before, known = queue.pop(0), dict(rules.rules), len(rules.equations)
            is_new = rules.adopt(*source)
            if is_new or len(rules.equations) > known:
                adopted.append(source)
            if not is_new:
                continue
            ids = {word: k for k, (word, _) in enumerate(rules.history)}
            queue += [["rule", _latest(rules, w, len(rules.history) - 1)] for w in before if w not in rules.rules]
            word = rules.history[-1][0]
            for other in list(rules.rules):
                queue += [
                    ["overlap", ids[a], ids[b], k] for a, b in ((word, other), (other, word)) for k in _overlaps(a, b)
                ]

    def proves(self, obligation: Obligation) -> bool:
        """Search a proof and remember its certificate."""
        if isinstance(obligation, Vanishes):
            proof = decide_vanishes(obligation).proof
        else:
            proof = everywhere(obligation) if isinstance(obligation, Compares) else None
        if proof:
            self.scalars[scalar_key(obligation)] = proof.certificate
        return proof is not None


def _latest(rules: Rules, word: tuple, before: int) -> int:
    return max(k for k, (known, _) in enumerate(rules.history[:before]) if known == word)


def _overlaps(left: tuple, right: tuple) -> list[int]:
    most = min(len(left), len(right))
    return [k for k in range(1, most) if left[-k:] == right[:k] and len(left) + len(right) - k <= LONGEST_OVERLAP]
