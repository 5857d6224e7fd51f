generator = np.random.default_rng(52)
maps = generator.normal(size=(2, 5, 3)).astype("float32")
for sides, stride in (((5, 3), 3), ((2, 4), 2), ((1, 2), 1)):
    weights = generator.normal(size=(*sides, 2, 3)).astype("float32")
    full = np.zeros((stride + sides[0], 4 * stride + sides[1], 2))
    for i, j, u, v in np.ndindex(2, 5, *sides):
        full[i * stride + u, j * stride + v] += weights[u, v] @ maps[i, j]
    top, left = ((side - stride) // 2 for side in sides)
    expected = full[top:][: 2 * stride, left:][:, : 5 * stride]
    found = check.call(transposed_convolution, maps, weights, stride)
    case = f"transposed_convolution of other maps, kernel {sides}"
    check.value(case, found, expected, tolerance=1e-4)
