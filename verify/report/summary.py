"""Counts over the ledger: claims by verdict and origin, lanes by outcome, engines that agree."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verify.runner import Entry
from verify.verdict import Outcome, Verdict

LANES = ("kernel", "coq", "cas", "enclosure", "ode", "property", "statistics", "network")
TITLES = {
    "spectral_bias": "An Analytical Theory of Spectral Bias in the Learning Dynamics of Diffusion Models",
    "power_iteration": "On the relation between linear diffusion and power iteration",
    "ours": "Claims of lindiff itself",
}
SHORT = {"spectral_bias": "Spectral bias", "power_iteration": "Power iteration", "ours": "Ours"}
SECTION = re.compile(r"§\s?([0-9A-Z][0-9A-Z.]*)|App\.\s?([A-Z][0-9A-Z.]*)|^([A-Z]\.\d[\d.]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Claims of one origin, counted by verdict."""

    origin: str
    title: str
    counts: dict[Verdict, int]

    @property
    def total(self) -> int:
        """The number of claims."""
        return sum(self.counts.values())


def by_origin(entries: Sequence[Entry]) -> list[Row]:
    """Return a row for every origin, in order of appearance."""
    found: dict[str, Counter[Verdict]] = {}
    for entry in entries:
        found.setdefault(entry.claim.origin, Counter())[entry.judgement.verdict] += 1
    return [
        Row(origin=origin, title=SHORT.get(origin, origin), counts={v: count[v] for v in Verdict})
        for origin, count in found.items()
    ]


def totals(entries: Sequence[Entry]) -> dict[Verdict, int]:
    """Return the number of claims with each verdict, from best to worst."""
    count = Counter(entry.judgement.verdict for entry in entries)
    return {verdict: count[verdict] for verdict in Verdict}


def engines(entries: Sequence[Entry]) -> dict[str, int]:
    """Return for each engine the number of verdicts it agrees with, the busiest first."""
    count = Counter(engine for entry in entries for engine in entry.judgement.engines)
    return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))


def agreement(entries: Sequence[Entry]) -> dict[int, int]:
    """Return how many verdicts rest on 0, 1, 2, ... independent engines."""
    return dict(sorted(Counter(len(entry.judgement.engines) for entry in entries).items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """What one lane found over all claims, and how many mutants it met."""

    lane: str
    outcomes: dict[Outcome, int]
    tried: int
    rejected: int
    equivalent: int

    @property
    def claims(self) -> int:
        """The number of claims the lane judged."""
        return sum(self.outcomes.values())


def by_lane(entries: Sequence[Entry]) -> list[LaneRow]:
    """Return a row for every lane, the ones that ran nowhere included."""
    known = dict.fromkeys([*LANES, *(e.lane for entry in entries for e in entry.evidence)])
    return [_lane_row(lane, entries) for lane in known]


def _lane_row(lane: str, entries: Sequence[Entry]) -> LaneRow:
    found = [evidence for entry in entries for evidence in entry.evidence if evidence.lane == lane]
    count = Counter(evidence.outcome for evidence in found)
    return LaneRow(
        lane=lane,
        outcomes={outcome: count[outcome] for outcome in Outcome},
        tried=sum(evidence.mutants.tried for evidence in found),
        rejected=sum(evidence.mutants.rejected for evidence in found),
        equivalent=sum(evidence.mutants.equivalent for evidence in found),
    )


def section(entry: Entry) -> str:
    """Return the section a claim stands in, from its place or else its id."""
    if found := SECTION.search(entry.claim.where):
        return next(group for group in found.groups() if group).rstrip(".")
    parts = entry.claim.id.split(".")[1:]
    numbered = [part for part in parts if re.fullmatch(r"[0-9A-Z]{1,2}", part)]
    return ".".join(numbered[:2]) or (parts[0] if parts else "")


def not_checked(entry: Entry) -> list[str]:
    """Return the lanes that say nothing about this claim, those the claim names first."""
    ran = {evidence.lane for evidence in entry.evidence}
    named = [check.lane for check in entry.claim.checks]
    return [lane for lane in dict.fromkeys([*named, *LANES]) if lane not in ran]
