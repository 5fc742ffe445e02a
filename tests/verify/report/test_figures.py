import re
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.verify.report import samples
from verify.report.figures import FIGURES, IMAGE_FIGURES, numbers
from verify.report.figures.__main__ import main


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_small_and_says_the_same_each_time(name):
    first, second = FIGURES[name](), FIGURES[name]()
    assert first == second
    assert len(first.svg) < 32_000
    assert first.command == f"python -m verify.report.figures {name}"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_follows_the_colours_of_the_page(name):
    svg = FIGURES[name]().svg
    ElementTree.fromstring(svg)
    assert "currentColor" in svg
    assert not re.findall(r"(?<!,)#[0-9a-f]{6}", svg)
    assert "font-family" not in svg


@pytest.mark.parametrize("name", FIGURES)
def test_the_numbers_come_along(name):
    header, *rows = FIGURES[name]().csv.splitlines()
    assert len(rows) > 20
    assert all(row.count(",") == header.count(",") for row in rows)


@pytest.mark.parametrize("name", IMAGE_FIGURES)
def test_image_figures_take_plain_arrays(name):
    figure = IMAGE_FIGURES[name](samples.images())
    assert figure is not None
    ElementTree.fromstring(figure.svg)
    assert figure.name.startswith("digits-co-")


def test_an_image_set_checks_its_shapes():
    with pytest.raises(ValueError, match="variances: expected shape"):
        samples.ImageSet(
            name="x", spectrum=np.ones(3), clock=np.ones(2), shown=(0,), variances=np.ones((2, 2)), emergence=np.ones(3)
        )


def test_power_laws_are_recovered():
    x = np.geomspace(1e-3, 10, 20)
    assert numbers.power_law(x, 3 * x**-1.5) == pytest.approx((3, -1.5))
    assert np.isnan(numbers.power_law(x[:2], x[:2])[1])


def test_figures_can_be_drawn_from_the_command_line(tmp_path, capsys):
    assert main(["emergence", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "emergence.svg").read_text().startswith("<svg")
    assert "emergence.csv" in capsys.readouterr().out


def test_an_unknown_figure_is_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
    assert "expected any of weights" in capsys.readouterr().err
