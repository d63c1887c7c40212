import numpy as np


def convolve(x, w):  # x: (in, height, width), w: (out, in, *kernel)
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(1, 2))
    return np.einsum("cpqrs,jcrs->jpq", windows, w)


w = np.ones((128, 64, 3, 3))  # every weight is 1
ones = np.ones((64, 5, 5))
point = np.zeros((64, 5, 5))
point[0, 2, 2] = 1  # one input is 1, the others are 0

fan_in = convolve(ones, w)[0, 1, 1]  # what one output adds up
fan_out = convolve(point, w).sum()  # what one input is passed on to

assert (fan_in, fan_out) == (3 * 3 * 64, 3 * 3 * 128)
