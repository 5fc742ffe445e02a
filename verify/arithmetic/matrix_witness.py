"""A matrix statement is false if an entry is certainly not 0 at an exact instance that satisfies what is given."""

from dataclasses import dataclass

from flint import arb, fmpq

from theory.statement import MatrixVanishes
from verify.arithmetic.matrix_instances import propose
from verify.arithmetic.matrix_values import Inadmissible, residual
from verify.arithmetic.points import Witness


@dataclass(frozen=True, slots=True)
class MatrixWitness(Witness):
    """An exact instance, and an entry of the residual there."""

    def as_dict(self) -> dict[str, object]:
        """Return the witness as text."""
        return {"point": dict(self.point), "residual": self.value[0], "radius": self.value[1], "entry": self.what}


@dataclass(frozen=True, slots=True)
class Sample:
    """What the statement says at one admissible instance; `vanishes` unless an entry is certainly not 0."""

    vanishes: bool
    witness: MatrixWitness


def instance(obligation: MatrixVanishes, seed: int) -> Sample | None:
    """Return the residual at a random admissible instance of size 2 or 3, or None if none was found."""
    for proposal in propose(obligation, seed):
        try:
            residue = residual(obligation, proposal)
        except Inadmissible:
            continue
        entries = {(i + 1, j + 1): v for i, row in enumerate(residue.table()) for j, v in enumerate(row)}
        where = next((at for at, v in entries.items() if not _contains_zero(v)), (1, 1))
        v = entries[where]
        text = (str(v), "0") if isinstance(v, fmpq) else (v.mid().str(30, radius=False), v.rad().str(5, radius=False))
        return Sample(_contains_zero(v), MatrixWitness(proposal.as_text(), text, f"entry {where} != 0"))
    return None


def _contains_zero(v: fmpq | arb) -> bool:
    return v == 0 if isinstance(v, fmpq) else v.contains(0)
