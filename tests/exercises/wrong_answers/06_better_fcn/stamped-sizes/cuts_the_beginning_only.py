# hint: no more than half
def stamped_sizes(size, kernel, stride):
    full = (size - 1) * stride + kernel
    return full, full - size * stride, 0
