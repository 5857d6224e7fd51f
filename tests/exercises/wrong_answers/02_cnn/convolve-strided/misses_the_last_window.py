# hint: off by one
import numpy as np


def convolve_strided(image, kernel, stride=1, padding=0):
    image = np.pad(image, padding)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride
    columns = (image.shape[1] - width) // stride
    answer = np.zeros((rows, columns), "float32")
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = image[top : top + height, left : left + width]
            answer[i, j] = np.sum(window * kernel)
    return answer
