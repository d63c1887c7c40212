# ---
# ko:
#   title: 직접 재어 보기
#   description: 층이 많은 신경망을 만들어 층마다 신호의 크기를 재고, 잘못된 초기화를 찾아 고칩니다.
# en:
#   title: Measure a network
#   description: Build a deep network, measure the size of the signal at each layer, find the wrong initialization and repair it.
# install: matplotlib
# ---
# ruff: noqa: E501

# %% [markdown] lang="ko"
# # 직접 재어 보기 {#measure}
#
# 층이 많은 신경망을 만들고, 층마다 활성값이 얼마나 퍼져 있는지 재어 봅니다. 코드를 고쳐 가며 다시 실행해 보세요.
# 한국어 글꼴이 없는 컴퓨터에서도 돌 수 있도록 그래프와 출력의 글자는 영어로 적었습니다.

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
# `measure`는 가중치를 뽑고, 입력을 마지막 층까지 통과시키고, 층마다 활성값의 2차 적률을 돌려줍니다. 2차 적률의
# 제곱근은 신호의 크기입니다. `table`은 층(layer)마다의 크기(size)를 몇 층만 골라 적고, `plot`은 모든 층의
# 크기를 그립니다.

# %% [markdown] lang="en"
# ## The tools {#tools}
#
# `measure` draws the weights, passes the input through every layer and returns the second moment of each layer's
# activations. Its square root is the size of the signal. `table` prints that size for a few layers; `plot` draws
# it for all of them.


# %%
def measure(scheme, activation):
    widths = [WIDTH] * (DEPTH + 1)
    weights = weightinit.random_network(widths, scheme, rng=rng)
    _, post = weightinit.forward(x, weights, activation)
    squares = [h.astype(np.float64) ** 2 for h in post]
    return np.mean(squares, axis=(1, 2))


def table(moments):
    print("layer  size")
    for layer in (1, 2, 3, 10, 25, 50):
        print(f"{layer:5d}  {np.sqrt(moments[layer - 1]):.3g}")


def plot(**curves):
    _, axes = plt.subplots(figsize=(4.5, 3), dpi=168)
    looks = [("#c04a00", "--s"), ("#0072b2", "-o")]
    layers = np.arange(1, DEPTH + 1)
    for name, (color, line) in zip(curves, looks, strict=False):
        size = np.sqrt(curves[name])
        axes.semilogy(layers, size, line, color=color, label=name)
    plt.setp(axes.lines, markevery=7)
    axes.set(xlabel="layer", ylabel="size of the activations")
    axes.legend(frameon=False)
    plt.show()


# %% [markdown] lang="ko"
# ## 작은 난수로 시작하면 {#small-start}
#
# 가중치를 표준편차가 0.01인 정규 분포에서 뽑고, 활성화 함수로 tanh를 씁니다.

# %% [markdown] lang="en"
# ## Starting from small random numbers {#small-start}
#
# The weights are normal with standard deviation 0.01, and the activation function is tanh.

# %%
small = measure(0.01, "tanh")
table(small)

# %% [markdown] lang="ko"
# 마지막 층에 이르면 신호가 사라집니다. 한 층의 배율이 너무 작기 때문입니다. 활성값이 작으면 tanh는 입력을 거의
# 그대로 내보내므로, 층을 하나 지날 때마다 2차 적률에 팬인과 가중치 분산의 곱이 곱해집니다. 그 곱이 1보다 훨씬
# 작습니다.

# %% [markdown] lang="en"
# By the last layer the signal is gone, because the factor of a single layer is too small. Where activations are
# small, tanh passes its input on almost unchanged, so each layer multiplies the second moment by the fan-in times
# the variance of the weights. That product is far below one.

# %%
factor = WIDTH * 0.01**2
measured = (small[-1] / small[9]) ** (1 / 40)
print(f"predicted factor {factor:.4f}")
print(f"measured factor  {measured:.4f}")

assert small[-1] < 1e-20 * small[0]
assert factor < 0.1
assert abs(measured / factor - 1) < 0.02

# %% [markdown] lang="ko"
# ## 고치기 {#repair}
#
# 배율이 1이 되도록 분산을 정하면 됩니다. 팬인과 팬아웃이 같은 이 신경망에서는 Xavier 초기화의 배율이 정확히
# 1입니다.

# %% [markdown] lang="en"
# ## The repair {#repair}
#
# The variance has to be chosen so that the factor is one. In this network, where fan-in equals fan-out, Xavier
# initialization makes it exactly one.

# %%
xavier = measure("xavier", "tanh")
table(xavier)

variance_xavier = weightinit.variance("xavier", WIDTH, WIDTH)
assert np.isclose(WIDTH * variance_xavier, 1)
assert np.all(np.sqrt(xavier) > 0.05)

# %% alt_ko="가로축은 층(layer), 세로축은 로그 눈금으로 그린 활성값의 크기(size of the activations). 작은 난수(small)는 곧게 떨어지고 Xavier는 훨씬 천천히 줄어듦." alt_en="Size of the activations by layer on a logarithmic axis: small random numbers fall in a straight line, Xavier falls far more slowly."
plot(small=small, xavier=xavier)

