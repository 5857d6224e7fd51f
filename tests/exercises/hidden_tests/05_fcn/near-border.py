other = np.random.default_rng(51).integers(0, 2, (7, 9)).astype("uint8")
other[:4, :6], other[5, 7] = 1, 255
for radius in (1, 2):
    near = np.zeros((7, 9), bool)
    for row, column in np.argwhere(other != 255):
        top, left = max(row - radius, 0), max(column - radius, 0)
        window = other[top : row + radius + 1, left : column + radius + 1]
        near[row, column] = set(window.ravel()) - {other[row, column], 255}
    found = check.call(near_border, other.copy(), radius)
    check.value(f"near_border of another mask, radius {radius}", found, near)
