generator = np.random.default_rng(48)
truth, said = (generator.integers(0, 5, (3, 4, 6)).astype("uint8") for _ in "ab")
truth[1] = 255
expected = np.zeros((5, 5), int)
for row, column in zip(truth.ravel(), said.ravel()):
    if row < 5:
        expected[row, column] += 1
found = check.call(count_confusions, truth.copy(), said.copy(), 5)
check.value("count_confusions of other masks", found, expected, tolerance=0)
