"""One door: an obligation goes in, a decision comes out; a proof is replayed from its statement alone."""

import json
from collections.abc import Callable

from theory.statement import Compares, MatrixVanishes, Obligation, Tends, Vanishes
from verify.kernel.budget import budget
from verify.kernel.comparing import decide_compares
from verify.kernel.decision import Decision, digest
from verify.kernel.limits import decide_tends
from verify.kernel.vanishing import complete, decide_vanishes
from verify.points import points
from verify.trees import from_tree


def decide(obligation: Obligation) -> Decision:
    """Return whether an obligation is proved, refuted or undecided."""
    with budget():
        return _decided(obligation)


def _decided(obligation: Obligation) -> Decision:
    if isinstance(obligation, MatrixVanishes):
        from verify.kernel.matrices import decide_matrix

        return decide_matrix(obligation)
    decision = _DECIDERS[type(obligation)](obligation)
    settled = decision.witness is not None or decision.status == "undecided"
    if settled or next(points(complete(obligation.domain, obligation.expr), 1), None) is not None:
        return decision
    return Decision("undecided", "no point of the domain found")


_DECIDERS: dict[type, Callable[..., Decision]] = {
    Vanishes: decide_vanishes,
    Compares: decide_compares,
    Tends: decide_tends,
}


def replay(text: str) -> bool:
    """Return whether the statement of a proof, decided anew, is proved by the same steps.

    Raises:
        ValueError: `text` is not a proof.
    """
    try:
        record = json.loads(text)
        statement, hashed, _ = record["statement"], record["sha256"], record["steps"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"proof: expected statement, steps and sha256; {error}") from None
    obligation = from_tree(statement)
    if not isinstance(obligation, Obligation):
        raise ValueError("proof: expected an obligation")  # noqa: TRY004 - a boundary error
    decision = decide(obligation)
    if decision.proof is None or hashed != digest(statement):
        return False
    return json.loads(decision.proof.to_json()) == record
