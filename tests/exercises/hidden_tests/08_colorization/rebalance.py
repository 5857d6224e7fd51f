found = check.call(rebalance, np.array([0.5, 0.25, 0.25, 0.0]), 0.4)
below = np.array([0.4, 0.25, 0.25, 0.1])
expected = 1 / below / (0.5 / 0.4 + 1 + 1)
check.value("rebalance of other shares", found, expected)
