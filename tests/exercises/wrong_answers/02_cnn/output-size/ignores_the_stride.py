# hint: Divide by the stride
def output_size(size, kernel, stride, padding):
    return size + 2 * padding - kernel + 1
