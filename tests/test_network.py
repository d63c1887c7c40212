"""Real random networks behave as the theory says, and their gradients agree with finite differences.
실제로 뽑은 신경망이 이론대로 동작하고, 그래디언트가 유한 차분으로 구한 값과 맞는지 확인합니다."""

import math
from itertools import pairwise

import numpy as np
import pytest

from tests.support import refused, rng
from weightinit import (
    ACTIVATIONS,
    LayerStats,
    Trace,
    activation,
    backward,
    backward_profile,
    forward,
    forward_profile,
    initialize,
    layer_statistics,
    mean_square_slope,
    normal,
    random_network,
    random_normal,
    random_uniform,
    trace,
    variance,
)
from weightinit.network.gradients import bias_gradients, weight_gradients
from weightinit.schemes.random import random_truncated_normal
from weightinit.schemes.registry import DISTRIBUTIONS

NAMES = list(ACTIVATIONS)
WIDTHS = (7, 5, 6, 3)
BATCH = 4


def example(dtype=np.float64, seed=1):
    """Input, weights, biases and output gradient of a small network of unequal widths."""
    generator = rng(seed)
    x = normal((BATCH, WIDTHS[0]), rng=generator, dtype=dtype)
    weights = random_network(WIDTHS, "lecun", rng=generator, dtype=dtype)
    biases = [random_normal((width,), 0.5, rng=generator, dtype=dtype) for width in WIDTHS[1:]]
    return x, weights, biases, normal((BATCH, WIDTHS[-1]), rng=generator, dtype=dtype)


# Forward and backward


