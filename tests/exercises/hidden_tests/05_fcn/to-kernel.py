weights = np.random.default_rng(49).normal(size=(2 * 4 * 3, 6))
expected = np.zeros((2, 4, 3, 6))
for row, column, channel in np.ndindex(2, 4, 3):
    expected[row, column, channel] = weights[(row * 4 + column) * 3 + channel]
found = check.call(to_kernel, weights.copy(), 2, 4)
check.value("to_kernel of other weights", found, expected)
