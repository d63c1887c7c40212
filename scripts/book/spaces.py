"""Random variables with few outcomes: expectations over them are exact sums, so identities hold to rounding."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations, pairwise, permutations, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import weightinit as wi

from .grids import (
    CURVED,
    Alternating,
    Branches,
    Connected,
    Contest,
    Convolution,
    Deep,
    FanInNet,
    Net,
    NewTask,
    Pair,
    Scaled,
    Square,
    Start,
)
from .texmath import Indexed, Normal, Uniform

Array = NDArray[np.float64]

#: Mean 0 and variance 1, but neither symmetric nor of constant size: nothing beyond the first two moments is assumed.
STANDARD = (np.array([-0.5, 2.0]), np.array([0.8, 0.2]))

#: The standard deviation of pre-activations where a formula holds for any.
SPREAD = 1.5
#: The mean of weights that break the assumption of mean zero.
MEAN = 0.3


def joint(*parts: tuple[Array, Array]) -> tuple[list[Array], Array]:
    """All combinations of independent parts: the columns of outcomes, and the probability of each combination."""
    index = np.array(list(product(*(range(len(p)) for _, p in parts))))
    weights = np.prod([p[index[:, k]] for k, (_, p) in enumerate(parts)], axis=0)
    return [values[index[:, k]] for k, (values, _) in enumerate(parts)], weights


class Two(NamedTuple):
    """Two variables over the same outcomes."""

    x: Array
    y: Array
    weights: Array


@lru_cache
def two() -> Two:
    """Two independent variables, neither of mean zero."""
    (x, y), weights = joint(
        (np.array([-1.0, 0.5, 3.0]), np.array([0.5, 0.2, 0.3])),
        (np.array([-2.0, 1.0, 1.5]), np.array([0.1, 0.6, 0.3])),
    )
    return Two(x, y, weights)


class Layer(NamedTuple):
    """One layer as a random experiment: weights, inputs, what comes out, and the gradients on the way back."""

    w: Indexed
    x: Indexed
    z: Indexed
    delta: Indexed
    g: Indexed
    mean: float
    weights: Array


@lru_cache
def layer(pair: Pair, scheme: str = "xavier", shifted: bool = False) -> Layer:
    """Weights of the scheme's variance; inputs that depend on one another and lack mean zero; the package's z and g."""
    fan_in, fan_out = pair
    mean = MEAN if shifted else 0.0
    entries = [STANDARD] * (fan_in * fan_out)
    inputs = (
        np.array([[1.0, -2.0, 0.5], [0.3, 0.1, 2.0], [-1.0, 1.5, 0.2]])[:, :fan_in],
        np.array([0.5, 0.3, 0.2]),
    )
    above = (np.array([[0.5, -1.0, 0.3], [1.0, 2.0, -0.4]])[:, :fan_out], np.array([0.6, 0.4]))
    (*columns, x, delta), weights = joint(*entries, inputs, above)
    w = mean + wi.std(scheme, *pair) * np.stack(columns, axis=1).reshape(-1, fan_out, fan_in)
    z, g = np.empty((len(w), fan_out)), np.empty((len(w), fan_in))
    through = np.eye(fan_in)
    for k in range(len(w)):
        stack = [through, w[k]]
        pre, post = wi.forward(x[k : k + 1], stack, "linear")
        z[k] = post[-1][0]
        g[k] = wi.backward(stack, pre, delta[k : k + 1], "linear")[0][0]
    return Layer(_entries(w), _entries(x), _entries(z), _entries(delta), _entries(g), mean, weights)


def _entries(values: Array) -> Indexed:
    """Components by their 1-based index, each an array over the outcomes."""
    return Indexed(lambda *index: values[(slice(None), *(i - 1 for i in index))])


def mean_moment(inputs: Indexed, count: int, weights: Array) -> float:
    """The second moment of the inputs, averaged over all of them."""
    moments = [np.sum(weights * np.asarray(inputs.fn(i)) ** 2) for i in range(1, count + 1)]
    return float(np.mean(moments))


class Gaussian(NamedTuple):
    """A normal variable on a dense grid, with a variance that is not 1: a forgotten factor would show."""

    z: Array
    weights: Array


@lru_cache
def gaussian() -> Gaussian:
    """Dense and wide enough for the trapezoid rule to be exact to rounding."""
    z = np.linspace(-12.0, 12.0, 4800)  # an even count: no point at the kink of ReLU
    weights = np.exp(-(z**2) / 2)
    return Gaussian(SPREAD * z, weights / weights.sum())


def activation_moments(case: Deep, activation: str) -> Indexed:
    """m_l, the second moment of layer l's activations, with m_0 = 1: the package's pre-activations over one factor."""
    widths, variances = [case.width] * (case.depth + 2), [case.variance] * (case.depth + 1)
    profile = wi.forward_profile(widths, variances, activation)
    return Indexed(lambda level: float(profile[level] / wi.forward_factor(case.variance, case.width)))


def size_factor(variance: float, fan_in: int) -> float:
    """By what factor the size of a signal, the root of its second moment, grows in one layer."""
    return math.sqrt(wi.forward_factor(variance, fan_in))


def mean(kind: str, u: float, v: float) -> float:
    """The arithmetic or geometric mean."""
    return (u + v) / 2 if kind == "arithmetic" else math.sqrt(u * v)


def centered_normal(variance: float) -> Normal:
    """N(0, variance)."""
    return Normal(0.0, variance)


def symmetric_uniform(limit: float) -> Uniform:
    """U(-limit, limit)."""
    return Uniform(-limit, limit)


class Mirrored(NamedTuple):
    """Pre-activations whose distribution is symmetric about 0, but not normal."""

    z: Array
    weights: Array


@lru_cache
def mirrored(pair: Pair) -> Mirrored:
    """The first output of a layer whose weights are symmetric about 0; the inputs depend on one another."""
    signs = (np.array([-1.0, 1.0]), np.array([0.5, 0.5]))
    inputs = (
        np.array([[1.0, -2.0, 0.5], [0.3, 0.1, 2.0], [-1.0, 1.5, 0.2]])[:, : pair.fan_in],
        np.array([0.5, 0.3, 0.2]),
    )
    (*columns, x), weights = joint(*[signs] * pair.fan_in, inputs)
    return Mirrored(wi.std("he", *pair) * np.sum(np.stack(columns, axis=1) * x, axis=1), weights)


def two_slopes(left: float, right: float) -> Callable[[Array], Array]:
    """A leaky ReLU, stretched so that its right side has any slope."""
    leaky = wi.activation("leaky_relu", left / right)
    return lambda z: np.asarray(right * leaky.f(z), np.float64)


def two_slopes_std(pair: Pair, left: float, right: float) -> float:
    """The standard deviation that keeps signals through such an activation: what is stretched needs less weight."""
    return wi.std("he", *pair, a=left / right) / right


def spread_gaussian() -> Array:
    """The variable of `standard_gaussian` with another standard deviation."""
    u, _ = standard_gaussian()
    return SPREAD * u


def std_by_variance(pair: Pair) -> float:
    """The mistake of keeping the variance of ReLU's output where the second moment counts."""
    return wi.std("lecun", *pair) * variance_gain()


