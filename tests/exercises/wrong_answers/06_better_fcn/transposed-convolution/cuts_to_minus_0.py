# hint: `full[0:-0]` is empty
import numpy as np


def transposed_convolution(maps, kernel, stride):
    (height, width), sides = maps.shape[:2], kernel.shape[:2]
    bottom, right = (height - 1) * stride, (width - 1) * stride
    full = np.zeros((bottom + sides[0], right + sides[1], kernel.shape[2]))
    for i in range(height):
        for j in range(width):
            top, left = i * stride, j * stride
            area = full[top : top + sides[0], left : left + sides[1]]
            area += kernel @ maps[i, j]
    down, across = sides[0] - stride, sides[1] - stride
    rows = slice(down // 2, -(down - down // 2))
    columns = slice(across // 2, -(across - across // 2))
    return full[rows, columns]
