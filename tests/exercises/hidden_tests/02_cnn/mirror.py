others = np.random.default_rng(44).integers(0, 256, (4, 3, 5, 2), "uint8")
found = check.call(mirror, others.copy(), np.array([False, True, True, False]))
expected = [others[0], others[1][:, ::-1], others[2][:, ::-1], others[3]]
check.value("mirror of other images", found, expected, tolerance=0)
