for case in ((100, 11, 4, 5), (6, 2, 2, 0), (13, 5, 3, 1), (1, 3, 1, 1)):
    size, kernel, stride, padding = case
    windows = range(0, size + 2 * padding - kernel + 1, stride)
    found = check.call(output_size, *case)
    check.value(f"output_size{case}", found, len(windows), tolerance=0)
