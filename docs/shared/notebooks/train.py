# ---
# ko:
#   title: 학습시키고 견주기
#   description: 손글씨 숫자로 얕은 신경망과 깊은 신경망을 학습시켜, 초기화에 따라 무엇이 달라지는지 시드마다 견줍니다.
# en:
#   title: Train and compare
#   description: Train a shallow and a deep network on handwritten digits and see, seed by seed, what the initialization changes.
# install: matplotlib scikit-learn
# ---
# ruff: noqa: E501

# %% [markdown] lang="ko"
# # 학습시키고 견주기 {#train}
#
# 손글씨 숫자를 알아보는 신경망을 세 가지로 초기화하고, 똑같이 학습시켜 견줍니다. 시드를 바꾸어 여러 번 되풀이하므로
# 우연과 차이를 가를 수 있습니다. 한국어 글꼴이 없는 컴퓨터에서도 돌 수 있도록 그래프와 출력의 글자는 영어로
# 적었습니다.

# %% [markdown] lang="en"
# # Train and compare {#train}
#
# A network that reads handwritten digits is initialized in three ways and trained in the same way each time.
# Everything is repeated with several seeds, so that a difference can be told from chance.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

import weightinit

SEEDS, WIDTH, TRAIN = 5, 64, 1347
STARTS = (0.01, "xavier", "he")  # a number is a standard deviation

images, labels = load_digits(return_X_y=True)
print(f"{len(images)} images of {images.shape[1]} pixels, {labels.max() + 1} classes")

# %% [markdown] lang="ko"
# ## 학습과 시험 {#tools}
#
# `learn`은 시드 하나로 한 번 학습합니다. 사진을 섞어 학습할 것과 시험할 것으로 나누고, 학습할 사진의 평균을 빼고,
# 표준편차로 나눕니다. 시험에 쓸 사진은 평균을 구할 때도 쓰지 않습니다. 돌려주는 것은 에포크마다의 손실 평균과, 시험한
# 사진 가운데 맞힌 비율입니다. `bar`는 얼마나 진행되었는지 보여 줍니다.

# %% [markdown] lang="en"
# ## Learning and testing {#tools}
#
# `learn` trains once, from one seed. It shuffles the images, holds some back for the test, subtracts the mean of those
# that are learned from and divides by their standard deviation; the images held back take no part in either. It
# returns the mean loss of each epoch and the share of the test images that it gets right. `bar` shows how far things
# are.


# %%
def bar(done, total):
    print("\r" + "█" * done + "░" * (total - done) + f" {done}/{total}", end="\n" if done == total else "")


def learn(start, depth, epochs, rate, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(images))
    train, test = order[:TRAIN], order[TRAIN:]
    x = (images - images[train].mean(axis=0)) / images[train].std()
    x = x.astype(np.float32)
    widths = [x.shape[1]] + [WIDTH] * (depth - 1) + [10]
    weights = weightinit.random_network(widths, start, rng=rng)
    run = weightinit.train(
        weights, None, x[train], labels[train], activation="relu", rng=rng, learning_rate=rate, epochs=epochs
    )
    assert run.diverged_at is None
    right = weightinit.accuracy(run.weights, run.biases, x[test], labels[test], activation="relu")
    return run.loss.reshape(epochs, -1).mean(axis=1), right


def compare(depth, epochs, rate):
    results = {start: [] for start in STARTS}
    for number, (start, seed) in enumerate([(start, seed) for start in STARTS for seed in range(SEEDS)], 1):
        results[start].append(learn(start, depth, epochs, rate, seed))
        bar(number, len(STARTS) * SEEDS)
    print("start    right   lowest  highest")
    for start, runs in results.items():
        right = np.array([share for _, share in runs])
        print(f"{start:<8} {right.mean():.3f}   {right.min():.3f}   {right.max():.3f}")
    return results


# %% [markdown] lang="ko"
# ## 얕은 신경망 {#shallow}
#
# 은닉층이 하나뿐인 신경망부터 견줍니다. 다섯 시드의 평균(right)과 가장 낮은 값, 가장 높은 값을 적습니다.

# %% [markdown] lang="en"
# ## A shallow network {#shallow}
#
# First a network with a single hidden layer. The table has the mean over the five seeds (right), the lowest and the
# highest value.

# %%
shallow = compare(depth=2, epochs=10, rate=0.05)

means = {start: np.mean([share for _, share in runs]) for start, runs in shallow.items()}
assert max(means.values()) - min(means.values()) < 0.02
assert min(means.values()) > 0.95

# %% [markdown] lang="ko"
# 셋 다 잘 배웁니다. 방법 사이의 차이는 시드 사이의 차이보다 작습니다. 층이 두 개뿐이면 신호가 작아질 겨를이 없으므로, 작은 난수로
# 시작해도 몇 걸음 만에 따라잡습니다. 초기화가 언제나 중요한 것은 아닙니다.

# %% [markdown] lang="en"
# All three learn well, and they differ less than seeds do. With only two layers the signal has no time to fade, and
# a start from small random numbers catches up within a few steps. Initialization does not always matter.

# %%
spread = max(np.ptp([share for _, share in runs]) for runs in shallow.values())
assert max(means.values()) - min(means.values()) < spread

# %% [markdown] lang="ko"
# ## 깊은 신경망 {#deep}
#
# 같은 자료로 훨씬 깊은 신경망을 학습시킵니다. 활성화 함수는 여전히 ReLU입니다.

# %% [markdown] lang="en"
# ## A deep network {#deep}
#
# Now a much deeper network learns the same data. The activation function is still ReLU.

# %%
deep = compare(depth=20, epochs=15, rate=0.003)

right = {start: [share for _, share in runs] for start, runs in deep.items()}
assert max(right[0.01]) < 0.15 and max(right["xavier"]) < 0.4
assert min(right["he"]) > 0.6 and min(right["he"]) > max(right["xavier"])

# %% [markdown] lang="ko"
# 작은 난수는 찍는 것보다 낫지 않습니다. Xavier도 거의 배우지 못합니다. ReLU가 층마다 2차 적률을 절반으로 줄이므로
# 첫 층에 닿는 그래디언트가 너무 작기 때문입니다. He는 다섯 시드 모두에서 배웁니다. 같은 에포크 안에 얼마나 배우는지는
# 시드에 따라 꽤 다릅니다.

# %% [markdown] lang="en"
# Small random numbers do no better than guessing. Xavier hardly learns either: ReLU halves the second moment at each
# layer, and the gradient that reaches the first layers is too small. He learns with every one of the five seeds, though
# how much it learns in the same number of epochs depends on the seed.

# %% alt_ko="가로축은 에포크(epoch), 세로축은 손실(loss). 표준편차 0.01과 Xavier는 처음 손실에 머물고, He는 내려감. 띠는 시드 사이의 범위." alt_en="Loss by epoch: with standard deviation 0.01 and with Xavier it stays where it begins, with He it falls. Bands show the range over the seeds."
_, axes = plt.subplots(figsize=(4.5, 3), dpi=168)
looks = [("#c04a00", "--s"), ("#7a4fb5", ":^"), ("#0072b2", "-o")]
for (start, runs), (color, line) in zip(deep.items(), looks, strict=True):
    losses = np.array([loss for loss, _ in runs])
    epochs = np.arange(1, losses.shape[1] + 1)
    axes.fill_between(epochs, losses.min(axis=0), losses.max(axis=0), color=color, alpha=0.2, linewidth=0)
    axes.plot(epochs, losses.mean(axis=0), line, color=color, label=start, markevery=2)
axes.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
axes.legend(frameon=False)
plt.show()

# %% [markdown] lang="ko"
# 선은 다섯 시드의 평균, 띠는 그 범위입니다. 작은 난수의 손실은 열 개의 숫자를 고르게 찍을 때의 손실, 곧 10의
# 자연로그에서 움직이지 않습니다.

# %% [markdown] lang="en"
# Lines are means over the five seeds, bands their range. The loss of the small random numbers does not move from
# the natural logarithm of 10, which is that of guessing evenly among ten digits.

# %%
stuck = np.array([loss for loss, _ in deep[0.01]])
assert np.abs(stuck / np.log(10) - 1).max() < 0.01

# %% [markdown] lang="ko"
# ## 첫 걸음 전에 알 수 있었을까 {#before}
#
# 학습하지 않고도 알 수 있었습니다. 층마다 2차 적률에 곱해지는 배율은 팬인과 가중치 분산에서 나옵니다.

# %% [markdown] lang="en"
# ## Could it be known before the first step? {#before}
#
# It could, without any training: the factor by which each layer multiplies the second moment follows from the fan-in
# and the variance of the weights.

# %%
for start in STARTS:
    variance = start**2 if start == 0.01 else weightinit.variance(start, WIDTH, WIDTH)
    factor = weightinit.forward_factor(variance, WIDTH, "relu")
    print(f"{start:<8} factor {factor:.4f}, over 20 layers {factor**20:.1e}")

for start, expected in (("he", 1), ("xavier", 0.5)):
    assert np.isclose(weightinit.forward_factor(weightinit.variance(start, WIDTH, WIDTH), WIDTH, "relu"), expected)

# %% [markdown] lang="ko"
# ## 더 해 보기 {#more}
#
# - `depth`를 조금씩 늘려 가며 Xavier가 배우지 못하기 시작하는 깊이를 찾아보세요.
# - `activation`을 tanh로 바꾸면 어느 초기화가 나은지 먼저 짐작하고, 돌려서 확인해 보세요.
# - 학습률을 열 배로 올려 보세요. 차이가 초기화에서 오는지 학습률에서 오는지 가르려면 무엇을 더 견주어야 할까요?

# %% [markdown] lang="en"
# ## More to try {#more}
#
# - Raise `depth` step by step and find where Xavier stops learning.
# - Change `activation` to tanh: guess which start is better, then run it.
# - Raise the learning rate tenfold. What else must be compared before a difference can be put down to the start rather
#   than to the learning rate?
