"""Weight initialization, small enough to read."""

from weightinit.activations import ACTIVATIONS, Activation, activation
from weightinit.fans import Fans, fans
from weightinit.gains import backward_gain, convention_gain, gain
from weightinit.mean_squares import mean_square, mean_square_slope
from weightinit.moments.correlations import chi, correlation_map
from weightinit.moments.critical import Critical, critical_line
from weightinit.moments.finite_width import he_relu_spread
from weightinit.moments.fixed_points import FixedPoint, fixed_points
from weightinit.moments.layers import backward_factor, forward_factor, length_map
from weightinit.moments.phases import correlation_fixed_point, depth_scale
from weightinit.moments.profiles import backward_profile, forward_profile
from weightinit.network.drawing import random_network
from weightinit.network.experiment import LayerStats, Trace, layer_statistics, trace
from weightinit.network.gradients import bias_gradients, weight_gradients
from weightinit.network.passes import backward, forward
from weightinit.sampling import normal, truncated_normal, uniform
from weightinit.schemes.constant import constant, ones, zeros
from weightinit.schemes.delta_orthogonal import delta_orthogonal
from weightinit.schemes.drawing import initialize
from weightinit.schemes.fan_in_uniform import fan_in_uniform
from weightinit.schemes.he import he_normal, he_truncated_normal, he_uniform
from weightinit.schemes.identity import dirac, identity
from weightinit.schemes.lecun import lecun_normal, lecun_truncated_normal, lecun_uniform
from weightinit.schemes.lsuv import lsuv
from weightinit.schemes.orthogonal import orthogonal
from weightinit.schemes.pretrained import Pretrained, from_pretrained
from weightinit.schemes.random import random_normal, random_truncated_normal, random_uniform
from weightinit.schemes.registry import SCHEMES, Scheme
from weightinit.schemes.rules import bound, std, variance
from weightinit.schemes.sparse import sparse
from weightinit.schemes.variance_scaling import variance_scaling
from weightinit.schemes.xavier import xavier_normal, xavier_truncated_normal, xavier_uniform
from weightinit.storage import load_params, save_params
from weightinit.training.loss import cross_entropy
from weightinit.training.prediction import accuracy, predict
from weightinit.training.sgd import Run, train
from weightinit.truncation import truncated_std

__all__ = [
    "ACTIVATIONS",
    "SCHEMES",
    "Activation",
    "Critical",
    "Fans",
    "FixedPoint",
    "LayerStats",
    "Pretrained",
    "Run",
    "Scheme",
    "Trace",
    "accuracy",
    "activation",
    "backward",
    "backward_factor",
    "backward_gain",
    "backward_profile",
    "bias_gradients",
    "bound",
    "chi",
    "constant",
    "convention_gain",
    "correlation_fixed_point",
    "correlation_map",
    "critical_line",
    "cross_entropy",
    "delta_orthogonal",
    "depth_scale",
    "dirac",
    "fan_in_uniform",
    "fans",
    "fixed_points",
    "forward",
    "forward_factor",
    "forward_profile",
    "from_pretrained",
    "gain",
    "he_normal",
    "he_relu_spread",
    "he_truncated_normal",
    "he_uniform",
    "identity",
    "initialize",
    "layer_statistics",
    "lecun_normal",
    "lecun_truncated_normal",
    "lecun_uniform",
    "length_map",
    "load_params",
    "lsuv",
    "mean_square",
    "mean_square_slope",
    "normal",
    "ones",
    "orthogonal",
    "predict",
    "random_network",
    "random_normal",
    "random_truncated_normal",
    "random_uniform",
    "save_params",
    "sparse",
    "std",
    "trace",
    "train",
    "truncated_normal",
    "truncated_std",
    "uniform",
    "variance",
    "variance_scaling",
    "weight_gradients",
    "xavier_normal",
    "xavier_truncated_normal",
    "xavier_uniform",
    "zeros",
]
