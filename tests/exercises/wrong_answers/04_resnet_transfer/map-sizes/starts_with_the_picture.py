# hint: after the first halving
def map_sizes(height, width, halvings):
    sizes = [(height, width)]
    for _ in range(halvings):
        height, width = (height + 1) // 2, (width + 1) // 2
        sizes.append((height, width))
    return sizes
