"""Linear networks, all noise levels in one tensor; `LINEAR` maps a name to what builds it for d pixels at given levels.

Under flow matching it is the input and the target that change, not the network: see `numerics.objective`.
`scenes`, `modes` and `fourier` train them by `descent`, `averaged` many times on minibatches, `refined` with smaller
and smaller steps; `sampling` generates with what training left.
"""

from collections.abc import Callable

import numpy as np

from numerics.networks.linear.architecture import Linear as Linear
from numerics.networks.linear.architecture import Parameters as Parameters
from numerics.networks.linear.deep import deep, untied
from numerics.networks.linear.filters import full_width_1d, full_width_2d, patch_1d, patch_2d
from numerics.networks.linear.one_layer import biased, one_layer
from numerics.networks.linear.preconditioned import preconditioned
from numerics.networks.linear.two_layer import two_layer

LINEAR: dict[str, Callable[[int, np.ndarray], Linear]] = {
    "one_layer": one_layer,
    "biased": biased,
    "two_layer": two_layer,
    "untied": untied,
    "deep": deep,
    "full_width_1d": full_width_1d,
    "full_width_2d": full_width_2d,
    "patch_1d": patch_1d,
    "patch_2d": patch_2d,
    "preconditioned": preconditioned,
}
