# hint: may hang over
def map_sizes(height, width, halvings):
    sizes = []
    for _ in range(halvings):
        height, width = height // 2, width // 2
        sizes.append((height, width))
    return sizes
