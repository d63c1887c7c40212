"""Weight initialization, small enough to read."""

from weightinit.activations import ACTIVATIONS, Activation, activation
from weightinit.fans import Fans, fans
from weightinit.gains import backward_gain, convention_gain, gain, mean_square, mean_square_slope
from weightinit.moments.layers import backward_factor, forward_factor, length_map
from weightinit.moments.profiles import backward_profile, forward_profile
from weightinit.network.drawing import random_network
from weightinit.network.experiment import LayerStats, Trace, layer_statistics, trace
from weightinit.network.passes import backward, forward
from weightinit.sampling import normal, uniform
from weightinit.schemes.drawing import initialize
from weightinit.schemes.fan_in_uniform import fan_in_uniform
from weightinit.schemes.he import he_normal, he_uniform
from weightinit.schemes.lecun import lecun_normal, lecun_uniform
from weightinit.schemes.random import random_normal, random_uniform
from weightinit.schemes.registry import SCHEMES, Scheme
from weightinit.schemes.rules import bound, std, variance
from weightinit.schemes.xavier import xavier_normal, xavier_uniform

__all__ = [
    "ACTIVATIONS",
    "SCHEMES",
    "Activation",
    "Fans",
    "LayerStats",
    "Scheme",
    "Trace",
    "activation",
    "backward",
    "backward_factor",
    "backward_gain",
    "backward_profile",
    "bound",
    "convention_gain",
    "fan_in_uniform",
    "fans",
    "forward",
    "forward_factor",
    "forward_profile",
    "gain",
    "he_normal",
    "he_uniform",
    "initialize",
    "layer_statistics",
    "lecun_normal",
    "lecun_uniform",
    "length_map",
    "mean_square",
    "mean_square_slope",
    "normal",
    "random_network",
    "random_normal",
    "random_uniform",
    "std",
    "trace",
    "uniform",
    "variance",
    "xavier_normal",
    "xavier_uniform",
]
