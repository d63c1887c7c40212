"""Where PyTorch, Keras and JAX differ from this package, they still do, each as the pages say (needs all three).
PyTorch, Keras, JAX가 이 패키지와 다르게 동작하는 곳마다, 책에 적은 그 차이가 지금도 그대로인지 확인합니다."""

import math
import os
import subprocess
import sys
from importlib import import_module
from typing import Any

import numpy as np
import pytest

import weightinit as wi
from weightinit.sampling import truncated_normal
from weightinit.schemes.delta_orthogonal import delta_orthogonal
from weightinit.schemes.identity import dirac
from weightinit.schemes.sparse import sparse
from weightinit.schemes.variance_scaling import variance_scaling
from weightinit.truncation import truncated_std

os.environ.setdefault("KERAS_BACKEND", "jax")
SQUARE = (1000, 1000)
#: five standard deviations of the std of a million numbers, if they are normal; less than that if cut
CLOSE = 5 / math.sqrt(2e6)


@pytest.fixture
def torch() -> Any:
    package = pytest.importorskip("torch")
    package.manual_seed(0)
    return package


@pytest.fixture
def keras() -> Any:
    return pytest.importorskip("keras")


@pytest.fixture
def jax() -> Any:
    return pytest.importorskip("jax")


@pytest.fixture
def key(jax: Any) -> Any:
    return jax.random.key(0)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def array(values: Any) -> np.ndarray:
    """Numbers of any package as float64."""
    return np.asarray(values.detach() if hasattr(values, "detach") else values).astype(np.float64)


def spread(values: Any) -> float:
    """The root of the second moment: all means are 0."""
    return math.sqrt(np.mean(array(values) ** 2))


def fills(values: Any, limit: float) -> bool:
    """Whether N uniform numbers end where they should: the largest is further off once in 10**8 times."""
    return 1 - 20 / array(values).size < abs(array(values)).max() / limit < 1 + 1e-6


def built(layer: Any, shape: tuple[int | None, ...]) -> Any:
    layer.build(shape)
    return layer


# Truncated normal numbers


def test_pytorch_truncates_at_absolute_bounds_so_that_a_small_std_is_not_truncated_at_all(torch: Any) -> None:
    asked = 0.02
    truncated = torch.nn.init.trunc_normal_(torch.empty(SQUARE), std=asked)
    torch.manual_seed(0)
    assert torch.equal(truncated, torch.nn.init.normal_(torch.empty(SQUARE), std=asked))  # bit for bit
    assert abs(truncated).max() > 4 * asked
    ours = asked * truncated_normal(SQUARE, rng=rng())
    assert abs(ours).max() <= 2 / truncated_std(2) * asked * (1 + 1e-6)


def test_truncation_loses_an_eighth_of_the_std_that_only_this_package_always_gives_back(
    torch: Any, keras: Any, jax: Any, key: Any
) -> None:
    asked, left = 0.02, 0.8796256610342398
    assert truncated_std(2) == pytest.approx(left, rel=1e-15)
    theirs = [
        torch.nn.init.trunc_normal_(torch.empty(SQUARE), std=asked, a=-2 * asked, b=2 * asked),
        keras.initializers.TruncatedNormal(stddev=asked, seed=0)(SQUARE),
        jax.nn.initializers.truncated_normal(asked)(key, SQUARE),
    ]
    for values in theirs:
        assert spread(values) / asked == pytest.approx(left, rel=CLOSE)
        assert 1.999 < abs(array(values)).max() / asked < 2 + 1e-6
    for values in (
        asked * truncated_normal(SQUARE, rng=rng()),
        keras.initializers.VarianceScaling(asked**2 * 1000, seed=0)(SQUARE),
        jax.nn.initializers.variance_scaling(asked**2 * 1000, "fan_in", "truncated_normal")(key, SQUARE),
    ):
        assert spread(values) / asked == pytest.approx(1, rel=CLOSE)
        assert 1.999 < abs(array(values)).max() * left / asked < 2 + 1e-6


def test_jax_says_both_of_its_truncated_std(jax: Any) -> None:
    said = " ".join(jax.nn.initializers.truncated_normal.__doc__.split())
    assert "truncated normal distribution with mean ``0`` and standard deviation ``stddev``" in said  # not so
    assert "stddev: optional; the standard deviation of the untruncated distribution." in said


