# hint: not to the nearest
def map_sizes(height, width, halvings):
    return [
        (round(height / 2**k), round(width / 2**k))
        for k in range(1, halvings + 1)
    ]
