import re
import subprocess

import pytest

from verify.report.pack import packed

pytestmark = pytest.mark.needs("chromium")
FLAGS = (
    "--headless",
    "--virtual-time-budget=10000",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
)


@pytest.fixture
def opened(tool, page, tmp_path):
    """Return a function that opens the page with a query and gives the DOM, or writes a screenshot."""
    path = tmp_path / "report.html"
    path.write_text(packed(page), encoding="utf-8")

    def open_(query="", *flags):
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [tool, *FLAGS, profile, *flags, f"{path.as_uri()}{query}"]
        return subprocess.run(command, capture_output=True, timeout=50, check=True).stdout.decode()

    return open_


def test_the_script_runs_and_a_query_filters(opened):
    dom = opened("?verdict=refuted", "--dump-dom")
    root = re.search(r"<html[^>]*>", dom)[0]
    assert 'data-ready="yes"' in root
    assert "data-error" not in root
    assert 'data-shown="3"' in root
    assert len(re.findall(r'<article class="claim [^>]*hidden', dom)) == dom.count('class="claim ') - 3


def test_words_and_section_filter_together(opened):
    dom = opened("?q=slip&section=spectral_bias/4.3", "--dump-dom")
    assert 'data-shown="1"' in dom
    assert "1 of 22 claims" in dom


@pytest.mark.parametrize(("name", "size"), [("desktop", "1280,1600"), ("phone", "500,1600")])
def test_it_can_be_seen_on_a_wide_and_on_a_narrow_screen(opened, tmp_path, name, size):
    shot = tmp_path / f"{name}.png"
    opened("", f"--window-size={size}", f"--screenshot={shot}")
    assert shot.stat().st_size > 40_000