@pytest.mark.parametrize("name", NAMES)
def test_forward_is_the_formula_unit_by_unit(name):
    x, weights, biases, _ = example()
    pre, post = forward(x, weights, name, biases)
    f = ACTIVATIONS[name].f
    h = x
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        s = np.array([[sum(w[j, i] * row[i] for i in range(len(row))) + b[j] for j in range(len(w))] for row in h])
        h = f(s)
        np.testing.assert_allclose(pre[layer], s, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(post[layer], h, rtol=1e-12, atol=1e-14)
    assert len(pre) == len(post) == len(weights)


def test_no_biases_are_biases_of_0():
    x, weights, biases, _ = example()
    zeros = [np.zeros_like(b) for b in biases]
    for without, with_zeros in zip(forward(x, weights, "tanh"), forward(x, weights, "tanh", zeros), strict=True):
        for one, other in zip(without, with_zeros, strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("last", [None, "linear"])
@pytest.mark.parametrize("name", NAMES)
def test_gradient_agrees_with_central_differences(name, last):
    x, weights, biases, output = example()
    pre, post = forward(x, weights, name, biases, last=last)
    grad = backward(weights, pre, output, name, last=last)
    other = backward(weights, pre, output, "tanh" if name == "linear" else "linear", last=last)

    def loss():
        return float((forward(x, weights, name, biases, last=last)[1][-1] * output).sum())

    def difference(array, index, step=1e-6):
        kept = array[index]
        array[index] = kept + step
        above = loss()
        array[index] = kept - step
        below = loss()
        array[index] = kept
        return (above - below) / (2 * step)

    def differences(array):
        return np.reshape([difference(array, index) for index in np.ndindex(array.shape)], array.shape)

    for of, found, wrong in (
        (weights, weight_gradients(x, post, grad), weight_gradients(x, post, other)),
        (biases, bias_gradients(grad), bias_gradients(other)),
    ):
        for layer, array in enumerate(of):
            expected = differences(array)
            np.testing.assert_allclose(found[layer], expected, atol=1e-8)
            # negative control: the derivative of another activation gives another gradient
            if last is None or layer < len(of) - 1:
                assert not np.allclose(wrong[layer], expected, atol=1e-3)


def test_the_last_layer_may_have_another_activation():
    x, weights, biases, output = example()
    pre, post = forward(x, weights, "relu", biases, last="tanh")
    for found, expected in zip(pre, forward(x, weights, "relu", biases)[0], strict=True):
        np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(post[-1], np.tanh(pre[-1]))
    grad = backward(weights, pre, output, "relu", last="tanh")
    np.testing.assert_allclose(grad[-1], output * (1 - np.tanh(pre[-1]) ** 2))
    np.testing.assert_allclose(grad[-2], grad[-1] @ weights[-1] * (pre[-2] > 0))
    alone = forward(x, weights[:1], "relu", last=activation("leaky_relu", a=0.5))[1][0]
    np.testing.assert_array_equal(alone, forward(x, weights[:1], activation("leaky_relu", a=0.5))[1][0])


def test_the_results_share_no_memory_with_the_arguments():
    x, weights, biases, output = example()
    pre, post = forward(x, weights, "linear", biases)
    grad = backward(weights, pre, output, "linear")
    results = [*pre, *post, *grad, *weight_gradients(x, post, grad), *bias_gradients(grad)]
    for number, array in enumerate(results):
        for other in (x, output, *weights, *biases, *results[:number]):
            assert not np.shares_memory(array, other)


def test_slope_of_leaky_relu_enters_as_a_record():
    x, weights, _, output = example()
    leaky = activation("leaky_relu", a=0.3)
    pre, post = forward(x, weights, leaky)
    np.testing.assert_allclose(post[0], np.where(pre[0] > 0, pre[0], 0.3 * pre[0]))
    np.testing.assert_allclose(backward(weights, pre, output, leaky)[-1], output * np.where(pre[-1] > 0, 1, 0.3))
    seen = trace(x, weights, leaky, output)
    assert seen.activation == "leaky_relu"
    np.testing.assert_array_equal(seen.post[-1], post[-1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_types_are_kept_and_arguments_are_left_alone(dtype):
    x, weights, biases, output = example(dtype)
    copies = [array.copy() for array in (x, *weights, *biases, output)]
    for name in NAMES:
        pre, post = forward(x, weights, name, biases)
        grad = backward(weights, pre, output, name)
        for array in (*pre, *post, *grad, *weight_gradients(x, post, grad), *bias_gradients(grad)):
            assert array.dtype == dtype
    for array, copy in zip((x, *weights, *biases, output), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


def test_one_float64_argument_makes_all_results_float64():
    x, weights, biases, output = example(np.float32)
    pre, post = forward(x, weights, "tanh", biases)
    grad = backward(weights, pre, output, "tanh")

    def one_exact(arrays, place):
        return [a.astype(np.float64) if layer == place else a for layer, a in enumerate(arrays)]

    for place in range(3):
        for found in (
            *forward(x.astype(np.float64), weights, "tanh", biases),
            *forward(x, one_exact(weights, place), "tanh", biases),
            *forward(x, weights, "tanh", one_exact(biases, place)),
            backward(one_exact(weights, place), pre, output, "tanh"),
            backward(weights, one_exact(pre, place), output, "tanh"),
            backward(weights, pre, output.astype(np.float64), "tanh"),
            weight_gradients(x.astype(np.float64), post, grad),
            weight_gradients(x, one_exact(post, place), grad),
            weight_gradients(x, post, one_exact(grad, place)),
            bias_gradients(one_exact(grad, place)),
        ):
            assert all(array.dtype == np.float64 for array in found)


def test_trace_is_forward_then_backward():
    x, weights, _, output = example()
    seen = trace(x, weights, "tanh", output)
    pre, post = forward(x, weights, "tanh")
    grad = backward(weights, pre, output, "tanh")
    for found, expected in ((seen.pre, pre), (seen.post, post), (seen.grad, grad)):
        for one, other, width in zip(found, expected, WIDTHS[1:], strict=True):
            assert one.shape == (BATCH, width)
            np.testing.assert_array_equal(one, other)
    assert seen.activation == "tanh"


# Random networks


@pytest.mark.parametrize("scheme", ["xavier", "he", "lecun", "fan_in_uniform"])
def test_networks_are_drawn_layer_by_layer(scheme):
    for kwargs in ({}, {"dtype": np.float64}, *({"distribution": drawn} for drawn in DISTRIBUTIONS)):
        one, other = rng(3), rng(3)
        for drawn, outputs, inputs in zip(
            random_network(WIDTHS, scheme, rng=one, **kwargs), WIDTHS[1:], WIDTHS[:-1], strict=True
        ):
            expected = initialize(scheme, (outputs, inputs), rng=other, **kwargs)
            np.testing.assert_array_equal(drawn, expected)
            assert drawn.dtype == kwargs.get("dtype", np.float32)


def test_he_networks_take_slope_and_mode():
    drawn = random_network((9, 4), "he", rng=rng(), a=0.5, mode="fan_out")[0]
    np.testing.assert_array_equal(drawn, initialize("he", (4, 9), rng=rng(), a=0.5, mode="fan_out"))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_number_is_the_standard_deviation_of_any_distribution(dtype):
    for kwargs in ({}, {"distribution": "normal"}):
        drawn = random_network((9, 4), 0.3, rng=rng(), dtype=dtype, **kwargs)[0]
        np.testing.assert_array_equal(drawn, random_normal((4, 9), 0.3, rng=rng(), dtype=dtype))
    drawn = random_network((9, 4), 0.3, rng=rng(), distribution="uniform", dtype=dtype)[0]
    np.testing.assert_allclose(drawn, random_uniform((4, 9), 0.3 * math.sqrt(3), rng=rng(), dtype=dtype), rtol=1e-6)
    assert drawn.dtype == dtype
    drawn = random_network((9, 4), 0.3, rng=rng(), distribution="truncated_normal", dtype=dtype)[0]
    np.testing.assert_array_equal(drawn, random_truncated_normal((4, 9), 0.3, rng=rng(), dtype=dtype))
    assert random_network((9, 4), 1, rng=rng())[0].dtype == np.float32
    assert not random_network((9, 4), 0, rng=rng())[0].any()


# Theory and experiment: the second moments of many networks are averaged. The mean may be off by Z standard
# errors, which are measured over the networks; a false alarm has probability below 1e-8.

Z, NETWORKS = 5.85, 400
UNEQUAL = (40, 80, 25, 60)


def measured(scheme, name, widths, networks=NETWORKS, **params):
    """Second moments of pre-activations and gradients: mean over networks, and the standard error."""
    generator = rng(5)
    rows = []
    for _ in range(networks):
        x, output = (normal((8, width), rng=generator, dtype=np.float64) for width in (widths[0], widths[-1]))
        weights = random_network(widths, scheme, rng=generator, dtype=np.float64, **params)
        seen = trace(x, weights, name, output)
        rows.append([[np.mean(a * a) for a in seen.pre], [np.mean(a * a) for a in seen.grad]])
    return np.mean(rows, axis=0), np.std(rows, axis=0, ddof=1) / math.sqrt(networks)


def predicted(scheme, name, widths, **params):
    spreads = [variance(scheme, i, o, **params) for i, o in pairwise(widths)]
    q = forward_profile(widths, spreads, name)
    return q, backward_profile(widths, spreads, name, delta=mean_square_slope(name, q[-1]))


@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
def test_theory_of_relu_agrees_with_many_networks(mode):
    mean, error = measured("he", "relu", UNEQUAL, mode=mode)
    for row, theory in enumerate(predicted("he", "relu", UNEQUAL, mode=mode)):
        assert (np.abs(mean[row] - theory) <= Z * error[row]).all()
        assert (error[row] < 0.04 * theory).all()  # so that a factor of 1.3 is seen
    # negative control: the rule of the other mode is far off, forward and backward
    other = {"fan_in": "fan_out", "fan_out": "fan_in"}[mode]
    for row, theory in enumerate(predicted("he", "relu", UNEQUAL, mode=other)):
        assert (np.abs(mean[row] - theory) > Z * error[row]).any()


def test_theory_of_tanh_agrees_with_wide_networks():
    widths = (300, 400, 300, 200)
    mean, error = measured("xavier", "tanh", widths, networks=30)
    for row, theory in enumerate(predicted("xavier", "tanh", widths)):
        # the theory is that of infinite width: it may be off by a few parts in the width
        assert (np.abs(mean[row] - theory) <= Z * error[row] + 3 / 200 * theory).all()
    for row, theory in enumerate(predicted("xavier", "linear", widths)):  # negative control
        assert (np.abs(mean[row] - theory) > Z * error[row] + 3 / 200 * theory).any()


def test_fifty_float32_layers_keep_their_scale_under_he_only():
    x, output = (normal((64, 256), rng=rng(seed)) for seed in (1, 2))
    kept = layer_statistics(trace(x, random_network([256] * 51, "he", rng=rng(3)), "relu", output))
    lost = layer_statistics(trace(x, random_network([256] * 51, "lecun", rng=rng(3)), "relu", output))
    assert 0.1 < kept.activation_std[-1] / kept.activation_std[0] < 10
    # the same draws, each layer smaller by the square root of 2
    np.testing.assert_allclose(lost.activation_std[-1], kept.activation_std[-1] * 2**-25, rtol=1e-4)
    np.testing.assert_allclose(lost.gradient_std[0], kept.gradient_std[0] * 2**-24.5, rtol=1e-4)


# Statistics


def test_statistics_of_a_trace_that_is_known():
    pre = [np.array([[1.0, 3.0]]), np.array([[0.0, 0.0]])]
    post = [np.array([[-0.98, 0.97, 0.96, 0.971]]), np.array([[5.0, -1.0]])]
    grad = [np.array([[2.0, -2.0]]), np.array([[1.0, 1.0]])]
    stats = layer_statistics(Trace(pre, post, grad, "tanh"))
    assert stats.activation_mean.tolist() == pytest.approx([1.921 / 4, 2.0])
    assert stats.activation_std.tolist() == pytest.approx([np.std(post[0]), 3.0])
    assert stats.gradient_std.tolist() == [2.0, 0.0]
    assert stats.saturated.tolist() == [0.5, 1.0]
    for name in ("linear", "sigmoid", "relu", "leaky_relu"):
        assert layer_statistics(Trace(pre, post, grad, name)).saturated.tolist() == [0.0, 0.0]
    assert all(array.dtype == np.float64 and array.shape == (2,) for array in stats)
    assert isinstance(stats, LayerStats)
    assert LayerStats._fields == ("activation_std", "activation_mean", "gradient_std", "saturated")
    assert Trace._fields == ("pre", "post", "grad", "activation")


def test_float32_is_summed_in_float64():
    tenth = np.full((1000, 1000), 0.1, np.float32)
    stats = layer_statistics(Trace([tenth], [tenth], [tenth], "relu"))
    assert stats.activation_mean[0] == pytest.approx(float(np.float32(0.1)), rel=1e-12)
    assert stats.activation_std[0] < 1e-12 and stats.gradient_std[0] < 1e-12


def test_only_a_trace_has_statistics():
    with refused(TypeError, "layer_statistics needs the Trace that trace() returns, got tuple"):
        layer_statistics(([], [], []))


# What is refused


def test_bad_inputs_are_refused():
    _, weights, _, output = example()
    expected = "x must be a float32 or float64 array of shape (batch, inputs), got "
    for bad, got in (([[1.0]], "list"), (None, "NoneType"), (np.ones((2, 7), int), "int64")):
        with refused(TypeError, expected + got):
            forward(bad, weights, "tanh")
    with refused(TypeError, expected + "float16"):
        forward(np.ones((2, 7), np.float16), weights, "tanh")
    for bad in (np.ones(7), np.ones((1, 2, 7)), np.ones((0, 7)), np.ones((2, 0))):
        with refused(ValueError, f"{expected}shape {bad.shape}"):
            forward(bad, weights, "tanh")
    with refused(ValueError, "weights[0] must be a float32 or float64 array of shape (outputs, 8), got shape (5, 7)"):
        trace(np.ones((2, 8)), weights, "tanh", output)


def test_bad_weights_are_refused():
    x, weights, _, output = example()
    pre, _ = forward(x, weights, "tanh")
    for call in (lambda w: forward(x, w, "tanh"), lambda w: backward(w, pre, output, "tanh")):
        expected = "weights must be a list of one or more arrays, one for each layer, got "
        for bad, got in ((None, "NoneType"), (np.ones((3, 5, 7)), "ndarray")):
            with refused(TypeError, expected + got):
                call(bad)
        for bad in ([], ()):
            with refused(ValueError, expected + "0"):
                call(bad)
        chain = "weights[1] must be a float32 or float64 array of shape (outputs, 5), got "
        with refused(ValueError, chain + "shape (5, 6)"):
            call([weights[0], weights[1].T, weights[2]])
        with refused(TypeError, chain + "list"):
            call([weights[0], weights[1].tolist(), weights[2]])
    with refused(
        ValueError, "weights[0] must be a float32 or float64 array of shape (outputs, inputs), got shape (7,)"
    ):
        backward([np.ones(7)], pre, output, "tanh")


def test_bad_biases_are_refused():
    x, weights, biases, _ = example()
    expected = "biases must be a list of 3 arrays, one for each layer, got "
    with refused(TypeError, expected + "float"):
        forward(x, weights, "tanh", 0.0)
    for bad in (biases[:2], []):
        with refused(ValueError, expected + str(len(bad))):
            forward(x, weights, "tanh", bad)
    expected = "biases[1] must be a float32 or float64 array of shape (6,), got "
    with refused(ValueError, expected + "shape (3,)"):
        forward(x, weights, "tanh", [biases[0], biases[2], biases[2]])
    with refused(TypeError, expected + "float"):
        forward(x, weights, "tanh", [biases[0], 0.0, biases[2]])


def test_bad_gradients_are_refused():
    x, weights, _, output = example()
    pre, _ = forward(x, weights, "tanh")
    expected = "output_gradient must be a float32 or float64 array of shape (batch, 3), got "
    with refused(ValueError, expected + "shape (4, 5)"):
        backward(weights, pre, np.ones((4, 5)), "tanh")
    with refused(TypeError, expected + "float"):
        backward(weights, pre, 1.0, "tanh")
    with refused(ValueError, "pre[0] must be a float32 or float64 array of shape (2, 5), got shape (4, 5)"):
        backward(weights, pre, output[:2], "tanh")
    with refused(ValueError, "pre[0] must be a float32 or float64 array of shape (4, 5), got shape (4, 6)"):
        backward(weights, [pre[1], *pre[1:]], output, "tanh")
    with refused(ValueError, "pre must be a list of 3 arrays, one for each layer, got 2"):
        backward(weights, pre[1:], output, "tanh")
    with refused(TypeError, "pre must be a list of 3 arrays, one for each layer, got dict"):
        backward(weights, {}, output, "tanh")


def test_bad_arguments_of_the_weight_gradient_are_refused():
    x, weights, _, output = example()
    pre, post = forward(x, weights, "tanh")
    grad = backward(weights, pre, output, "tanh")
    with refused(TypeError, "x must be a float32 or float64 array of shape (batch, inputs), got list"):
        weight_gradients(x.tolist(), post, grad)
    with refused(ValueError, "grad[0] must be a float32 or float64 array of shape (3, units), got shape (4, 5)"):
        weight_gradients(x[:3], post, grad)
    with refused(ValueError, "post must be a list of 3 arrays, one for each layer, got 2"):
        weight_gradients(x, post[1:], grad)
    with refused(ValueError, "post[1] must be a float32 or float64 array of shape (4, 6), got shape (4, 3)"):
        weight_gradients(x, [post[0], post[2], post[2]], grad)
    for call in (bias_gradients, lambda g: weight_gradients(x, post, g)):
        with refused(ValueError, "grad must be a list of one or more arrays, one for each layer, got 0"):
            call([])
        with refused(TypeError, "grad must be a list of one or more arrays, one for each layer, got ndarray"):
            call(grad[0])
        with refused(ValueError, "grad[1] must be a float32 or float64 array of shape (4, units), got shape (3, 6)"):
            call([grad[0], grad[1][:3], grad[2]])
        expected = "grad[2] must be a float32 or float64 array of shape (4, units), got "
        with refused(ValueError, expected + "shape (3, 3)"):
            call([*grad[:2], grad[2][:3]])
        with refused(TypeError, expected + "NoneType"):
            call([*grad[:2], None])
    with refused(ValueError, "grad[0] must be a float32 or float64 array of shape (batch, units), got shape (4,)"):
        bias_gradients([np.ones(4)])


def test_explosions_and_nan_are_reported_with_their_layer():
    weights = random_network([8] * 31, 1e5, rng=rng())
    x = normal((2, 8), rng=rng(1))
    expected = "expected finite input and weights that do not explode"
    with pytest.raises(ValueError, match=f"^the pre-activations of layer 8 left the range of float32: {expected}$"):
        forward(x, weights, "linear")
    assert len(forward(x, weights[:7], "linear")[0]) == 7
    with pytest.raises(ValueError, match=f"^the gradient of layer 22 left the range of float32: {expected}$"):
        backward(weights[:29], [x] * 29, x, "linear")
    with pytest.raises(ValueError, match="^the pre-activations of layer 1 left the range of float64: expected finite"):
        forward(np.full((2, 8), np.nan), weights, "linear")
    one = np.array([[0.0, 1.0]])  # makes 0 * inf
    with pytest.raises(ValueError, match="^the gradient of layer 1 left the range of float64"):
        backward([np.eye(2), np.diag([np.inf, 1.0])], [one, one], one, "linear")
    infinite = np.array([[np.inf, *[0.0] * 7]])  # makes inf * 0
    with pytest.raises(ValueError, match="^the pre-activations of layer 1 left the range of float64"):
        forward(infinite, [np.eye(8)], "linear")


def test_explosions_within_an_activation_and_of_a_weight_gradient_are_reported():
    steep = activation("leaky_relu", a=1e30)
    x = np.full((2, 8), -1e20, np.float32)
    for call, what in (
        (lambda: forward(x, [np.eye(8, dtype=np.float32)], steep), "activations of layer 1"),
        (lambda: forward(x, [np.eye(8, dtype=np.float32)] * 2, steep), "pre-activations of layer 2"),
        (lambda: backward([np.eye(8, dtype=np.float32)] * 3, [x] * 3, -x, steep), "gradient of layer 3"),
        (lambda: weight_gradients(x, [x, x], [x / 1e10, x]), "weights' gradient of layer 2"),
        (lambda: bias_gradients([x, np.full((2, 1), 3e38, np.float32)]), "biases' gradient of layer 2"),
    ):
        with pytest.raises(ValueError, match=f"^the {what} left the range of float32: expected finite input"):
            call()


def test_unknown_activations_are_refused():
    x, weights, _, output = example()
    for call in (
        lambda: forward(x, weights, "lrelu"),
        lambda: backward(weights, [x], output, "lrelu"),
        lambda: forward(x, weights, "tanh", last="lrelu"),
        lambda: backward(weights, [x], output, "tanh", last="lrelu"),
        lambda: trace(x, weights, "lrelu", output),
    ):
        with pytest.raises(ValueError, match="^unknown activation 'lrelu'.*did you mean 'leaky_relu'"):
            call()


def test_bad_networks_are_refused():
    with refused(ValueError, "widths must be a tuple of at least 2 positive integers, got (3,) with 1"):
        random_network((3,), "he", rng=rng())
    with refused(TypeError, "widths[0] must be a positive integer, got 3.0"):
        random_network((3.0, 4), "he", rng=rng())
    with pytest.raises(ValueError, match=r"^unknown scheme 'glorot'.*did you mean 'xavier'\?$"):
        random_network((3, 4), "glorot", rng=rng())
    with refused(TypeError, "scheme 'xavier' takes no 'a': expected no parameters; only 'he' has a and mode"):
        random_network((3, 4), "xavier", rng=rng(), a=0.0)
    named = "scheme, unless it is a name of SCHEMES, must be a finite number >= 0, got "
    for bad in (-1.0, math.nan):
        with refused(ValueError, named + str(bad)):
            random_network((3, 4), bad, rng=rng())
    for bad in (None, True):
        with refused(TypeError, named + str(bad)):
            random_network((3, 4), bad, rng=rng())
    expected = "weights of one standard deviation take no a or mode: only 'he' does"
    with refused(TypeError, expected):
        random_network((3, 4), 0.1, rng=rng(), a=0.0, mode="fan_in")
    for scheme in ("he", 0.1):
        with refused(
            ValueError,
            "unknown distribution 'gaussian': expected one of 'normal', 'uniform', 'truncated_normal';"
            " did you mean 'normal'?",
        ):
            random_network((3, 4), scheme, rng=rng(), distribution="gaussian")
        with pytest.raises(ValueError, match="^unknown distribution ''"):
            random_network((3, 4), scheme, rng=rng(), distribution="")
        with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
            random_network((3, 4), scheme, rng=None)
        with pytest.raises(TypeError, match="^dtype must be float32 or float64"):
            random_network((3, 4), scheme, rng=rng(), dtype=int)
