# hint: expected 15
def count_parameters(widths):
    return sum(a * b + a for a, b in zip(widths[:-1], widths[1:]))
