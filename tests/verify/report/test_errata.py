import re

from tests.verify.report import samples
from verify.report.errata import errata
from verify.report.witness import gap, read


def slip():
    return next(item for item in errata(samples.every_verdict()) if item.entry.claim.id == "wp.4.3.slip")


def test_only_refuted_claims_of_others_are_errata():
    assert [item.entry.claim.id for item in errata(samples.every_verdict())] == [
        "wp.D.1.refuted",
        "wp.4.3.slip",
        "wdmg.eq3",
    ]


def test_the_values_at_the_witness_are_disjoint_balls():
    found = slip()
    assert found.printed_ball.startswith("[0.43849")
    assert found.corrected_ball.startswith("[0.67893")
    assert found.gap == "0.24, 35.4 % of the right value"


def test_both_formulas_are_drawn_through_the_witness():
    figure = slip().figure
    assert figure is not None
    assert "tau,printed,corrected" in figure.csv
    assert "through the witness" in figure.caption


def test_statements_about_different_things_are_not_drawn_together():
    entries = samples.every_verdict()
    other = samples.entry(
        samples.claim("our.weight", samples.RELATIONS["limit"], source="ours"), samples.Verdict.PROVED
    )
    kept = [entry for entry in entries if entry.claim.id != "our.weight"]
    found = next(item for item in errata([*kept, other]) if item.entry.claim.id == "wp.4.3.slip")
    assert found.figure is None
    assert not found.gap


def test_overlapping_balls_have_no_gap():
    assert gap("[1.0 +/- 0.2]", "[1.1 +/- 0.01]") == ""
    assert gap("1 ± 0.1", "2") == "1, 50 % of the right value"
    assert gap("not a number", "2") == ""


def test_a_bare_mapping_of_symbols_is_a_point():
    found = read("kernel", {"lam": "1/3", "left": "2"})
    assert found.point == {"lam": "1/3"}
    assert found.rest == {"left": "2"}


def test_the_page_links_the_correction_with_its_verdict(page):
    section = re.search(r'<section id="errata">.*?</section>', page, re.DOTALL)[0]
    assert 'href="#our.weight"' in section
    assert "the two balls are disjoint" in section
    assert 'class="badge proved"' in section
