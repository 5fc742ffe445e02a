"""What the reading commands print: the ledger, one claim, a derivation, exports."""

import json
from dataclasses import dataclass
from pathlib import Path

from theory.derivation import Step
from theory.formulas import FORMULAS
from verify.claim import ORIGINS, READ
from verify.commands import index, receipt
from verify.commands.session import stored_entries
from verify.errors import UsageError
from verify.evaluation.evaluate import named
from verify.kernel import decide
from verify.runner import Entry
from verify.verdict import Evidence, Verdict


def listed(out: Path, *, verdict: str, origin: str) -> str:
    """Return one line per claim: id, verdict, origin, what it says.

    Raises:
        UsageError: no such verdict or origin.
    """
    _require("verdict", verdict, list(Verdict))
    _require("origin", origin, sorted(ORIGINS.values()))
    rows = _last_run(out) or [_line(entry) for entry in stored_entries(out)]
    kept = [row for row in rows if verdict in ("", row.verdict) and origin in ("", row.origin)]
    width = max((len(row.id) for row in kept), default=0)
    return "\n".join(f"{row.id:<{width}}  {row.shown:<11} {row.says}" for row in kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the list says of a claim."""

    id: str
    origin: str
    verdict: str
    shown: str
    says: str


def _line(entry: Entry) -> Line:
    claim, verdict = entry.claim, entry.judgement.verdict
    return Line(id=claim.id, origin=claim.origin, verdict=verdict, shown=_verdict(entry), says=claim.says)


def _last_run(out: Path) -> list[Line]:
    """Return what the last run on all claims wrote, or nothing if this code has made none."""
    if receipt.find(out, receipt.asked((), "", "quick")) is None:
        return []
    records = json.loads((out / "verdicts.json").read_text(encoding="utf-8"))["claims"]
    return [
        Line(
            id=r["id"], origin=r["origin"], verdict=r["verdict"], shown=r["verdict"], says=r["says"].partition(READ)[0]
        )
        for r in records
    ]


def _words(sentence: str) -> str:
    """Return a sentence without the reading that was chosen of it."""
    return sentence.partition(READ)[0]


def shown(name: str, out: Path) -> str:
    """Return everything known of the claim called `name`.

    Raises:
        UsageError: there is no such claim.
    """
    if name not in (known := index.ids(out)):
        near = [other for other in known if name in other][:5]
        raise UsageError(f"claim: expected an id such as {', '.join(near or known[:3])}; got {name!r}")
    (row,) = stored_entries(out, (name,))
    return "\n".join([*_head(row), *_chain(row), *(line for e in row.evidence for line in _lane(e))])


def derived(name: str, *, latex: bool) -> tuple[str, int]:
    """Return the derivation of a formula, each step decided again, and the exit code."""
    formula = named(name)
    steps = formula.derivation.until(formula.step)
    if latex:
        from verify.export.latex import derivation_document

        return derivation_document(formula.derivation), 0
    checked = [(step, _status(step)) for step in steps]
    code = 0 if all(status == "proved" for _, status in checked) else 3
    return "\n".join(
        f"{step.name}: {step.states}\n  because {step.because}\n  {status}" for step, status in checked
    ), code


def exported(names: tuple[str, ...], out: Path) -> tuple[str, int]:
    """Write LaTeX of the formulas named, all if none, and of their derivations; return a list of files."""
    from verify.export.latex import export

    formulas = [named(name) for name in names] or list(FORMULAS.values())
    derivations = list({formula.derivation.name: formula.derivation for formula in formulas}.values())
    files = export(out, formulas, derivations)
    failed = any("failed" in file.status for file in files)
    return "\n".join(f"{file.path}  {file.status}" for file in files), 4 if failed else 0


def _require(what: str, value: str, known: list[str]) -> None:
    if value and value not in known:
        raise UsageError(f"{what}: expected one of {', '.join(known)}; got {value!r}")


def _verdict(row: Entry) -> str:
    return row.judgement.verdict if row.evidence else "not judged"


def _head(row: Entry) -> list[str]:
    claim = row.claim
    lines = [
        f"{claim.id}  ({claim.origin}, {claim.source}, {claim.where})",
        f"says: {claim.sentence}",
        f"statement: {claim.statement_latex}",
        *(f"assumes: {words}" for words in claim.assumes),
        f"verdict: {_verdict(row)}: {row.judgement.because}",
    ]
    return lines + ([f"corrected by: {claim.corrected_by}"] if claim.corrected_by else [])


def _chain(row: Entry) -> list[str]:
    from theory.derivations import derivation_of

    if row.claim.derived_in is None:
        return []
    return [f"derivation, {step.name}: {step.because}" for step in derivation_of(row.claim.derived_in)]


def _lane(evidence: Evidence) -> list[str]:
    tally = evidence.mutants
    lines = [
        f"{evidence.lane}: {evidence.outcome}, {evidence.because}",
        f"  mutants: {tally.tried} tried, {tally.rejected} rejected, {tally.equivalent} provably true",
    ]
    return lines + ([f"  witness: {dict(evidence.witness)}"] if evidence.witness else [])


def _status(step: Step) -> str:
    decisions = [decide(obligation) for obligation in step.relation.obligations(step.domain)]
    return next((d.status + ": " + d.because for d in decisions if d.status != "proved"), "proved")
