# hint: begins at (size - 1) * stride
def stamped_sizes(size, kernel, stride):
    full = size * stride + kernel
    surplus = full - size * stride
    return full, surplus // 2, surplus - surplus // 2
