import re

import pytest

from tests.verify.report import samples
from verify.report import mathml, render, write
from verify.report.pack import packed, unpacked
from verify.verdict import Verdict


def article(page, name):
    return re.search(rf'<article class="claim[^>]*id="{re.escape(name)}".*?</article>', page, re.DOTALL)[0]


def test_tags_nest_and_ids_are_unique(seen):
    assert not seen.faults
    assert len(set(seen.ids)) == len(seen.ids)


def test_every_link_stays_on_the_page(seen):
    targets = {link.split("#")[1] for link in seen.links if "#" in link}
    assert all(link.startswith(("#", "?", "data:")) for link in seen.links)
    assert targets <= set(seen.ids)


def test_nothing_is_loaded_from_elsewhere(page):
    assert not re.findall(r"@import|url\((?!data:|#)|<(?:script|img|iframe|object|embed)[^>]+src", page)


def test_equal_results_give_equal_bytes():
    assert render(samples.report()) == render(samples.report())


def test_the_page_is_written_where_asked(tmp_path):
    path = write(samples.report([]), tmp_path / "new")
    assert path.name == "report.html"
    assert "No claim has been judged yet" in unpacked(path.read_text(encoding="utf-8"))


def test_hundreds_of_claims_stay_within_three_megabytes():
    kinds = [entry.claim for entry in samples.every_kind()] * 40
    entries = [
        samples.entry(samples.claim(f"wp.{k}", claim.relation), list(Verdict)[k % 3]) for k, claim in enumerate(kinds)
    ]
    assert len(packed(render(samples.report(entries))).encode()) < 1_500_000


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_claim_shows_its_verdict_and_how_to_run_it(page, verdict):
    shown = article(page, f"wp.D.1.{verdict}")
    assert f'class="badge {verdict}"' in shown
    assert f"lindiff verify wp.D.1.{verdict}" in shown


def test_lanes_that_did_not_run_are_said_to_be_not_checked(page):
    shown = article(page, "wp.D.1.certified")
    assert "not checked</dt><dd>kernel, ode, coq, cas, property, statistics, network" in shown


def test_missed_mutants_are_pointed_out(page):
    assert "8 missed" in article(page, "wp.D.1.undecided")


def test_a_claim_links_the_step_that_states_it_and_counts_those_before(page):
    shown = article(page, "wp.D.1.proved")
    assert "Derivation, 2 steps" in shown
    assert '<a href="#derivation-one-layer-2">one layer: weight</a>' in shown


def test_an_unknown_derivation_and_an_unknown_correction_are_named(page):
    shown = article(page, "wdmg.eq3")
    assert "not in this report" in shown
    assert "our.nowhere" in shown


def test_words_are_escaped_and_their_mathematics_is_not(seen, page):
    assert "& <modes>" in seen.text
    assert "<modes>" not in page
    assert "<code>converge</code>" in page


def test_symbols_come_once_with_meaning_and_unit(page):
    assert page.count("variance of a data mode, <math>") == 1
    named = re.search(r'data-symbols="([^"]*)"><a href="#symbols"', article(page, "wp.D.1.proved"))[1]
    assert "lam" in named.split()
    assert all(f'id="symbol-{name}"' in page for name in named.split())


def test_a_formula_of_many_lines_is_folded_away():
    letters = " + ".join(f"x_{{{k}}}" for k in range(200))
    assert '<details class="long">' in mathml.statement(letters)
    assert "verdicts.json" in mathml.statement(letters * 10)


def test_a_claim_without_evidence_is_shown(page):
    assert "no evidence" in article(page, "our.bare")


def test_the_summary_counts_claims_by_origin_and_verdict(page):
    table = re.search(r"<tfoot>.*?</tfoot>", page, re.DOTALL)[0]
    expected = [sum(e.judgement.verdict is v for e in samples.report().entries) for v in Verdict]
    assert re.findall(r"<td>(\d+)</td>", table) == [str(n) for n in expected]


def test_pages_of_images_say_what_was_integrated(page):
    assert "Prediction and integration" in page
    assert "300 modes of 1797 images" in page
