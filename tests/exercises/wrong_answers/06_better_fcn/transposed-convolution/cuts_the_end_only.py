# hint: at both ends
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
    top, left = 0, 0
    return full[top : top + height * stride, left : left + width * stride]
