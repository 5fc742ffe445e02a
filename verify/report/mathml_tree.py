"""The converter's MathML is tidied: names upright, no empty wrappers, real spaces, as few bytes as possible."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from verify.report.mathml_spacing import is_sign, mark_signs, spaced, tighten

SPACE = {"negativethinmathspace": "-0.167em"}
UNDER = {"msub": "munder", "msubsup": "munderover", "msup": "mover"}
LARGE = {"lim", "∑", "∏", "max", "min", "sup", "inf", "argmin", "argmax"}
OPERATORS = {"~": "∼", ":": ":", ";": ";", "⟨": "⟨", "⟩": "⟩", "‖": "‖"}
LONG = 9  # leaves of an exponent from which exp(...) reads better than a tower of small print
ROWS = ("mrow", "math", "msqrt", "mtd")
CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
KEPT = {"mathvariant", "width", "linethickness", "accent", "stretchy", "minsize", "maxsize", "lspace", "rspace"}


def compact(mathml: str, *, shown: bool) -> str:
    """Return `mathml` tidied, as a display (`shown`) or an inline formula.

    Raises:
        ParseError: it is not well formed.
        ValueError: an element lacks a part.
    """
    root = ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", mathml))
    content = "".join(_written(child) for child in _tidy(root, shown=shown))
    return f"<math display=block>{content}</math>".replace("=block", '="block"') if shown else f"<math>{content}</math>"


def _tidy(node: Element, *, shown: bool) -> Element:
    for child in list(node):
        _tidy(child, shown=shown)
    _unwrap(node)
    _leaf(node)
    if node.tag in UNDER:
        tighten(node)
    if shown and node.tag in UNDER and node[0].text in LARGE:
        node.tag = UNDER[node.tag]
    return _exponential(node)


def _exponential(node: Element) -> Element:
    """Write a long power of e as exp(...)."""
    if node.tag == "msup" and node[0].text == "e" and len(list(node[1].iter())) > LONG:
        body = _flat(node[1]) if _is_plain_row(node[1]) else [node[1]]
        node[:] = [_made("mi", "exp"), _made("mrow", "", [_made("mo", "("), *body, _made("mo", ")")])]
        node.tag = "mrow"
    return node


def _made(tag: str, text: str, children: list[Element] | None = None) -> Element:
    element = Element(tag)
    element.text = text
    if text in ("(", ")"):
        element.set("fence", "true")
    element[:] = children or []
    return element


def _unwrap(node: Element) -> None:
    """Drop rows of one child, and rows inside rows that carry no fence."""
    if node.tag in ROWS:
        node[:] = _flat(node)
    else:
        node[:] = [child[0] if child.tag == "mrow" and len(child) == 1 else child for child in node]
    if node.tag == "mrow":
        node[:] = _merged(list(node))
    if len(node) != CHILDREN.get(node.tag, len(node)):
        raise ValueError(f"{node.tag}: expected {CHILDREN[node.tag]} parts, got {len(node)}")
    mark_signs(list(node))
    if node.tag in ROWS:
        node[:] = [part for k, child in enumerate(node) for part in spaced(node[k - 1] if k else None, child)]


def _flat(node: Element) -> list[Element]:
    return [kept for child in node for kept in (_flat(child) if _is_plain_row(child) else [child])]


def _is_plain_row(node: Element) -> bool:
    return node.tag == "mrow" and (len(node) == 1 or not any(child.get("fence") for child in node))


def _merged(children: list[Element]) -> list[Element]:
    """Join the letters of one upright word, which arrive one by one."""
    kept: list[Element] = []
    for child in children:
        if kept and _is_upright(child) and _is_upright(kept[-1]):
            kept[-1].text = f"{kept[-1].text}{child.text}"
            kept[-1].attrib.clear()
        else:
            kept.append(child)
    return kept


def _is_upright(node: Element) -> bool:
    letters = (node.text or "").isalpha()
    return (
        node.tag == "mi"
        and letters
        and (node.get("mathvariant") == "normal" or (len(node.text or "") > 1 and not node.attrib))
    )


def _leaf(node: Element) -> None:
    text = node.text or ""
    if node.tag == "mo" and len(text) > 1 and text.isalpha():
        node.tag = "mi"
    if node.tag == "mi" and text in OPERATORS:
        node.tag, node.text = "mo", OPERATORS[text]
    if node.tag == "mo" and text == "/":
        node.attrib.update(lspace="0", rspace="0")
    if node.tag == "mspace":
        node.set("width", SPACE.get(node.get("width", "0"), node.get("width", "0")))
    if len(text) > 1 or node.tag != "mi":
        node.attrib.pop("mathvariant", None)


def _written(node: Element) -> str:
    attributes = "".join(
        f' {key}="{value}"' for key, value in sorted(node.attrib.items()) if key in KEPT or is_sign(node, key)
    ).replace(' stretchy="true"', "")
    text = (node.text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    inner = text + "".join(_written(child) for child in node)
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"
