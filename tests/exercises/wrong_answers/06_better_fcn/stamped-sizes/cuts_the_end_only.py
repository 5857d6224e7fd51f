# hint: at both ends
def stamped_sizes(size, kernel, stride):
    full = (size - 1) * stride + kernel
    return full, 0, full - size * stride
