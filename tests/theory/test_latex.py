import sympy as sp

from theory.latex import render
from theory.symbols import symbols

d, s = symbols("d s_bar")
A = sp.MatrixSymbol("A", d, d)


def test_the_trace_of_a_product_with_its_transpose_is_a_norm():
    assert render(sp.Trace(A * A.T)) == r"\left\Vert A \right\Vert^{2}"


def test_a_scalar_factor_is_no_half_of_a_square():
    assert render(sp.Trace(s * A)) == r"\operatorname{Tr}\left[s A\right]"