def relu_lengths(case: Deep) -> Indexed:
    """q_l, the second moment of the pre-activations of equal ReLU layers."""
    profile = wi.forward_profile([case.width] * (case.depth + 1), [case.variance] * case.depth, "relu")
    return Indexed(lambda level: float(profile[level - 1]))


def gradient_below(variance: float, fan_out: int, delta: float) -> float:
    """The second moment of the gradient one ReLU layer further down."""
    return float(wi.backward_profile([fan_out, 1, fan_out], [variance, variance], "relu", delta=delta)[0])


class Funnel(NamedTuple):
    """ReLU layers of several widths: widths, standard deviations, second moments forward and of the gradient."""

    n: Indexed
    sigma: Indexed
    q: Indexed
    d: Indexed
    depth: int


def funnel(widths: tuple[int, ...], mode: str) -> Funnel:
    """A network under He with one of the two fans."""
    pairs = [Pair(*pair) for pair in pairwise(widths)]
    variances = [wi.variance("he", *pair, mode=mode) for pair in pairs]
    stds = [wi.std("he", *pair, mode=mode) for pair in pairs]
    forward = wi.forward_profile(widths, variances, "relu")
    backward = wi.backward_profile(widths, variances, "relu")
    return Funnel(
        Indexed(lambda level: widths[level]),
        Indexed(lambda level: stds[level - 1]),
        Indexed(lambda level: float(forward[level - 1])),
        Indexed(lambda level: float(backward[level - 1])),
        len(pairs),
    )


@lru_cache
def dead(net: Square) -> float:
    """The probability that a ReLU network is dead for one input: the signs of all weights are enumerated."""
    rng = np.random.default_rng(0)  # any sizes do: nothing but the signs is assumed
    sizes = np.abs(rng.standard_normal((net.depth, net.width, net.width)))
    x = rng.standard_normal((1, net.width))
    outcomes = [
        wi.forward(x, list(sizes * np.reshape(signs, sizes.shape)), "relu")[1][-1].any()
        for signs in product((-1.0, 1.0), repeat=sizes.size)
    ]
    return 1 - float(np.mean(outcomes))


class Counts(NamedTuple):
    """Connections counted: how many enter an output and leave an input, on average, and how many of each there are."""

    fan_in: float
    fan_out: float
    inputs: int
    outputs: int
    positions: int


