"""Judging many claims: what the store knows is not done again, what is done is stored at once."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import groupby

from verify.claim import Budget, Check, Claim
from verify.engine import Engine
from verify.fingerprint import evidence_key
from verify.judge import judge
from verify.store import Store
from verify.verdict import Evidence, Judgement, Outcome, fold

Watch = Callable[[str, Evidence], None]
type_timed = tuple[Evidence, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with all evidence on it and the verdict that follows."""

    claim: Claim
    judgement: Judgement
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One claim in one lane; `key` is where its evidence is stored."""

    claim: Claim
    check: Check
    key: str


def tasks(claims: Iterable[Claim], *, budget: Budget, lanes: frozenset[str] | None = None) -> tuple[Task, ...]:
    """Return what is to be done for `claims`, in all of their lanes or only in the `lanes` named."""
    chosen = [(c, check.at(budget)) for c in claims for check in c.checks if lanes is None or check.lane in lanes]
    return tuple(Task(claim, check, evidence_key(claim, check)) for claim, check in chosen)


def run(todo: tuple[Task, ...], *, store: Store, engine: Engine, watch: Watch) -> tuple[Entry, ...]:
    """Return an entry per claim; `watch` is told of each task as it ends.

    The lanes of a claim run together, since its mutants keep most of what one lane finds out for the next one;
    if they do not come back in time, they run again one by one.
    """
    known = {task.key: store.get(task.key) for task in todo}
    found = {key: evidence for key, evidence in known.items() if evidence is not None}
    for task in todo:
        if task.key in found:
            watch(task.claim.id, found[task.key])
    new = groupby((task for task in todo if task.key not in found), key=lambda task: task.claim.id)
    for task, evidence, seconds in _judged([tuple(batch) for _, batch in new], engine):
        if evidence.outcome is not Outcome.ERROR:
            store.put(task.key, task.claim.id, evidence, seconds)
        found[task.key] = store.get(task.key) or evidence  # as a later run will find it, to the order of its figures
        watch(task.claim.id, evidence)
    return entries(todo, found)


def _judged(batches: list[tuple[Task, ...]], engine: Engine) -> Iterator[tuple[Task, Evidence, float]]:
    """Yield what is found of each task as its batch ends; a batch that fails is tried again task by task."""
    running: dict[Future[list[type_timed]], tuple[Task, ...]] = {}
    while batches or running:
        for batch in batches:
            limit = sum(task.check.seconds for task in batch)
            running[engine.submit(limit, attempts, [task.check for task in batch], batch[0].claim)] = batch
        batches = []
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            batch = running.pop(future)
            if len(batch) > 1 and future.exception():
                batches += [(task,) for task in batch]
                continue
            for task, (evidence, seconds) in zip(batch, _result(future, batch[0].check), strict=True):
                yield task, evidence, seconds


def entries(todo: tuple[Task, ...], found: dict[str, Evidence]) -> tuple[Entry, ...]:
    """Return one entry per claim of `todo`, sorted by id, from the evidence `found` so far."""
    claims = {task.claim.id: task.claim for task in todo}
    by_claim: dict[str, list[Evidence]] = {name: [] for name in claims}
    for task in todo:
        if task.key in found:
            by_claim[task.claim.id].append(found[task.key])
    return tuple(Entry(claims[name], fold(by_claim[name]), tuple(by_claim[name])) for name in sorted(claims))


def attempts(checks: list[Check], claim: Claim) -> list[type_timed]:
    """Return what each of the checks finds, and its seconds."""
    return [attempt(check, claim) for check in checks]


def attempt(check: Check, claim: Claim) -> tuple[Evidence, float]:
    """Return the evidence and the seconds it took; a crash is evidence too, of our own error."""
    start = time.perf_counter()
    try:
        evidence = judge(check, claim)
    except Exception as error:  # noqa: BLE001 - the one place where a crash becomes a verdict
        evidence = _error(check, f"{type(error).__name__}: {error}")
    return evidence, time.perf_counter() - start


def _result(future: "Future[list[type_timed]]", check: Check) -> list[type_timed]:
    try:
        return future.result()
    except TimeoutError:
        return [(_error(check, f"not finished after {check.seconds:g} s"), check.seconds)]
    except Exception as error:  # noqa: BLE001 - a worker that died
        return [(_error(check, f"worker lost: {type(error).__name__}: {error}"), 0.0)]


def _error(check: Check, because: str) -> Evidence:
    return Evidence(lane=check.lane, engine=check.engine, outcome=Outcome.ERROR, because=because)
