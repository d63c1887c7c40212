"""Where formulas are evaluated: fan-in always differs from fan-out, so that a swap cannot hide."""

from itertools import permutations
from typing import NamedTuple

from weightinit.schemes.registry import HeParams


class Pair(NamedTuple):
    """The two fans of a layer."""

    fan_in: int
    fan_out: int


class Sloped(NamedTuple):
    """The fans of a layer and the slope of the leaky ReLU before it; slope 0 is ReLU."""

    fan_in: int
    fan_out: int
    a: float

    @property
    def fans(self) -> Pair:
        return Pair(self.fan_in, self.fan_out)


class Square(NamedTuple):
    """Layers of equal width without weights yet: how wide, how many."""

    width: int
    depth: int


class TwoSlopes(NamedTuple):
    """The fans of a layer, and the slopes of the activation before it, left and right of 0."""

    fan_in: int
    fan_out: int
    left: float
    right: float

    @property
    def fans(self) -> Pair:
        return Pair(self.fan_in, self.fan_out)


class Deep(NamedTuple):
    """A network of equal layers."""

    width: int
    std: float
    depth: int

    @property
    def variance(self) -> float:
        return self.std**2


class Convolution(NamedTuple):
    """A convolution along one axis: channels, kernel positions, groups and stride."""

    inputs: int
    outputs: int
    kernel: int
    groups: int = 1
    stride: int = 1


class Alternating(NamedTuple):
    """A network whose widths alternate: the first, the second, the first again, and how many layers."""

    first: int
    second: int
    depth: int

    @property
    def narrow(self) -> int:
        return min(self.first, self.second)

    @property
    def wide(self) -> int:
        return max(self.first, self.second)


class Heads(NamedTuple):
    """The width of an attention layer."""

    width: int

    @property
    def fused(self) -> tuple[int, int]:
        """The shape of its query, key and value weights in one array, outputs first."""
        return 3 * self.width, self.width

    @property
    def separate(self) -> tuple[int, int]:
        """The shape of each in an array of its own."""
        return self.width, self.width


class Net(NamedTuple):
    """A network of unequal layers: widths with the input first, and a standard deviation of weights for each layer."""

    activation: str
    widths: tuple[int, ...]
    stds: tuple[float, ...]
    bias_std: float
    level: int

    @property
    def fan_in(self) -> int:
        return self.widths[self.level - 1]

    @property
    def fan_out(self) -> int:
        return self.widths[self.level]

    @property
    def std(self) -> float:
        return self.stds[self.level - 1]

    @property
    def variance(self) -> float:
        return self.std**2


#: Every ordered pair of seven widths.
PAIRS = [Pair(*pair) for pair in permutations((2, 3, 10, 64, 256, 784, 4096), 2)]
#: Layers small enough to enumerate every outcome of their weights.
SMALL = [Pair(3, 2), Pair(2, 3)]
#: An index that differs from the last one in both small layers.
FIRST = 1
DEEP = [Deep(256, 0.01, 50), Deep(64, 0.25, 7), Deep(100, 0.09, 20)]
#: The layers that pages use as examples.
MNIST = [Pair(784, 256)]
NARROWING = [Pair(300, 100)]
#: Slopes of a leaky ReLU: first those of ReLU and of the linear function.
SLOPES = [0.0, 1.0, 0.01, 0.2, -0.5]
SLOPED = [Sloped(*pair, a) for pair in PAIRS for a in SLOPES]
SLOPED_SMALL = [Sloped(*pair, a) for pair in SMALL for a in SLOPES]
TWO_SLOPES = [TwoSlopes(*pair, left, 1.5) for pair in PAIRS for left in SLOPES]
TWO_SLOPES_SMALL = [TwoSlopes(*pair, left, 1.5) for pair in SMALL for left in SLOPES]
#: The absolute value is leaky ReLU with this slope.
ABSOLUTE = [Sloped(*pair, -1.0) for pair in PAIRS]
#: A convolution's shape, outputs first; and its fans and a leaky ReLU.
CONVOLUTION_SHAPE = [(128, 64, 3, 3)]
SLOPED_CONVOLUTION = [Sloped(576, 1152, 0.2)]
#: Ends of a range of integration.
ENDS = [1.0, 3.0, 6.0]
#: Networks small enough to enumerate the signs of all weights.
TINY = [Square(1, 4), Square(2, 1), Square(2, 3), Square(3, 1)]
#: Layers of equal width, and how many.
EQUAL = [Deep(256, 1 / 16, 52)]
#: Convolutions small enough to enumerate; and others of which the connections are counted, one by one.
CONVOLUTIONS = [Convolution(2, 3, 2), Convolution(3, 2, 2), Convolution(1, 2, 3)]
UNIT_STRIDE = [Convolution(2, 3, 3), Convolution(4, 6, 3, 2), Convolution(4, 8, 3, 4), Convolution(6, 2, 5, 2)]
COUNTED = [*UNIT_STRIDE, Convolution(2, 3, 4, 1, 2), Convolution(4, 6, 6, 2, 3), Convolution(3, 6, 3, 3, 2)]
#: Positions beside the kernel's middle, and positions in all, of zero-padded convolutions: (1, 7) has kernel 3.
PADDED = [(1, 7), (2, 9), (3, 5), (2, 2)]
#: Convolutions with one group for each input channel.
DEPTHWISE = [Convolution(2, 6, 3, 2), Convolution(4, 4, 5, 4), Convolution(3, 6, 3, 3)]
#: Widths of whole networks, input first; and networks whose widths alternate, either width first.
CHAINS = [(128, 512, 64, 300), (10, 3, 7), (5, 4, 3, 2, 9)]
ALTERNATING = [Alternating(128, 512, 20), Alternating(7, 3, 8)]
HEADS = [Heads(64), Heads(768)]
#: The first layer of many image networks: 3 colours to 64 channels, kernel 7 by 7.
FIRST_IMAGE = [Pair(3 * 49, 64 * 49)]
#: Networks in which everything differs from layer to layer, and the layer looked at.
NETS = [
    Net(activation, (30, 50, 40, 70), (0.2, 0.12, 0.25), bias_std, level)
    for activation, bias_std in (("relu", 0.3), ("tanh", 0.0), ("sigmoid", 0.5), ("gelu", 0.2))
    for level in (2, 3)
]
RELU_NETS = [Net("relu", (30, 50, 40, 70), (0.2, 0.12, 0.25), bias, level) for bias in (0.3, 0.0) for level in (2, 3)]
FIRST_LAYERS = [Net("relu", (30, 50, 40, 70), (0.2, 0.12, 0.25), 0.3, 1), Net("tanh", (7, 3), (0.4,), 0.0, 1)]
UNBIASED = [net for net in RELU_NETS if not net.bias_std]
#: The activation of the small layers whose outcomes are enumerated: neither odd nor piecewise linear.
CURVED = "gelu"
#: A layer that is neither the first nor the last of any network in DEEP.
INNER = 3
#: Formats of floating-point numbers.
FLOAT16, FLOAT32 = ["float16"], ["float32"]
#: A claim about constants or about one distribution needs no input.
ONCE = [None]

