"""One mode of a denoiser of several linear layers, measured inside a random problem that is not diagonal.

Everywhere `law` is "moments" or a law of samples (see `numerics.laws`), and `seed` chooses the rest of the problem.
"""

from numerics.layers.depth import equal_weight as equal_weight
from numerics.layers.depth import infinite_weight as infinite_weight
from numerics.layers.depth import residual_layers_weight as residual_layers_weight
from numerics.layers.depth import tied_weight as tied_weight
from numerics.layers.symmetric import loss as loss
from numerics.layers.symmetric import score_error as score_error
from numerics.layers.symmetric import skipped_weight as skipped_weight
from numerics.layers.symmetric import variance as variance
from numerics.layers.symmetric import weight as weight
from numerics.layers.untied import untied_weight as untied_weight
