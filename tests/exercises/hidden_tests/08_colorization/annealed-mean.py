corners = np.array([[0.0, 0], [8, 0], [0, 8]])
odds = np.array([[[4.0, 16, 16]], [[64, 1, 1]]])
found = check.call(annealed_mean, np.log(odds), corners, 2)
expected = [[[3.2, 3.2]], [[0.8, 0.8]]]
check.value("annealed_mean of other logits, T = 2", found, expected)
far = np.array([[1000.0, 0, 0], [0, 0, 0]])
found = check.call(annealed_mean, far, corners, 1)
check.value("annealed_mean of unlike pixels", found, [[0, 0], [8 / 3, 8 / 3]])