#: He's rule with slope one is the rule of a linear layer; counted over fan-out, it is the backward condition.
BACKWARD_RULE: HeParams = {"a": 1.0, "mode": "fan_out"}


class Start(NamedTuple):
    """A small network with one hidden layer: how it starts, and its activation function."""

    start: str
    activation: str


#: Two of the hidden units start equal; nothing else is.
TWINS = [Start("twins", "tanh"), Start("twins", "sigmoid")]
#: All hidden units are equal, and so are all weights of the hidden layer.
EQUAL_UNITS = [Start("equal", "tanh"), Start("equal", "sigmoid")]
ZERO_WEIGHTS = [Start("zeros", "tanh"), Start("zeros", "relu")]
ZERO_OUTPUT = [Start("zero output", "tanh"), Start("zero output", "sigmoid")]


class Bend(NamedTuple):
    """A scaled exponential linear unit: how deep it goes left of 0, and its scale."""

    alpha: float
    scale: float


#: Units of which none keeps mean 0 and second moment 1.
BENDS = [Bend(1.0, 1.0), Bend(0.5, 2.0), Bend(2.0, 0.7)]
#: Exponents, and ends of the range over which an exponential is integrated.
EXPONENTIALS = [(k, b) for k in (1, 2) for b in (1.0, 4.0)]
#: Places at which LeCun's tanh is bent.
PLACES = [-2.0, -0.5, 0.3, 1.7]


#: The slope that PyTorch's linear and convolutional layers give the leaky ReLU that they do not have.
ROOT_FIVE = [Sloped(*pair, 5**0.5) for pair in PAIRS]
#: Layers of equal width, 50 of them and one more in between; and the fans of a convolution from 64 to 128 channels.
FIFTY = [Square(width, 51) for width in (64, 256, 784)]
CONVOLUTION_FANS = [Pair(576, 1152)]


class FanInNet(NamedTuple):
    """A ReLU or sigmoid network whose layers all follow one rule of the fan-in; widths with the input first."""

    scheme: str
    widths: tuple[int, ...]
    activation: str = "relu"


class Contest(NamedTuple):
    """So many schemes that are all the same, and so many runs of each."""

    schemes: int
    seeds: int


FAN_IN_RULES = ("he", "lecun", "fan_in_uniform")
FAN_IN_NETS = [FanInNet(name, widths) for name in FAN_IN_RULES for widths in ((64, 32, 32, 10), (30, 50, 40, 70, 20))]
FAN_IN_SIGMOID = [net._replace(activation="sigmoid") for net in FAN_IN_NETS]
#: The network that the exercise on twenty layers asks for.
TWENTY_LAYERS = [FanInNet("lecun", (64, *[32] * 19, 10))]
#: A layer that is neither the first nor the last of FAN_IN_NETS.
BETWEEN = 2
#: Pre-activations on both sides of the sigmoid's steepest place, and that place.
AROUND = [-3.0, -0.5, 0.0, 2.0]
#: Contests small enough to enumerate every order of their runs; and those of the text.
CONTESTS = [Contest(2, 1), Contest(2, 2), Contest(2, 3), Contest(3, 2), Contest(4, 1), Contest(2, 4)]
FIVE_SEEDS = [Contest(2, 5)]
EIGHT_SCHEMES = [Contest(8, 5)]


