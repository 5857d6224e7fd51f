# hint: The last layer
def count_parameters(widths):
    return sum(a * b + b for a, b in zip(widths[:-2], widths[1:-1]))
