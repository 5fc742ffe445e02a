"""One printer, so that a quantity looks the same wherever it appears."""

from functools import lru_cache

import sympy as sp
from sympy.printing.latex import LatexPrinter

from theory.symbols import latex_names


class _Printer(LatexPrinter):
    """LaTeX with the paper's letters and the paper's names of special functions."""

    def _print_Ei(self, expr: sp.Ei) -> str:
        return rf"\operatorname{{Ei}}\left({self._print(expr.args[0])}\right)"

    def _print_Identity(self, expr: sp.Identity) -> str:
        del expr
        return "I"

    def _print_Trace(self, expr: sp.Trace) -> str:
        """Print Tr(A A^T) as the squared norm that it is."""
        (matrix,) = expr.args
        if (root := _root(matrix)) is not None:
            return rf"\left\Vert {self._print(root)} \right\Vert^{{2}}"
        return rf"\operatorname{{Tr}}\left[{self._print(matrix)}\right]"

    def _print_ExpBase(self, expr: sp.Expr, exp: object = None) -> str:
        power = f"e^{{{self._print(expr.args[0])}}}"
        return power if exp is None else rf"\left({power}\right)^{{{exp}}}"


@lru_cache(maxsize=1 << 14)
def render(expr: sp.Basic) -> str:
    """Return `expr` in LaTeX with the registered names of its symbols."""
    return _Printer({"symbol_names": latex_names(), "ln_notation": True}).doprint(expr)


def _root(matrix: sp.MatrixExpr) -> sp.MatrixExpr | None:
    """Return A if `matrix` is the product A A^T, else None."""
    factors = matrix.args if isinstance(matrix, sp.MatMul) and all(f.is_Matrix for f in matrix.args) else ()
    half = len(factors) // 2
    if half and len(factors) == 2 * half:
        left, right = sp.MatMul(*factors[:half]), sp.MatMul(*factors[half:])
        return left.doit() if left.T.doit() == right.doit() else None
    return None
