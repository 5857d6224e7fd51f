# hint: how a convolution makes it smaller
def stamped_sizes(size, kernel, stride):
    full = (size - kernel) // stride + 1
    surplus = full - size * stride
    return full, surplus // 2, surplus - surplus // 2
