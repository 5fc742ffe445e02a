"""A matrix statement is reduced by what is given; a false one is refuted by an exact instance."""

from typing import Any

from theory.statement import Compares, MatrixVanishes, Obligation, Vanishes
from verify.arithmetic.matrix_witness import instance
from verify.kernel.algebra import Undecidable
from verify.kernel.checking import check, scalar_key
from verify.kernel.decision import Decision, Proof
from verify.kernel.matrices import nested, no_facts, reading, vanishes
from verify.kernel.words import Element, Letter, letters_of
from verify.prover.comparing import everywhere
from verify.prover.rewriting import Rules, parted, type_reason
from verify.prover.vanishing import decide_vanishes

SEEDS = 4


def decide_matrix(obligation: MatrixVanishes) -> Decision:
    """Return the decision for a matrix statement in any dimension.

    Raises:
        ValueError: shapes do not fit, or an unknown node.
    """
    conditions: tuple[str, ...] = ()
    try:
        certificate, conditions = _Search(obligation).certificate()
        if certificate and not conditions and (proof := _checked(obligation, certificate)):
            return Decision("proved", "it follows from what is given, in every dimension", proof)
        because = f"conditions are open: {', '.join(conditions)}" if certificate else "the normal form is not empty"
    except Undecidable as reason:
        because = str(reason)
    for seed in range(SEEDS):
        if (found := instance(obligation, seed)) is not None and not found.vanishes:
            return Decision("refuted", "an exact instance has an entry that is not 0", witness=found.witness)
    return Decision("undecided", because, open_conditions=conditions)


def _checked(obligation: MatrixVanishes, certificate: dict[str, Any]) -> Proof | None:
    """Return the proof; where coefficients turn up that need a certificate, search for those first."""
    if proof := check(obligation, certificate):
        return proof
    asked = _Scalars(certificate["scalars"])
    return check(obligation, certificate) if vanishes(obligation, certificate, asked.proves) else None


class _Scalars:
    """Searches for proofs about scalars and keeps their certificates."""

    def __init__(self, certificates: dict[str, dict[str, Any]]) -> None:
        self.certificates = certificates

    def proves(self, obligation: Obligation) -> bool:
        """Search a proof and remember its certificate."""
        if isinstance(obligation, Vanishes):
            proof = decide_vanishes(obligation).proof
        else:
            proof = everywhere(obligation) if isinstance(obligation, Compares) else None
        if proof:
            self.certificates[scalar_key(obligation)] = proof.certificate
        return proof is not None


class _Search:
    """What is given as rules, and what has to vanish as combinations of facts."""

    def __init__(self, obligation: MatrixVanishes) -> None:
        self.expr, self.scalars = obligation.expr, _Scalars({})
        self.read, self.facts = reading(obligation), no_facts(obligation, [], self.scalars.proves)
        self.rules = Rules(self.facts.scalars, self._reason)
        self.used: list[Element] = []

    def certificate(self) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
        """Return the certificate, if all targets vanish, and the conditions that stay open."""
        scalars, rules = self.facts.scalars, self.rules
        numbered = sorted(enumerate(self.read.equations), key=lambda pair: _difficulty(pair[1]))
        for i, equation in numbered:
            rules.add(rules.lifted(equation) - rules.fact(equation.shape, "given", i))
        targets = [rules.combination(rules.lifted(a)) for a in self.read.targets]
        if None in targets:
            return None, ()
        inverses = self._inverses()
        self.used += [a for a in targets if a is not None]
        spelled = [rules.spelling.element(a) for a in targets if a is not None]
        missing = dict.fromkeys(f"{letter.of} is invertible" for letter in rules.missing)
        undefined = (*missing, *scalars.undefined(self.expr), *nested(self.read, scalars))
        generic = [rules.write(value) for value in scalars.generic]
        parts = {"targets": spelled, "inverses": inverses, "steps": rules.needed(self.used), "generic": generic}
        return parts | {"letters": rules.spelling.table, "scalars": self.scalars.certificates}, undefined

    def _inverses(self) -> list[list[Any]]:
        """Return why the inverses of the statement exist: they are equal to some that are known to."""
        out: list[list[Any]] = []
        for letter in self.read.inverses:
            self.rules.function(letter)
            found, why = self.rules.origin[letter]
            self.used.append(why)
            out.append(self.rules.write(("existing", found, why)))
        return out

    def _reason(self, letter: Letter) -> type_reason | None:
        """Return why an inverse exists: its argument is definite, or equals what is given as regular."""
        if self.facts.definite.is_definite(letter.of):
            return "definite", letter.of, Element(letter.shape, {})
        for i, regular in enumerate(self.read.regular):
            if regular.shape == letter.shape:
                rest, facts = parted(self.rules.lifted(regular))
                if (gap := self.rules.combination(letter.of - rest)) is not None:
                    return "regular", i, gap - facts
        return None


def _difficulty(equation: Element) -> tuple[int, int]:
    found = letters_of(equation)
    return sum(a.kind != "" for a in found), len(found)
