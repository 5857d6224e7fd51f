# hint: three numbers
def stamped_sizes(size, kernel, stride):
    return (size - 1) * stride + kernel
