"""Words with $mathematics$ in them become LaTeX text: everything outside the dollars is taken literally."""

import re

SPECIAL: dict[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_\allowbreak{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    '"': "''",
}
SYMBOLS: dict[str, str] = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "→": r"\to", "∞": r"\infty", "±": r"\pm", "×": r"\times",
    "−": "-", "∝": r"\propto", "∈": r"\in", "≪": r"\ll", "≫": r"\gg", "·": r"\cdot", "⟨": r"\langle", "⟩": r"\rangle",
    "²": "^2", "√": r"\surd", "∫": r"\int", "∂": r"\partial", "ᵀ": r"^\top",
}  # fmt: skip
GREEK: dict[str, str] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
    "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
PUNCTUATION: dict[str, str] = {
    "–": "--",
    "—": "---",
    "’": "'",
    "‘": "`",
    "“": "``",
    "”": "''",
    "…": r"\dots{}",
    "§": r"\S{}",
    "\u00a0": "~",
}


def words(text: str) -> str:
    """Return `text` as LaTeX; $...$ stays mathematics, `...` becomes typewriter."""
    pieces = re.split(r"(\$[^$]+\$|`[^`]+`)", text)
    return "".join(_piece(piece) for piece in pieces)


def literal(text: str) -> str:
    """Return `text` as LaTeX that prints exactly that; characters no font has become a question mark."""
    return "".join(_character(char) for char in text)


def _piece(piece: str) -> str:
    if len(piece) > 2 and piece[0] == piece[-1] == "$":
        return _mathematics(piece)
    if len(piece) > 2 and piece[0] == piece[-1] == "`":
        return rf"\texttt{{{literal(piece[1:-1])}}}"
    return literal(piece)


def _mathematics(piece: str) -> str:
    """Return mathematics with Unicode letters spelled out."""
    spelled = {**{letter: f"\\{name} " for letter, name in GREEK.items()}, **{k: f"{v} " for k, v in SYMBOLS.items()}}
    return "".join(spelled.get(char, char) for char in piece)


def _character(char: str) -> str:
    if char in SPECIAL or char in PUNCTUATION:
        return SPECIAL.get(char) or PUNCTUATION[char]
    if char in SYMBOLS or char in GREEK:
        return rf"\ensuremath{{{SYMBOLS.get(char) or chr(92) + GREEK[char]}}}"
    return char if char.isascii() or "\u00c0" <= char <= "\u024f" else "?"
