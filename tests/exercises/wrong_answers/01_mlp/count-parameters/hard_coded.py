# hint: expected 15
def count_parameters(widths):
    return 830_250
