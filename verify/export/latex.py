"""Formulas, derivations and claims as LaTeX for a paper: complete documents that need amsmath and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import sympy as sp

from theory.derivation import Derivation, Step
from theory.formula import Computable, FirstPassage, Formula, Implicit, OnLists
from theory.latex import render
from theory.symbols import legend
from verify.claim import Claim
from verify.export.latex_compile import compiled
from verify.export.latex_lines import lines
from verify.export.latex_rows import rows
from verify.export.latex_words import literal, words

LINE = 74.0  # letters in a line of the documents below
PREAMBLE = r"""\documentclass[10pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb}
\setlength{\textwidth}{16.5cm}\setlength{\oddsidemargin}{-0.3cm}\setlength{\evensidemargin}{-0.3cm}
\setlength{\textheight}{23cm}\setlength{\topmargin}{-1cm}
\setlength{\parindent}{0pt}\setlength{\parskip}{0.6em}
\allowdisplaybreaks
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written, and what is known of it: verified, failed (why), or not checked (why)."""

    path: Path
    status: str
    because: str = ""


def export(out_dir: Path, formulas: Iterable[Formula], derivations: Iterable[Derivation]) -> list[Exported]:
    """Write a document for each formula and each derivation, compile each, and return what was written."""
    documents = {f"formula-{formula.name}": formula_document(formula) for formula in formulas}
    documents |= {f"derivation-{derivation.name}": derivation_document(derivation) for derivation in derivations}
    out_dir.mkdir(parents=True, exist_ok=True)
    return [_exported(out_dir / f"{name}.tex", text) for name, text in sorted(documents.items())]


def formula_latex(formula: Formula) -> str:
    """Return the equation NAME(parameters) = expression, without a math environment and on one line."""
    name = formula.name.split(".")[-1].replace("_", r"\_")
    lists = [rf"\mathtt{{{name}}}" for name in formula.lists]
    arguments = ", ".join(lists + [render(symbol) for symbol in formula.domain.symbols])
    return rf"\operatorname{{{name}}}\left({arguments}\right) = {expression_latex(formula.expr)}"


def expression_latex(expr: Computable) -> str:
    """Return an expression; a first passage is the smallest positive argument at which the curve has its level."""
    if isinstance(expr, Implicit):
        unknown = render(expr.unknown)
        return rf"{render(expr.expr)}, \quad {unknown}\ge 0 : {render(expr.curve)} = {render(expr.level)}"
    if isinstance(expr, FirstPassage):
        var = render(expr.var)
        return rf"\min\left\{{{var}>0 : {render(expr.curve)} = {render(expr.level)}\right\}}"
    if isinstance(expr, OnLists):
        return render(expr.shown)
    return render(expr)


def formula_document(formula: Formula) -> str:
    """Return a document with the formula, its meaning, domain, symbols and source."""
    body = [
        rf"\section*{{{literal(formula.name)}}}",
        f"{words(formula.meaning)} (unit: ${formula.unit}$). {words(formula.source)}",
        displayed(formula_latex(formula)),
        _where(formula.domain.latex()),
        symbols_latex([*formula.domain.symbols]),
    ]
    return document(body)


def derivation_document(derivation: Derivation) -> str:
    """Return a document with every step: why it is taken, what it states, and what has to hold for it."""
    steps = [line for number, step in enumerate(derivation.from_the_loss, 1) for line in _step(number, step)]
    used = [step.states for step in derivation.from_the_loss if isinstance(step.states, sp.Basic)]
    return document([rf"\section*{{Derivation: {literal(derivation.name)}}}", *steps, symbols_latex(used)])


def claim_document(claim: Claim) -> str:
    """Return a document with the claim's words, statement, domain, assumptions and symbols."""
    assumptions = "; ".join(words(assumption) for assumption in claim.assumes)
    return document(
        [
            rf"\section*{{{literal(claim.id)}}}",
            f"{words(claim.where)} ({claim.source}). {words(claim.says)}",
            displayed(claim.relation.latex()),
            _where(claim.domain.latex()),
            f"Assumptions: {assumptions}." if assumptions else "",
            symbols_latex([*claim.domain.symbols]),
        ]
    )


def document(body: Iterable[str]) -> str:
    """Return a complete LaTeX document."""
    text = "\n\n".join(part for part in body if part)
    return f"{PREAMBLE}\\begin{{document}}\n{text}\n\\end{{document}}\n"


def displayed(latex: str) -> str:
    """Return a display: each row of the statement on its own, long rows broken at relations and signs."""
    shown = [_aligned(row) for row in rows(latex)]
    return "\\begin{gather*}\n" + " \\\\\n".join(shown) + "\n\\end{gather*}"


def symbols_latex(expressions: Iterable[sp.Basic]) -> str:
    """Return the legend of the registered symbols that occur; empty if there are none."""
    known = [
        f"${q.latex}$: {words(q.meaning)}" + ("" if q.unit == "1" else f" (${q.unit}$)") for q in legend(expressions)
    ]
    return f"{{\\small {'; '.join(known)}.}}" if known else ""


def _aligned(row: str) -> str:
    broken = lines(row, LINE)
    if len(broken) == 1:
        return broken[0]
    first, *rest = broken
    continued = " \\\\\n".join(rf"&\qquad {{}} {line}" for line in rest)
    return f"\\begin{{aligned}}\n&{first} \\\\\n{continued}\n\\end{{aligned}}"


def _where(domain: str) -> str:
    parts = [f"${part}$" for part in domain.split(r",\; ") if part]
    return f"for {', '.join(parts)}." if parts else ""


def _step(number: int, step: Step) -> tuple[str, ...]:
    title = rf"\textbf{{{number}. {literal(step.name)}.}} {words(step.because)}"
    check = displayed(step.relation.latex())
    return title, displayed(_stated(step)), rf"{{\small To be checked:{chr(10)}{check}{_where(step.domain.latex())}}}"


def _stated(step: Step) -> str:
    return render(step.states) if isinstance(step.states, sp.Basic) else literal(str(step.states))


def _exported(path: Path, text: str) -> Exported:
    path.write_text(text, encoding="utf-8")
    status, because = compiled(text)
    return Exported(path=path, status=status, because=because)
