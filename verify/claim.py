"""A claim is a statement somebody makes: what it says, where, under which assumptions, and which lanes judge it."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from theory.domain import Domain
from theory.relation import Relation

if TYPE_CHECKING:
    from verify.judge import Finding

Source = Literal["as printed", "reconstructed", "ours"]
Budget = Literal["quick", "full"]
READ = " [read as: "
ORIGINS = {"wp": "spectral_bias", "wdmg": "power_iteration", "our": "ours"}


class Check(Protocol):
    """Tries to break a claim in one lane."""

    @property
    def lane(self) -> str:
        """The name of the lane."""
        ...

    @property
    def engine(self) -> str:
        """Whose arithmetic the finding rests on."""
        ...

    @property
    def seconds(self) -> float:
        """The hard limit of one judgement, mutants included."""
        ...

    def probe(self, relation: Relation, claim: "Claim") -> "Finding":
        """Return what the lane finds on `relation`: that of `claim`, or one of its mutants."""
        ...

    def view(self, relation: Relation) -> Hashable:
        """Return the part of `relation` that the lane looks at; mutants with an equal view are not shown."""
        ...

    def confirms(self, mutant: Relation, claim: "Claim") -> bool:
        """Return whether a mutant that the lane did not reject is provably true."""
        ...

    def at(self, budget: Budget) -> "Check":
        """Return this check with as many points as `budget` allows."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One entry of the ledger.

    `slips` are false variants written by hand, next to those that operators generate. `corrected_by` is the
    id of our claim that holds instead. `assumes` lists in words what the statement assumes. `formula` says
    that the claim states a formula, which has to stand against at least twenty mutants.
    """

    id: str
    says: str
    where: str
    source: Source
    relation: Relation
    domain: Domain
    checks: tuple[Check, ...]
    assumes: tuple[str, ...] = ()
    slips: tuple[Relation, ...] = ()
    corrected_by: str | None = None
    derived_in: str | None = None
    reading: str = ""
    formula: bool = True

    def __post_init__(self) -> None:
        """Raise ValueError if no lane judges the claim, or two checks share a lane."""
        lanes = [check.lane for check in self.checks]
        if not lanes or len(set(lanes)) < len(lanes):
            raise ValueError(f"{self.id}: expected distinct lanes and at least one, got {lanes}")

    @property
    def origin(self) -> str:
        """Who says it: a paper or we."""
        return ORIGINS[self.id.split(".")[0]]

    @property
    def sentence(self) -> str:
        """What is said, with the reading chosen where the words leave more than one."""
        return f"{self.says}{READ}{self.reading}]" if self.reading else self.says

    @property
    def statement_latex(self) -> str:
        """The relation and the domain in LaTeX."""
        return rf"{self.relation.latex()} \qquad \left({self.domain.latex()}\right)"
