"""One mode of a denoiser of several linear layers, measured inside a random problem that is not diagonal.

Everywhere `law` is "moments" or a law of samples (see `numerics.laws`), and `seed` chooses the rest of the problem.
"""

from numerics.layers.depth import equal_speed as equal_speed
from numerics.layers.depth import infinite_speed as infinite_speed
from numerics.layers.depth import infinite_weight as infinite_weight
from numerics.layers.depth import residual_speed as residual_speed
from numerics.layers.depth import tied_speed as tied_speed
from numerics.layers.depth import tied_weight as tied_weight
from numerics.layers.symmetric import added_weight as added_weight
from numerics.layers.symmetric import loss as loss
from numerics.layers.symmetric import score_error as score_error
from numerics.layers.symmetric import skipped_weight as skipped_weight
from numerics.layers.symmetric import subtracted_weight as subtracted_weight
from numerics.layers.symmetric import variance as variance
from numerics.layers.symmetric import weight as weight
from numerics.layers.untied import opposite_weight as opposite_weight
from numerics.layers.untied import untied_weight as untied_weight
