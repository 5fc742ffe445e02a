import pytest
import sympy as sp

from theory.matrices import (
    HYPOTHESES,
    Diagonal,
    Expect,
    ExpectMatrix,
    Grad,
    Inv,
    MatrixExp,
    Orthonormal,
    PositiveSemidefinite,
    Rate,
    RateMatrix,
    Symmetric,
    equations,
    inner,
    norm2,
)
from theory.symbols import symbols

d, tau = symbols("d tau")
W, S = (sp.MatrixSymbol(name, d, d) for name in ("W", "S"))
u, v = (sp.MatrixSymbol(name, d, 1) for name in ("u", "v"))


@pytest.mark.parametrize(
    ("node", "shape"),
    [
        (Inv(S), (d, d)),
        (MatrixExp(S), (d, d)),
        (Grad(norm2(u), u), (d, 1)),
        (Expect(u), (d, 1)),
        (Rate(u.T, tau), (1, d)),
    ],
)
def test_a_node_has_the_shape_of_what_it_stands_for(node, shape):
    assert node.shape == shape
    assert node.func(*node.args) == node
    assert hash(node.func(*node.args)) == hash(node)


def test_scalars_and_matrices_have_nodes_of_their_own():
    assert isinstance(Expect(W), ExpectMatrix)
    assert isinstance(Rate(W, tau), RateMatrix)
    assert (Expect(norm2(W)) * 2).is_commutative


@pytest.mark.parametrize(
    ("node", "latex"),
    [
        (Inv(S), r"S^{-1}"),
        (Inv(S + W), r"\left(S + W\right)^{-1}"),
        (MatrixExp(-tau * S), r"e^{- \tau S}"),
        (Grad(norm2(W), W), r"\nabla_{W}\left[\operatorname{tr}\left(W W^{T} \right)\right]"),
        (Grad(norm2(W), W, S), r"\nabla_{W}\left[\operatorname{tr}\left(W W^{T} \right)\right]\Big|_{W=S}"),
        (Expect(inner(u, v)), r"\mathbb{E}\left[\operatorname{tr}\left(u^{T} v \right)\right]"),
        (Rate(W, tau), r"\frac{d}{d\tau}\left[W\right]"),
    ],
)
def test_nodes_print_in_latex(node, latex):
    assert sp.latex(node) == latex


@pytest.mark.parametrize(
    "build", [lambda: Inv(u), lambda: MatrixExp(u), lambda: Grad(norm2(W), 2 * W), lambda: Grad(W, W)]
)
def test_malformed_nodes_are_errors(build):
    with pytest.raises(ValueError, match="expected"):
        build()


def test_hypotheses_are_equations_by_value():
    assert equations((Symmetric(S),)) == (S - S.T,)
    assert Symmetric(S) == Symmetric(S)
    assert Symmetric(S) != PositiveSemidefinite(S)
    assert len(equations((Diagonal((S, W)), Orthonormal((u, v))))) == 3 + 3
    assert len(set(HYPOTHESES)) == 14


def test_what_is_not_a_hypothesis_is_an_error():
    with pytest.raises(ValueError, match="given"):
        equations(("S is symmetric",))


def test_traps_of_sympy_that_the_vocabulary_avoids():
    assert sp.Inverse(S) * S == sp.Identity(d)
    assert Inv(S) * S != sp.Identity(d)
    assert (sp.Trace(W) + sp.Trace(S)).diff(W) == sp.ZeroMatrix(d, d)
    assert Grad(sp.Trace(W) + sp.Trace(S), W) != sp.ZeroMatrix(d, d)
    assert sp.Trace(W * S) != sp.Trace(S * W)
    assert W.T.T == W
