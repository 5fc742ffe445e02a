"""LaTeX becomes MathML that says the same, or stays visible as LaTeX: nothing is lost in silence."""

import re
import unicodedata
from collections import Counter
from functools import cache
from html import escape
from xml.etree import ElementTree

from latex2mathml import exceptions
from latex2mathml.converter import convert
from markupsafe import Markup

from verify.export.latex_lines import lines
from verify.export.latex_rows import rows
from verify.report.mathml_tree import compact

LINE = 74.0  # letters in a line of a statement
LARGE = 1900  # characters of MathML, about four lines of formula
LONGEST = 2500  # characters of LaTeX that a page still carries
WORDS = ("ln", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "lim", "max", "min", "sup", "inf", "det")
OF_CONVERTER = [kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception)]
FAULTS: tuple[type[Exception], ...] = (*OF_CONVERTER, ValueError, LookupError, TypeError, ElementTree.ParseError)
LEADING_SIGN = re.compile(r"^(<math[^>]*>(?:<mrow>)*<mo)(?: form=.prefix.)?(?=>[−+])")  # of a continued line
REPLACED = (
    (re.compile(r"\\[lr]Vert\b"), r"\\Vert"),
    (re.compile(r"\\[lr]vert\b"), r"\\vert"),
    (re.compile(r"\\(boldsymbol|bm|bf)\b"), r"\\mathbf"),
    (re.compile(r"\\operatorname\*\{"), r"\\operatorname{"),
    (re.compile(r"\\(middle|displaystyle|limits|nolimits|textstyle)\b"), ""),
    (re.compile(r"~"), r"\\ "),
)


def display(latex: str) -> Markup:
    """Return `latex` as display MathML, one block a row; rows that cannot be converted faithfully as code."""
    return Markup("").join(_broken(row) for row in rows(latex))


def statement(latex: str, most: int = LARGE) -> Markup:
    """Return `latex` as display MathML; as LaTeX to unfold where that takes more than `most` characters."""
    shown = display(latex)
    if len(shown) <= most:
        return shown
    if len(latex) > LONGEST:
        words = '<p class="none">A formula of {} letters: verdicts.json has it, as statement_latex.</p>'
        return Markup(words).format(len(latex))
    return Markup('<details class="long"><summary>A long formula, in LaTeX</summary>{}</details>').format(source(latex))


def source(latex: str) -> Markup:
    """Return `latex` as code, its brackets without the macros that size them."""
    return Markup('<code class="tex">{}</code>').format(re.sub(r"\\(left|right)(?=[()\[\]])", "", latex))


def checked(latex: str, most: int = 300) -> Markup:
    """Return `latex` as display MathML, or as code where that takes more than `most` characters."""
    shown = display(latex)
    return shown if len(shown) <= most else source(latex)


def inline(latex: str) -> Markup:
    """Return `latex` as inline MathML, or as code if it cannot be converted faithfully."""
    return _block(latex.strip(), shown=False)


def normalised(latex: str) -> str:
    """Return `latex` without the macros that the converter drops or misreads."""
    for pattern, replacement in REPLACED:
        latex = pattern.sub(replacement, latex)
    return latex


def lost(latex: str, mathml: str) -> str:
    """Return the letters and digits of `latex` that `mathml` lacks or has in excess; empty if it is faithful."""
    text = "".join(ElementTree.fromstring(mathml.replace(">exp<", ">e<")).itertext())
    told, said = _letters(_without_macros(latex)), _letters(unicodedata.normalize("NFKC", text))
    return "".join(sorted(((told - said) + (said - told)).elements()))


def _broken(row: str) -> Markup:
    """Return a row, in several lines if it is long: each indented below the first, to be scrolled as one."""
    try:
        parts = lines(row, LINE)
    except ValueError:
        parts = (row,)
    if len(parts) == 1:
        return _block(parts[0], shown=True)
    blocks = [_block(part, shown=True) for part in parts]
    if any("<code" in block for block in blocks):
        return _block(row, shown=True)
    bare = [str(block).removeprefix('<div class="eq">').removesuffix("</div>") for block in blocks]
    joined = "".join(re.sub(LEADING_SIGN, r'\1 form="infix"', block) for block in bare)
    return Markup('<div class="eq broken">{}</div>').format(Markup(joined))


@cache
def _block(latex: str, *, shown: bool) -> Markup:
    mathml = _converted(latex, shown=shown)
    if mathml is None:
        return Markup('<code class="tex">{}</code>').format(latex)
    return Markup(f'<div class="eq">{mathml}</div>' if shown else mathml)


def _converted(latex: str, *, shown: bool) -> str | None:
    try:
        mathml = compact(convert(normalised(latex)), shown=shown)
        faithful = not lost(latex, mathml) and "\\" not in mathml
    except FAULTS:
        return None
    return mathml if faithful else None


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isascii() and char.isalnum())


def _without_macros(latex: str) -> str:
    latex = re.sub(r"\\(begin|end)\{[a-z]+\*?\}(\{[lcr|]*\})?|\\\\", " ", normalised(latex))
    latex = re.sub(r"\\exp(?![A-Za-z])", "e ", latex)
    latex = re.sub(r"\\ell(?![A-Za-z])", "l ", latex)
    latex = re.sub(rf"\\({'|'.join(WORDS)})(?![A-Za-z])", r"\1 ", latex)
    return re.sub(r"\\[A-Za-z]+", "", latex)


def escaped(text: str) -> Markup:
    """Return `text` with its inline $math$ converted, its `code` marked, and everything else escaped."""
    pieces = re.split(r"(\$[^$]+\$[,.;:)]*|`[^`]+`)", text)
    return Markup("").join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> Markup:
    if found := re.fullmatch(r"\$([^$]+)\$([,.;:)]*)", piece):
        held = '<span class="nb">{}{}</span>' if found[2] else "{}{}"
        return Markup(held).format(inline(found[1]), found[2])
    if len(piece) > 2 and piece[0] == piece[-1] == "`":
        return Markup("<code>{}</code>").format(piece[1:-1])
    return Markup(escape(piece, quote=False))
