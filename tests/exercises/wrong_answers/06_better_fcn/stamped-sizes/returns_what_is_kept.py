# hint: before anything is cut off
def stamped_sizes(size, kernel, stride):
    surplus = kernel - stride
    return size * stride, surplus // 2, surplus - surplus // 2
