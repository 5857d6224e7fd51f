# hint: as long as the kernel
def stamped_sizes(size, kernel, stride):
    full = (size - 1) * stride + 1
    surplus = full - size * stride
    return full, surplus // 2, surplus - surplus // 2
