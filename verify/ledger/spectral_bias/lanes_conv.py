"""The measurements that section 5.2 and appendix G share, and the words for their assumptions."""

from numerics.convolution import deep, modes, scenes
from theory.domain import domain_of
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode, box

CIRCULAR = "linear convolution with circular boundary, no bias"
FULL = "filter as wide as the circle, K = N"
LOCAL = "filter of K = 2r+1 taps, at most as wide as the circle"
FLOW = "full-batch gradient flow on the taps, centred data"
SAME_START = "the initial filter is the same at every noise level"

TRAINED = box(
    S=("0.05", "3.0"), sigma=("0.1", "2.0"), gam_re=("-0.5", "1.2"), N=("3", "7"), eta=("0.02", "0.2"), tau=("0.05", "2.0")
)  # fmt: skip
SAMPLED = box(
    S=("0.05", "3.0"), gam_re=("-0.2", "1.2"), N=("3", "5"), eta=("0.02", "0.2"), tau=("0.05", "2.0"),
    sigma0=("0.02", "0.1"), sigmaT=("3.0", "6.0"),
)  # fmt: skip
PHASED = tuple(("gam_im" if name == "gam_re" else name, low, high) for name, low, high in TRAINED)
ODE_WEIGHT = Ode(measure=modes.fourier_weight, box=TRAINED)
ODE_PHASE = Ode(measure=modes.fourier_phase, box=PHASED)
ODE_VARIANCE = Ode(measure=modes.fourier_variance, box=SAMPLED, points=2)
ODE_FILTER = Matrices(scene=scenes.filters, scenes=2)
ODE_GRADIENT = Matrices(scene=scenes.patch_gradient)
ODE_STATIONARY = Matrices(scene=scenes.stationary, scenes=2)
ODE_PATCH = Matrices(scene=scenes.patch_variance, scenes=2)

sigma, N = symbols("sigma N")
NOISE, PIXELS = domain_of((sigma,)), domain_of((sigma, N))

DEEP = box(S=("0.2", "2.0"), sigma=("0.3", "1.5"), N=("3", "4"), eta=("0.02", "0.1"), tau=("0.1", "1.0"))
ODE_SYMMETRIC = Ode(measure=deep.symmetric, box=(*DEEP, ("gam_re", "0.1", "1.5")), points=2)
ODE_SQUARED = Ode(measure=deep.squared, box=(*DEEP, ("rho_0", "0.1", "1.5"), ("tan_half", "-1.5", "1.5")), points=2)
