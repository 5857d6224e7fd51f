# hint: Stamps can overlap
def stamped_sizes(size, kernel, stride):
    full = size * kernel
    surplus = full - size * stride
    return full, surplus // 2, surplus - surplus // 2
