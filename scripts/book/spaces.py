"""Random variables with few outcomes: expectations over them are exact sums, so identities hold to rounding."""

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import weightinit as wi

from .grids import CURVED, Alternating, Convolution, Deep, Net, Pair, Square, Start
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
