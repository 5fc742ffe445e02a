"""The measurements and the words that the sections of appendix H share."""

from numerics.flow_matching import one_layer as measured
from numerics.flow_matching import two_layer
from verify.checks.ode import Ode, box

CENTRED = "zero-mean data, mu = 0"
LINEAR = "linear velocity field W_t x + b_t, weights and bias free at each time t"
ALIGNED = "W(0) = sum_k Q_k u_k u_k^T, the same at every t"
FLOW = (LINEAR, CENTRED, "full-batch gradient flow with learning rate eta")
TWO_LAYERS = ("W_t = P_t P_t^T, no bias", CENTRED, "full-batch gradient flow with learning rate eta")

TIMED = box(lam=("0.05", "3.0"), t=("0.05", "1.0"), x=("-2.0", "2.0"))
SHIFTED = (*TIMED, ("mu", "-1.0", "1.0"))
TRAINED = box(lam=("0.05", "3.0"), t=("0.0", "1.0"), Q=("-0.5", "1.2"), eta=("0.1", "1.0"), tau=("0.05", "2.0"))
SAMPLED = box(lam=("0.05", "3.0"), Q=("-0.5", "1.2"), eta=("0.1", "1.0"), tau=("0.05", "3.0"))
PAIR = box(lam1=("0.05", "3.0"), lam2=("0.05", "3.0"), t=("0.05", "1.0"))
LAYERS = box(lam=("0.05", "3.0"), t=("0.0", "1.0"), Q=("0.01", "1.2"), eta=("0.1", "0.4"), tau=("0.05", "1.5"))

ODE_BEST = Ode(measure=measured.best_transport, box=TIMED)
ODE_BEST_SHIFTED = Ode(measure=measured.best_transport, box=SHIFTED)
ODE_WEIGHT = Ode(measure=measured.weight, box=TRAINED)
ODE_VARIANCE = Ode(measure=measured.variance, box=SAMPLED)
ODE_RATE_RATIO = Ode(measure=measured.rate_ratio, box=PAIR)
ODE_TWO_LAYER = Ode(measure=two_layer.weight, box=LAYERS)
