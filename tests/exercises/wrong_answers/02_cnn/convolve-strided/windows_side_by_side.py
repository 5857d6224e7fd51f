# hint: starts at i * stride
import numpy as np


def convolve_strided(image, kernel, stride=1, padding=0):
    image = np.pad(image, padding)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    answer = np.zeros((rows, columns), "float32")
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + height, j : j + width]
            answer[i, j] = np.sum(window * kernel)
    return answer
