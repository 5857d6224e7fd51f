# hint: odd place is cut off at the end
def stamped_sizes(size, kernel, stride):
    full = (size - 1) * stride + kernel
    surplus = full - size * stride
    return full, surplus - surplus // 2, surplus // 2