def test_keras_on_pytorch_lets_some_truncated_numbers_through() -> None:
    pytest.importorskip("keras"), pytest.importorskip("torch")
    code = "import keras; print(abs(keras.initializers.TruncatedNormal(stddev=1.0, seed=0)((4000, 1000))).max().item())"
    environment = os.environ | {"KERAS_BACKEND": "torch"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    # it draws four times and takes the first that lies inside: all four miss once in 4.3e-6
    assert float(run.stdout) > 2.3
    assert abs(truncated_std(2) * truncated_normal((4000, 1000), rng=rng())).max() < 2 + 1e-6


def test_keras_on_jax_does_not(keras: Any) -> None:
    assert keras.backend.backend() == "jax"
    assert abs(array(keras.initializers.TruncatedNormal(stddev=1.0, seed=0)((4000, 1000)))).max() < 2


def test_jax_divides_complex_truncated_numbers_by_a_constant_that_is_too_small(jax: Any, key: Any) -> None:
    """The constant lacks the division by the probability to lie inside: the std is 0.93 % too large."""
    inside = 1 - math.exp(-4)  # probability that a complex standard normal number has a modulus below 2
    truth = math.sqrt(1 - 4 * math.exp(-4) / inside)
    assert (truth, math.sqrt(1 - 5 * math.exp(-4))) == pytest.approx((0.961961828, 0.953111644), abs=5e-10)
    drawn = np.asarray(jax.nn.initializers.he_normal()(key, SQUARE, "complex64")).astype(complex)
    ratio = math.sqrt(np.mean(abs(drawn) ** 2) / wi.variance("he", 1000, 1000))
    assert ratio == pytest.approx(truth / 0.95311164380491208, rel=CLOSE / 2)
    assert ratio > 1.008  # negative control: with the true constant it would be 1


# Sparse, Dirac, delta-orthogonal


def test_pytorch_takes_the_values_of_sparse_from_its_generator_but_not_the_places(torch: Any) -> None:
    def drawn(seed: int) -> Any:
        torch.manual_seed(seed)
        generator = torch.Generator().manual_seed(5)
        return torch.nn.init.sparse_(torch.empty(50, 40), 0.5, generator=generator)

    one, other = drawn(0), drawn(1)
    both = (one != 0) & (other != 0)
    assert torch.equal(one[both], other[both]) and not torch.equal(one != 0, other != 0)
    np.random.seed(0)
    before = sparse((50, 40), rng=rng())
    np.random.seed(1)
    assert np.array_equal(before, sparse((50, 40), rng=rng()))


def test_pytorch_fixes_the_zeros_of_an_input_and_this_package_those_of_a_unit(torch: Any) -> None:
    theirs = array(torch.nn.init.sparse_(torch.empty(50, 40), 0.5)) != 0
    ours = sparse((50, 40), rng=rng(), connections=20) != 0
    assert set(theirs.sum(axis=0)) == {25} and len(set(theirs.sum(axis=1))) > 5
    assert set(ours.sum(axis=1)) == {20} and len(set(ours.sum(axis=0))) > 5


def test_pytorch_accepts_any_sparsity(torch: Any) -> None:
    assert not torch.nn.init.sparse_(torch.empty(50, 40), 1.5).any()
    negative = torch.nn.init.sparse_(torch.empty(50, 40), -0.2)
    assert set(array(negative == 0).sum(axis=0)) == {40}  # all but the last ten, by the rules of a slice
    for connections in (0, -1, 41):
        with pytest.raises(ValueError, match=f"connections must be .*, got {connections}"):
            sparse((50, 40), rng=rng(), connections=connections)


def test_pytorch_sparse_is_small_by_default(torch: Any) -> None:
    theirs = array(torch.nn.init.sparse_(torch.empty(SQUARE), 0.5))
    ours = sparse(SQUARE, rng=rng(), connections=500)
    assert spread(theirs[theirs != 0]) == pytest.approx(0.01, rel=math.sqrt(2) * CLOSE)
    assert spread(ours[ours != 0]) == pytest.approx(1, rel=math.sqrt(2) * CLOSE)


@pytest.mark.parametrize(("size", "theirs", "ours"), [(2, 1, 0), (3, 1, 1), (4, 2, 1), (5, 2, 2), (6, 3, 2)])
def test_an_even_kernel_has_another_centre_in_pytorch_than_in_jax_and_here(
    torch: Any, jax: Any, key: Any, size: int, theirs: int, ours: int
) -> None:
    copied = array(torch.nn.init.dirac_(torch.empty(3, 3, size)))
    assert np.flatnonzero(copied.any(axis=(0, 1))).tolist() == [theirs]
    assert np.flatnonzero(dirac((3, 3, size)).any(axis=(0, 1))).tolist() == [ours]
    delta = array(jax.nn.initializers.delta_orthogonal()(key, (size, 3, 3)))
    assert np.flatnonzero(delta.any(axis=(1, 2))).tolist() == [ours]
    own = delta_orthogonal((size, 3, 3), rng=rng(), layout="in_out")
    assert np.flatnonzero(own.any(axis=(1, 2))).tolist() == [ours]


def test_jax_calls_the_gain_of_an_orthogonal_matrix_the_bound_of_a_uniform_one(jax: Any, key: Any) -> None:
    for build in (jax.nn.initializers.orthogonal, jax.nn.initializers.delta_orthogonal):
        assert "scale: the upper bound of the uniform distribution." in build.__doc__
    assert np.linalg.svd(array(jax.nn.initializers.orthogonal(3.0)(key, (4, 4))))[1] == pytest.approx(3, rel=1e-5)


# Seeds


@pytest.mark.parametrize("seed", [None, 3])
def test_a_keras_initializer_gives_the_same_numbers_at_each_call(keras: Any, seed: int | None) -> None:
    initializer = keras.initializers.HeNormal(seed=seed)
    assert np.array_equal(initializer((30, 40)), initializer((30, 40)))
    one, other = (built(keras.layers.Dense(4, kernel_initializer=initializer), (None, 3)) for _ in range(2))
    assert np.array_equal(one.kernel, other.kernel)
    source = rng()
    assert not np.array_equal(wi.he_normal((30, 40), rng=source), wi.he_normal((30, 40), rng=source))


def test_a_seed_generator_is_the_cure(keras: Any) -> None:
    initializer = keras.initializers.HeNormal(seed=keras.random.SeedGenerator(3))
    assert not np.array_equal(initializer((30, 40)), initializer((30, 40)))


# Fixed scales


def test_the_uniform_of_jax_is_not_symmetric(jax: Any, key: Any) -> None:
    values = array(jax.nn.initializers.uniform(0.1)(key, SQUARE))
    assert 0 <= values.min() < 1e-6 and values.max() < 0.1
    assert values.mean() == pytest.approx(0.05, rel=5 / math.sqrt(3e6))
    assert wi.random_uniform(SQUARE, 0.1, rng=rng()).min() < -0.0999


def test_the_uniform_of_pytorch_is_not_symmetric_either(torch: Any) -> None:
    values = array(torch.nn.init.uniform_(torch.empty(SQUARE)))
    assert 0 <= values.min() < 1e-5 and fills(values, 1)
    assert fills(wi.random_uniform(SQUARE, rng=rng()), 0.05)


def test_default_scales_differ(torch: Any, keras: Any, jax: Any, key: Any) -> None:
    of_keras, of_jax = keras.initializers, jax.nn.initializers
    assert spread(torch.nn.init.normal_(torch.empty(SQUARE))) == pytest.approx(1, rel=CLOSE)
    assert spread(of_keras.RandomNormal(seed=0)(SQUARE)) == pytest.approx(0.05, rel=CLOSE)
    assert spread(of_jax.normal()(key, SQUARE)) == pytest.approx(0.01, rel=CLOSE)
    assert spread(wi.random_normal(SQUARE, rng=rng())) == pytest.approx(0.01, rel=CLOSE)
    assert fills(of_keras.RandomUniform(seed=0)(SQUARE), 0.05)
    assert fills(of_jax.uniform()(key, SQUARE), 0.01)
    assert spread(of_keras.TruncatedNormal(seed=0)(SQUARE)) == pytest.approx(0.05 * truncated_std(2), rel=CLOSE)
    assert spread(of_jax.truncated_normal()(key, SQUARE)) == pytest.approx(0.01 * truncated_std(2), rel=CLOSE)
    assert not array(of_keras.Constant()((2, 3))).any()
    assert keras.initializers.VarianceScaling().get_config().items() >= {
        "scale": 1.0, "mode": "fan_in", "distribution": "truncated_normal"
    }.items()  # fmt: skip


def test_default_embeddings_differ_by_more_than_a_factor_of_thirty(torch: Any, keras: Any) -> None:
    theirs = spread(torch.nn.Embedding(1000, 1000).weight)
    assert theirs == pytest.approx(1, rel=CLOSE)
    assert theirs * math.sqrt(768) == pytest.approx(27.712813, rel=CLOSE)  # std of the logits if they are tied
    table = built(keras.layers.Embedding(1000, 1000), (None,)).embeddings
    assert fills(table, 0.05)
    assert spread(table) == pytest.approx(0.028868, rel=CLOSE)


# Default layers


def test_linear_and_convolution_layers_of_pytorch_have_small_weights_and_random_biases(torch: Any) -> None:
    nn = torch.nn
    for layer in (nn.Linear(784, 2560), nn.Conv2d(16, 256, 7), nn.Conv1d(98, 800, 8)):
        shape = tuple(layer.weight.shape)
        fan_in, fan_out = wi.fans(shape)
        limit = wi.bound("fan_in_uniform", fan_in, fan_out)
        assert limit == pytest.approx(fan_in**-0.5, rel=1e-15)
        assert fills(layer.weight, limit) and fills(layer.bias, limit)
        assert limit < 0.6 * min(wi.bound(scheme, fan_in, fan_out) for scheme in ("lecun", "he"))


def test_the_default_of_pytorch_is_kaiming_only_by_name(torch: Any) -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(784, 256).weight
    torch.manual_seed(0)
    named = torch.nn.init.kaiming_uniform_(torch.empty(256, 784), a=math.sqrt(5))
    assert torch.equal(layer, named)
    assert spread(layer) ** 2 / wi.variance("he", 784, 256) == pytest.approx(1 / 6, rel=0.02)


def test_kaiming_without_a_nonlinearity_is_that_of_relu_and_the_slope_counts_for_leaky_relu_alone(torch: Any) -> None:
    def drawn(**options: Any) -> Any:
        torch.manual_seed(0)
        return torch.nn.init.kaiming_normal_(torch.empty(50, 40), **options)

    assert torch.equal(drawn(), drawn(nonlinearity="relu"))
    assert torch.equal(drawn(nonlinearity="relu", a=5.0), drawn(nonlinearity="relu"))
    assert not torch.equal(drawn(a=5.0), drawn())
    with pytest.raises(ValueError, match="takes no slope"):
        wi.gain("relu", a=5.0)


@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_recurrent_layers_of_pytorch_are_uniform_by_their_width_and_have_two_biases(torch: Any, name: str) -> None:
    layer = getattr(torch.nn, name)(10, 400)
    assert [key for key, _ in layer.named_parameters()] == [
        "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"
    ]  # fmt: skip
    for values in layer.parameters():
        assert fills(values, 1 / math.sqrt(400)) or values.numel() < 1000
        assert abs(array(values)).max() > 0.9 / math.sqrt(400)
    # ours would look at the ten inputs
    assert wi.bound("fan_in_uniform", 10, 400) > 6 * abs(array(layer.weight_ih_l0)).max()


def test_recurrent_layers_of_keras_are_xavier_and_orthogonal_with_a_forget_bias_of_one(keras: Any) -> None:
    lstm = built(keras.layers.LSTM(100, seed=0), (None, 5, 200)).cell
    assert lstm.kernel.shape == (200, 400)
    assert fills(lstm.kernel, wi.bound("xavier", 200, 400))  # four gates count as one layer:
    assert fills(lstm.kernel, wi.bound("xavier", 200, 100) * math.sqrt(300 / 600))
    recurrent = array(lstm.recurrent_kernel)
    assert np.allclose(recurrent @ recurrent.T, np.eye(100), atol=1e-5)
    assert array(lstm.bias).reshape(4, 100).tolist() == [[0] * 100, [1] * 100, [0] * 100, [0] * 100]
    without = built(keras.layers.LSTM(100, unit_forget_bias=False), (None, 5, 200)).cell
    assert not array(without.bias).any()
    gru = built(keras.layers.GRU(100, seed=0), (None, 5, 200)).cell
    assert not array(gru.bias).any() and fills(gru.kernel, wi.bound("xavier", 200, 300))


def test_attention_of_pytorch_halves_the_variance_of_its_fused_projection(torch: Any) -> None:
    fused = torch.nn.MultiheadAttention(256, 4)
    assert fused.in_proj_weight.shape == (768, 256)
    ours = wi.bound("xavier", 256, 256)
    assert fills(fused.in_proj_weight, ours / math.sqrt(2))
    assert fills(fused.out_proj.weight, 1 / math.sqrt(256)) and not array(fused.out_proj.bias).any()
    assert not array(fused.in_proj_bias).any()
    apart = torch.nn.MultiheadAttention(256, 4, kdim=128, vdim=192)
    assert fills(apart.q_proj_weight, ours)
    assert fills(apart.k_proj_weight, wi.bound("xavier", 128, 256))


def test_attention_of_keras_names_its_axes_and_does_not(keras: Any) -> None:
    layer = keras.layers.MultiHeadAttention(4, 64, seed=0)
    layer.build((None, 5, 256), (None, 5, 256))
    query = next(weight for weight in layer.weights if weight.path.endswith("query/kernel"))
    assert query.shape == (256, 4, 64) and fills(query, wi.bound("xavier", 256, 256))
    # negative control: without the axes the shape would be read as that of a convolution
    assert not fills(query, wi.bound("xavier", *wi.fans((256, 4, 64), layout="in_out")))


# Fans that are not in the shape


def test_transposed_convolutions_swap_the_fans(torch: Any, keras: Any) -> None:
    """8 channels to 64: the fan-in is that of the 8, both take that of the 64."""
    true = 8 * 9
    layer = torch.nn.ConvTranspose2d(8, 64, 3)
    assert layer.weight.shape == (8, 64, 3, 3)
    assert torch.nn.init._calculate_fan_in_and_fan_out(layer.weight) == (64 * 9, true)
    assert fills(layer.weight, 1 / math.sqrt(64 * 9))
    kernel = built(keras.layers.Conv2DTranspose(64, 3, kernel_initializer="he_uniform"), (None, 9, 9, 8)).kernel
    assert kernel.shape == (3, 3, 64, 8)
    assert fills(kernel, wi.bound("he", 64 * 9, true))
    assert not fills(kernel, wi.bound("he", true, 64 * 9))
    # what the caller of this package can do: name the axes in the order of the layer
    assert wi.fans((64, 8, 3, 3)).fan_in == true


def test_groups_make_the_fan_out_too_large(torch: Any, keras: Any) -> None:
    """16 channels to 64 in four groups: each input reaches 16 outputs, not 64."""
    weight = torch.nn.Conv2d(16, 64, 3, groups=4).weight
    assert torch.nn.init._calculate_fan_in_and_fan_out(weight) == (4 * 9, 4 * 16 * 9)
    kernel = built(keras.layers.Conv2D(64, 3, groups=4), (None, 9, 9, 16)).kernel
    compute_fans = import_module("keras.src.initializers.random_initializers").compute_fans
    assert compute_fans(kernel.shape) == (4 * 9, 4 * 16 * 9)
    assert wi.fans((16, 4, 3, 3)) == (4 * 9, 16 * 9)  # one group at a time


def test_the_depthwise_kernel_of_keras_counts_channels_that_no_unit_sees(torch: Any, keras: Any) -> None:
    layer = keras.layers.DepthwiseConv2D(3, depthwise_initializer="he_uniform")
    kernel = built(layer, (None, 9, 9, 64)).kernel
    assert kernel.shape == (3, 3, 64, 1)
    assert fills(kernel, wi.bound("he", 64 * 9, 9)) and not fills(kernel, wi.bound("he", 9, 9))
    weight = torch.nn.Conv2d(64, 64, 3, groups=64).weight  # PyTorch is right about the fan-in
    assert torch.nn.init._calculate_fan_in_and_fan_out(weight)[0] == 9


def test_a_matrix_that_multiplies_from_the_right_has_its_fans_swapped_in_pytorch(torch: Any) -> None:
    stored = torch.empty(784, 256)  # for x @ W
    assert torch.nn.init._calculate_fan_in_and_fan_out(stored) == (256, 784)
    assert wi.fans((784, 256), layout="in_out") == (784, 256)


def test_a_vector_has_fans_in_keras_alone(torch: Any, keras: Any, jax: Any, key: Any) -> None:
    assert import_module("keras.src.initializers.random_initializers").compute_fans((3,)) == (3, 3)
    with pytest.raises(ValueError, match="fewer than 2 dimensions"):
        torch.nn.init.xavier_normal_(torch.empty(3))
    with pytest.raises(ValueError, match="1-dimensional"):
        jax.nn.initializers.glorot_normal()(key, (3,))
    with pytest.raises(ValueError, match=r"got \(3,\) with 1"):
        wi.xavier_normal((3,), rng=rng())


# Empty and impossible requests


def test_empty_shapes_divide_by_zero_in_jax_and_come_back_empty_elsewhere(
    torch: Any, keras: Any, jax: Any, key: Any
) -> None:
    for shape in ((0, 3), (3, 0), (3, 5, 0, 4)):
        for build in ("glorot_uniform", "he_normal", "lecun_normal"):
            with pytest.raises(ZeroDivisionError):
                getattr(jax.nn.initializers, build)()(key, shape)
        assert jax.nn.initializers.orthogonal()(key, shape).shape == shape
        assert keras.initializers.HeNormal()(shape).shape == shape
        assert torch.nn.init.orthogonal_(torch.empty(shape)).shape == shape
        with pytest.warns(UserWarning, match="zero-element tensors is a no-op"):
            torch.nn.init.kaiming_normal_(torch.empty(shape))
        with pytest.raises(ValueError, match=r"positive integer, got 0"):
            wi.he_normal(shape, rng=rng())
    assert torch.nn.init.xavier_normal_(torch.empty(0, 3)).shape == (0, 3)
    for shape in ((0, 0), (3, 5, 0, 4)):  # both fans are 0
        with pytest.raises(ZeroDivisionError):
            torch.nn.init.xavier_normal_(torch.empty(shape))


def test_a_negative_scale_is_not_a_number_in_jax(keras: Any, jax: Any, key: Any) -> None:
    assert np.isnan(array(jax.nn.initializers.variance_scaling(-1.0, "fan_in", "normal")(key, (2, 3)))).all()
    for scale in (0.0, -1.0):
        with pytest.raises(ValueError, match="must be positive"):
            keras.initializers.VarianceScaling(scale)
        with pytest.raises(ValueError, match=f"scale must be a finite number > 0, got {scale}"):
            variance_scaling((2, 3), rng=rng(), scale=scale)


def test_names_of_one_package_mean_nothing_or_something_old_in_another(torch: Any, keras: Any) -> None:
    with pytest.raises(ValueError, match="Could not interpret initializer identifier: kaiming_normal$"):
        keras.initializers.get("kaiming_normal")
    with pytest.warns(FutureWarning, match="deprecated in favor of `nn.init.xavier_normal_`"):
        torch.nn.init.xavier_normal(torch.empty(2, 3))
    with pytest.raises(ValueError, match="did you mean 'he'"):
        wi.std("kaiming", 3, 2)


def test_keras_makes_no_identity_kernel(keras: Any) -> None:
    with pytest.raises(ValueError, match="only be used for 2D matrices"):
        keras.initializers.Identity()((3, 3, 3))
    assert dirac((3, 3, 3), layout="in_out").sum() == 3


# Gains


@pytest.mark.parametrize(
    ("name", "convention", "theory"),
    [("sigmoid", 1, 1.846228545), ("tanh", 5 / 3, 1.592537420), ("selu", 3 / 4, 1)],
)
def test_gains_of_pytorch_that_theory_does_not_give(torch: Any, name: str, convention: float, theory: float) -> None:
    assert torch.nn.init.calculate_gain(name) == pytest.approx(convention, rel=1e-15)
    assert wi.gain(name) == pytest.approx(theory, abs=5e-10)


def test_selu_with_the_gain_of_pytorch_does_not_normalize_itself(torch: Any) -> None:
    """The activations sink to 0.2; with gain 1 they stay at 1, as PyTorch's own warning says."""
    after = {}
    for nonlinearity in ("selu", "linear"):
        x = torch.randn(500, 512)
        for _ in range(30):
            weight = torch.nn.init.kaiming_normal_(torch.empty(512, 512), nonlinearity=nonlinearity)
            x = torch.nn.functional.selu(x @ weight.T)
        after[nonlinearity] = spread(x)
    assert 0.15 < after["selu"] < 0.25 and 0.9 < after["linear"] < 1.1
    assert "should use ``nonlinearity='linear'``" in torch.nn.init.calculate_gain.__doc__


@pytest.mark.parametrize("name", ["gelu", "silu", "elu", "softplus", "softsign"])
def test_pytorch_knows_no_gain_for_newer_activations(torch: Any, name: str) -> None:
    with pytest.raises(ValueError, match=f"Unsupported nonlinearity {name}"):
        torch.nn.init.calculate_gain(name)
    assert 1 < wi.gain(name) < 2.4
