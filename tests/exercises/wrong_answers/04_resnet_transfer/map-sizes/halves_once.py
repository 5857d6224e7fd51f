# hint: is halved again
def map_sizes(height, width, halvings):
    return [((height + 1) // 2, (width + 1) // 2)] * halvings
