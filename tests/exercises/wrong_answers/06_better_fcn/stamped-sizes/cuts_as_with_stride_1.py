# hint: full - size * stride places
def stamped_sizes(size, kernel, stride):
    full = (size - 1) * stride + kernel
    return full, (kernel - 1) // 2, kernel // 2
