"""A statement has rows: several relations at once, a solution and its equation, a relation and its own domain."""

import re

CUTS = r"\\\\|\\quad(?=\\text\{solves\})|\\quad(?= \\left\()"
MARKS = re.compile(rf"\\begin|\\end|\\left(?![a-z])|\\right(?![a-z])|(?<!\\)[{{}}]|{CUTS}")
STEP = {"\\begin": 1, "\\left": 1, "{": 1, "\\end": -1, "\\right": -1, "}": -1}


def rows(latex: str) -> list[str]:
    """Split a statement where a line may end: at a break, before 'solves', before a domain of its own."""
    latex, cut, depth, start = _unaligned(latex), list[str](), 0, 0
    for match in MARKS.finditer(latex):
        depth += STEP.get(match[0], 0)
        if depth == 0 and match[0].startswith(("\\\\", "\\quad")):
            cut, start = [*cut, latex[start : match.start()]], match.end()
    return [row.strip() for row in [*cut, latex[start:]] if row.strip()]


def _unaligned(latex: str) -> str:
    pattern = r"\\(begin|end)\{(aligned|align\*?|split|gathered|multline\*?)\}"
    return re.sub(pattern, "", latex).replace("&", "") if re.search(pattern, latex) else latex