class Scaled(NamedTuple):
    """Equal layers without biases: the activation, how wide, the gain, how many."""

    activation: str
    width: int
    gain: float
    depth: int

    @property
    def std(self) -> float:
        return float(self.gain / self.width**0.5)

    @property
    def variance(self) -> float:
        return self.gain**2 / self.width


STRAIGHT = [Scaled("linear", 100, 0.1, 50), Scaled("linear", 64, 1.5, 7), Scaled("linear", 300, 2.0, 20)]
HALVED = [Scaled("relu", 100, 0.1, 50), Scaled("relu", 64, 1.5, 7), Scaled("relu", 300, 2.0, 20)]
SQUASHED = [Scaled("tanh", 256, gain, 12) for gain in (0.5, 1.0, 2.0, 16.0)]
#: Weights so large that almost every unit is saturated.
FAR_TANH, FAR_SIGMOID = [Scaled("tanh", 256, 1e4, 12)], [Scaled("sigmoid", 256, 1e4, 12)]
SIGMOID = ["sigmoid"]
#: Numbers of layers.
DEPTHS, FIFTY_LAYERS = [1, 7, 50], [50]
#: The filters of the four sizes of convolutions in a VGG network.
FILTERS = [(64, 128, 256, 512)]
#: The width of layers whose weights do not have mean 0.
SHIFTED_WIDTH = [256]
#: The standard deviation of weights that was usual before the rules of the fans.
USUAL_STD = 0.01


#: Where a normal distribution is cut, in standard deviations.
CUTS = [2.0]
#: What is asked of PyTorch's trunc_normal_ in many vision models.
ASKED = [0.02]
#: The width of an attention layer whose query, key and value weights lie in one array.
FUSED = [Heads(64), Heads(768)]

#: A layer from 400 inputs to 100 outputs.
FOUR_RULES = [Pair(400, 100)]


class Branches(NamedTuple):
    """A residual network: how many branches, and how many layers in each."""

    blocks: int
    layers: int


#: Biases of a sigmoid output or gate, and how often a rare class occurs.
GATE_BIASES, RARE = [-3.0, 0.0, 1.0, 2.0], 0.01
#: How many steps a gate is to remember.
MEMORIES = [2.0, 12.5, 100.0]
#: Numbers of classes: two, ten digits, the tokens of GPT-2.
CLASSES = [2, 10, 50257]
#: Layers with more outputs than inputs.
WIDENING = [Pair(3, 5), Pair(2, 7)]
#: Factors on all weights of a layer.
FACTORS = [0.1, 2.0, 10.0]
RESIDUAL = [Branches(50, 2), Branches(8, 3), Branches(3, 4)]
#: Inputs of a unit, the same for a narrow and a wide layer.
ADAM_WIDTHS = [3, 64]
#: Sizes of columns small enough to enumerate, and a width beyond which 1/width is lost in rounding.
COLUMNS, VERY_WIDE = [2, 3], 1e13
#: The indices of those columns.
SECOND = 2


class Connected(NamedTuple):
    """A layer, and how many connections each unit has, or each input if they are counted from below."""

    fan_in: int
    fan_out: int
    connections: int

    @property
    def fans(self) -> Pair:
        return Pair(self.fan_in, self.fan_out)


#: Layers of few connections, small enough to enumerate their places and values; and more of which only the places are.
CONNECTED_SMALL = [Connected(3, 2, 2), Connected(2, 3, 1), Connected(3, 2, 1)]
CONNECTED = [Connected(4, 3, 2), Connected(3, 4, 2), Connected(5, 2, 3), Connected(2, 5, 1)]
CONNECTED_BY_INPUT = [Connected(4, 3, 2), Connected(3, 4, 2), Connected(2, 5, 3), Connected(5, 2, 1)]
#: How many connections a rule is asked for.
NUMBERS_OF_CONNECTIONS = [2, 15, 100]
#: What the first users of sparse initialization took for tanh: connections, and standard deviation of their weights.
SCALED_SPARSE = [(15, 0.25)]
#: The layer that the page on them uses as its example.
CONNECTED_MNIST = [Connected(784, 256, 15)]


class NewTask(NamedTuple):
    """A task for an output layer that starts at zero: its classes, the labeled examples of each, the features."""

    classes: int
    examples: int
    features: int


NEW_TASKS = [NewTask(3, 2, 4), NewTask(5, 3, 2)]
#: Labeled examples of one class, few enough to enumerate what they may be.
FEW = [2, 3, 4]
#: Networks of which all numbers are counted: widths with the input first.
COUNTED_NETWORKS = [(144, 48, 48, 5), (784, 256, 100, 7), (3, 5, 2)]
COUNTED_EXERCISE = [(784, 256, 7)]
