"""An erratum: what is printed, the exact point where it fails, by how much, and what holds instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy as sp

from verify.report import witness
from verify.report.figures import both
from verify.report.model import Figure
from verify.runner import Entry
from verify.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """A refuted claim of somebody else, with the values of both formulas at the witness where they have one."""

    entry: Entry
    witness: witness.Witness | None
    correction: Entry | None
    printed_ball: str
    corrected_ball: str
    gap: str
    figure: Figure | None


def errata(entries: Sequence[Entry]) -> list[Erratum]:
    """Return an erratum for every refuted claim that is not our own, in the order of the ledger."""
    known = {entry.claim.id: entry for entry in entries}
    refuted = [e for e in entries if e.judgement.verdict is Verdict.REFUTED and e.claim.origin != "ours"]
    return [_erratum(entry, known) for entry in refuted]


def _erratum(entry: Entry, known: Mapping[str, Entry]) -> Erratum:
    found = witness.witness_of(entry)
    correction = known.get(entry.claim.corrected_by or "")
    printed, corrected = _balls(entry, correction, found)
    return Erratum(
        entry=entry,
        witness=found,
        correction=correction,
        printed_ball=printed,
        corrected_ball=corrected,
        gap=witness.gap(printed, corrected),
        figure=_figure(entry, correction, found),
    )


def _balls(entry: Entry, correction: Entry | None, found: witness.Witness | None) -> tuple[str, str]:
    """Return the balls of both formulas at the witness: those the lane recorded, else computed here."""
    if found is None:
        return "", ""
    recorded = [next((found.rest[k] for k in keys if k in found.rest), "") for keys in (LEFT, RIGHT)]
    if all(recorded) or correction is None:
        return recorded[0], recorded[1]
    printed, corrected = entry.claim.relation, correction.claim.relation
    if not witness.comparable(printed, corrected):
        return recorded[0], recorded[1]
    return witness.ball_text(printed.formula, found.exact), witness.ball_text(corrected.formula, found.exact)


LEFT = ("printed", "rhs", "claimed")
RIGHT = ("corrected", "lhs", "true", "measured")


def _figure(entry: Entry, correction: Entry | None, found: witness.Witness | None) -> Figure | None:
    if correction is None or not witness.comparable(entry.claim.relation, correction.claim.relation):
        return None
    printed, corrected = entry.claim.relation.formula, correction.claim.relation.formula
    if not (isinstance(printed, sp.Expr) and isinstance(corrected, sp.Expr)):
        return None
    name = "erratum-" + entry.claim.id.replace(".", "-")
    return both.draw(name, printed, corrected, domain=entry.claim.domain, point=found.exact if found else {})
