"""Jacobians of small denoisers trained on digits: what controls say of their order, and how symmetric they are."""

from sympy import Rational, S

from verify.ledger.power_iteration.lanes_mnist import Found, claim
from verify.ledger.power_iteration.section_5_mnist import NETWORKS, SCALE, trained

WHERE = "real images"

untrained = Found(letter="order", places=trained("order", NETWORKS, "untrained"), op=">", bound=S.Zero)
closed = Found(letter="order", places=trained("order", ("mixture",)), op="<", bound=S.Half)
closed_rise = Found(letter="order", places=trained("rise", ("mixture",)), op=">", bound=S.Half, first=2)
nested = Found(letter="order", places=trained("order_nested", (*NETWORKS, "mixture")), op=">", bound=S.Zero)
more = Found(letter="over", places=trained("asymmetry_last"), op=">", bound=Rational(1, 10))
less = Found(letter="over", places=trained("asymmetry_last"), op="<", bound=S.One)

CLAIMS = (
    claim(
        "our.jacobian.untrained",
        "the order of the indices in the angles of a Jacobian's eigenvectors says nothing of training: networks have it "
        "before they are trained",
        WHERE,
        f"rank correlation of index and mean sine above zero before training; {SCALE}",
        untrained,
        slips=((untrained.but("<", 0),), (untrained.but(">", 0.999),), (untrained.but("<", 0.05),)),
        lane="network",
        source="ours",
    ),
    claim(
        "our.jacobian.closed",
        "the exact posterior mean need not have that order index by index: its angles grow with the noise level alone",
        WHERE,
        "ten normal classes with the moments of the digits, 14 x 14: rank correlation of index and mean sine below 1/2, "
        "of noise level and sine above 1/2",
        closed,
        closed_rise,
        slips=(
            (closed.but(">", 0.5), closed_rise),
            (closed, closed_rise.but("<", 0.5)),
            (closed.but(">", 0.9), closed_rise),
        ),
        lane="network",
        source="ours",
    ),
    claim(
        "our.jacobian.span",
        "the angle of an eigenvector at the final image to the span of the 30 leading ones at x_t grows with the index "
        "in all denoisers",
        WHERE,
        f"rank correlation of index and mean sine above zero; {SCALE}, and the posterior mean of ten normal classes",
        nested,
        slips=((nested.but("<", 0),), (nested.but(">", 1.1),), (nested.but("<", 0.5),)),
        lane="network",
        source="ours",
    ),
    claim(
        "our.jacobian.asymmetric",
        "the Jacobian of a trained denoiser is far from symmetric, though more symmetric than not",
        WHERE,
        f"|J - J^T| over |J + J^T| at the final image lies between a tenth and one; {SCALE}",
        more,
        less,
        slips=((more.but("<", 0.1), less), (more, less.but(">", 1)), (more, less.but("<", 0.01))),
        lane="network",
        source="ours",
    ),
)
