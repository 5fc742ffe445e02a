"""What only a simulation knows: an expectation stands in a relation as a number without a closed form."""

import sympy as sp
from sympy.core.symbol import Str
from sympy.printing.latex import LatexPrinter


class Mean(sp.Expr):
    """The expectation of an observable, given by its LaTeX and the symbols that its law depends on.

    Nothing decides a statement about it but a test on draws: the kernel does not know the node and stays undecided.
    """

    is_real = True
    is_commutative = True

    def __new__(cls, observable: str | Str, *on: sp.Symbol) -> "Mean":
        """Return the expectation; it does not depend on symbols that are not named."""
        return super().__new__(cls, observable if isinstance(observable, Str) else Str(observable), *on)

    @property
    def observable(self) -> str:
        """The LaTeX of what the mean is taken of."""
        return str(self.args[0])

    def _latex(self, printer: LatexPrinter, exp: str | None = None) -> str:
        del printer
        mean = rf"\mathbb{{E}}\left[{self.observable}\right]"
        return mean if exp is None else f"{mean}^{{{exp}}}"
