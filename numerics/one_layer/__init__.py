"""One mode of a one-layer linear denoiser, measured inside a random problem that is not diagonal.

Everywhere `law` is "moments" or a law of samples (see `numerics.laws`), and `seed` chooses the rest of the problem.
"""

from numerics.one_layer.alignment import commutator as commutator
from numerics.one_layer.alignment import leakage as leakage
from numerics.one_layer.arrival import coupling_minor as coupling_minor
from numerics.one_layer.arrival import fast_rate as fast_rate
from numerics.one_layer.arrival import slow_bias as slow_bias
from numerics.one_layer.arrival import slow_rate as slow_rate
from numerics.one_layer.arrival import slow_weight as slow_weight
from numerics.one_layer.decay import deviation as deviation
from numerics.one_layer.decay import squared_deviation as squared_deviation
from numerics.one_layer.decay import timescale as timescale
from numerics.one_layer.decay import timescale_ratio as timescale_ratio
from numerics.one_layer.error import denoiser_error as denoiser_error
from numerics.one_layer.error import excess_loss as excess_loss
from numerics.one_layer.error import score_error as score_error
from numerics.one_layer.error import training_loss as training_loss
from numerics.one_layer.misaligned import misaligned_covariance as misaligned_covariance
from numerics.one_layer.residual import residual_bias as residual_bias
from numerics.one_layer.residual import residual_weight as residual_weight
from numerics.one_layer.residual import residual_weight_from_inner as residual_weight_from_inner
from numerics.one_layer.steps import gd_bias as gd_bias
from numerics.one_layer.steps import lag as lag
from numerics.one_layer.variance import gd_variance as gd_variance
from numerics.one_layer.variance import generated_mean as generated_mean
from numerics.one_layer.variance import log_variance as log_variance
from numerics.one_layer.variance import log_variance_rate as log_variance_rate
from numerics.one_layer.variance import variance as variance
from numerics.one_layer.variance import variance_rate as variance_rate
from numerics.one_layer.weight import bias as bias
from numerics.one_layer.weight import gd_weight as gd_weight
from numerics.one_layer.weight import weight as weight
from numerics.one_layer.weight import weight_off_axis as weight_off_axis
