"""Training moves the weights as the formula says, and learns handwritten digits if the scheme is a good one.
훈련이 식대로 가중치를 움직이는지, 좋은 초기화에서만 손글씨 숫자를 배우는지 확인합니다."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from tests.support import refused, rng
from weightinit import ACTIVATIONS, activation, backward, forward, normal, random_network, random_normal
from weightinit.network.gradients import bias_gradients, weight_gradients
from weightinit.training.loss import cross_entropy
from weightinit.training.prediction import accuracy, predict
from weightinit.training.sgd import Run, train

WIDTHS = (5, 7, 4, 3)
SAMPLES = 20
LN10 = math.log(10)


def example(dtype=np.float32, widths=WIDTHS):
    """Weights, biases, samples and labels of a small task."""
    generator = rng(1)
    weights = random_network(widths, "he", rng=generator, dtype=dtype)
    biases = [random_normal((width,), 0.5, rng=generator, dtype=dtype) for width in widths[1:]]
    x = normal((SAMPLES, widths[0]), rng=generator, dtype=dtype)
    return weights, biases, x, x[:, : widths[-1]].argmax(axis=1)


def trained(weights, biases, x, labels, **changed):
    settings = {"activation": "tanh", "rng": rng(2), "learning_rate": 0.1, "batch_size": 6, "epochs": 3}
    return train(weights, biases, x, labels, **(settings | changed))


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


# The loss


def test_the_loss_is_minus_the_log_of_the_softmax():
    logits = normal((6, 4), rng=rng(), dtype=np.float64)
    labels = np.array([0, 1, 2, 3, 3, 0])
    share = np.exp(logits) / np.exp(logits).sum(axis=1)[:, None]
    loss, gradient = cross_entropy(logits, labels)
    assert type(loss) is float
    assert loss == pytest.approx(-np.mean([math.log(share[row, label]) for row, label in enumerate(labels)]))
    for index in np.ndindex(logits.shape):
        nudge = np.zeros_like(logits)
        nudge[index] = 1e-6
        slope = (cross_entropy(logits + nudge, labels)[0] - cross_entropy(logits - nudge, labels)[0]) / 2e-6
        assert gradient[index] == pytest.approx(slope, abs=1e-9)
    # negative control: of other labels
    assert not np.allclose(cross_entropy(logits, labels[::-1])[1], gradient, atol=1e-3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_loss_of_equal_outputs_is_the_logarithm_of_the_classes(dtype):
    for classes in (2, 10, 27):
        loss, gradient = cross_entropy(np.full((3, classes), 7, dtype), np.zeros(3, int))
        assert loss == pytest.approx(math.log(classes), rel=1e-6)
        assert gradient.dtype == dtype
    # a certain answer costs nothing if right, and the distance to the largest output if wrong
    certain = np.array([[1e30, 0]], dtype)
    assert cross_entropy(certain, np.array([0]))[0] == 0
    assert cross_entropy(certain, np.array([1]))[0] == pytest.approx(1e30)


def test_logits_stay_as_they_are_and_float32_is_summed_in_float64():
    logits = np.tile(np.float32([0.1, 0.7]), (100_000, 1))
    copy = logits.copy()
    loss, _ = cross_entropy(logits, np.zeros(len(logits), int))
    np.testing.assert_array_equal(logits, copy)
    assert loss == pytest.approx(cross_entropy(logits[:1], np.zeros(1, int))[0], rel=1e-12)


def test_a_loss_that_is_not_finite_is_reported():
    message = "the loss left the range of float32: expected finite logits that are closer together"
    for bad in (math.nan, math.inf, -math.inf):
        with refused(ValueError, message):
            cross_entropy(np.array([[0, bad]], np.float32), np.array([1]))
    with refused(ValueError, message):
        cross_entropy(np.array([[3e38, -3e38]], np.float32), np.array([1]))


# The steps


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_each_step_is_the_formula(name, momentum):
    weights, biases, x, labels = example(np.float64)
    run = trained(weights, biases, x, labels, activation=name, momentum=momentum, epochs=2)
    generator, velocity, losses = rng(2), [0] * 6, []
    parameters = [*weights, *biases]
    for _ in range(2):
        order = generator.permutation(SAMPLES)
        for rows in (order[:6], order[6:12], order[12:18], order[18:]):
            ws, bs = parameters[:3], parameters[3:]
            pre, post = forward(x[rows], ws, name, bs, last="linear")
            loss, output_gradient = cross_entropy(post[-1], labels[rows])
            losses.append(loss)
            grad = backward(ws, pre, output_gradient, name, last="linear")
            slopes = weight_gradients(x[rows], post, grad) + bias_gradients(grad)
            velocity = [momentum * v - 0.1 * slope for v, slope in zip(velocity, slopes, strict=True)]
            parameters = [p + v for p, v in zip(parameters, velocity, strict=True)]
    for found, expected in zip(run.weights + run.biases, parameters, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(run.loss, losses, rtol=1e-12)
    assert run.loss.dtype == np.float64 and run.diverged_at is None
    assert isinstance(run, Run) and Run._fields == ("weights", "biases", "loss", "diverged_at")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("depth", [1, 2, 6])
def test_any_depth_is_trained_in_its_own_dtype(dtype, depth):
    weights, biases, x, labels = example(dtype, (5,) + (8,) * (depth - 1) + (3,))
    copies = [array.copy() for array in (*weights, *biases, x, labels)]
    run = trained(weights, biases, x, labels, epochs=150)
    assert run.loss[-10:].mean() < 0.7 * run.loss[:10].mean()
    for array, start in zip((*run.weights, *run.biases), (*weights, *biases), strict=True):
        assert array.dtype == dtype and array.shape == start.shape
        assert not np.shares_memory(array, start) and not np.array_equal(array, start)
    assert same((*weights, *biases, x, labels), copies)


def test_every_activation_is_trained():
    weights, biases, x, labels = example()
    for name in ACTIVATIONS:
        loss = trained(weights, biases, x, labels, activation=name, learning_rate=0.05, epochs=20).loss
        assert loss[-10:].mean() < 0.9 * loss[:10].mean(), name
    leaky = trained(weights, biases, x, labels, activation=activation("leaky_relu", a=0.5))
    assert not same(leaky.weights, trained(weights, biases, x, labels, activation="leaky_relu").weights)


def test_the_defaults_are_64_samples_once_with_momentum_and_zero_biases():
    weights, _, x, labels = example()
    x, labels = np.tile(x, (7, 1)), np.tile(labels, 7)
    run = train(weights, None, x, labels, activation="tanh", rng=rng(2), learning_rate=0.1)
    assert len(run.loss) == 3  # 140 samples
    zeros = [np.zeros(len(w), np.float32) for w in weights]
    for kwargs, alike in (({}, True), ({"momentum": 0.8}, False), ({"batch_size": 63}, False), ({"epochs": 2}, False)):
        spelled = {"momentum": 0.9, "batch_size": 64, "epochs": 1} | kwargs
        again = train(weights, zeros, x, labels, activation="tanh", rng=rng(2), learning_rate=0.1, **spelled)
        assert same(again.weights, run.weights) == alike


def test_the_seed_decides_everything():
    task = example()
    one, again, other = trained(*task), trained(*task), trained(*task, rng=rng(3))
    assert same((*one.weights, *one.biases, one.loss), (*again.weights, *again.biases, again.loss))
    assert not same(one.weights, other.weights)
    # every sample is seen once an epoch: without steps the losses of an epoch average to that of all samples
    still = trained(*task, learning_rate=1e-30, batch_size=5, epochs=2).loss.reshape(2, 4)
    whole = trained(*task, learning_rate=1e-30, batch_size=SAMPLES, epochs=1).loss
    np.testing.assert_allclose(still.mean(axis=1), whole[0], rtol=1e-6)
    assert not np.allclose(still[0], still[1])  # shuffled anew


def test_progress_is_told_after_each_step():
    task = example()
    told = []
    run = trained(*task, progress=lambda step, loss: told.append((step, loss)))
    assert told == list(enumerate(run.loss.tolist(), 1)) and len(told) == 12
    assert all(type(step) is int and type(loss) is float for step, loss in told)

    def stop(step, _):
        if step == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        trained(*task, progress=stop)


# Divergence


def test_a_run_that_diverges_says_at_which_step():
    weights, biases, x, labels = example()
    told = []
    run = trained(
        weights, biases, x, labels, activation="linear", learning_rate=1e4, progress=lambda *step: told.append(step)
    )
    assert run.diverged_at is not None and run.diverged_at >= 2
    assert len(run.loss) == len(told) == run.diverged_at - 1
    assert np.isfinite(run.loss).all() and all(np.isfinite(a).all() for a in (*run.weights, *run.biases))


def test_the_last_finite_weights_are_kept():
    weights, biases, x, labels = example()
    # the loss itself is out of range: no step is made
    huge = [w * np.float32(1e15) for w in weights]
    run = trained(huge, biases, x, labels, activation="relu")
    assert run.diverged_at == 1 and run.loss.shape == (0,) and run.loss.dtype == np.float64
    assert same((*run.weights, *run.biases), (*huge, *biases))
    assert not np.shares_memory(run.weights[0], huge[0])
    # the loss is finite, but the weights after the step would not be
    run = trained(weights, biases, x, labels, learning_rate=1e300)
    assert run.diverged_at == 1 and len(run.loss) == 0
    assert same((*run.weights, *run.biases), (*weights, *biases))
    # one step is made, the second would not end in range
    once, more = (
        trained(weights, biases, x, labels, activation="linear", learning_rate=1e18, batch_size=SAMPLES, epochs=epochs)
        for epochs in (1, 9)
    )
    assert (once.diverged_at, len(once.loss)) == (None, 1)
    assert (more.diverged_at, len(more.loss)) == (2, 1)
    assert same(more.weights + more.biases, once.weights + once.biases)
    assert not same(more.weights, weights)


# Handwritten digits


def digits():
    """Standardized by one mean and one deviation; of the 1,797, 297 drawn at random are held out."""
    images, labels = load_digits(return_X_y=True)
    images = ((images - images.mean()) / images.std()).astype(np.float32)
    order = rng(0).permutation(len(images))
    return (images[order[297:]], labels[order[297:]]), (images[order[:297]], labels[order[:297]])


LEARN, HELD_OUT = digits()
DEEP = (64,) * 6 + (10,)


def learned(scheme, name="relu", seed=4, epochs=8):
    generator = rng(seed)
    weights = random_network(DEEP, scheme, rng=generator)
    return train(weights, None, *LEARN, activation=name, rng=generator, learning_rate=0.02, epochs=epochs)


def held_out(run, name="relu"):
    return accuracy(run.weights, run.biases, *HELD_OUT, activation=name)


def test_he_and_relu_learn_the_digits_within_seconds():
    start = time.process_time()
    run = learned("he")
    assert held_out(run) > 0.95
    assert time.process_time() - start < 2
    assert run.loss[0] > 2 and run.loss[-24:].mean() < 0.1  # the last epoch
    assert len(run.loss) == 8 * 24


@pytest.mark.parametrize("scheme", ["xavier", "lecun"])
def test_tanh_learns_the_digits_under_xavier_and_lecun(scheme):
    assert held_out(learned(scheme, "tanh"), "tanh") > 0.95


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_small_weights_learn_nothing(name):
    run = learned(0.01, name)
    assert abs(run.loss.reshape(8, 24).mean(axis=1) - LN10).max() < 0.01
    assert held_out(run, name) < 0.2


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_zeros_get_no_gradient_but_for_the_last_bias(name):
    run = learned(0.0, name)
    assert not any(array.any() for array in (*run.weights, *run.biases[:-1]))
    assert run.biases[-1].any()
    assert abs(run.loss.reshape(8, 24).mean(axis=1) - LN10).max() < 0.01
    # the sigmoid of 0 is 1/2, so that the last weights move, and after them the others
    moved = learned(0.0, "sigmoid")
    assert all(w.any() for w in moved.weights[-3:])


def test_large_weights_diverge_with_relu_and_stick_with_tanh():
    diverged = learned(3.0)
    assert diverged.diverged_at is not None and diverged.diverged_at < 10
    assert diverged.loss[0] > 1e6
    stuck = learned(3.0, "tanh")
    assert stuck.diverged_at is None
    assert stuck.loss[0] > 10 and held_out(stuck, "tanh") < 0.6


def spread_over_units(run):
    """Largest difference between the rows of a hidden weight array, which belong to its units."""
    return max(float(np.ptp(w, axis=0).max()) for w in run.weights[:-1])


def test_units_that_start_equal_stay_equal():
    def run(last):
        weights = [np.full((outputs, inputs), 0.05) for inputs, outputs in ((64, 16), (16, 16))]
        x = LEARN[0].astype(np.float64)
        return train([*weights, last], None, x, LEARN[1], activation="tanh", rng=rng(), learning_rate=0.02, epochs=4)

    constant = run(np.full((10, 16), 0.05))
    assert spread_over_units(constant) < 1e-12
    assert np.ptp(constant.weights[0], axis=1).max() > 0.01  # a unit's own weights do become different
    assert np.linalg.matrix_rank(constant.weights[0], tol=1e-9) == 1
    # negative control: random weights in the last layer are enough to tell the units apart
    assert spread_over_units(run(random_normal((10, 16), 0.1, rng=rng(), dtype=np.float64))) > 0.01


# Predictions


def test_a_prediction_is_the_largest_output():
    weights, biases, x, labels = example()
    x *= 9  # so that not everything is in the hands of the biases
    outputs = forward(x, weights, "relu", biases, last="linear")[1][-1]
    predicted = predict(weights, biases, x, activation="relu")
    assert predicted.tolist() == [row.index(max(row)) for row in outputs.tolist()]
    assert len(set(predicted.tolist())) > 1
    # negative controls: an activation after the last layer hides the largest of negative outputs; biases count
    assert predicted.tolist() != forward(x, weights, "relu", biases)[1][-1].argmax(axis=1).tolist()
    assert predicted.tolist() != predict(weights, None, x, activation="relu").tolist()
    share = accuracy(weights, biases, x, labels, activation="relu")
    assert type(share) is float
    assert share == sum(int(a == b) for a, b in zip(predicted, labels, strict=True)) / SAMPLES
    assert accuracy(weights, biases, x, predicted, activation="relu") == 1
    assert accuracy(weights, None, x, predict(weights, None, x, activation="relu"), activation="relu") == 1


# What is refused


def test_bad_labels_are_refused():
    weights, biases, x, labels = example()
    logits = forward(x, weights, "relu", biases)[1][-1]
    for call in (
        lambda bad: trained(weights, biases, x, bad),
        lambda bad: accuracy(weights, biases, x, bad, activation="relu"),
        lambda bad: cross_entropy(logits, bad),
    ):
        expected = "labels must be an integer array of shape (20,), got "
        for bad, got in ((labels.tolist(), "list"), (labels.astype(float), "float64"), (labels > 0, "bool")):
            with refused(TypeError, expected + got):
                call(bad)
        for bad in (labels[1:], labels[:, None], labels[:0]):
            with refused(ValueError, f"{expected}shape {bad.shape}"):
                call(bad)
        for wrong in (-1, 3):
            bad = labels.copy()
            bad[4] = wrong
            with refused(ValueError, f"labels must lie between 0 and 2, got {wrong}"):
                call(bad)
        for kind in (np.uint8, np.int64):
            call(labels.astype(kind))


def test_bad_arrays_are_refused():
    weights, biases, x, labels = example()
    expected = "logits must be a float32 or float64 array of shape (batch, classes), got "
    with refused(TypeError, expected + "list"):
        cross_entropy([[0.0, 1.0]], labels)
    with refused(ValueError, expected + "shape (20,)"):
        cross_entropy(x[:, 0], labels)
    with refused(ValueError, "x must be a float32 or float64 array of shape (samples, inputs), got shape (0, 5)"):
        trained(weights, biases, x[:0], labels[:0])
    with refused(ValueError, "weights[0] must be a float32 or float64 array of shape (outputs, 4), got shape (7, 5)"):
        trained(weights, biases, x[:, :4], labels)
    with refused(ValueError, "biases must be a list of 3 arrays, one for each layer, got 2"):
        trained(weights, biases[1:], x, labels)
    with refused(ValueError, "biases[1] must be a float32 or float64 array of shape (4,), got shape (3,)"):
        trained(weights, [biases[0], biases[2], biases[2]], x, labels)
    with refused(ValueError, "weights must be a list of one or more arrays, one for each layer, got 0"):
        trained([], None, x, labels)
    mixed = "x, weights and biases must have one dtype, got float32 and float64"
    for task in (
        (weights, biases, x.astype(np.float64)),
        (weights, [*biases[:-1], biases[-1].astype(np.float64)], x),
        ([weights[0].astype(np.float64), *weights[1:]], None, x),
    ):
        with refused(TypeError, mixed):
            trained(*task, labels)
    for bad in (math.nan, math.inf):
        spoilt = x.copy()
        spoilt[3, 2] = bad
        with refused(ValueError, "x must be finite, got NaN or infinity"):
            trained(weights, biases, spoilt, labels)
        for place in (0, 2):
            spoilt = [array.copy() for array in weights], [array.copy() for array in biases]
            for arrays in spoilt:
                arrays[place][-1] = bad
                with refused(ValueError, "weights and biases must be finite, got NaN or infinity"):
                    trained(*spoilt, x, labels)
                arrays[place][-1] = 0


def test_bad_settings_are_refused_before_anything_is_drawn():
    generator = rng(2)
    before = generator.bit_generator.state
    for kind, message, bad in (
        (ValueError, "learning_rate must be a finite number > 0, got 0", {"learning_rate": 0}),
        (ValueError, "learning_rate must be a finite number > 0, got -0.1", {"learning_rate": -0.1}),
        (ValueError, "learning_rate must be a finite number > 0, got nan", {"learning_rate": math.nan}),
        (TypeError, "learning_rate must be a finite number > 0, got '0.1'", {"learning_rate": "0.1"}),
        (ValueError, "momentum must be a finite number >= 0, got -0.5", {"momentum": -0.5}),
        (ValueError, "momentum must be less than 1, got 1", {"momentum": 1}),
        (ValueError, "batch_size must be at most 20, the number of samples, got 21", {"batch_size": 21}),
        (ValueError, "batch_size must be a positive integer, got 0", {"batch_size": 0}),
        (TypeError, "batch_size must be a positive integer, got 6.0", {"batch_size": 6.0}),
        (ValueError, "epochs must be a positive integer, got 0", {"epochs": 0}),
        (TypeError, "epochs must be a positive integer, got 1.5", {"epochs": 1.5}),
    ):
        with refused(kind, message):
            trained(*example(), **({"rng": generator} | bad))
    for name in ("lrelu", "relu6"):
        with pytest.raises(ValueError, match=f"^unknown activation '{name}'"):
            trained(*example(), rng=generator, activation=name)
    assert generator.bit_generator.state == before
    with pytest.raises(TypeError, match="^rng must be a NumPy Generator"):
        trained(*example(), rng=np.random.RandomState(0))
    trained(*example(), batch_size=SAMPLES)


NUMBERS = st.one_of(st.floats(), st.integers(-3, 30), st.none(), st.text(max_size=2), st.booleans())


@settings(derandomize=True, deadline=None, max_examples=60)
@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([*ACTIVATIONS, "swich", None]))
def test_any_setting_is_refused_or_ends_in_finite_weights(learning_rate, momentum, batch_size, name):
    try:
        run = trained(
            *example(), learning_rate=learning_rate, momentum=momentum, batch_size=batch_size, activation=name, epochs=2
        )
    except (TypeError, ValueError) as error:
        assert "expected" in str(error) or "must" in str(error)
    else:
        assert all(np.isfinite(array).all() for array in (*run.weights, *run.biases, run.loss))
