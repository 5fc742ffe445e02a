"""The checks that several sections use, with the ranges their measurements are drawn from."""

from numerics import one_layer as measured
from verify.checks.enclosure import Enclosure
from verify.checks.kernel import Kernel
from verify.checks.ode import Ode, box
from verify.checks.property import Property

KERNEL, PROPERTY, ENCLOSURE = Kernel(), Property(), Enclosure()
EXACT = (KERNEL, PROPERTY)

TRAINED = box(lam=("0.05", "3.0"), sigma=("0.1", "2.0"), Q=("-0.5", "1.2"), eta=("0.1", "1.0"), tau=("0.05", "2.0"))
SAMPLED = box(
    lam=("0.05", "3.0"),
    Q=("-0.2", "1.2"),
    eta=("0.1", "1.0"),
    tau=("0.05", "2.0"),
    sigma0=("0.01", "0.1"),
    sigmaT=("5.0", "20.0"),
)
ODE_WEIGHT = Ode(measure=measured.weight, box=TRAINED)
ODE_VARIANCE = Ode(measure=measured.variance, box=SAMPLED)
