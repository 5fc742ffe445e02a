"""The measurements of gradient flow by trained networks, next to statements of several sections."""

from numerics import network_flows as flows
from verify.checks.refined import Halved

HALVED_ONE_LAYER = Halved(scene=flows.one_layer)
HALVED_TWO_LAYER = Halved(scene=flows.two_layer)
HALVED_UNTIED = Halved(scene=flows.untied)
HALVED_VELOCITY = Halved(scene=flows.velocity)
HALVED_VELOCITY_TWO_LAYER = Halved(scene=flows.velocity_two_layer)
HALVED_FOURIER = Halved(scene=flows.fourier)
HALVED_EDM = Halved(scene=flows.preconditioned)
