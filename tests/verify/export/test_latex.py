import pytest

from tests.verify.report import samples
from theory.formula import FirstPassage
from theory.formulas import FORMULAS
from verify.export import latex, latex_compile
from verify.export.latex_words import literal, words


def formula():
    return next(iter(FORMULAS.values()))


def test_a_formula_is_named_with_its_parameters():
    text = latex.formula_latex(formula())
    assert text.startswith(r"\operatorname{")
    assert " = " in text


def test_a_first_passage_is_a_smallest_time():
    passage = FirstPassage(curve=samples.lam * samples.tau, level=samples.Q, var=samples.tau)
    assert latex.expression_latex(passage) == r"\min\left\{\tau>0 : \lambda \tau = Q\right\}"


def test_words_are_taken_literally_and_mathematics_is_not():
    assert words("5 % of $x_1$ & <y>_z `a_b`") == (
        r"5 \% of $x_1$ \& \ensuremath{<}y\ensuremath{>}\_\allowbreak{}z \texttt{a\_\allowbreak{}b}"
    )
    assert literal("λ ≤ 1, 語") == r"\ensuremath{\lambda} \ensuremath{\le} 1, ?"


def test_a_machine_without_pdflatex_says_not_checked(tmp_path, monkeypatch):
    monkeypatch.setattr(latex_compile.shutil, "which", lambda name: None)
    found = latex.export(tmp_path, [formula()], [samples.DERIVATION])
    assert {item.status for item in found} == {"not checked"}
    assert all(item.path.read_text().startswith(r"\documentclass") for item in found)


@pytest.mark.needs("pdflatex")
def test_every_kind_of_relation_compiles_within_the_margins(tool):
    shown = [part for relation in samples.RELATIONS.values() for part in (latex.displayed(relation.latex()),)]
    assert latex_compile.compiled(latex.document(shown)) == ("verified", "compiled by pdflatex")


@pytest.mark.needs("pdflatex")
def test_a_derivation_and_a_claim_compile(tool):
    awkward = samples.claim(
        "wp.4.2.a_b", samples.RELATIONS["both"], says='λ & 5 % of "x_1" {a} #1 ~ ^ \\end {} $x_1$ §2 語'
    )
    assert latex_compile.compiled(latex.claim_document(awkward))[0] == "verified"
    assert latex_compile.compiled(latex.derivation_document(samples.DERIVATION))[0] == "verified"


@pytest.mark.needs("pdflatex")
def test_a_document_that_does_not_compile_fails(tool):
    assert latex_compile.compiled(latex.document([r"\undefinedmacro"]))[0] == "failed"


@pytest.mark.needs("pdflatex")
def test_a_line_beyond_the_margin_fails(tool):
    assert "into the margin" in latex_compile.compiled(latex.document([r"\hbox to 5cm{\rule{12cm}{1pt}}"]))[1]


@pytest.mark.needs("pdflatex")
def test_our_formulas_are_exported_and_verified(tool, tmp_path):
    found = latex.export(tmp_path, list(FORMULAS.values())[:3], [formula().derivation])
    assert [(item.path.name, item.because) for item in found if item.status != "verified"] == []
