# hint: have no bias
def count_parameters(widths):
    return sum(a * b for a, b in zip(widths[:-1], widths[1:])) + sum(widths)
