import sympy as sp

from theory.domain import domain_of
from theory.matrices import Flow, Symmetric
from theory.relation import (
    Antiderivative,
    Both,
    Identity,
    Inequality,
    LimitIs,
    MatrixSolves,
    Monotone,
    Recurrence,
    Solves,
    Within,
)
from theory.statement import Compares, Tends, Vanishes
from theory.symbols import symbols

lam, tau, n, y = symbols("lam tau n y")
DOMAIN = domain_of((lam, tau))
DECAY = Solves(solution=sp.exp(-lam * tau), var=tau, unknown=y, rate=-lam * y, at=sp.S.Zero, start=sp.S.One)


def test_solving_means_the_equation_and_the_initial_value():
    equation, start = DECAY.obligations(DOMAIN)

    assert isinstance(equation, Vanishes)
    assert equation.expr.doit() == 0
    assert start == Tends("initial value", DECAY.solution, tau, sp.S.Zero, sp.S.One, DOMAIN)


def test_a_derivative_is_left_to_whoever_decides():
    (slope,) = Antiderivative(primitive=tau**2, integrand=2 * tau, var=tau).obligations(DOMAIN)

    assert slope.expr.has(sp.Derivative)


def test_a_quantifier_reaches_the_obligation():
    (some,) = Inequality(lam, ">", tau, some=True).obligations(DOMAIN)
    (slope,) = Monotone(expr=lam * tau, var=tau, op=">=").obligations(DOMAIN)

    assert isinstance(some, Compares)
    assert some.some
    assert slope.op == ">="


def test_a_conjunction_asks_for_everything_and_a_part_may_have_its_own_domain():
    corner = domain_of((lam,))
    both = Both((DECAY, Within(LimitIs(expr=lam * tau, var=tau, point=sp.S.Zero, value=sp.S.Zero), corner)))

    obligations = both.obligations(DOMAIN)

    assert [o.domain for o in obligations] == [DOMAIN, DOMAIN, corner]


def test_a_recurrence_means_the_step_and_the_first_value():
    powers = Recurrence(solution=lam * tau**n, var=n, unknown=y, following=tau * y, start=lam)
    step, first = powers.obligations(DOMAIN)

    assert sp.expand(step.expr) == 0
    assert first.expr == 0


def test_what_is_given_of_letters_that_do_not_move_holds_at_the_start():
    A, B = (sp.MatrixSymbol(name, 2, 2) for name in "AB")
    given = (Symmetric(A), Symmetric(B), Flow(B, tau, A))
    moving = MatrixSolves(solution=B, var=tau, unknown=B, rate=A, at=((B, A),), start=A, given=given)
    equation, start = moving.obligations(DOMAIN)

    assert equation.given == given
    assert start.given == (Symmetric(A),)


def test_every_relation_prints_itself():
    relations = [
        DECAY,
        Identity(lam, tau),
        Inequality(lam, "!=", tau),
        LimitIs(expr=lam, var=lam, point=sp.oo, value=sp.oo),
    ]

    for relation in relations:
        assert relation.latex()
