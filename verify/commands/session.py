"""One run of `lindiff verify`: choose claims, judge them, write the ledger and the report, decide the exit code."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from verify.claim import Budget
from verify.commands import index, receipt
from verify.commands.progress import progress
from verify.engine import engine
from verify.errors import UsageError
from verify.fingerprint import versions
from verify.runner import Entry, entries, run, tasks
from verify.store import Store
from verify.verdict import Evidence, Verdict

SCHEMA = 1
LANES = ("kernel", "coq", "cas", "enclosure", "ode", "property", "statistics", "network")
STORE = "store.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the user asked for."""

    ids: tuple[str, ...] = ()
    lanes: str = ""
    budget: str = "quick"
    jobs: int = 1
    engine: str = "local"
    out: Path = Path("reports")
    fresh: bool = False

    @property
    def chosen_lanes(self) -> frozenset[str] | None:
        """The lanes asked for, or None for all of them."""
        named = frozenset(filter(None, self.lanes.split(",")))
        if unknown := sorted(named - set(LANES)):
            raise UsageError(f"lane: expected one of {', '.join(LANES)}; got {unknown[0]!r}")
        return named or None


def judge_all(request: Request) -> tuple[Entry, ...]:
    """Return an entry for each claim asked for; evidence is stored as it comes."""
    lanes, starting = request.chosen_lanes, engine(request.engine, request.jobs, preload=not request.ids)
    request.out.mkdir(parents=True, exist_ok=True)
    todo = tasks(index.chosen(request.ids, request.out), budget=cast(Budget, request.budget), lanes=lanes)
    if not todo:
        raise UsageError(f"verify: no claim among those asked for has a lane in {request.lanes!r}")
    store = Store(request.out / STORE)
    if request.fresh:
        store.clear()
    with progress(len(todo), "judging") as shown, starting as workers:

        def watch(name: str, evidence: Evidence) -> None:
            shown.advance(f"{name} {evidence.lane}: {evidence.outcome}")

        found = run(todo, store=store, engine=workers, watch=watch)
    write_timings(store, request.out)
    store.close()
    return found


def run_once(request: Request) -> int:
    """Judge, write the verdicts and the report, print the table, and return the exit code; if nothing changed since
    the last run, print what that one printed.
    """
    asked = receipt.asked(request.ids, request.lanes, request.budget)
    if not request.fresh and (request.out / STORE).exists() and (last := receipt.find(request.out, asked)):
        print(last.printed)
        return last.code
    found = judge_all(request)
    where = write_all(found, request)
    printed = f"{table(found)}\nverdicts: {request.out / 'verdicts.json'}\nreport:   {where}"
    print(printed)
    if Verdict.ERROR not in {entry.judgement.verdict for entry in found}:
        receipt.keep(request.out, asked, printed, exit_code(found))
    return exit_code(found)


def render_again(request: Request) -> str:
    """Write verdicts and report from what is stored; return where the report is.

    Raises:
        UsageError: nothing is stored.
    """
    found = stored_entries(request.out)
    if not any(entry.evidence for entry in found):
        raise UsageError(f"report: nothing is stored in {request.out}; run `lindiff verify --out {request.out}` first")
    return f"report: {write_all(found, request)}"


def stored_entries(out: Path, ids: tuple[str, ...] = (), budget: Budget = "quick") -> tuple[Entry, ...]:
    """Return the entries of the claims asked for with whatever evidence is stored in `out`."""
    todo = tasks(index.chosen(ids, out), budget=budget)
    if not (out / STORE).exists():
        return entries(todo, {})
    store = Store(out / STORE)
    known = {task.key: store.get(task.key) for task in todo}
    store.close()
    return entries(todo, {key: evidence for key, evidence in known.items() if evidence is not None})


def write_all(found: tuple[Entry, ...], request: Request) -> Path:
    """Write verdicts.json and the report; return the path of the report."""
    from verify.report import write_report

    manifest: dict[str, object] = {"budget": request.budget, "lanes": request.lanes or "all", "versions": versions()}
    (request.out / "verdicts.json").write_text(verdicts_json(found, manifest), encoding="utf-8")
    return write_report(found, manifest, request.out, whole=not request.ids)


def verdicts_json(found: Iterable[Entry], manifest: dict[str, object]) -> str:
    """Return the ledger as JSON: sorted, without times, equal bytes for equal evidence."""
    claims = [_record(entry) for entry in sorted(found, key=lambda entry: entry.claim.id)]
    text = json.dumps({"schema": SCHEMA, "manifest": manifest, "claims": claims}, indent=1, sort_keys=True)
    return text + "\n"


def _record(entry: Entry) -> dict[str, object]:
    claim, judgement = entry.claim, entry.judgement
    return {
        "id": claim.id,
        "origin": claim.origin,
        "where": claim.where,
        "says": claim.sentence,
        "statement_latex": claim.statement_latex,
        "verdict": judgement.verdict,
        "engines": list(judgement.engines),
        "corrected_by": claim.corrected_by,
        "evidence": [_evidence(evidence) for evidence in entry.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    """Return the evidence without the proof, which stays in the store."""
    return {
        "lane": evidence.lane,
        "outcome": evidence.outcome,
        "because": evidence.because,
        "figures": dict(evidence.figures),
        "witness": evidence.witness,
        "mutants": asdict(evidence.mutants),
    }


def write_timings(store: Store, out: Path) -> None:
    """Write how long each judgement took, apart from the verdicts, which carry no times."""
    text = json.dumps({name: round(seconds, 3) for name, seconds in sorted(store.seconds().items())}, indent=1)
    (out / "timings.json").write_text(text + "\n", encoding="utf-8")


def exit_code(found: Iterable[Entry]) -> int:
    """Return 4 for an error or conflict, 1 if a claim of ours is refuted, 3 if something is undecided, else 0."""
    verdicts = [(entry.claim.origin, entry.judgement.verdict) for entry in found]
    if any(verdict in (Verdict.ERROR, Verdict.CONFLICT) for _, verdict in verdicts):
        return 4
    if ("ours", Verdict.REFUTED) in verdicts:
        return 1
    return 3 if any(verdict is Verdict.UNDECIDED for _, verdict in verdicts) else 0


def table(found: Iterable[Entry]) -> str:
    """Return the verdicts by origin as text, then the claims that need a look."""
    rows = list(found)
    counts = Counter((entry.claim.origin, entry.judgement.verdict) for entry in rows)
    origins = sorted({origin for origin, _ in counts})
    lines = ["".join(["verdict".ljust(12), *(origin.rjust(16) for origin in origins)])]
    lines += [
        verdict.ljust(12) + "".join(str(counts[origin, verdict]).rjust(16) for origin in origins)
        for verdict in Verdict
        if any(counts[origin, verdict] for origin in origins)
    ]
    shown = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.CONFLICT, Verdict.ERROR)
    lines += [f"{e.judgement.verdict:<10} {e.claim.id}: {_why(e)}" for e in rows if e.judgement.verdict in shown]
    return "\n".join(lines)


def _why(entry: Entry) -> str:
    corrected = f"; corrected by {entry.claim.corrected_by}" if entry.claim.corrected_by else ""
    return entry.judgement.because + corrected
