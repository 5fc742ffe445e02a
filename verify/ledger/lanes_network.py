"""The measurements of gradient flow by trained networks, next to statements of several sections."""

from numerics.networks.linear import refined
from verify.checks.refined import Halved

HALVED_ONE_LAYER = Halved(scene=refined.one_layer)
HALVED_TWO_LAYER = Halved(scene=refined.two_layer)
HALVED_UNTIED = Halved(scene=refined.untied)
HALVED_VELOCITY = Halved(scene=refined.velocity)
HALVED_VELOCITY_TWO_LAYER = Halved(scene=refined.velocity_two_layer)
HALVED_FOURIER = Halved(scene=refined.fourier)
HALVED_EDM = Halved(scene=refined.preconditioned)