@lru_cache
def counted(case: Convolution, transposed: bool = False) -> Counts:
    """Draw every connection of a convolution on a ring of positions, which has no border, and count them.

    A transposed convolution has the connections of a convolution, traversed the other way.
    """
    positions = 2 * case.kernel * case.stride
    reads, makes = (case.outputs, case.inputs) if transposed else (case.inputs, case.outputs)
    drawn = np.zeros((makes, positions // case.stride, reads, positions), dtype=bool)
    for j, p, c, r in np.ndindex(makes, positions // case.stride, reads, case.kernel):
        if j * case.groups // makes == c * case.groups // reads:
            drawn[j, p, c, (p * case.stride + r) % positions] = True
    table = drawn.reshape(makes * (positions // case.stride), reads * positions)
    table = table.T if transposed else table
    outputs, inputs = table.shape
    return Counts(float(table.sum(1).mean()), float(table.sum(0).mean()), inputs, outputs, positions)


def one_group(case: Convolution) -> tuple[int, int, int]:
    """The shape of the weights of one group, outputs first."""
    return case.outputs // case.groups, case.inputs // case.groups, case.kernel


def kernel_size(half: int) -> int:
    """The kernel positions if there are `half` on either side of the middle."""
    return 2 * half + 1


def padded(case: tuple[int, int]) -> float:
    """The connections that enter an output, on average, if the border is padded with zeros; one channel."""
    half, positions = case
    far = np.abs(np.subtract.outer(np.arange(positions), np.arange(positions)))
    return float((far <= half).sum(1).mean())


class Slides(NamedTuple):
    """A convolution as a random experiment; z and g come from the package's passes through the unrolled matrix."""

    w: Indexed
    x: Indexed
    z: Indexed
    delta: Indexed
    g: Indexed
    p: int
    q: int
    r: int
    m: float
    d: float
    weights: Array


@lru_cache
def slides(case: Convolution) -> Slides:
    """Sixteen sets of weights, pairwise independent with mean 0; inputs that depend on one another."""
    inputs, outputs, k = case.inputs, case.outputs, case.kernel
    positions = 2 * k
    bits = np.array(list(product((-1.0, 1.0), repeat=4)))
    subsets = [row for row in product((False, True), repeat=4) if any(row)]
    signs = np.stack([bits[:, np.array(row)].prod(1) for row in subsets], 1)[:, : outputs * inputs * k]
    kernels = wi.std("xavier", *wi.fans(one_group(case))) * signs.reshape(-1, outputs, inputs, k)
    rng = np.random.default_rng(0)  # any numbers do: nothing is assumed of inputs and gradients
    x, delta = rng.standard_normal((3, inputs * positions)), rng.standard_normal((2, outputs * (k + 1)))
    (set_, first, second), weights = joint(
        *((np.arange(float(n)), np.full(n, 1 / n)) for n in (len(kernels), len(x), len(delta)))
    )
    chosen = [column.astype(int) for column in (set_, first, second)]
    z, g = np.empty((len(weights), outputs * (k + 1))), np.empty((len(weights), inputs * positions))
    for n, (s, a, b) in enumerate(zip(*chosen, strict=True)):
        matrix = np.zeros((outputs, k + 1, inputs, positions))
        for at in range(k + 1):
            matrix[:, at, :, at : at + k] = kernels[s]
        stack = [np.eye(inputs * positions), matrix.reshape(len(z[n]), len(g[n]))]
        pre, post = wi.forward(x[a : a + 1], stack, "linear")
        z[n], g[n] = post[-1][0], wi.backward(stack, pre, delta[b : b + 1], "linear")[0][0]
    shown = kernels[chosen[0]], x[chosen[1]], z, delta[chosen[2]], g
    w, ins, outs, back, grads = (
        a.reshape(len(weights), *shape)
        for a, shape in zip(
            shown,
            [(outputs, inputs, k), (inputs, -1), (outputs, -1), (outputs, -1), (inputs, -1)],
            strict=True,
        )
    )
    p, q = 1, k  # the outputs are numbered from 0, and number p sees the inputs p + 1, ..., p + k
    return Slides(
        _entries(w),
        _entries(ins),
        _channels(outs),
        _channels(back),
        _entries(grads),
        p,
        q,
        q - p,
        float(np.mean(weights @ ins[:, :, p : p + k].reshape(len(weights), -1) ** 2)),
        float(np.mean(weights @ back[:, :, q - k : q].reshape(len(weights), -1) ** 2)),
        weights,
    )


def _channels(values: Array) -> Indexed:
    """Values by channel, from 1, and position, from 0."""
    return Indexed(lambda channel, position: values[:, channel - 1, position])


def swapped_moments(widths: tuple[int, ...]) -> Indexed:
    """m_l of ReLU layers under He initialization that takes each layer's fan-out for its fan-in; m_0 = 1."""
    return relu_moments(widths, [wi.variance("he", after, before) for before, after in pairwise(widths)])


def mixed_moments(case: Alternating, misread: str) -> Indexed:
    """The same where widths alternate and only the "widening" or the "narrowing" layers are misread."""
    widths = (case.first, case.second) * (case.depth // 2) + (case.first,)
    fans = [pair[::-1] if (pair[0] < pair[1]) == (misread == "widening") else pair for pair in pairwise(widths)]
    return relu_moments(widths, [wi.variance("he", *pair) for pair in fans])


def relu_moments(widths: tuple[int, ...], variances: list[float]) -> Indexed:
    """m_l, the second moment of layer l's activations, with m_0 = 1."""
    profile = wi.forward_profile(widths, variances, "relu")
    return Indexed(lambda level: wi.mean_square("relu", float(profile[level - 1])) if level else 1.0)


#: The standard deviation of the biases of a small layer, and the second moment of the gradient of a network's output.
BIAS_STD, OUTPUT_GRADIENT = 0.4, 1.7
#: The second moment of the inputs of a network.
INPUT = 0.8


class Curved(NamedTuple):
    """One layer on top of another: pre-activations y below, activations x, pre-activations z, gradients back to y."""

    w: Indexed
    b: Indexed
    y: Indexed
    x: Indexed
    z: Indexed
    delta: Indexed
    gamma: Indexed
    weights: Array


@lru_cache
def curved_layer(pair: Pair) -> Curved:
    """Every outcome of the weights, biases, pre-activations below and gradients above; the package's two passes."""
    fan_in, fan_out = pair
    entries = [STANDARD] * (fan_in * fan_out + fan_out)
    below = (
        np.array([[1.0, -2.0, 0.5], [0.3, 0.1, 2.0], [-1.0, 1.5, 0.2]])[:, :fan_in],
        np.array([0.5, 0.3, 0.2]),
    )
    above = (np.array([[0.5, -1.0, 0.3], [1.0, 2.0, -0.4]])[:, :fan_out], np.array([0.6, 0.4]))
    (*columns, y, delta), weights = joint(*entries, below, above)
    w = wi.std("xavier", *pair) * np.stack(columns[:-fan_out], axis=1).reshape(-1, fan_out, fan_in)
    b = BIAS_STD * np.stack(columns[-fan_out:], axis=1)
    x, z, gamma = np.empty(y.shape), np.empty(b.shape), np.empty(y.shape)
    through, nought = np.eye(fan_in), np.zeros(fan_in)
    for k in range(len(w)):
        stack = [through, w[k]]
        pre, post = wi.forward(y[k : k + 1], stack, CURVED, [nought, b[k]], last="linear")
        x[k], z[k] = post[0][0], pre[1][0]
        gamma[k] = wi.backward(stack, pre, delta[k : k + 1], CURVED, last="linear")[0][0]
    return Curved(
        _entries(w), _entries(b), _entries(y), _entries(x), _entries(z), _entries(delta), _entries(gamma), weights
    )


@lru_cache
def standard_gaussian() -> tuple[Array, Array]:
    """A standard normal variable; the points crowd at 0, so that the kink of ReLU costs nothing."""
    step = 1 / 32
    t = (np.arange(-976, 976) + 0.5) * step
    u = 1e-12 * np.sinh(t)
    weights = np.cosh(t) * np.exp(-(u**2) / 2)
    return u, weights / weights.sum()


def net_lengths(net: Net) -> Indexed:
    """q_l of every layer, by the package's length map."""
    q = [INPUT]
    for layer, std in enumerate(net.stds):
        activation = net.activation if layer else "linear"
        q.append(wi.length_map(q[-1], std**2, net.widths[layer], activation, net.bias_std**2))
    return Indexed(lambda level: q[level])


def input_moment(level: int) -> float:
    """m_0, the second moment of a network's inputs; no other m_l is bound."""
    return {0: INPUT}[level]


def net_gradients(net: Net) -> Indexed:
    """d_l of every layer, by the package's backward factor."""
    q, d = net_lengths(net), {len(net.stds): OUTPUT_GRADIENT}
    for level in range(len(net.stds), 1, -1):
        below = float(str(q.fn(level - 1)))
        factor = wi.backward_factor(net.stds[level - 1] ** 2, net.widths[level], net.activation, below)
        d[level - 1] = factor * d[level]
    return Indexed(lambda level: d[level])


def relu_variance() -> float:
    """The variance of ReLU's output at a standard normal input."""
    u, weights = standard_gaussian()
    return wi.mean_square("relu") - float(np.sum(weights * wi.activation("relu").f(u))) ** 2


def variance_lengths(net: Net) -> Indexed:
    """What q_l would be if only the variance of ReLU's output reached the next layer."""
    q = [INPUT]
    for layer, std in enumerate(net.stds):
        kept = relu_variance() if layer else 1.0
        q.append(wi.forward_factor(std**2, net.widths[layer]) * kept * q[-1])
    return Indexed(lambda level: q[level])


def variance_gain() -> float:
    """The gain that would keep the second moment if only the variance of ReLU's output reached the next layer."""
    return 1 / math.sqrt(relu_variance())


def relu_profile(case: Deep) -> tuple[Indexed, Indexed]:
    """m_l and d_l of equal ReLU layers without biases, by the package's profiles."""
    widths, variances = [case.width] * (case.depth + 1), [case.variance] * case.depth
    lengths = wi.forward_profile(widths, variances, "relu", INPUT)
    gradients = wi.backward_profile(widths, variances, "relu", INPUT, OUTPUT_GRADIENT)
    moments = [INPUT, *(wi.mean_square("relu", float(q)) for q in lengths)]
    return Indexed(lambda level: moments[level]), Indexed(lambda level: float(gradients[level - 1]))


def smallest(precision: str) -> float:
    """The smallest positive number of a format."""
    return float(np.finfo(precision).smallest_subnormal)


def layers_until(number: float, factor: float) -> float:
    """After how many layers the size of the signal, which starts at 1, reaches this number."""
    return 2 * math.log(number) / math.log(factor)


def spreads(width: int) -> Indexed:
    """S_L, the mean of the squared mean square over its squared mean, after L layers of a ReLU network under He."""
    return Indexed(lambda depth: wi.he_relu_spread(width, depth))


def he_unit() -> tuple[Array, float]:
    """One activation over the points of `standard_gaussian`, and m, the mean square of the layer below."""
    u, _ = standard_gaussian()
    return np.asarray(wi.activation("relu").f(math.sqrt(2 * INPUT) * u), np.float64), INPUT


def he_square(width: int) -> float:
    """The mean of the squared mean square one layer above a layer whose mean square is m."""
    return INPUT**2 * wi.he_relu_spread(width, 1)


#: The step that the small networks take.
RATE = 0.4


@lru_cache
def hidden_layer(case: Start, equal_inputs: bool = False) -> dict[str, object]:
    """One example through a hidden and an output layer: every value, every gradient, and what one step makes of it.

    Units p and q of "twins" are equal; the output units never are, since the labels tell them apart.
    """
    inputs, hidden, outputs, p, q = 3, 4, 2, 1, 3
    rng = np.random.default_rng(7)
    weights = [wi.normal(shape, rng=rng, dtype=np.float64) for shape in ((hidden, inputs), (outputs, hidden))]
    biases = [wi.normal((size,), rng=rng, dtype=np.float64) for size in (hidden, outputs)]
    if case.start == "twins":
        for part in (weights[0], biases[0], weights[1].T):
            part[q - 1] = part[p - 1]
    elif case.start == "zero output":
        weights[1][:] = 0
    else:
        for part in (*weights, *biases):
            part[:] = 0.0 if case.start == "zeros" else 0.3
        if case.start == "equal":  # were the outputs' weights equal, too, their gradients would add up to zero
            weights[1] *= np.array([[1.0], [-0.5]])
    x, labels = np.array([[0.5, 0.5, 0.5] if equal_inputs else [0.5, -1.0, 2.0]]), np.array([1])
    pre, post = wi.forward(x, weights, case.activation, biases, last="linear")
    loss, r = wi.cross_entropy(post[-1], labels)
    grad = wi.backward(weights, pre, r, case.activation, last="linear")
    slopes, bias_slopes = wi.weight_gradients(x, post, grad), wi.bias_gradients(grad)
    after = wi.train(
        weights, biases, x, labels, activation=case.activation, rng=rng, learning_rate=RATE, momentum=0.0, batch_size=1
    )
    phi = wi.activation(case.activation)
    return {
        "n": inputs, "m": hidden, "K": outputs, "range i": inputs, "range j": hidden, "range k": outputs,
        "i": 3, "l": 2, "j": 2, "k": 2, "p": p, "q": q, "eta": RATE, "phi": phi.f, "phi'": phi.df,
        "x": x[0].tolist(), "w": _rows(weights[0]), "v": _rows(weights[1]),
        "b": biases[0].tolist(), "c": biases[1].tolist(), "y": [float(label == labels[0]) for label in range(outputs)],
        "z": pre[0][0].tolist(), "h": post[0][0].tolist(), "o": post[1][0].tolist(), "L": loss,
        "r": r[0].tolist(), "delta": grad[0][0].tolist(), "G": _rows(slopes[0]), "A": _rows(slopes[1]),
        "B": bias_slopes[0].tolist(), "C": bias_slopes[1].tolist(),
        "w'": _rows(after.weights[0]), "v'": _rows(after.weights[1]), "b'": after.biases[0].tolist(),
    }  # fmt: skip


def hidden_slope(case: Start) -> float:
    """What the loss's derivative by a hidden unit's activation is multiplied by: delta_j over the sum."""
    x, w, b = (np.array(hidden_layer(case)[name]) for name in "xwb")
    return float(wi.activation(case.activation).df((w @ x + b)[1]))


@lru_cache
def equal_middle() -> dict[str, object]:
    """The middle of three layers whose weights are all equal: what comes in, its gradients, and where they end up."""
    weights = [wi.constant(shape, 0.3, np.float64) for shape in ((3, 2), (4, 3), (2, 4))]
    x, above = np.array([[0.5, -1.0]]), np.array([[0.7, -0.2]])
    pre, post = wi.forward(x, weights, "tanh", last="linear")
    grad = wi.backward(weights, pre, above, "tanh", last="linear")
    slopes = wi.weight_gradients(x, post, grad)
    return {
        "h": post[0][0].tolist(), "delta": grad[1][0].tolist(), "G": _rows(slopes[1]), "j": 4, "i": 3, "s": 2, "t": 1,
    }  # fmt: skip


@lru_cache
def by_hand() -> dict[str, object]:
    """Two inputs, two ReLU units, one output, all weights one half, half the squared error: one step."""
    x, target, rate = np.array([[1.0, 2.0]]), 1.0, 0.4
    weights = [wi.constant((2, 2), 0.5, np.float64), wi.constant((1, 2), 0.5, np.float64)]
    pre, post = wi.forward(x, weights, "relu", last="linear")
    r = post[-1] - target
    grad = wi.backward(weights, pre, r, "relu", last="linear")
    hidden, output = wi.weight_gradients(x, post, grad)
    return {
        "j": 2, "i": 1, "x": x[0].tolist(), "y": target, "eta": rate,
        "w": _rows(weights[0]), "v": weights[1][0].tolist(),
        "z": pre[0][0].tolist(), "h": post[0][0].tolist(), "o": float(post[-1][0, 0]), "r": float(r[0, 0]),
        "delta": grad[0][0].tolist(), "G": _rows(hidden), "A": output[0].tolist(),
        "w'": _rows(weights[0] - rate * hidden), "v'": (weights[1] - rate * output)[0].tolist(),
    }  # fmt: skip


def even_guess() -> float:
    """The loss of a classifier of ten classes whose outputs are all zero."""
    loss, _ = wi.cross_entropy(wi.zeros((1, 10), np.float64), np.array([3]))
    return loss


def _rows(matrix: wi.sampling.Array) -> list[list[float]]:
    """A matrix as a letter with two indices: row, column."""
    rows: list[list[float]] = matrix.tolist()
    return rows


def below_zero(k: int) -> float:
    """p_k, what exp(k u) contributes to its mean where u, standard normal, is negative."""
    u, weights = standard_gaussian()
    return float(np.sum(weights * np.where(u < 0, np.exp(k * np.minimum(u, 0)), 0)))


def normal_cdf(x: float) -> float:
    """The distribution function of the standard normal distribution."""
    return math.erfc(-x / math.sqrt(2)) / 2


def bent(alpha: float, scale: float) -> Callable[[Array], Array]:
    """A scaled exponential linear unit, from the package's ReLU and ELU."""
    relu, elu = wi.activation("relu").f, wi.activation("elu").f
    return lambda u: np.asarray(scale * (relu(u) + alpha * (elu(u) - relu(u))), np.float64)


def sizes_of_gaussian() -> Array:
    """The points of `standard_gaussian` without their signs."""
    u, _ = standard_gaussian()
    return np.abs(u)


def selu_constants() -> tuple[float, float]:
    """The package's alpha and lambda: the slope right of 0, and the floor that SELU falls to on the left, over it."""
    selu = wi.activation("selu")
    scale, floor = (float(part(np.array([x]))[0]) for part, x in ((selu.df, 1.0), (selu.f, -1000.0)))
    return -floor / scale, scale


def selu_slope() -> float:
    """The slope of SELU's length map under LeCun weights, at the second moment that it keeps."""
    _, kept = wi.fixed_points(1.0, "selu")
    return kept.slope


def lecun_bend(x: float) -> float:
    """The second derivative of LeCun's tanh: the package's first one, differentiated by a complex step."""
    return float(np.imag(wi.activation("lecun_tanh").df(np.array([x + 1e-30j]))[0]) / 1e-30)


def sharpest_bend() -> float:
    """Where, right of 0, LeCun's tanh is bent most: the third derivative changes sign there."""
    step = 1e-3

    def third(x: float) -> float:
        near, far = (lecun_bend(x + n * step) - lecun_bend(x - n * step) for n in (1, 2))
        return (8 * near - far) / (12 * step)

    low, high = 0.5, 1.5
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if third(middle) * third(low) > 0 else (low, middle)
    return low


def shrunk_tanh(x: float) -> float:
    """tanh of two thirds of x."""
    return float(wi.activation("tanh").f(np.array([2 / 3 * x]))[0])


def two_valued() -> tuple[float, float]:
    """The second moment of inputs that are -1 or 7, each half of the time: mean 3, standard deviation 4."""
    x = np.array([-1.0, 7.0])
    return float(np.mean(x**2)), float(np.mean(x) ** 2 / np.mean(x**2))


class Apart(NamedTuple):
    """What two inputs make of one network: a neuron's pre-activations y and z, and the next layer's difference."""

    y: Array
    z: Array
    gap: float
    next_gap: float
    weights: Array


@lru_cache
def apart(pair: Pair) -> Apart:
    """Weights and biases of one size, every sign of them: two layers, run by the package, for two inputs at once."""
    size = wi.std("fan_in_uniform", *pair)
    shapes = [(pair.fan_in, 2), (pair.fan_in,), (1, pair.fan_in), (1,)]
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    x = np.array([[0.3, 1.1], [-0.9, 0.8]])  # any two inputs do
    y, z, following = [], [], []
    for signs in product((-1.0, 1.0), repeat=int(ends[-1])):
        parts = np.split(size * np.array(signs), ends[:-1])
        first, bias, second, last = (part.reshape(shape) for part, shape in zip(parts, shapes, strict=True))
        pre, _ = wi.forward(x, [first, second], "relu", [bias, last])
        y.append(pre[0][0, 0])
        z.append(pre[0][1, 0])
        following.append(pre[1][0, 0] - pre[1][1, 0])
    one, two_ = np.array(y), np.array(z)
    return Apart(
        one,
        two_,
        float(np.mean((one - two_) ** 2)),
        float(np.mean(np.square(following))),
        np.full(len(one), 1 / len(one)),
    )


class Positive(NamedTuple):
    """Weights between 0 and a limit, and the pre-activation that they make of equal inputs."""

    w: Array
    z: Array
    x: float
    weights: Array


@lru_cache
def positive(pair: Pair) -> Positive:
    """Three nodes of Gauss and Legendre a weight have the moments of the uniform law, up to the fifth, exactly."""
    nodes, shares = np.polynomial.legendre.leggauss(3)
    one = (wi.bound("fan_in_uniform", *pair) * (nodes + 1) / 2, shares / 2)
    columns, weights = joint(*[one] * pair.fan_in)
    x = np.full((1, pair.fan_in), SPREAD)
    rows = np.stack(columns, axis=1)
    return Positive(columns[0], wi.forward(x, [rows], "linear")[0][0][0], SPREAD, weights)


def point(at: float) -> Uniform:
    """What is left of a uniform distribution if both ends of its interval are one number."""
    return Uniform(at, at)


def left_after(net: Square, activation: str) -> float:
    """What equal layers of uniform weights, 1/sqrt(fan_in), leave of the second moment, first layer to last."""
    variances = [wi.variance("fan_in_uniform", net.width, net.width)] * net.depth
    profile = wi.forward_profile([net.width] * (net.depth + 1), variances, activation)
    return float(profile[-1] / profile[0])


class Chain(NamedTuple):
    """A network under a rule of the fan-in: c, and by layer its widths, standard deviations and both moments."""

    c: float
    n: Indexed
    sigma: Indexed
    q: Indexed
    d: Indexed
    depth: int


def fan_in_net(net: FanInNet) -> Chain:
    """q_l and d_l by the package's profiles, for inputs of second moment 1; c from its factor of a linear layer."""
    stds = [wi.std(net.scheme, *pair) for pair in pairwise(net.widths)]
    variances = [std**2 for std in stds]
    lengths = wi.forward_profile(net.widths, variances, net.activation)
    gradients = wi.backward_profile(net.widths, variances, net.activation, delta=OUTPUT_GRADIENT)
    return Chain(
        wi.forward_factor(variances[0], net.widths[0]),
        Indexed(lambda level: net.widths[level]),
        Indexed(lambda level: stds[level - 1]),
        Indexed(lambda level: float(lengths[level - 1])),
        Indexed(lambda level: float(gradients[level - 1])),
        len(stds),
    )


def ranks_apart(first: Sequence[int], second: Sequence[int]) -> bool:
    """Does every rank of one lie above every rank of the other?"""
    return min(first) > max(second) or min(second) > max(first)


def chance_apart(seeds: int) -> float:
    """The share of all ways to give the ranks of twice so many runs to two schemes that set the two apart."""
    ranks = set(range(2 * seeds))
    ways = [(chosen, ranks.difference(chosen)) for chosen in combinations(sorted(ranks), seeds)]
    return sum(ranks_apart(chosen, sorted(rest)) for chosen, rest in ways) / len(ways)


def pairs_apart(contest: Contest) -> float:
    """The number of pairs of schemes set apart, averaged over every order of all runs."""
    count = contest.schemes * contest.seeds
    orders = list(permutations(range(count)))
    runs = [[order[i :: contest.schemes] for i in range(contest.schemes)] for order in orders]
    return sum(ranks_apart(*pair) for found in runs for pair in combinations(found, 2)) / len(orders)


def many_pairs_apart(contest: Contest) -> float:
    """The same for contests too large to enumerate: the pairs one at a time, for means add up."""
    pairs = combinations(range(contest.schemes), 2)
    return sum(chance_apart(contest.seeds) for _ in pairs)


def scaled_profile(case: Scaled) -> tuple[Indexed, Indexed]:
    """m_l and d_l of equal layers, by the package's profiles."""
    widths, variances = [case.width] * (case.depth + 1), [case.variance] * case.depth
    lengths = wi.forward_profile(widths, variances, case.activation, INPUT)
    gradients = wi.backward_profile(widths, variances, case.activation, INPUT, OUTPUT_GRADIENT)
    moments = [INPUT, *(wi.mean_square(case.activation, float(q)) for q in lengths)]
    return Indexed(lambda level: moments[level]), Indexed(lambda level: float(gradients[level - 1]))


def settled(case: Scaled) -> float:
    """The second moment of the last layer's pre-activations."""
    return float(wi.forward_profile([case.width] * (case.depth + 1), [case.variance] * case.depth, case.activation)[-1])


def tenfold(depth: int) -> float:
    """The gain at which so many linear layers multiply the second moment by ten, found by halving an interval."""
    low, high = 1.0, 10.0
    while high - low > 1e-13:
        gain = (low + high) / 2
        grown = wi.forward_profile([1] * (depth + 1), [gain**2] * depth, "linear")[-1]
        low, high = (low, gain) if grown > 10 else (gain, high)
    return (low + high) / 2


def he_over(std: float, filters: tuple[int, ...]) -> Indexed:
    """By what He's standard deviation that keeps gradients exceeds another, for convolutions of kernel 3 by 3."""
    fans = [wi.fans((count, count, 3, 3)) for count in filters]
    return Indexed(lambda index: wi.std("he", *fans[index - 1], mode="fan_out") / std)


def positive_sum(width: int) -> dict[str, object]:
    """What a layer of equal positive weights, the mean of JAX's uniform, makes of inputs that are all one."""
    mean = 0.01 / 2
    pre, _ = wi.forward(np.ones((1, width)), [wi.constant((1, width), mean, np.float64)], "linear")
    return {"n": width, "mu": mean, "k": float(pre[0][0, 0])}


def border_gain(name: str) -> float:
    """The gain at which the gradient's factor is one if pre-activations are spread so far that slopes are a spike at 0.

    There q is the gain squared times the mean of what the activation tends to on either side, squared.
    """
    phi, step = wi.activation(name), 1 / 64
    z = np.arange(-60 * 64, 60 * 64 + 1) * step
    ends = np.asarray(phi.f(z[[0, -1]]))
    return float(np.sqrt(2 * np.pi * np.mean(ends**2)) / np.sum(np.asarray(phi.df(z)) ** 2 * step))


#: The second moment of a signal that is much too large.
FLOOD = 1e4


def at(fn: Callable[[wi.sampling.Array], wi.sampling.Array], place: float) -> float:
    """A function of arrays at one place."""
    return float(fn(np.array([place]))[0])


def he_normal(pair: Pair) -> Normal:
    """He's normal distribution."""
    return centered_normal(wi.variance("he", *pair))


def he_uniform(pair: Pair) -> Uniform:
    """He's uniform distribution."""
    return symmetric_uniform(wi.bound("he", *pair))


class Cut(NamedTuple):
    """A standard normal variable cut on either side: the share that is left, and its standard deviation."""

    share: float
    std: float


def cut(at: float) -> Cut:
    """Cut at this many standard deviations."""
    return Cut(math.erf(at / math.sqrt(2)), wi.truncated_std(at))


def absolute_cut(std: float, bound: float = 2.0) -> float:
    """At how many standard deviations an absolute bound lies."""
    return bound / std


def normalized_factor(case: Deep) -> float:
    """How a ReLU layer with batch normalization scales the gradient's second moment, whatever its weights' size."""
    removed = wi.forward_factor(case.variance, case.width) * relu_variance()
    return wi.backward_factor(case.variance, case.width, "relu") / removed


def lecun_over_xavier(pair: Pair) -> float:
    """How much larger the one variance is than the other."""
    return wi.variance("lecun", *pair) / wi.variance("xavier", *pair)


def one_point(limit: float) -> Uniform:
    """U(limit, limit): an interval that ends where it begins."""
    return Uniform(limit, limit)


def linear_sigmoid_std(pair: Pair) -> float:
    """What keeps a signal if the sigmoid were the straight line that touches it at 0."""
    return wi.std("lecun", *pair) / float(wi.activation("sigmoid").df(np.zeros(1))[0])


def logit(p: float) -> float:
    """The bias that makes a sigmoid output p."""
    return math.log(p / (1 - p))


def gate(bias: float) -> float:
    """What a sigmoid gate lets through if its weights add nothing."""
    return float(wi.activation("sigmoid").f(np.array([bias]))[0])


def forgetting(bias: float) -> dict[str, object]:
    """A state that its gate multiplies at each step; tau is read off where it stands after t steps."""
    kept, steps = gate(bias), 3
    state = math.prod([kept] * steps)
    return {"f": kept, "t": steps, "tau": -steps / math.log(state)}


def memory(steps: float) -> dict[str, object]:
    """The bias of a gate that loses one part in `steps` at each step."""
    return {"T": steps, "b": logit(1 - 1 / steps), "phi": wi.activation("sigmoid").f}


def hundred_steps() -> float:
    """The bias of a gate that remembers about a hundred steps."""
    return logit(1 - 1 / 100)


def guess(classes: int) -> float:
    """The loss of a classifier whose outputs are all zero."""
    return wi.cross_entropy(wi.zeros((1, classes), np.float64), np.array([classes - 1]))[0]


@lru_cache
def loud_outputs() -> dict[str, object]:
    """The loss L of three outputs that are normal with standard deviation s, and the outputs o."""
    points, chances = np.polynomial.hermite_e.hermegauss(16)
    one = (points * 1.1, chances / chances.sum())
    columns, weights = joint(one, one, one)
    outputs = np.stack(columns, axis=1)
    losses = np.array([wi.cross_entropy(row[None], np.array([1]))[0] for row in outputs])
    return {"L": losses, "o": _entries(outputs), "K": 3, "range k": 3, "s": 1.1, "weights": weights}


@lru_cache
def rotated(pair: Pair) -> dict[str, object]:
    """One input through an orthogonal layer of gain g."""
    rng = np.random.default_rng(0)  # any draw will do: the statement is no expectation
    weights = wi.orthogonal(pair[::-1], rng=rng, gain=SPREAD, dtype=np.float64)
    x = rng.standard_normal((1, pair.fan_in))
    _, post = wi.forward(x, [weights], "linear")
    return {
        "n_in": pair.fan_in, "n_out": pair.fan_out, "g": SPREAD, "x": x[0].tolist(), "z": post[0][0].tolist()
    }  # fmt: skip


#: Three values with the first five moments of the standard normal distribution.
LIKE_NORMAL = (np.array([-math.sqrt(3), 0.0, math.sqrt(3)]), np.array([1 / 6, 2 / 3, 1 / 6]))


@lru_cache
def columns(count: int) -> tuple[Indexed, Array]:
    """Two columns of `count` weights of variance 1/count, with the fourth moment of normal ones."""
    values, weights = joint(*[LIKE_NORMAL] * (2 * count))
    w = np.stack(values, axis=1).reshape(-1, count, 2) / math.sqrt(count)
    return _entries(w), weights


def column_weights(count: int) -> Array:
    """The probabilities of the outcomes of `columns`."""
    return columns(count)[1]


@lru_cache
def products() -> dict[str, object]:
    """a and t after 0, 1 and 2 layers of 2 by 2 weights, with the moments of normal ones up to the fourth.

    a is the mean fourth power of the singular values, t that of the square of their mean square.
    """
    n = 2
    values, weights = joint(*[LIKE_NORMAL] * (2 * n * n))
    first, second = np.stack(values, axis=1).reshape(-1, 2, n, n).transpose(1, 0, 2, 3) / math.sqrt(n)
    a, t = [], []
    for matrix in (np.broadcast_to(np.eye(n), first.shape), first, second @ first):
        gram = matrix @ matrix.transpose(0, 2, 1)
        a.append(float(weights @ np.trace(gram @ gram, axis1=1, axis2=2)) / n)
        t.append(float(weights @ np.trace(gram, axis1=1, axis2=2) ** 2) / n**2)
    return {"n": n, "L": 2, "a": a, "t": t, "weights": weights}


def spread_of_products(width: float) -> tuple[Indexed, Indexed]:
    """a and t after any number of layers, by the recursion that `products` confirms."""

    def pair(depth: int) -> tuple[float, float]:
        a, t = 1.0, 1.0
        for _ in range(depth):
            a, t = (1 + 1 / width) * a + t, t + 2 / width**2 * a
        return a, t

    return Indexed(lambda depth: pair(depth)[0]), Indexed(lambda depth: pair(depth)[1])


@lru_cache
def normalized(c: float) -> dict[str, object]:
    """The loss f of a small classifier as a function of the weights w of a normalized layer, and its gradient f'."""
    rng = np.random.default_rng(3)
    x, labels = rng.standard_normal((6, 3)), np.array([0, 1, 0, 1, 1, 0])
    first, last = rng.standard_normal((4, 3)), rng.standard_normal((2, 4))
    phi = wi.activation("tanh")

    def passes(w: Array) -> tuple[float, Array, Array]:
        z = np.asarray(wi.forward(x, [w.reshape(first.shape)], "linear")[0][0], np.float64)
        s = z.std(axis=1, keepdims=True)
        h: Array = (z - z.mean(axis=1, keepdims=True)) / s
        loss, r = wi.cross_entropy(wi.forward(phi.f(h), [last], "linear")[1][0], labels)
        g = (r @ last) * phi.df(h)
        g = (g - g.mean(axis=1, keepdims=True) - h * (g * h).mean(axis=1, keepdims=True)) / s
        return loss, np.asarray(wi.weight_gradients(x, [z], [g])[0], np.float64).reshape(-1), h

    w = first.ravel()
    z = wi.forward(x, [first], "linear")[0][0][0]
    return {
        "f": lambda v: passes(v)[0], "f'": lambda v: passes(v)[1], "w": w, "c": c, "eta": RATE,
        "z": z.tolist(), "hat z": passes(c * w)[2][0].tolist(), "j": 2,
        "mu": float(z.mean()), "s": float(z.std()), "weights": np.full(w.size, 1 / w.size),
    }  # fmt: skip


def stream(rule: str, blocks: int) -> Indexed:
    """m_l after l blocks of x + F(x): He branches, branches of a share 1/L, or branches whose input is normalized."""
    variance, width = wi.variance("he", 64, 64), 64

    def size(level: int) -> float:
        m = 1.0
        for _ in range(level):
            entering = 1.0 if rule == "normalized" else m
            m += wi.forward_factor(variance / (blocks if rule == "shared" else 1), width, "relu") * entering
        return m

    return Indexed(size)


@lru_cache
def branch_step(case: Branches) -> dict[str, object]:
    """A branch of linear layers that ends in zeros, all others scaled by Fixup's s: what one step makes of it."""
    rng, n = np.random.default_rng(5), 3
    s = case.blocks ** (-1 / (2 * case.layers - 2))
    plain = [rng.standard_normal((n, n)) for _ in range(case.layers - 1)]
    x, delta = rng.standard_normal((1, n)), rng.standard_normal((1, n))
    weights = [*(s * w for w in plain), np.zeros((n, n))]
    pre, post = wi.forward(x, weights, "linear")
    slopes = wi.weight_gradients(x, post, wi.backward(weights, pre, delta, "linear"))
    after = [w - RATE * slope for w, slope in zip(weights, slopes, strict=True)]
    return {
        "L": case.blocks, "m": case.layers, "s": s, "n": n, "eta": RATE, "j": 2,
        "delta": delta[0].tolist(), "k": wi.forward(x, plain, "linear")[1][-1][0].tolist(),
        "F": wi.forward(x, after, "linear")[1][-1][0].tolist(),
    }  # fmt: skip


def additions(case: Branches) -> dict[str, object]:
    """A stream of second moment m_0 to which 2N branches add v each: as they are, and with GPT-2's factor (hat m)."""
    start, variance, width = 0.3, wi.variance("xavier", 64, 300), 64

    def size(level: int, factor: float) -> float:
        m = start
        for _ in range(level):
            m += wi.forward_factor(factor**2 * variance, width)
        return m

    total = 2 * case.blocks
    return {
        "N": case.blocks, "M": total, "v": wi.forward_factor(variance, width),
        "m": Indexed(lambda level: size(level, 1.0)), "hat m": Indexed(lambda level: size(level, 1 / math.sqrt(total))),
    }  # fmt: skip


def deepnorm(case: Branches) -> dict[str, object]:
    """The two constants of a Transformer of N blocks."""
    return {"N": case.blocks, "alpha": (2 * case.blocks) ** 0.25, "beta": (8 * case.blocks) ** -0.25}


def adam_step(width: int) -> dict[str, object]:
    """A unit before and after Adam's first step, which moves every weight by eta against its gradient."""
    rng = np.random.default_rng(7)
    w, x, delta = rng.standard_normal((2, width)), rng.standard_normal((1, width)), rng.standard_normal((1, 2))
    pre, post = wi.forward(x, [w], "linear")
    (slope,) = wi.weight_gradients(x, post, wi.backward([w], pre, delta, "linear"))
    (moved,), _ = wi.forward(x, [w - RATE * np.sign(slope)], "linear")
    return {
        "n": width, "j": 2, "eta": RATE, "x": x[0].tolist(), "z": pre[0][0].tolist(), "z'": moved[0].tolist()
    }  # fmt: skip


#: The standard deviation of the weights of connections, where a formula holds for any.
CONNECTION_STD = 0.7


@lru_cache
def sparse_layer(case: Connected) -> tuple[dict[str, object], Array]:
    """Every choice of places and values in a layer of few connections; the package's z and g; and the probabilities.

    s marks the connections, v are the values that stand there if they are connections, and w the weights.
    """
    (fan_in, fan_out), count = case.fans, case.fan_in * case.fan_out
    inputs = (np.array([[1.0, -2.0, 0.5], [0.3, 0.1, 2.0], [-1.0, 1.5, 0.2]])[:, :fan_in], np.array([0.5, 0.3, 0.2]))
    above = (np.array([[0.5, -1.0, 0.3], [1.0, 2.0, -0.4]])[:, :fan_out], np.array([0.6, 0.4]))
    columns, weights = joint(*[connected(fan_in, case.connections)] * fan_out, *[STANDARD] * count, inputs, above)
    *columns, x, delta = columns
    s = np.stack(columns[:fan_out], axis=1)
    v = CONNECTION_STD * np.stack(columns[fan_out:], axis=1).reshape(s.shape)
    z, g, through = np.empty((len(s), fan_out)), np.empty((len(s), fan_in)), np.eye(fan_in)
    for row, matrix in enumerate(s * v):
        pre, post = wi.forward(x[row : row + 1], [through, matrix], "linear")
        z[row] = post[-1][0]
        g[row] = wi.backward([through, matrix], pre, delta[row : row + 1], "linear")[0][0]
    moments = {
        "m": mean_moment(_entries(x), fan_in, weights),
        "d": mean_moment(_entries(delta), fan_out, weights),
        "sigma": math.sqrt(float(np.mean(np.tensordot(weights, (s * v) ** 2, 1)))),
    }
    shown = {"s": s, "v": v, "w": s * v, "x": x, "z": z, "delta": delta, "g": g}
    numbers = {
        "n_in": fan_in, "n_out": fan_out, "k": case.connections, "tau": CONNECTION_STD,
        "j": fan_out, "p": 1, "i": fan_in, "l": 1,
    }  # fmt: skip
    return {**numbers, **moments, **{name: _entries(values) for name, values in shown.items()}}, weights


def connected(places: int, connections: int) -> tuple[Array, Array]:
    """Every way to mark that many of the places, all equally likely."""
    marks = [row for row in product((0.0, 1.0), repeat=places) if sum(row) == connections]
    return np.array(marks), np.full(len(marks), 1 / len(marks))


@lru_cache
def connected_units(case: Connected, by_input: bool = False) -> tuple[dict[str, object], Array]:
    """Every choice of places alone: for each unit that many inputs, or for each input that many units.

    N_j is the number of connections of a unit and M_i that of an input; P is the probability that one has none.
    """
    (fan_in, fan_out), connections = case.fans, case.connections
    if by_input:
        columns, weights = joint(*[connected(fan_out, connections)] * fan_in)
        s = np.stack(columns, axis=2)
    else:
        columns, weights = joint(*[connected(fan_in, connections)] * fan_out)
        s = np.stack(columns, axis=1)
    of_units, of_inputs = s.sum(axis=2), s.sum(axis=1)
    alone = of_units if by_input else of_inputs
    return {
        "n_in": fan_in, "n_out": fan_out, "k": connections, "r": connections,
        "j": fan_out, "p": 1, "i": fan_in, "l": 1,
        "s": _entries(s), "N": _entries(of_units), "M": _entries(of_inputs),
        "P": float(weights @ (alone[:, 0] == 0)),
    }, weights  # fmt: skip


def connected_std(activation: str, connections: int) -> float:
    """The standard deviation of the weights of connections that keeps the second moment: of a layer with no others."""
    return wi.std("he" if activation == "relu" else "lecun", connections, connections)


@lru_cache
def sigmoid_twin(pair: Pair) -> dict[str, object]:
    """One unit of a sigmoid network, and the tanh network that computes the same: z, u, and the activations a, h."""
    rng = np.random.default_rng(0)  # any numbers do
    w, b = rng.standard_normal((pair.fan_out, pair.fan_in)), rng.standard_normal(pair.fan_out)
    below = rng.standard_normal((1, pair.fan_in))
    _, (a, s) = wi.forward(below, [np.eye(pair.fan_in), w], "sigmoid", [np.zeros(pair.fan_in), b])
    _, (h,) = wi.forward(below / 2, [np.eye(pair.fan_in)], "tanh")
    pre, _ = wi.forward(h, [w / 4], "tanh", [b / 2 + w.sum(axis=1) / 4])
    z, _ = wi.forward(a, [w], "linear", [b])
    return {
        "n_in": pair.fan_in, "i": pair.fan_in, "j": pair.fan_out, "w": _rows(w), "b": b.tolist(),
        "a": a[0].tolist(), "h": h[0].tolist(), "z": z[0][0].tolist(), "u": pre[0][0].tolist(), "s": s[0].tolist(),
        "phi": wi.activation("sigmoid").f,
    }  # fmt: skip


def other_unit(case: Connected) -> dict[str, object]:
    """The places of a unit, of which all but the last are taken from another unit, which is independent of it."""
    letters, _ = connected_units(case)
    s = letters["s"]
    assert isinstance(s, Indexed)
    return {"s": Indexed(lambda j, i: s.fn(j if i == case.fan_in else 1, i))}


def connection_factor(connections: int, std: float) -> float:
    """By what factor a layer of few connections multiplies the second moment, whatever its width."""
    return wi.forward_factor(std**2, connections)


def sparse_example(case: Connected) -> dict[str, object]:
    """A ReLU layer of few connections: their standard deviation, that of its weights, and P, that an input has none."""
    ways = math.comb(case.fan_in - 1, case.connections) / math.comb(case.fan_in, case.connections)
    return {
        "tau": connected_std("relu", case.connections),
        "sigma": wi.std("he", *case.fans),
        "P": ways**case.fan_out,
    }


@lru_cache
def zero_output(case: NewTask) -> dict[str, object]:
    """Frozen features of labeled examples, and the first step of an output layer that starts at zero."""
    classes, examples, features = case
    rng = np.random.default_rng(11)
    labels = np.repeat(np.arange(classes), examples)
    h = wi.normal((len(labels), features), rng=rng, dtype=np.float64) + labels[:, None]  # no class has mean zero
    v = wi.zeros((classes, features), np.float64)
    _, post = wi.forward(h, [v], "relu", last="linear")
    _, r = wi.cross_entropy(post[-1], labels)
    (slopes,), (bias_slopes,) = wi.weight_gradients(h, post, [r]), wi.bias_gradients([r])
    after = wi.train(
        [v], None, h, labels, activation="relu", rng=rng, learning_rate=RATE, momentum=0.0, batch_size=len(labels)
    )
    x = wi.normal((1, features), rng=rng, dtype=np.float64)
    _, out = wi.forward(x, after.weights, "relu", after.biases, last="linear")
    return {
        "K": classes, "n": examples, "N": len(labels), "m": features, "eta": RATE, "k": classes, "j": 2,
        "h": _rows(h), "y": _rows(np.eye(classes)[labels]), "r": _rows(r * len(labels)), "s": len(labels),
        "A": _rows(slopes), "B": bias_slopes.tolist(), "v": _rows(v), "v'": _rows(after.weights[0]),
        "u": _rows(np.array([h[labels == label].mean(axis=0) for label in range(classes)])),
        "bar h": h.mean(axis=0).tolist(), "x": x[0].tolist(), "o": out[-1][0].tolist(),
    }  # fmt: skip


class Examples(NamedTuple):
    """The features of a few examples of one class, over everything they may be."""

    h: Indexed
    weights: Array


@lru_cache
def examples(count: int) -> Examples:
    """Examples are independent of one another; the two features of one are not."""
    one = (np.array([[1.0, -0.5], [0.2, 2.0], [-1.0, 0.7]]), np.array([0.5, 0.2, 0.3]))
    shown, weights = joint(*[one] * count)
    phi = wi.activation("leaky_relu", 0.2)
    return Examples(_entries(np.asarray(phi.f(np.stack(shown, axis=1)), np.float64)), weights)


def example_means(count: int) -> Indexed:
    """u_j, the mean of feature j over the examples."""
    one = examples(count)
    return Indexed(
        lambda feature: np.mean([np.asarray(one.h.fn(number, feature)) for number in range(1, count + 1)], axis=0)
    )


def widths(layers: tuple[int, ...]) -> Indexed:
    """n_l, with n_0 for the input."""
    return Indexed(lambda level: layers[level])


def feature_stds(count: int) -> list[float]:
    """The standard deviation of each feature."""
    one = examples(count)
    columns = [np.asarray(one.h.fn(1, feature)) for feature in (1, 2)]
    return [math.sqrt(float(np.sum(one.weights * (x - np.sum(one.weights * x)) ** 2))) for x in columns]


def whole_variance(count: int) -> float:
    """The variances of all features, added up."""
    return sum(std**2 for std in feature_stds(count))


def separation(count: int) -> float:
    """The squared distance of two class means over the summed variance."""
    return SPREAD**2 / whole_variance(count)


def parameter_counts(widths: tuple[int, ...]) -> list[int]:
    """How many numbers each layer of a network has, biases included."""
    drawn = wi.random_network(widths, "he", rng=np.random.default_rng(0))
    return [weights.size + wi.zeros((len(weights),)).size for weights in drawn]


@lru_cache
def other_mean() -> dict[str, object]:
    """The first layer of an old network on an input, with the old mean taken off and with another mean taken off."""
    rng = np.random.default_rng(5)
    w, b = wi.he_normal((4, 3), rng=rng, dtype=np.float64), wi.normal((4,), rng=rng, dtype=np.float64)
    x, old, new = (wi.normal((1, 3), rng=rng, dtype=np.float64) for _ in range(3))
    z, shifted = (wi.forward(x - mean, [w], "linear", [b])[0][0][0] for mean in (old, new))
    changed = b + (old - new)[0] @ w.T
    return {
        "n": 3, "j": 2, "range i": 3, "w": _rows(w), "b": b.tolist(), "b'": changed.tolist(), "x": x[0].tolist(),
        "a": old[0].tolist(), "a'": new[0].tolist(), "z": z.tolist(), "z'": shifted.tolist(),
    }  # fmt: skip
