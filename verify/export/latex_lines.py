"""A long formula is broken where a reader would break it: at relations, then at signs, then inside a parenthesis.

Before that, towers of small print are written on the line: a long power of e as exp(...), a long exponential out
of its fraction. Each of these keeps the value.
"""

from collections.abc import Sequence
from functools import cache

from verify.export.latex_tree import FUNCTIONS, RELATIONS, SIGNS, Fence, Group, Node, parse, width, write

ONE = Group(("1",))
LONG_POWER = 9.0  # width from which a power of e is written exp(...)
OPENED = {"\\{": ("\\Bigl\\{", "\\Bigr\\}"), "(": ("\\Bigl(", "\\Bigr)"), "[": ("\\Bigl[", "\\Bigr]")}


@cache
def lines(latex: str, limit: float) -> tuple[str, ...]:
    """Return `latex` in lines of at most `limit` letters where that is possible; one line if it fits."""
    parts = on_the_line(parse(latex))
    if width(parts) <= limit:
        return (write(parts),)
    return tuple(write(line) for line in _filled(_pieces(_lowered(parts), limit), limit))


def on_the_line(parts: Sequence[Node]) -> tuple[Node, ...]:
    """Return `parts` with long powers of e written as exp(...)."""
    done: list[Node] = []
    for node in parts:
        part = _inside(node)
        if _is_argument(part, done) and isinstance(part, Group):
            part = part.parts[0]
        power = isinstance(part, Group) and done[-2:] == ["e", "^"] and width(part.parts) > LONG_POWER
        if power and isinstance(part, Group):
            done[-2:] = ["\\exp", Fence("(", part.parts, ")")]
        else:
            done.append(part)
    return tuple(done)


def _is_argument(part: Node, before: Sequence[Node]) -> bool:
    """Return whether `part` is the parenthesis of a function, put between braces."""
    named = (before[-1:] and before[-1] in FUNCTIONS) or list(before[-2:-1]) == ["\\operatorname"]
    return bool(named) and isinstance(part, Group) and len(part.parts) == 1 and isinstance(part.parts[0], Fence)


def _inside(part: Node) -> Node:
    if isinstance(part, Group):
        return Group(on_the_line(part.parts))
    return Fence(part.left, on_the_line(part.parts), part.right) if isinstance(part, Fence) else part


def _lowered(parts: Sequence[Node]) -> tuple[Node, ...]:
    """Return `parts` with the long numerator of each fraction taken out of it."""
    done: list[Node] = []
    k = 0
    while k < len(parts):
        fraction = parts[k : k + 3]
        is_long = parts[k] == "\\frac" and len(fraction) == 3 and width(fraction) > 30 and fraction[1] != ONE
        done += _taken_out(*fraction[1:]) if is_long else [parts[k]]
        k += 3 if is_long else 1
    return tuple(done)


def _taken_out(numerator: Node, denominator: Node) -> list[Node]:
    top = numerator.parts if isinstance(numerator, Group) else (numerator,)
    if "\\exp" in top and not set(SIGNS) & {part for part in top[1:] if isinstance(part, str)}:
        k = top.index("\\exp")
        return ["\\frac", Group(top[:k] + top[k + 2 :] or ("1",)), denominator, *top[k : k + 2]]
    return ["\\frac", ONE, denominator, Fence("(", tuple(top), ")")]


def _pieces(parts: Sequence[Node], limit: float) -> list[tuple[Node, ...]]:
    """Return `parts` cut before every sign and relation; pieces still too wide have a parenthesis opened."""
    found: list[tuple[Node, ...]] = []
    for piece in _cut(parts):
        opened = _opened(piece) if width(piece) > limit else piece
        found += [piece] if opened == piece else _pieces(_lowered(opened), limit)
    return found


def _cut(parts: Sequence[Node]) -> list[tuple[Node, ...]]:
    cuts = [k for k in range(1, len(parts)) if _breaks(parts[k - 1], parts[k])]
    return [tuple(parts[a:b]) for a, b in zip([0, *cuts], [*cuts, len(parts)], strict=True)]


def _breaks(before: Node, part: Node) -> bool:
    """Return whether a line may end between these two."""
    opening = isinstance(before, str) and (
        before in SIGNS + RELATIONS or before.startswith("\\Bigl") or before in "^_("
    )
    return isinstance(part, str) and part in SIGNS + RELATIONS and not opening


def _opened(piece: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return `piece` with its widest parenthesis made breakable; unchanged if it has none that carries no power."""
    fences = [k for k, part in enumerate(piece) if isinstance(part, Fence) and part.left in OPENED]
    fences = [k for k in fences if piece[k + 1 : k + 2] not in (("^",), ("_",))]
    if not fences:
        return piece
    k = max(fences, key=lambda k: width(piece[k : k + 1]))
    fence = piece[k]
    if not isinstance(fence, Fence):
        return piece
    left, right = OPENED[fence.left]
    return (*piece[:k], left, *fence.parts, right, *piece[k + 1 :])


def _filled(pieces: Sequence[tuple[Node, ...]], limit: float) -> list[tuple[Node, ...]]:
    """Return lines filled with pieces from left to right."""
    filled: list[tuple[Node, ...]] = []
    for piece in pieces:
        if filled and width((*filled[-1], *piece)) <= limit:
            filled[-1] = (*filled[-1], *piece)
        else:
            filled.append(piece)
    return filled
