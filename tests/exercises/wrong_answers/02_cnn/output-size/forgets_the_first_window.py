# hint: add 1
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride
