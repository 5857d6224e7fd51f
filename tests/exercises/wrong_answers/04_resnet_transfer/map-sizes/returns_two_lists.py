# hint: Return pairs
def map_sizes(height, width, halvings):
    sizes = []
    for _ in range(halvings):
        height, width = (height + 1) // 2, (width + 1) // 2
        sizes.append((height, width))
    return [list(side) for side in zip(*sizes)]
