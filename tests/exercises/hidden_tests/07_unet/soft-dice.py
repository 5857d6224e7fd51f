said = np.array([[[[0.2, 0.8], [0.5, 0.5]], [[0.9, 0.1], [0.3, 0.7]]]])
truth = np.array([[[1, 255], [0, 1]]], "uint8")
below = 0.8**2 + 0.1**2 + 0.7**2 + 2
found = check.call(soft_dice, said.copy(), truth.copy(), 1)
check.value("soft_dice of another picture", found, 2 * (0.8 + 0.7) / below)
