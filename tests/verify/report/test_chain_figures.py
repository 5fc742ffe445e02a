from xml.etree import ElementTree

import pytest

from verify import recorded
from verify.report.figures import RECORDED_FIGURES
from verify.report.figures.chains import Row, sheet

CHAINS = tuple(name for name in RECORDED_FIGURES if name.startswith("chain_"))


@pytest.mark.parametrize("name", CHAINS)
def test_a_figure_on_digits_is_small_and_carries_its_numbers_and_its_command(name):
    figure = RECORDED_FIGURES[name]()

    assert figure is not None
    ElementTree.fromstring(figure.svg)
    assert figure == RECORDED_FIGURES[name]()
    assert len(figure.svg) < 40_000
    assert figure.csv.count("\n") > 20
    assert figure.command.startswith("lindiff train chain_")
    assert "currentColor" in figure.svg


def test_the_figures_on_digits_are_small_together():
    assert sum(len(RECORDED_FIGURES[name]().svg) for name in CHAINS) < 300_000


def test_what_was_not_run_is_not_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "FOLDERS", (tmp_path,))

    assert not any(RECORDED_FIGURES[name]() for name in CHAINS)


def test_a_sheet_shows_every_strip_under_its_words():
    rows = [Row(words=f"strip {k}", png="AAAA", width=20, height=10) for k in range(2)]

    figure = sheet("planted", rows, title="planted", caption="", csv="", command="")

    assert figure.svg.count("<image") == 2
    assert "strip 1" in figure.svg
