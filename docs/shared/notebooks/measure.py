# ---
# ko:
#   title: 직접 재어 보기
#   description: 층이 많은 신경망을 만들어 층마다 신호의 크기를 재고, 잘못된 초기화를 찾아 고칩니다.
# en:
#   title: Measure a network
#   description: Build a deep network, measure the size of the signal at each layer, find the wrong initialization and repair it.
# ---
# ruff: noqa: E501

# %% [markdown] lang="ko"
# # 직접 재어 보기 {#measure}
#
# 층이 많은 신경망을 만들고, 층마다 활성값이 얼마나 퍼져 있는지 재어 봅니다. 코드를 고쳐 가며 다시 실행해 보세요.

# %% [markdown] lang="en"
# # Measure a network {#measure}
#
# Build a network of many layers and measure how widely the activations of each layer spread. Change the code
# and run it again.

# %%
import matplotlib.pyplot as plt
import numpy as np

import weightinit

DEPTH, WIDTH, BATCH = 50, 512, 64
rng = np.random.default_rng(2010)
x = rng.standard_normal((BATCH, WIDTH), dtype=np.float32)

# %% [markdown] lang="ko"
# ## 재는 도구 {#tools}
#
# `measure`는 가중치를 뽑고, 입력을 끝 층까지 보내고, 층마다 활성값의 2차 적률을 돌려줍니다. 2차 적률의
# 제곱근은 신호의 크기입니다. `table`은 그 크기를 몇몇 층에서 적고, `plot`은 모든 층에서 그립니다.

# %% [markdown] lang="en"
# ## The tools {#tools}
#
# `measure` draws the weights, sends the input to the last layer and returns the second moment of the activations
# of each layer. Its square root is the size of the signal. `table` prints that size for a few layers, `plot` draws
# it for all.


# %%
def measure(scheme, activation):
    weights = weightinit.random_network([WIDTH] * (DEPTH + 1), scheme, rng=rng)
    _, post = weightinit.forward(x, weights, activation)
    return np.array([np.mean(h.astype(np.float64) ** 2) for h in post])


def table(moments):
    print("layer  size")
    for layer in (1, 2, 3, 10, 25, 50):
        print(f"{layer:5d}  {np.sqrt(moments[layer - 1]):.3g}")


def plot(**curves):
    _, axes = plt.subplots(figsize=(6.4, 3.2), dpi=144, facecolor="none")
    styles = [("#c2571a", "--", "s"), ("#3a86c8", "-", "o")]
    for (name, moments), (colour, dash, mark) in zip(curves.items(), styles, strict=False):
        layers = np.arange(1, DEPTH + 1)
        axes.semilogy(layers, np.sqrt(moments), dash, color=colour, marker=mark, markevery=7, label=name)
    axes.set(facecolor="none", xlabel="layer", ylabel="size of the activations")
    # A grey that can be read on white and on black
    for part in (*axes.spines.values(), axes.xaxis.label, axes.yaxis.label):
        part.set_color("#808080")
    axes.tick_params(which="both", colors="#808080")
    axes.legend(frameon=False, labelcolor="#808080")
    plt.show()


# %% [markdown] lang="ko"
# ## 작은 난수로 시작하면 {#small-start}
#
# 표준편차가 0.01인 가중치와 tanh를 씁니다.

# %% [markdown] lang="en"
# ## Starting from small random numbers {#small-start}
#
# The weights have standard deviation 0.01, the activation function is tanh.

# %%
small = measure(0.01, "tanh")
table(small)

# %% [markdown] lang="ko"
# 끝 층에 이르면 신호가 사라집니다. 까닭은 한 층의 배율에 있습니다. 활성값이 작으면 tanh는 입력을 거의 그대로
# 내보내므로, 층을 하나 지날 때마다 2차 적률에 팬인과 가중치 분산의 곱이 곱해집니다. 그 곱이 1보다 훨씬
# 작습니다.

# %% [markdown] lang="en"
# The signal is gone before the last layer. The reason is the factor of one layer. Where activations are small, tanh
# passes its input on almost unchanged, so each layer multiplies the second moment by the fan-in times the variance
# of the weights. That product is far below one.

