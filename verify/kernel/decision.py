"""A decision is proved, refuted or undecided; only the kernel can construct the proof that a proved one carries."""

import json
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from sympy.external.gmpy import GROUND_TYPES

from theory.statement import Obligation
from verify.arithmetic.points import Witness
from verify.trees import to_tree, type_tree

_TOKEN = object()


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement and the certificate that proves it."""

    obligation: Obligation
    certificate: dict[str, Any]
    token: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise TypeError unless the kernel is the one who constructs."""
        if self.token is not _TOKEN:
            raise TypeError("proof: only the kernel constructs one")

    def to_json(self) -> str:
        """Return the proof as text that `replay` accepts."""
        domain, statement = self.obligation.domain, to_tree(self.obligation)
        assumptions = [*(f"{s}: {r}" for s, r in domain.ranges), *map(str, domain.conditions)]
        parts = {"statement": statement, "sha256": digest(statement), "assumptions": assumptions, "status": "proved"}
        return json.dumps(parts | {"certificate": self.certificate, "versions": versions()}, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was found: `proved` has a proof, `refuted` mostly a witness, `undecided` a reason."""

    status: str  # proved | refuted | undecided
    because: str
    proof: Proof | None = None
    witness: Witness | None = None
    open_conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise TypeError if a proved decision has no proof."""
        if (self.status == "proved") != (self.proof is not None):
            raise TypeError("decision: a proof belongs to proved, and to nothing else")


def proof_of(obligation: Obligation, certificate: dict[str, Any]) -> Proof:
    """Return the proof of what was checked; for the kernel only."""
    return Proof(obligation, certificate, _TOKEN)


def digest(statement: type_tree) -> str:
    """Return the hash of a statement."""
    return sha256(json.dumps(statement, sort_keys=True).encode()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions a proof depends on."""
    found = {name: version(name) for name in ("sympy", "python-flint")}
    return found | {"ground types": GROUND_TYPES, "python": f"{sys.version_info.major}.{sys.version_info.minor}"}
