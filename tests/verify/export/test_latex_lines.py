import re
from collections import Counter

import pytest

from tests.verify.report.samples import RELATIONS
from verify.export.latex_lines import lines, on_the_line
from verify.export.latex_rows import rows
from verify.export.latex_tree import parse, width, write

ALL_ROWS = [row for relation in RELATIONS.values() for row in rows(relation.latex())]


def signs(latex):
    """Count what a reader sees; exp(x) and the power of e are the same sign, and so are all parentheses."""
    latex = re.sub(r"\\(left|right|Bigl|Bigr)|[{}^()\[\]\s]", " ", latex.replace(r"\exp", "e "))
    return Counter(re.findall(r"\\[a-zA-Z]+|\S", latex))


@pytest.mark.parametrize("row", ALL_ROWS)
def test_reading_and_writing_loses_nothing(row):
    assert re.sub(r"\s", "", write(parse(row))) == re.sub(r"\s", "", row)


@pytest.mark.parametrize("row", ALL_ROWS)
def test_breaking_keeps_every_sign(row):
    broken = signs(" ".join(lines(row, 40)))
    added = broken - signs(row)
    assert not signs(row) - broken
    assert set(added) <= {"1", "\\frac"}


@pytest.mark.parametrize("row", ALL_ROWS)
def test_lines_fit_where_they_can_be_broken(row):
    broken = lines(row, 74)
    assert all(width(parse(re.sub(r"\\Big[lr]", "", line))) <= 80 for line in broken)


def test_a_short_formula_stays_in_one_line():
    assert lines(r"a = b + c", 20) == (r"a = b + c",)


def test_a_long_power_of_e_is_written_exp():
    assert r"\exp\left(" in write(on_the_line(parse(r"e^{a + b + c + d + f + g}")))
    assert r"\exp" not in write(on_the_line(parse(r"e^{- x}")))


def test_one_over_something_long_stays_as_it_is():
    long = "+".join(f"x_{{{k}}}" for k in range(40))

    (line,) = lines(rf"\frac{{1}}{{{long}}}", 60)

    assert line.startswith(r"\frac")


def test_a_parenthesis_that_carries_a_power_is_not_opened():
    assert len(lines(r"x = \left(" + " + ".join("abcdfghijklmnop") + r"\right)^{2}", 20)) == 2


@pytest.mark.parametrize("latex", ["{a", "a}", r"\left( a", r"a \right)"])
def test_unmatched_braces_are_refused(latex):
    with pytest.raises(ValueError, match="latex: expected"):
        parse(latex)
