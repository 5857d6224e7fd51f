# hint: has to be cut off as well
def stamped_sizes(size, kernel, stride):
    full = (size - 1) * stride + kernel
    surplus = full - size * stride
    return full, surplus // 2, surplus // 2
