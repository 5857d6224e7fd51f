for size, middle, factor in ((13, 6, 7), (12, 5.5, 6)):
    line = [1 - abs(place - middle) / factor for place in range(size)]
    found = check.call(bilinear_kernel, factor)
    check.value(f"bilinear_kernel({factor})", found, np.outer(line, line))