# %%
factor = WIDTH * 0.01**2
measured = (small[-1] / small[9]) ** (1 / 40)
print(f"predicted factor {factor:.4f}, measured factor {measured:.4f}")

assert small[-1] < 1e-20 * small[0]
assert factor < 0.1
assert abs(measured / factor - 1) < 0.02

# %% [markdown] lang="ko"
# ## 고치기 {#repair}
#
# 배율이 1이 되도록 분산을 정하면 됩니다. Xavier 초기화가 그렇게 합니다.

# %% [markdown] lang="en"
# ## The repair {#repair}
#
# The variance has to be chosen so that the factor is one. That is what Xavier initialization does.

# %%
xavier = measure("xavier", "tanh")
table(xavier)

assert np.isclose(WIDTH * weightinit.variance("xavier", WIDTH, WIDTH), 1)
assert np.all(np.sqrt(xavier) > 0.05)

# %% alt_ko="층에 따른 활성값의 크기. 작은 난수는 곧게 떨어지고 Xavier는 훨씬 천천히 줄어듦." alt_en="Size of the activations by layer: small random numbers fall in a straight line, Xavier falls far more slowly."
plot(small=small, xavier=xavier)

# %% [markdown] lang="ko"
# 세로축은 로그 눈금입니다. 작은 난수의 신호는 층마다 같은 비율로 줄어들고, Xavier 초기화의 신호는 끝 층까지
# 살아 있습니다. 다만 tanh가 큰 값을 눌러서 천천히 줄어듭니다.

# %% [markdown] lang="en"
# The vertical axis is logarithmic. With small random numbers the signal shrinks by the same ratio at each layer; with
# Xavier initialization it is still there at the last layer. It does shrink slowly, because tanh compresses large
# values.

# %%
assert xavier[-1] < xavier[0]

# %% [markdown] lang="ko"
# ## ReLU로 바꾸면 {#relu}
#
# 같은 Xavier 초기화에 ReLU를 써 봅니다. ReLU는 음수를 0으로 만들어 2차 적률을 절반으로 줄입니다.

# %% [markdown] lang="en"
# ## With ReLU instead {#relu}
#
# Now the same Xavier initialization with ReLU, which replaces negative values by zero and so halves the second moment.

# %%
halved = measure("xavier", "relu")
table(halved)
per_layer = (halved[-1] / halved[0]) ** (1 / (DEPTH - 1))
print(f"factor per layer {per_layer:.3f}")

assert abs(per_layer - 0.5) < 0.03

# %% [markdown] lang="ko"
# He 초기화는 분산을 두 배로 하여 그 절반을 되돌립니다. 너비가 유한하므로 신호의 크기는 층마다 오르내립니다.

# %% [markdown] lang="en"
# He initialization doubles the variance and so gives that half back. The width is finite, so the size of the signal
# still goes up and down from layer to layer.

# %%
he = measure("he", "relu")
table(he)

variances = [weightinit.variance(scheme, WIDTH, WIDTH) for scheme in ("xavier", "he")]
assert np.isclose(variances[1], 2 * variances[0])
assert 0.1 < he[-1] / he[0] < 10

# %% alt_ko="층에 따른 활성값의 크기. ReLU에서 Xavier는 곧게 떨어지고 He는 거의 그대로임." alt_en="Size of the activations by layer: with ReLU, Xavier falls in a straight line and He stays almost level."
plot(xavier=halved, he=he)

# %% [markdown] lang="ko"
# ## 더 해 보기 {#more}
#
# - `WIDTH`를 반으로 줄이고 처음부터 다시 실행해 보세요. 표준편차 0.01은 너비가 달라지면 다른 배율이 됩니다.
# - `"he"`에 `"tanh"`를 써 보세요. 배율이 1보다 크지만 신호는 커지지 않습니다. 까닭을 포화에서 찾아보세요.

# %% [markdown] lang="en"
# ## More to try {#more}
#
# - Halve `WIDTH` and run everything again. At another width, a standard deviation of 0.01 is another factor.
# - Use `"he"` with `"tanh"`. The factor is above one, yet the signal does not grow. Look for the reason in saturation.

# %%
tanh_he = measure("he", "tanh")
assert WIDTH * weightinit.variance("he", WIDTH, WIDTH) > 1
assert tanh_he[-1] < tanh_he[0]