# %% [markdown] lang="ko"
# 가로축은 층, 세로축은 로그 눈금으로 그린 활성값의 크기입니다. 작은 난수(small)의 신호는 층마다 같은 비율로
# 줄어들고, Xavier 초기화의 신호는 마지막 층까지 살아 있습니다. 다만 tanh가 큰 값을 줄이므로 신호도 천천히
# 줄어듭니다.

# %% [markdown] lang="en"
# The vertical axis is logarithmic. With small random numbers the signal shrinks by the same ratio at each layer; with
# Xavier initialization it is still there at the last one. It does shrink a little, because tanh makes large values
# smaller.

# %%
assert xavier[-1] < xavier[0]

# %% [markdown] lang="ko"
# ## ReLU로 바꾸면 {#relu}
#
# Xavier 초기화는 그대로 두고 활성화 함수만 ReLU로 바꿔 봅니다. ReLU는 음수를 0으로 만들어 2차 적률을 절반으로
# 줄입니다.

# %% [markdown] lang="en"
# ## With ReLU instead {#relu}
#
# Keep Xavier initialization and change only the activation function to ReLU. It replaces negative values by zero and
# so halves the second moment.

# %%
halved = measure("xavier", "relu")
table(halved)
per_layer = (halved[-1] / halved[0]) ** (1 / (DEPTH - 1))
print(f"factor per layer {per_layer:.3f}")

assert abs(per_layer - 0.5) < 0.03

# %% [markdown] lang="ko"
# 너비가 같은 층에서 He 초기화의 분산은 Xavier의 두 배입니다. 그래서 줄어든 절반이 되돌아옵니다. 너비가 유한하므로
# 신호의 크기는 층마다 오르내립니다.

# %% [markdown] lang="en"
# Between layers of equal width, the variance of He initialization is twice that of Xavier, which makes up for the lost
# half. The width is finite, so the size of the signal still goes up and down from layer to layer.

# %%
he = measure("he", "relu")
table(he)

variance_he = weightinit.variance("he", WIDTH, WIDTH)
assert np.isclose(variance_he, 2 * variance_xavier)
assert 0.1 < he[-1] / he[0] < 10

# %% alt_ko="가로축은 층(layer), 세로축은 로그 눈금으로 그린 활성값의 크기(size of the activations). ReLU에서 Xavier는 곧게 떨어지고 He는 거의 그대로임." alt_en="Size of the activations by layer on a logarithmic axis: with ReLU, Xavier falls in a straight line and He stays almost level."
plot(xavier=halved, he=he)

# %% [markdown] lang="ko"
# ## 신경망마다 다르다 {#spread}
#
# 지금까지는 초기화마다 신경망 하나만 재었습니다. He로 초기화한 신경망을 여럿 뽑아 마지막 층의 2차 적률을 견줍니다.
# 신경망마다 값이 다르고, 얼마나 다른지는 너비와 깊이로 계산할 수 있습니다.

# %% [markdown] lang="en"
# ## Network by network {#spread}
#
# So far one network stood for each initialization. Draw many with He and compare the second moment of their last
# layer. It differs from network to network, and by how much can be calculated from width and depth.


# %%
def bar(done, total):
    print("\r" + "█" * done + "░" * (total - done) + f" {done}/{total}", end="\n" if done == total else "")


NETWORKS = 16
last = []
for number in range(1, NETWORKS + 1):
    last.append(measure("he", "relu")[-1])
    bar(number, NETWORKS)

spread = weightinit.he_relu_spread(WIDTH, DEPTH)
print(f"smallest {min(last):.2f}, largest {max(last):.2f}")
print(f"standard deviation {np.std(last, ddof=1):.2f}, in theory {np.sqrt(spread - 1):.2f}")

# The law has a long tail, so sixteen networks give its standard deviation only roughly.
assert max(last) > 2 * min(last)
assert 0.4 < np.std(last, ddof=1) / np.sqrt(spread - 1) < 2

# %% [markdown] lang="ko"
# ## 더 해 보기 {#more}
#
# - `WIDTH`를 반으로 줄이고 처음부터 다시 실행해 보세요. 너비가 달라지면 같은 표준편차 0.01에서도 배율이
#   달라집니다.
# - tanh에 He 초기화를 써 보세요. 배율은 1보다 크지만 신호는 계속 커지지 않습니다. tanh가 큰 값을 얼마나 줄이는지
#   생각해 보세요.

# %% [markdown] lang="en"
# ## More to try {#more}
#
# - Halve `WIDTH` and run everything again. At another width the same standard deviation of 0.01 gives another factor.
# - Use He initialization with tanh. The factor is above one, yet the signal does not keep growing. Think of how much
#   tanh takes off large values.

# %%
tanh_he = measure("he", "tanh")
table(tanh_he)

assert WIDTH * variance_he > 1
assert np.ptp(tanh_he[10:]) < 0.05
assert tanh_he[-1] < tanh_he[0]
