"""What the page shows of one claim: words, statement, symbols, derivation, evidence, and what was not checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp
from markupsafe import Markup

from theory.derivation import Derivation
from theory.domain import Domain
from theory.latex import render
from theory.relation import Relation
from theory.symbols import Quantity, legend
from verify.report import mathml, summary, witness
from verify.report.model import Report
from verify.runner import Entry
from verify.verdict import Evidence

COMMA = r",\; "
SAME_RANGE = re.compile(r"(.+?)(\s*(?:>|\\geq?|\\in)\s*(?:0|\\mathbb\{?\s?R\}?))")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One lane's evidence with its witness read."""

    evidence: Evidence
    witness: witness.Witness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim, ready to be shown."""

    entry: Entry
    section: str
    statement: Markup
    domain: list[Markup]
    symbols: tuple[Quantity, ...]
    derivation: Derivation | None
    steps: tuple[str, ...]
    evidence: tuple[EvidenceView, ...]
    not_checked: list[str]
    correction: Entry | None


def view(entry: Entry, derivations: Mapping[str, Derivation], entries: Mapping[str, Entry]) -> ClaimView:
    """Return `entry` ready to be shown; what it lacks is empty, never an error."""
    claim = entry.claim
    derivation, step = derivation_of(claim.derived_in, derivations)
    names = tuple(s.name for s in derivation.steps) if derivation else ()
    return ClaimView(
        entry=entry,
        section=summary.section(entry),
        statement=mathml.statement(claim.relation.latex()),
        domain=domain_parts(claim.domain),
        symbols=legend([*expressions(claim.relation), *claim.domain.symbols]),
        derivation=derivation,
        steps=names[: names.index(step) + 1] if step in names else names,
        evidence=tuple(_evidence(evidence) for evidence in entry.evidence),
        not_checked=summary.not_checked(entry),
        correction=entries.get(claim.corrected_by or ""),
    )


def derivation_of(name: str | None, known: Mapping[str, Derivation]) -> tuple[Derivation | None, str | None]:
    """Return the derivation called `name`, or the one and its step for NAME: STEP."""
    if name is None or name in known:
        return known.get(name or ""), None
    head, _, step = name.partition(": ")
    return known.get(head), step or None


def expressions(value: object) -> Iterator[sp.Basic]:
    """Yield every SymPy expression in a relation, those of its parts included."""
    if isinstance(value, sp.Basic):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from expressions(part)
    elif not isinstance(value, Domain):
        for name in getattr(value, "__slots__", ()):
            yield from expressions(getattr(value, name, None))


def stated(report: Report) -> dict[Relation, str]:
    """Return for each relation that is claimed the id of the first claim that states it."""
    return {entry.claim.relation: entry.claim.id for entry in reversed(report.entries)}


def quantities(report: Report) -> tuple[Quantity, ...]:
    """Return every registered quantity that the claims and derivations of a report speak of."""
    spoken = [part for e in report.entries for part in (*expressions(e.claim.relation), *e.claim.domain.symbols)]
    spoken += [part for d in report.derivations.values() for s in d.steps for part in expressions(s.relation)]
    return legend(spoken)


def domain_parts(domain: Domain) -> list[Markup]:
    """Return the ranges and conditions of a domain, one formula for all letters of the same range."""
    letters: dict[str, list[str]] = {}
    for part in filter(None, domain.latex().split(COMMA)):
        found = SAME_RANGE.fullmatch(part)
        letters.setdefault(found[2] if found else "", []).append(found[1] if found else part)
    alone = letters.pop("", [])
    return [mathml.inline(part) for part in [*(",".join(names) + end for end, names in letters.items()), *alone]]


def states(expr: object) -> Markup:
    """Return what a step states as display MathML, or in words."""
    return mathml.statement(render(expr)) if isinstance(expr, sp.Basic) else mathml.escaped(str(expr))


def _evidence(evidence: Evidence) -> EvidenceView:
    found = witness.read(evidence.lane, evidence.witness) if evidence.witness else None
    return EvidenceView(evidence=evidence, witness=found)
