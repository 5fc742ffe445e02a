import html.parser
import re

import pytest

from tests.verify.report import samples
from verify.report import render
from verify.report.figures import emergence

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr"}


class Page(html.parser.HTMLParser):
    """Collects ids, links and visible text, and insists that tags nest."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.faults, self.words = [], [], [], [], []
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "action", "srcset", "data") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


@pytest.fixture(scope="session")
def parsed():
    """Return the function that parses a page."""
    return Page


@pytest.fixture(scope="session")
def page():
    """Return a page with every relation, every verdict, a figure and an image set."""
    return render(samples.report(figures={"emergence": emergence.draw()}, images=(samples.images(),)))


@pytest.fixture(scope="session")
def seen(page):
    """Return that page, parsed."""
    return Page(page)
