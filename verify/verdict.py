"""A verdict is the fold of all evidence on a claim, and it fails closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

REFUTING = ("kernel", "coq", "cas", "enclosure", "property", "statistics")
PROVING = ("kernel", "coq")
CERTIFYING = (*PROVING, "enclosure")


class Outcome(StrEnum):
    """What one lane found."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    ERROR = "error"


class Verdict(StrEnum):
    """What the ledger says of a claim, from best to worst."""

    PROVED = "proved"
    CERTIFIED = "certified"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    CONFLICT = "conflict"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Mutants:
    """False variants a check was tried on; `equivalent` ones turned out to be provably true."""

    tried: int = 0
    rejected: int = 0
    equivalent: int = 0

    @property
    def missed(self) -> int:
        """Variants that the check accepted although nothing proves them."""
        return self.tried - self.rejected - self.equivalent


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one lane says of one claim; `engine` is whose arithmetic it rests on."""

    lane: str
    outcome: Outcome
    because: str
    engine: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
    witness: Mapping[str, object] | None = None
    mutants: Mutants = Mutants()
    proof: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one claim, why, and the engines that agree on it."""

    verdict: Verdict
    because: str
    engines: tuple[str, ...]


def fold(evidence: Iterable[Evidence]) -> Judgement:
    """Return the verdict that all `evidence` on one claim supports, and no better one."""
    found = tuple(evidence)
    verdict, because = _verdict(found)
    agreeing = {Verdict.REFUTED: Outcome.FAILS}.get(verdict, Outcome.HOLDS)
    engines = sorted({e.engine for e in found if e.outcome is agreeing and e.engine})
    return Judgement(verdict=verdict, because=because, engines=tuple(engines))


def _verdict(found: tuple[Evidence, ...]) -> tuple[Verdict, str]:
    holds = [e.lane for e in found if e.outcome is Outcome.HOLDS]
    fails = [e.lane for e in found if e.outcome is Outcome.FAILS]
    open_ = [e for e in found if e.outcome is Outcome.UNDECIDED]
    if broken := [e for e in found if e.outcome is Outcome.ERROR]:
        return Verdict.ERROR, f"{broken[0].lane}: {broken[0].because}"
    if fails and holds and (set(fails) & set(REFUTING) or set(holds) & set(CERTIFYING)):
        return Verdict.CONFLICT, f"{', '.join(fails)} against {', '.join(holds)}"
    if refuting := [lane for lane in fails if lane in REFUTING]:
        return Verdict.REFUTED, f"refuted by {', '.join(refuting)}"
    if fails:
        return Verdict.UNDECIDED, f"contradicted by {', '.join(fails)}; no certified witness yet"
    if open_ or not holds:
        return Verdict.UNDECIDED, f"{open_[0].lane}: {open_[0].because}" if open_ else "no evidence"
    return _best(holds), f"holds in {', '.join(holds)}"


def _best(holds: list[str]) -> Verdict:
    if set(holds) & set(PROVING):
        return Verdict.PROVED
    return Verdict.CERTIFIED if "enclosure" in holds else Verdict.SUPPORTED
