others = np.array([[[255, 255, 255], [0, 255, 0]], [[0, 0, 255], [6, 3, 1]]], "uint8")
found = check.call(lightness, others)
expected = [[100, 87.7347], [32.3026, 903.2963 * 0.2126 * 6 / 255 / 12.92]]
expected[1][1] += 24389 / 27 * (0.7152 * 3 + 0.0722) / 255 / 12.92
check.value("lightness of other pixels", found, expected, tolerance=1e-4)
