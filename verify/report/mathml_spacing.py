"""Spaces as in print: a sign is not a difference, exponents are tight, a function stands off its factor."""

from itertools import pairwise
from xml.etree.ElementTree import Element

CLOSING = {")", "]", "}", "|", "‖", "!", "′"}


def mark_signs(children: list[Element]) -> None:
    """Say that a minus or plus after an operator is a sign: after a parenthesis it would be spaced as a difference."""
    for before, sign in pairwise(children):
        if sign.text in ("−", "+") and before.tag == "mo" and before.text not in CLOSING:
            sign.set("form", "prefix")


def spaced(before: Element | None, child: Element) -> list[Element]:
    """Put a thin space between a factor and the name of a function."""
    head = child[0] if child.tag in ("msub", "msup", "msubsup") or _is_applied(child) else child
    if before is None or before.tag in ("mo", "mspace", "mtext") or not _is_word(head):
        return [child]
    space = Element("mspace")
    space.set("width", "0.167em")
    return [space, child]


def _is_applied(node: Element) -> bool:
    return node.tag == "mrow" and len(node) > 0 and _is_word(node[0])


def _is_word(node: Element) -> bool:
    text = node.text or ""
    return node.tag == "mi" and len(text) > 1 and text.isascii() and text.isalpha()


def tighten(node: Element) -> None:
    """Take the spaces from signs in indices and exponents."""
    for script in node[1:]:
        for sign in script.iter("mo"):
            if sign.text in ("−", "+"):
                sign.set("form", "prefix")


def is_sign(node: Element, key: str) -> bool:
    """Return whether `key` says that a plus or minus is a sign."""
    return key == "form" and node.text in ("−", "+")
