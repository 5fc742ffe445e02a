"""LaTeX as printed by us, read into a tree: tokens, {groups} and fences; enough to know where a line may break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TOKEN = re.compile(
    r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}|\\left(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\?.)|\\right(?![a-zA-Z])\s*(?:\\[a-zA-Z]+|\\?.)"
    r"|\\[a-zA-Z]+\*?|\\.|\d+(?:\.\d+)?|[{}]|\s+|.",
    re.DOTALL,
)
NAMED = ("\\operatorname", "\\mathrm", "\\text", "\\mathbf", "\\mathbb", "\\mathcal")
FUNCTIONS = ("\\ln", "\\log", "\\exp", "\\sin", "\\cos", "\\tan", "\\lim", "\\max", "\\min", "\\det")
RELATIONS = ("=", "<", ">", "\\le", "\\leq", "\\ge", "\\geq", "\\ne", "\\neq", "\\sim", "\\approx")
SIGNS = ("+", "-", "\\pm")
SPACES = {"\\quad": 2.0, "\\qquad": 4.0, "\\,": 0.3, "\\;": 0.5, "\\:": 0.4, "\\!": -0.3, "\\ ": 0.5}
CLOSING = re.compile(r"\}|\\right(?![a-zA-Z])")
SMALL = 0.7  # of the size of the line, for an exponent or an index


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Fence:
    r"""What stands between \left and \right."""

    left: str
    parts: "tuple[Node, ...]"
    right: str


Node = str | Group | Fence


def parse(latex: str) -> tuple[Node, ...]:
    """Return the tree of `latex`.

    Raises:
        ValueError: braces or fences do not match.
    """
    tokens = [match[0] for match in TOKEN.finditer(latex)][::-1]
    parts = _sequence(tokens)
    if tokens:
        raise ValueError(f"latex: expected matching braces and fences, got {latex!r}")
    return parts


def _sequence(tokens: list[str]) -> tuple[Node, ...]:
    """Return nodes up to the closing token; it stays on the stack."""
    parts: list[Node] = []
    while tokens and not CLOSING.match(tokens[-1]):
        token = tokens.pop()
        if token == "{":
            parts.append(Group(_sequence(tokens)))
            _closed(tokens, "}")
        elif re.match(r"\\left(?![a-zA-Z])", token):
            inner = _sequence(tokens)
            parts.append(Fence(token[5:].strip(), inner, _closed(tokens, "\\right")[6:].strip()))
        elif not token.isspace():
            parts.append(token)
    return tuple(parts)


def _closed(tokens: list[str], end: str) -> str:
    if not tokens or not tokens[-1].startswith(end):
        raise ValueError(f"latex: expected {end}, got {tokens[-1] if tokens else 'the end'!r}")
    return tokens.pop()


def write(parts: Sequence[Node]) -> str:
    """Return the LaTeX of a sequence of nodes."""
    text = ""
    for part in parts:
        piece = _written(part)
        glued = text and re.search(r"\\[a-zA-Z]+$", text) and piece[:1].isalpha()
        text += (" " if glued or piece in (*SIGNS, *RELATIONS) or text.endswith(SIGNS + RELATIONS) else "") + piece
    return text


def _written(part: Node) -> str:
    if isinstance(part, Group):
        return "{" + write(part.parts) + "}"
    if isinstance(part, Fence):
        return rf"\left{part.left} {write(part.parts)} \right{part.right}"
    return part


def width(parts: Sequence[Node]) -> float:
    """Return roughly how wide `parts` are set, in widths of a letter."""
    total, k = 0.0, 0
    while k < len(parts):
        step, size = _measured(parts, k)
        total, k = total + size, k + step
    return total


def _measured(parts: Sequence[Node], k: int) -> tuple[int, float]:
    """Return how many nodes the thing at `k` takes, and its width."""
    part, rest = parts[k], parts[k + 1 :]
    if part in ("\\frac", "\\dfrac", "\\tfrac") and len(rest) > 1:
        return 3, max(width(rest[:1]), width(rest[1:2])) + 0.5
    if part in ("^", "_") and rest:
        return _script(parts, k)
    if part in NAMED and rest and isinstance(rest[0], Group):
        return 2, float(len(write(rest[0].parts)))
    return 1, _single(part)


def _script(parts: Sequence[Node], k: int) -> tuple[int, float]:
    """Measure an index, and the exponent above it if there is one."""
    size = SMALL * width(parts[k + 1 : k + 2])
    if k + 3 < len(parts) and parts[k + 2] in ("^", "_"):
        return 4, max(size, SMALL * width(parts[k + 3 : k + 4]))
    return 2, size


def _single(part: Node) -> float:
    if isinstance(part, Group):
        return width(part.parts)
    if isinstance(part, Fence):
        return width(part.parts) + 1.6
    if part.startswith("\\begin"):
        return max(len(re.sub(r"\\[a-z]+|[{}&\s]", "", row)) for row in part.split("\\\\")) * 1.2
    if part in SIGNS or part in RELATIONS:
        return 2.2
    return SPACES.get(part, len(part) - 0.5 if part in FUNCTIONS else len(part) if part.isdigit() else 1.1)
