from xml.etree import ElementTree

import pytest

from tests.verify.report.samples import RELATIONS
from verify.report import mathml

WELL_READ = {
    r"\operatorname{Ei}\left(x\right)": "<mi>Ei</mi><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>",
    r"\lVert x\rVert": "<mo>‖</mo><mi>x</mi><mo>‖</mo>",
    r"c_{\mathrm{skip}}": "<msub><mi>c</mi><mi>skip</mi></msub>",
    r"a\sim b": "<mi>a</mi><mo>∼</mo><mi>b</mi>",
    r"\text{for all } x": "<mtext>for\u00a0all\u00a0</mtext><mi>x</mi>",
    r"x^{-1}": '<msup><mi>x</mi><mrow><mo form="prefix">−</mo><mn>1</mn></mrow></msup>',
    r"\left(-x\right)": '<mrow><mo>(</mo><mo form="prefix">−</mo><mi>x</mi><mo>)</mo></mrow>',
}


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_becomes_wellformed_mathml(name):
    shown = mathml.display(RELATIONS[name].latex())
    ElementTree.fromstring(f"<div>{shown}</div>")
    assert "<code" not in shown
    assert "\\" not in shown


@pytest.mark.parametrize("latex", WELL_READ)
def test_macros_are_read_as_meant(latex):
    assert WELL_READ[latex] in mathml.inline(latex)


@pytest.mark.parametrize("latex", [r"\unknownmacro{x}", r"x^", r"a & b \foo", r"\frac{1}", r"\sqrt[3]"])
def test_what_cannot_be_read_stays_visible(latex):
    shown = mathml.display(latex)
    ElementTree.fromstring(f"<div>{shown}</div>")
    assert "<code" in shown


def test_a_lost_letter_is_noticed():
    assert mathml.lost(r"\lambda x", "<math><mi>λ</mi></math>") == "x"


def test_cases_keep_their_rows():
    shown = mathml.display(r"\begin{cases} a & \text{for}\: x > 0 \\ b & \text{otherwise} \end{cases}")
    assert shown.count("<mtr>") == 2
    assert "&gt;" in shown


def test_limits_stand_below_in_a_display():
    assert "<munder><mi>lim</mi>" in mathml.display(r"\lim_{x\to 0} f")


def test_a_solution_and_its_equation_are_two_rows():
    assert mathml.display(RELATIONS["solves"].latex()).count("<math") == 2


def test_long_statements_are_broken():
    assert 'class="eq broken"' in mathml.display(RELATIONS["identity"].latex())


def test_punctuation_stays_with_its_formula():
    assert "</math>,</span>" in mathml.escaped("for $x$, and")
